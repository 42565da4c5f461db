//! What does not change from one request to the next: the pieces and the grid; and the lines of small lists.

use std::sync::Arc;

use entity::audit_event;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Listed;
use crate::app::App;
use crate::features::agreements::pieces::{self, Mandatory, PieceKind, Validity};
use crate::features::agreements::queries::Controller;
use crate::features::agreements::{grid, labels, wording};
use crate::features::availability::labels as words_of_time;
use crate::http::api::{ApiError, Caller, PageParams, Tag};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// The pieces and the grid.
pub struct CatalogueApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(tag = "Tag::Agreements")]
impl CatalogueApi {
    /// List the pieces of a file
    #[oai(path = "/agreement-pieces", method = "get", operation_id = "agreement_piece_list")]
    async fn pieces(
        &self,
        _caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed<PieceKindPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let items: Vec<PieceKindOut> = pieces::all().iter().map(PieceKindOut::from).collect();
        let (items, next_cursor) = PageParams::part(items, &page, |one| one.code.clone())?;
        Ok(Listed::Found(Json(PieceKindPage { items, next_cursor })))
    }

    /// Read the grid of control
    ///
    /// The one that a visit begins with today; a visit keeps the version of its first score, which each score names.
    #[oai(path = "/agreement-grid", method = "get", operation_id = "agreement_grid_get")]
    async fn grid(&self, _caller: Caller) -> Result<Listed<GridOut>, ApiError> {
        let today = day_in_zone(self.app.now(), PARIS);
        Ok(Listed::Found(Json(grid_out(grid::on(today)))))
    }
}

/// A kind of piece.
#[derive(Clone, Debug, Object)]
pub struct PieceKindOut {
    /// Code.
    pub code: String,
    /// Title, in French.
    pub title: String,
    /// What it must contain, in French.
    pub help: String,
    /// When it must be there: `always`, `if_training_body`, `if_any`, `setting`, `renewal`, `never`.
    pub mandatory: String,
    /// How long it is good for: `none`, `max_age`, `until_end_date`.
    pub validity: String,
    /// Greatest age in months.
    pub max_age_months: Option<i32>,
    /// Its end date must be given.
    pub needs_end_date: bool,
    /// Asked in renewals only.
    pub renewal_only: bool,
    /// Made by Parchemin from the form, never uploaded.
    pub made_from_form: bool,
}

impl From<&PieceKind> for PieceKindOut {
    fn from(kind: &PieceKind) -> Self {
        Self {
            code: kind.code.clone(),
            title: kind.title.clone(),
            help: wording::said_of(&kind.help, ""),
            mandatory: mandatory(kind.mandatory).to_owned(),
            validity: validity(kind.validity).to_owned(),
            max_age_months: kind.max_age_months,
            needs_end_date: kind.needs_end_date,
            renewal_only: kind.renewal_only,
            made_from_form: kind.code == pieces::FORM,
        }
    }
}

const fn mandatory(mandatory: Mandatory) -> &'static str {
    match mandatory {
        Mandatory::Always => "always",
        Mandatory::IfTrainingBody => "if_training_body",
        Mandatory::IfAny => "if_any",
        Mandatory::Setting => "setting",
        Mandatory::Renewal => "renewal",
        Mandatory::Never => "never",
    }
}

const fn validity(validity: Validity) -> &'static str {
    match validity {
        Validity::None => "none",
        Validity::MaxAge => "max_age",
        Validity::UntilEndDate => "until_end_date",
    }
}

