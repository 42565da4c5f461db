//! Lists of requests.

use entity::agreement_request::{self, RequestKind, RequestState};
use entity::ids::{AgreementRequestId, CommitteeId, StructureId};
use entity::structure;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
};
use time::{Date, OffsetDateTime};

use super::past_states::states_on;
use crate::authz::{Actor, visible};
use crate::db::{Cursor, Page, PageRequest, either_contains_words, keyset, structure_of_request};
use crate::features::agreements::deadlines::AnswerEnds;
use crate::features::agreements::error::AgreementError;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::territory::PARIS;

/// What a list of requests shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Only these states.
    pub states: Vec<RequestState>,
    /// Words of the number, or of what the structure is found by: name, SIREN, SIRET and town of its sites.
    pub q: String,
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only this committee.
    pub committee: Option<CommitteeId>,
    /// Only those submitted in this year.
    pub submitted_in: Option<i32>,
    /// Only those visited in this year.
    pub visited_in: Option<i32>,
    /// As they were at the end of this day, which is behind: those that existed, each in the state that it had. Dates
    /// announced since are left out.
    pub on: Option<Date>,
}

/// A line of a list of requests.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct RequestLine {
    /// Key.
    pub id: AgreementRequestId,
    /// Number of the draft.
    pub draft_number: String,
    /// Number, once submitted.
    pub number: Option<String>,
    /// State.
    pub state: RequestState,
    /// First request or renewal.
    pub kind: RequestKind,
    /// Name of the structure.
    pub structure_name: String,
    /// Its commune.
    pub commune: String,
    /// Its department.
    pub department: String,
    /// Title of the certification version.
    pub certification_title: String,
    /// Usual name of the certification.
    pub certification_name: String,
    /// Name of the version.
    pub certification_label: String,
    /// First submission.
    pub submitted_at: Option<entity::Instant>,
    /// Last change by the structure; of a file that was submitted, its last submission.
    pub touched_at: Option<entity::Instant>,
    /// Announced date of the decision.
    pub decision_expected_on: Option<Date>,
    /// Next instant at which something happens by itself.
    pub deadline_at: Option<entity::Instant>,
    /// IANA zone of the structure, in which its deadlines end.
    pub zone: String,
    /// End of the delay to complete.
    pub return_due_at: Option<entity::Instant>,
    /// End of the delay to comment.
    pub comments_due_at: Option<entity::Instant>,
    /// Comments received.
    pub commented_at: Option<entity::Instant>,
    /// End of the adjournment.
    pub adjourned_until: Option<Date>,
    /// End of the delay to appeal.
    pub appeal_until: Option<entity::Instant>,
    /// Version.
    pub version: i32,
}

impl RequestLine {
    /// What names the certification: usual name, title and name of the version.
    #[must_use]
    pub fn certification(&self) -> [&str; 3] {
        [&self.certification_name, &self.certification_title, &self.certification_label]
    }

    /// The human number.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.draft_number)
    }

    /// The line of a day that is behind: what came or was announced since is not told.
    fn as_it_was(&mut self, state: RequestState, day: Date) {
        self.state = state;
        self.submitted_at = self.submitted_at.filter(|at| day_in_zone(**at, PARIS) <= day);
        self.touched_at = None;
        self.decision_expected_on = None;
        self.deadline_at = None;
        self.return_due_at = None;
        self.comments_due_at = None;
        self.commented_at = None;
        self.adjourned_until = None;
        self.appeal_until = None;
    }

    /// The instant until which the file says that the structure may answer.
    #[must_use]
    pub fn due_at(&self) -> Option<OffsetDateTime> {
        let ends = AnswerEnds {
            return_due_at: self.return_due_at,
            comments_due_at: self.comments_due_at.filter(|_| self.commented_at.is_none()),
            adjourned_until: self.adjourned_until,
            appeal_until: self.appeal_until,
        };
        ends.in_state(self.state, &self.zone)
    }

    /// The day, there, until which somebody is to answer: the structure, or the officer who examines what it submitted, within
    /// these days.
    #[must_use]
    pub fn due_on(&self, examined_within_days: u16) -> Option<Date> {
        let day = |at: OffsetDateTime| day_in_zone(at, &self.zone);
        match self.state {
            RequestState::Submitted => {
                self.touched_at.map(|at| add_days(day(*at), i32::from(examined_within_days)))
            }
            _ => self.due_at().map(day),
        }
    }
}

