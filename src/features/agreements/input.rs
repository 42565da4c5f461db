//! What people type: a draft takes anything bounded, a submission demands everything, all faults at once. Pure.

pub mod life;

use entity::agreement_request::{AgreementRole, RequestKind, VisitMode};
use entity::grid_score::Score;
use entity::ids::SiteId;
use time::{Date, OffsetDateTime};

use super::grid::Grid;
use super::wording::is_same_name;
use crate::error::{Fault, Faults};
use crate::render::french;
use crate::rules::email_address::EmailAddress;
use crate::rules::line::{self, LineError};
use crate::rules::phone::Phone;

/// The form of a request, as far as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftInput {
    /// First request or renewal.
    pub kind: RequestKind,
    /// Service asked for.
    pub role: AgreementRole,
    /// Sites concerned.
    pub sites: Vec<SiteId>,
    /// Referent of the request.
    pub contact_name: String,
    /// Address of the referent.
    pub contact_email: String,
    /// Telephone of the referent.
    pub contact_phone: String,
    /// Teaching project in a few lines.
    pub project: String,
    /// Legal representative who signs the commitment.
    pub signatory_name: String,
    /// Quality of the signatory.
    pub signatory_title: String,
    /// The commitment is accepted.
    pub commitment_accepted: bool,
    /// The structure is itself a training body.
    pub is_training_body: bool,
    /// Part of the teaching is sub-contracted.
    pub has_subcontracting: bool,
}

const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;
/// Longer than what any post prints on a registered letter.
const LONGEST_NUMBER: usize = 40;
/// A project told in fewer characters tells nothing.
const SHORTEST_PROJECT: usize = 50;

impl DraftInput {
    /// Nothing filled in yet.
    #[must_use]
    pub const fn new(kind: RequestKind, role: AgreementRole) -> Self {
        Self {
            kind,
            role,
            sites: Vec::new(),
            contact_name: String::new(),
            contact_email: String::new(),
            contact_phone: String::new(),
            project: String::new(),
            signatory_name: String::new(),
            signatory_title: String::new(),
            commitment_accepted: false,
            is_training_body: false,
            has_subcontracting: false,
        }
    }

    /// What makes even a draft impossible to keep: texts too long.
    #[must_use]
    pub fn draft_faults(&self) -> Vec<Fault> {
        let lines = [
            ("/contact_name", &self.contact_name),
            ("/contact_email", &self.contact_email),
            ("/contact_phone", &self.contact_phone),
            ("/signatory_name", &self.signatory_name),
            ("/signatory_title", &self.signatory_title),
        ];
        let mut faults: Vec<_> =
            lines.into_iter().filter_map(|(at, text)| too_long(at, text, LONGEST_LINE)).collect();
        faults.extend(too_long("/project", &self.project, LONGEST_TEXT));
        faults
    }

    /// Answers that a draft keeps although they cannot be right; those that are empty only lack.
    #[must_use]
    pub fn malformed(&self, department: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !self.contact_email.trim().is_empty()
            && let Err(error) = EmailAddress::parse(&self.contact_email)
        {
            faults.push(Fault::new("/contact_email", "contact-email-wrong", error.to_string()));
        }
        if !self.contact_phone.trim().is_empty()
            && let Err(error) = Phone::parse(&self.contact_phone, Some(department))
        {
            faults.push(Fault::new("/contact_phone", "contact-phone-wrong", error.to_string()));
        }
        faults
    }

