//! Reads of the people of juries: who sits and what is known of them now, the colleges, the calendar of the sessions.

mod conflicts;
mod planning;

pub use conflicts::{Conflict, conflicts};
pub use planning::{Clash, Planned, Waiting, clashes, day_of, month, waiting};

use std::collections::HashMap;

use entity::college_seat::{self, College};
use entity::expert;
use entity::ids::{CollegeSeatId, ExpertId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};

use super::PanelError;
use super::knowledge::{Knowledge, valid_on};
use super::panel::{Member, Panel};
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::rules::jury::impartiality::{self, Finding, Verdict};

/// A member, and what is known of them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// The member.
    pub member: Member,
    /// What the checks find today, the candidates being those of today.
    pub findings: Vec<Finding>,
    /// Why the person is not entitled to the seat any more, in words.
    pub outside: Vec<String>,
    /// Whether they would be given the seat today.
    pub verdict: Verdict,
}

impl Seated {
    /// Whether somebody should look at this seat again: it would be refused today, or warned while no reason is written.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        match self.verdict {
            Verdict::Free => false,
            Verdict::Reasoned => self.member.row.override_reason.is_none(),
            Verdict::Refused => true,
        }
    }
}

/// Those who sit or were asked to, with what is known of them now.
///
/// # Errors
/// What the database answers.
pub async fn seated(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    now: OffsetDateTime,
) -> Result<Vec<Seated>, PanelError> {
    let free = |member: &Member| Seated {
        member: member.clone(),
        findings: Vec::new(),
        outside: Vec::new(),
        verdict: Verdict::Free,
    };
    if panel.session.starts_at.is_none() {
        return Ok(panel.live().map(free).collect());
    }
    let ids: Vec<ExpertId> = panel.live().map(|member| member.expert.id).collect();
    let known = Knowledge::of(conn, panel, &ids, now).await?;
    let one = |member: &Member| {
        let seat = member.row.seat;
        let signed = Some(member.row.impartial_at.is_some());
        let findings = known.findings(seat, member.expert.id, signed);
        let outside = known.outside(panel, seat, member.expert.id);
        let weighed = impartiality::verdict(&findings, seat, panel.candidates.len());
        let verdict = if outside.is_empty() { weighed } else { Verdict::Refused };
        Seated { member: member.clone(), findings, outside, verdict }
    };
    Ok(panel.live().map(one).collect())
}

/// A seat of a college, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollegeSeat {
    /// The seat.
    pub row: college_seat::Model,
    /// Number of the person.
    pub expert_number: String,
    /// Name of the person.
    pub expert_name: String,
}

/// What a list of seats is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this person.
    pub expert: Option<ExpertId>,
    /// Of this college.
    pub college: Option<College>,
    /// Valid on this day.
    pub on: Option<Date>,
}

/// The seats of the people whom the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn college_seats(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: Filter,
    page: &PageRequest,
) -> Result<Page<CollegeSeat>, db::Error> {
    use college_seat::Column;
    let people = expert::Entity::find().select_only().column(expert::Column::Id);
    let seen = people.filter(visible::experts(actor)).into_query();
    let narrowed = Condition::all()
        .add_option(filter.expert.map(|expert| Column::ExpertId.eq(expert)))
        .add_option(filter.college.map(|college| Column::College.eq(college)))
        .add_option(filter.on.map(valid_on));
    let select = college_seat::Entity::find().filter(Column::ExpertId.in_subquery(seen)).filter(narrowed);
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: named(conn, cut.items).await?, next: cut.next })
}

/// One seat of somebody whom the actor may see.
///
/// # Errors
/// [`PanelError::NotFound`], what the database answers.
pub async fn college_seat(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CollegeSeatId,
) -> Result<CollegeSeat, PanelError> {
    let people = expert::Entity::find().select_only().column(expert::Column::Id);
    let seen = people.filter(visible::experts(actor)).into_query();
    let found = college_seat::Entity::find_by_id(id)
        .filter(college_seat::Column::ExpertId.in_subquery(seen))
        .one(conn)
        .await?;
    let named = named(conn, vec![found.ok_or(PanelError::NotFound)?]).await?;
    named.into_iter().next().ok_or(PanelError::NotFound)
}

/// The seats of one person, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn seats_of(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
) -> Result<Vec<college_seat::Model>, db::Error> {
    let rows = college_seat::Entity::find()
        .filter(college_seat::Column::ExpertId.eq(expert))
        .order_by_desc(college_seat::Column::Since)
        .order_by_desc(college_seat::Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

async fn named(
    conn: &impl ConnectionTrait,
    rows: Vec<college_seat::Model>,
) -> Result<Vec<CollegeSeat>, db::Error> {
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let people: HashMap<_, _> = people.into_iter().map(|row| (row.id, row)).collect();
    let seat = |row: college_seat::Model| {
        let person = people.get(&row.expert_id)?;
        Some(CollegeSeat { expert_number: person.number.clone(), expert_name: person.name(), row })
    };
    Ok(rows.into_iter().filter_map(seat).collect())
}