/// The pieces.
#[derive(Clone, Debug, Object)]
pub struct PieceKindPage {
    /// In the order of the catalogue.
    pub items: Vec<PieceKindOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A criterion of the grid.
#[derive(Clone, Debug, Object)]
pub struct CriterionOut {
    /// Code.
    pub code: String,
    /// What is assessed, in French.
    pub wording: String,
    /// A gap here is at most minor.
    pub minor: bool,
}

/// A domain of the grid.
#[derive(Clone, Debug, Object)]
pub struct DomainOut {
    /// Code.
    pub code: String,
    /// Title, in French.
    pub title: String,
    /// Its criteria.
    pub criteria: Vec<CriterionOut>,
}

/// The grid of control.
#[derive(Clone, Debug, Object)]
pub struct GridOut {
    /// Its version.
    pub version: String,
    /// Its title, in French.
    pub title: String,
    /// Its domains.
    pub domains: Vec<DomainOut>,
}

fn grid_out(grid: &grid::Grid) -> GridOut {
    let criterion = |one: &grid::Criterion| CriterionOut {
        code: one.code.clone(),
        wording: one.said_of(""),
        minor: one.minor,
    };
    let domain = |one: &grid::Domain| DomainOut {
        code: one.code.clone(),
        title: one.title.clone(),
        criteria: one.criterion.iter().map(criterion).collect(),
    };
    GridOut {
        version: grid.version.clone(),
        title: grid.title.clone(),
        domains: grid.domain.iter().map(domain).collect(),
    }
}

/// A contrôleur who could make a visit.
#[derive(Clone, Debug, Object)]
pub struct ControllerOut {
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Number of the expert.
    pub number: String,
    /// Name.
    pub name: String,
    /// Department.
    pub department: String,
    /// Nothing stands in the way; a warning asks for a reason.
    pub eligible: bool,
    /// What their ties with the structure say, in French.
    pub reasons: Vec<String>,
    /// How far they live, in French.
    pub distance: String,
    /// Missions and visits of the twelve months behind and of what is to come, together.
    pub load: u32,
}

impl From<&Controller> for ControllerOut {
    fn from(one: &Controller) -> Self {
        let candidate = &one.candidate;
        let expert = &candidate.expert;
        Self {
            expert_id: expert.id.0,
            number: expert.number.clone(),
            name: expert.name(),
            department: expert.department.clone(),
            eligible: candidate.eligible,
            reasons: candidate.reasons.clone(),
            distance: words_of_time::distance(one.reach),
            load: u32::try_from(one.load.total()).unwrap_or(u32::MAX),
        }
    }
}

/// The contrôleurs.
#[derive(Clone, Debug, Object)]
pub struct ControllerPage {
    /// The contrôleurs.
    pub items: Vec<ControllerOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A line of the history.
#[derive(Clone, Debug, Object)]
pub struct EventOut {
    /// Key of the event, the same in the journal.
    pub id: Uuid,
    /// When.
    pub at: OffsetDateTime,
    /// Stable name.
    pub name: String,
    /// Code of the domain.
    pub code: String,
    /// What happened, in French.
    pub label: String,
    /// Number of what it is about.
    pub subject: String,
    /// Role that acted; `system` for the program.
    pub role: String,
    /// State before.
    pub state_before: Option<String>,
    /// State after.
    pub state_after: Option<String>,
    /// Reason given; what concerns the contrôleur stays with the certifier.
    pub reason: Option<String>,
}

impl EventOut {
    /// What someone sees of an event.
    #[must_use]
    pub fn of(event: &audit_event::Model, internal: bool) -> Self {
        let private =
            matches!(event.code.as_str(), "AGR_CTR_ASSIGNED" | "AGR_CTR_DECLINED" | "AGR_CTR_RELEASED");
        Self {
            id: event.id.0,
            at: *event.at,
            name: event.name.clone(),
            code: event.code.clone(),
            label: labels::told(&event.code, &event.payload),
            subject: event.subject_label.clone(),
            role: event.role.clone(),
            state_before: event.state_before.clone(),
            state_after: event.state_after.clone(),
            reason: event.reason.clone().filter(|_| internal || !private),
        }
    }
}

/// A page of the history.
#[derive(Clone, Debug, Object)]
pub struct EventPage {
    /// The events, oldest first.
    pub items: Vec<EventOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