    /// Everything that forbids a submission, pieces apart.
    #[must_use]
    pub fn submission_faults(&self, department: &str) -> Vec<Fault> {
        let mut faults = self.draft_faults();
        let mut say = |pointer: &str, code: &'static str, message: &str| {
            faults.push(Fault::new(pointer, code, message));
        };
        if self.sites.is_empty() {
            say("/sites", "sites-missing", "Choisissez au moins un site");
        }
        if self.contact_name.trim().is_empty() {
            say("/contact_name", "contact-name-missing", "Indiquez le nom de la personne référente");
        }
        if let Err(error) = EmailAddress::parse(&self.contact_email) {
            say("/contact_email", "contact-email-wrong", &error.to_string());
        }
        if !self.contact_phone.trim().is_empty()
            && let Err(error) = Phone::parse(&self.contact_phone, Some(department))
        {
            say("/contact_phone", "contact-phone-wrong", &error.to_string());
        }
        if self.project.trim().chars().count() < SHORTEST_PROJECT {
            say(
                "/project",
                "project-too-short",
                "Décrivez votre projet en 50 caractères au moins\u{202f}: activités, groupes prévus, alternance",
            );
        }
        if self.signatory_name.trim().is_empty() {
            say("/signatory_name", "signatory-missing", "Indiquez qui représente légalement la structure");
        }
        if self.signatory_title.trim().is_empty() {
            say(
                "/signatory_title",
                "signatory-title-missing",
                "Indiquez la fonction de la personne qui signe",
            );
        }
        if !self.commitment_accepted {
            say(
                "/commitment_accepted",
                "commitment-missing",
                "Acceptez l’engagement pour pouvoir déposer la demande",
            );
        }
        faults
    }
}

fn too_long(pointer: &str, text: &str, longest: usize) -> Option<Fault> {
    let length = text.chars().count();
    let shown = |count: usize| french::integer(i64::try_from(count).unwrap_or(i64::MAX));
    let message = || {
        format!("Ce texte compte {} caractères\u{202f}: le maximum est de {}", shown(length), shown(longest))
    };
    (length > longest).then(|| Fault::new(pointer, "text-too-long", message()))
}

/// A text that must say something.
///
/// # Errors
/// The fault, when it is empty or too long.
pub fn required(pointer: &str, text: &str, message: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::new(pointer, "reason-missing", message));
    }
    match too_long(pointer, text, LONGEST_TEXT) {
        Some(fault) => Err(fault),
        None => Ok(text.to_owned()),
    }
}

/// Who signs a convention, in which quality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatory {
    /// First and family name.
    pub name: String,
    /// What makes the person a signatory: president, director, delegate.
    pub quality: String,
}

impl Signatory {
    /// What is known of a person, "Claire Exemple, présidente"; the quality is empty when it is not said.
    #[must_use]
    pub fn known(text: &str) -> Self {
        let (name, quality) = text.split_once(',').unwrap_or((text, ""));
        Self { name: name.trim().to_owned(), quality: quality.trim().to_owned() }
    }

    /// Who signs, as typed. The person that is known to sign keeps their quality; anybody else says theirs. When nobody
    /// is known, the quality by default is that of whoever may sign.
    ///
    /// # Errors
    /// The faults.
    pub fn read(name: &str, quality: &str, known: &Self, by_default: &str) -> Result<Self, Vec<Fault>> {
        let name = required("/name", name, "Écrivez le nom de la personne qui signe")
            .map_err(|fault| vec![fault])?;
        let typed = Self::known(&name);
        let is_known = known.name.is_empty() || is_same_name(&known.name, &typed.name);
        let of_known = if is_known { [known.quality.as_str(), by_default] } else { ["", ""] };
        let mut said = [quality.trim(), typed.quality.as_str()].into_iter().chain(of_known);
        let Some(quality) = said.find(|text| !text.is_empty()).map(str::to_owned) else {
            let message = format!("Indiquez en quelle qualité {} signe", typed.name);
            return Err(vec![Fault::new("/quality", "quality-missing", message)]);
        };
        match too_long("/quality", &quality, LONGEST_LINE) {
            Some(fault) => Err(vec![fault]),
            None => Ok(Self { name: typed.name, quality }),
        }
    }
}

/// The date of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitInput {
    /// When, as an instant.
    pub at: OffsetDateTime,
    /// IANA zone of the place.
    pub zone: String,
    /// Where; the addresses of the sites when it is empty, after them when it does not name each of several.
    pub place: String,
    /// How.
    pub mode: VisitMode,
    /// The sites of the request where it goes. The only one, unless said, when the visit is made there.
    pub sites: Vec<SiteId>,
    /// Who accepted the date for the structure; empty when nobody said. A structure that moves a visit accepts its date.
    pub accepted_by: String,
    /// Day on which they did: today, unless said.
    pub accepted_on: Option<Date>,
}