/// A page of requests, newest first.
///
/// # Errors
/// What the database answers.
pub async fn requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &RequestFilter,
    page: &PageRequest,
) -> Result<Page<RequestLine>, AgreementError> {
    use agreement_request::Column;
    let mut select = agreement_request::Entity::find().filter(visible::agreement_requests(actor));
    let wanted = |state: RequestState| filter.states.is_empty() || filter.states.contains(&state);
    let past = match filter.on {
        Some(day) => Some((day, states_on(conn, actor, day).await?)),
        None => None,
    };
    if let Some((_, states)) = &past {
        let ids = states.iter().filter(|(_, state)| wanted(**state)).map(|(id, _)| *id);
        select = select.filter(Column::Id.is_in(ids));
    } else if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if let Some(committee) = filter.committee {
        select = select.filter(Column::CommitteeId.eq(committee));
    }
    if let Some(year) = filter.submitted_in {
        let (from, until) = year_bounds(year);
        select = select.filter(Column::SubmittedAt.gte(from)).filter(Column::SubmittedAt.lt(until));
    }
    if let Some(year) = filter.visited_in {
        let (from, until) = year_bounds(year);
        select = select.filter(Column::VisitedAt.gte(from)).filter(Column::VisitedAt.lt(until));
    }
    // The structure, which is read with the request, knows the SIRET, the name and the town of each of its sites.
    select = select.filter(either_contains_words(Column::Search, structure::Column::Search, &filter.q));
    let none: Option<Column> = None;
    let mut rows = keyset(select, none, Column::Id, true, page)
        .join(JoinType::InnerJoin, structure_of_request())
        .join(JoinType::InnerJoin, agreement_request_version())
        .join(JoinType::InnerJoin, certification_of_version())
        .select_only()
        .columns([
            Column::Id,
            Column::DraftNumber,
            Column::Number,
            Column::State,
            Column::Kind,
            Column::TouchedAt,
            Column::SubmittedAt,
            Column::TouchedAt,
            Column::DecisionExpectedOn,
            Column::DeadlineAt,
            Column::ReturnDueAt,
            Column::CommentsDueAt,
            Column::CommentedAt,
            Column::AdjournedUntil,
            Column::AppealUntil,
            Column::Version,
        ])
        .column_as(structure::Column::Name, "structure_name")
        .column_as(structure::Column::Commune, "commune")
        .column_as(structure::Column::Department, "department")
        .column_as(structure::Column::Zone, "zone")
        .column_as(entity::certification_version::Column::Title, "certification_title")
        .column_as(entity::certification_version::Column::Label, "certification_label")
        .column_as(entity::certification::Column::ShortTitle, "certification_name")
        .into_model::<RequestLine>()
        .all(conn)
        .await?;
    if let Some((day, states)) = past {
        for row in &mut rows {
            if let Some(state) = states.get(&row.id) {
                row.as_it_was(*state, day);
            }
        }
    }
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// First and last instants of a civil year in Paris, where activity is counted.
fn year_bounds(year: i32) -> (entity::Instant, entity::Instant) {
    let start = |year: i32| {
        let day = Date::from_calendar_date(year, time::Month::January, 1).unwrap_or(Date::MIN);
        let at = crate::rules::deadline::instant(day, time::Time::MIDNIGHT, "Europe/Paris");
        entity::Instant::from(at.unwrap_or(OffsetDateTime::UNIX_EPOCH))
    };
    (start(year), start(year + 1))
}

fn agreement_request_version() -> sea_orm::RelationDef {
    agreement_request::Entity::belongs_to(entity::certification_version::Entity)
        .from(agreement_request::Column::CertificationVersionId)
        .to(entity::certification_version::Column::Id)
        .into()
}

fn certification_of_version() -> sea_orm::RelationDef {
    entity::certification_version::Entity::belongs_to(entity::certification::Entity)
        .from(entity::certification_version::Column::CertificationId)
        .to(entity::certification::Column::Id)
        .into()
}
