//! Pages whose text is ours: accessibility, personal data, legal notice, help, map of the site, and how to become an
//! agreed structure. Names, delays and retention periods are settings; nothing of them is written here.

use askama::Template;
use time::Date;

use super::layout::Shell;
use super::{assets, filters};

/// The body that publishes the site, as its settings describe it. Empty fields read "non renseigné".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// "association loi de 1901".
    pub legal_form: String,
    /// Its postal address, on one line.
    pub address: String,
    /// Its SIRET, grouped by three and five.
    pub siret: String,
    /// The person answerable for the publication.
    pub director: String,
    /// The address for questions.
    pub email: String,
    /// The phone number, as written.
    pub phone: String,
    /// The address for requests about personal data.
    pub privacy_email: String,
    /// The address for accessibility.
    pub accessibility_email: String,
    /// Name, address and phone number of the host.
    pub host: String,
}

/// `/accessibilite`: the statement asked by article 47 of the law of 11 February 2005.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/accessibility.html")]
pub struct AccessibilityPage {
    /// The shell.
    pub shell: Shell,
    /// The publisher.
    pub publisher: Publisher,
    /// The day the statement was established.
    pub established: Date,
}

/// Why data are processed, on which base, and who receives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// What is done.
    pub purpose: String,
    /// The legal base (article 6 or 9 of the GDPR).
    pub basis: String,
    /// Who receives the data.
    pub recipients: String,
}

/// How long data are kept, and what happens then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The data.
    pub data: String,
    /// How long.
    pub kept: String,
    /// What happens then.
    pub then: String,
}

/// `/donnees-personnelles`: the information of articles 13 and 14 of the GDPR.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/privacy.html")]
pub struct PrivacyPage {
    /// The shell.
    pub shell: Shell,
    /// The publisher.
    pub publisher: Publisher,
    /// What is done with the data; [`super::labels::purposes`] gives those of this program.
    pub purposes: Vec<Purpose>,
    /// The retention periods in force.
    pub retention: Vec<Retention>,
}

/// A component of the pages and its licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The component.
    pub name: &'static str,
    /// What it is for.
    pub usage: &'static str,
    /// The name of the licence.
    pub licence: &'static str,
    /// Its text among the assets.
    pub file: &'static str,
}

impl Licence {
    /// Whether the component is inside this program.
    #[must_use]
    pub fn is_shipped(&self) -> bool {
        assets::has(self.file)
    }
}

/// `/mentions-legales`: publisher, host, licences.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/legal.html")]
pub struct LegalPage {
    /// The shell.
    pub shell: Shell,
    /// The publisher.
    pub publisher: Publisher,
    /// The components of the pages; [`super::labels::LICENCES`].
    pub licences: &'static [Licence],
}

/// `/aide`: help by task.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/help.html")]
pub struct HelpPage {
    /// The shell.
    pub shell: Shell,
    /// The publisher.
    pub publisher: Publisher,
}

/// `/plan-du-site`: every way in, for this person.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/site_map.html")]
pub struct SiteMapPage {
    /// The shell.
    pub shell: Shell,
}

/// A piece of the file of an agreement request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// `P01` to `P17`.
    pub code: String,
    /// What it is.
    pub title: String,
    /// What is checked; may be empty.
    pub detail: String,
    /// "obligatoire", or the case in which it is asked.
    pub requirement: String,
}

/// The delays and durations of the agreement procedure. All are settings of the certifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreementTerms {
    /// Years an agreement lasts.
    pub duration_years: u32,
    /// Days without change after which a draft is abandoned.
    pub draft_idle_days: u32,
    /// Days to examine the pieces after the deposit.
    pub completeness_days: u32,
    /// Days the structure has to send what is missing.
    pub missing_pieces_days: u32,
    /// Days between the notice and the visit, at least.
    pub visit_notice_days: u32,
    /// Days between the visit and the provisional report, at most.
    pub report_days: u32,
    /// Days the structure has to comment on it.
    pub comment_days: u32,
    /// Months a reserve may last.
    pub reserve_months: u32,
    /// Months an adjournment may last.
    pub adjourn_months: u32,
    /// Months to lodge an appeal.
    pub appeal_months: u32,
    /// Months before the end from which a renewal may be asked.
    pub renewal_from_months: u32,
    /// Months before the end by which it must be asked.
    pub renewal_by_months: u32,
}

/// `/devenir-agree`: conditions, pieces, steps, delays, and the button that starts.
#[derive(Template, Clone, Debug)]
#[template(path = "web/pages/become_agreed.html")]
pub struct BecomeAgreedPage {
    /// The shell.
    pub shell: Shell,
    /// The publisher.
    pub publisher: Publisher,
    /// The delays in force.
    pub terms: AgreementTerms,
    /// The pieces in force, in the order of their codes.
    pub pieces: Vec<Piece>,
}
