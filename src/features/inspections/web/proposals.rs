//! `/controles/propositions`: the rights whose periodic inspection is near or late.

use askama::Template;
use poem::{Response, Result, handler};

use super::super::queries::{self, Proposed};
use super::labels as words;
use crate::authz::{Facts, Permission, allows};
use crate::features::inspections::labels;
use crate::http::web::component::Status;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::typed_date::iso;

/// One right.
#[derive(Clone, Debug)]
pub struct ProposalRow {
    /// Number of the right.
    pub number: String,
    /// Whose right it is.
    pub structure: String,
    /// Around which day.
    pub around: String,
    /// Whether it is late.
    pub status: Status,
    /// Where it is planned.
    pub href: String,
}

/// `/controles/propositions`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/proposals.html")]
pub struct ProposalsPage {
    /// The shell.
    pub shell: Shell,
    /// The rights.
    pub rows: Vec<ProposalRow>,
}

#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let _planned =
        allows(page.actor(), Permission::InspectionPlan, &Facts::default()).map_err(WebError::from)?;
    let found = queries::proposed(page.app.db.read(), page.actor(), page.app.today()).await;
    let found = found.map_err(WebError::from)?;
    page.answer(&ProposalsPage { shell: page.shell(words::PROPOSALS), rows: found.iter().map(row).collect() })
}

fn row(one: &Proposed) -> ProposalRow {
    let around = one.proposal.around;
    let number = one.agreement.number.clone();
    let due = iso(around);
    let parameters = [("agrement", number.as_str()), ("nature", "periodic"), ("avant", due.as_str())];
    ProposalRow {
        href: address::with_query("/controles/nouveau", &parameters),
        structure: one.structure.name.clone(),
        around: french::date(around),
        status: labels::proposed(one.proposal.late),
        number,
    }
}