/// The score of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreInput {
    /// Code of the criterion.
    pub criterion: String,
    /// Its score.
    pub score: Score,
    /// What was seen.
    pub evidence: String,
    /// What to say of it.
    pub comment: String,
}

/// The faults of a set of scores against a grid: unknown criterion, major where only minor is allowed, a gap
/// without anything seen.
#[must_use]
pub fn score_faults(grid: &Grid, scores: &[ScoreInput]) -> Vec<Fault> {
    let fault_of = |score: &ScoreInput| {
        let pointer = format!("/scores/{}", score.criterion);
        let Some(criterion) = grid.find(&score.criterion) else {
            return Some(Fault::new(pointer, "criterion-unknown", "Ce critère n’est pas dans la grille"));
        };
        if criterion.minor && score.score == Score::Major {
            return Some(Fault::new(
                pointer,
                "score-too-severe",
                "Un écart sur ce critère est mineur au plus",
            ));
        }
        let gap = matches!(score.score, Score::Major | Score::Minor);
        (gap && score.evidence.trim().is_empty())
            .then(|| Fault::new(pointer, "evidence-missing", "Indiquez ce que vous avez constaté"))
    };
    scores.iter().filter_map(fault_of).collect()
}

/// A reserve: something still to do by a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReserveInput {
    /// What.
    pub text: String,
    /// By when, inclusive.
    pub due_on: Date,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionInput {
    /// Granted over a period; reserves make it a grant with reserves.
    Grant {
        /// First day.
        starts_on: Date,
        /// Last day; none = the default duration.
        ends_on: Option<Date>,
        /// What remains to be done.
        reserves: Vec<ReserveInput>,
        /// Text of the letter.
        text: String,
        /// It takes the place of what the structure already holds, from its first day on.
        replaces: bool,
    },
    /// Put off.
    Adjourn {
        /// What is missing.
        text: String,
        /// By when.
        due_on: Date,
    },
    /// Refused.
    Refuse {
        /// Why; repeated word for word in the letter.
        reasons: String,
    },
}

/// The registered letter of a refusal, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterInput {
    /// Number that the post printed.
    pub number: String,
    /// Day on which it was sent.
    pub sent_on: String,
    /// Day on which it was presented; empty while it travels.
    pub presented_on: String,
}

/// A registered letter whose days follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Number that the post printed.
    pub number: String,
    /// Day on which it was sent.
    pub sent_on: Date,
    /// Day on which it was presented; none while it travels.
    pub presented_on: Option<Date>,
}

impl LetterInput {
    /// The letter of a refusal decided on a day.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self, decided_on: Date, today: Date) -> Result<Letter, Vec<Fault>> {
        let mut faults = Faults::default();
        let number =
            line::wanted(&self.number, LONGEST_NUMBER, "Indiquez le numéro de la lettre recommandée");
        let number = faults.read("/number", number, |error: &LineError| error.code());
        let sent_on = faults.required_date("/sent_on", &self.sent_on);
        let presented_on = faults.optional_date("/presented_on", &self.presented_on);
        if let Some(day) = sent_on {
            if day < decided_on {
                let message = format!(
                    "La lettre n’a pas pu partir avant la décision, rendue le {}",
                    french::date(decided_on)
                );
                faults.push("/sent_on", "letter-before-decision", message);
            } else if day > today {
                faults.push("/sent_on", "letter-to-come", "Indiquez un jour qui n’est pas à venir");
            }
        }
        if let Some(day) = presented_on.flatten() {
            if sent_on.is_some_and(|sent_on| day < sent_on) {
                let message = "La lettre n’a pas pu être présentée avant son envoi";
                faults.push("/presented_on", "letter-before-sending", message);
            } else if day > today {
                faults.push("/presented_on", "letter-to-come", "Indiquez un jour qui n’est pas à venir");
            }
        }
        let parts = number.zip(sent_on).zip(presented_on);
        faults.or(parts.map(|((number, sent_on), presented_on)| Letter { number, sent_on, presented_on }))
    }
}

#[cfg(test)]
mod tests;
