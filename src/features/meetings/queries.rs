//! Reads of meetings. Every list starts from what the actor may see: an expert sees those they are invited to.

use std::collections::BTreeMap;

use entity::habilitation::Duty;
use entity::ids::{ExpertId, MeetingId};
use entity::meeting::{MeetingKind, MeetingState};
use entity::{document, expert, meeting, meeting_action, meeting_decision, meeting_guest};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

mod invited;
mod links;
mod past;
mod waiting;

pub use invited::{Invited, invited_to};
pub use links::{Invitation, invitation_of};
pub use past::as_of;
pub use waiting::{minutes_due, overdue_actions};

use super::{MeetingError, state};
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset_latest, shows_words};
use crate::features::availability::{engagements, labels as words_of_time, meetings as half_days_of};
use crate::features::rights::{self, RightKind};

/// The duties that a kind of meeting brings together.
#[must_use]
pub fn duties(kind: MeetingKind) -> &'static [Duty] {
    match kind {
        MeetingKind::Mandataires => &[Duty::Mandataire],
        MeetingKind::Controleurs => &[Duty::Controleur],
        MeetingKind::Formateurs => &[Duty::Epsp],
        MeetingKind::Mixed => &[Duty::Mandataire, Duty::Controleur, Duty::Epsp],
    }
}

/// Everyone whose habilitation is valid on a day for a kind of meeting, in alphabetical order.
///
/// # Errors
/// What the database answers.
pub async fn entitled(
    conn: &impl ConnectionTrait,
    kind: MeetingKind,
    day: Date,
) -> Result<Vec<expert::Model>, db::Error> {
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, day).await?;
    let duties = duties(kind);
    let invited = |held: &&rights::Held| {
        held.scope().next().and_then(Duty::from_word).is_some_and(|duty| duties.contains(&duty))
    };
    let ids = held.iter().filter(invited).map(|held| ExpertId(held.right.holder_id));
    let found = expert::Entity::find()
        .filter(expert::Column::Id.is_in(ids))
        .order_by_asc(expert::Column::Search)
        .order_by_asc(expert::Column::Id);
    Ok(found.all(conn).await?)
}

/// Someone invited, with their file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The invitation.
    pub row: meeting_guest::Model,
    /// The person.
    pub expert: expert::Model,
}

/// A meeting and all that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The meeting.
    pub meeting: meeting::Model,
    /// Everyone invited, in alphabetical order.
    pub guests: Vec<Guest>,
    /// Decisions, in order.
    pub decisions: Vec<meeting_decision::Model>,
    /// Things to do, in order.
    pub actions: Vec<meeting_action::Model>,
    /// Files, oldest first.
    pub documents: Vec<document::Model>,
}

/// What the policy needs to know: the expert of the actor, when they are invited.
pub(super) fn facts(actor: &Actor, guests: &[meeting_guest::Model]) -> Facts {
    let own = actor.expert().filter(|own| guests.iter().any(|guest| guest.expert_id == *own));
    Facts { expert: own, ..Facts::default() }
}

/// The invitations of a meeting.
pub(super) async fn guests(
    conn: &impl ConnectionTrait,
    id: MeetingId,
) -> Result<Vec<meeting_guest::Model>, db::Error> {
    let found = meeting_guest::Entity::find().filter(meeting_guest::Column::MeetingId.eq(id));
    Ok(found.order_by_asc(meeting_guest::Column::Id).all(conn).await?)
}

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number or of the place.
    pub q: String,
    /// Only this state.
    pub state: Option<MeetingState>,
    /// Only this kind.
    pub kind: Option<MeetingKind>,
    /// Only those to come, or only those that are over.
    pub coming: Option<bool>,
    /// As they were at the end of this day, which is behind; as they are when none.
    pub on: Option<Date>,
}

/// The meetings that the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<meeting::Model>, db::Error> {
    use meeting::Column;
    let mut select = meeting::Entity::find()
        .filter(visible::meetings(actor))
        .filter(shows_words(&[Column::Number.as_column_ref(), Column::Place.as_column_ref()], &filter.q));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    let past = match filter.on {
        Some(day) => Some(past::states_on(conn, actor, day).await?),
        None => None,
    };
    let wanted = |state: MeetingState| {
        filter.state.is_none_or(|asked| asked == state)
            && filter.coming.is_none_or(|coming| coming == state::is_coming(state))
    };
    select = select.filter(match &past {
        Some(states) => {
            Column::Id.is_in(states.iter().filter(|(_, state)| wanted(**state)).map(|(id, _)| *id))
        }
        None => Column::State.is_in(MeetingState::all().filter(|state| wanted(*state))),
    });
    let mut rows = keyset_latest(select, Column::StartsAt, Column::Id, page).all(conn).await?;
    for row in &mut rows {
        row.state = past.as_ref().and_then(|states| states.get(&row.id).copied()).unwrap_or(row.state);
    }
    Ok(Page::cut(rows, page.limit, |row| Cursor::at(*row.starts_at, row.id.0)))
}

/// A meeting by its key.
///
/// # Errors
/// [`MeetingError::NotFound`], what the database answers.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: MeetingId) -> Result<Whole, MeetingError> {
    one(conn, actor, Condition::all().add(meeting::Column::Id.eq(id))).await
}

/// A meeting by its number.
///
/// # Errors
/// [`MeetingError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Whole, MeetingError> {
    one(conn, actor, Condition::all().add(meeting::Column::Number.eq(number))).await
}

async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Whole, MeetingError> {
    let found = meeting::Entity::find().filter(visible::meetings(actor)).filter(which).one(conn).await?;
    let meeting = found.ok_or(MeetingError::NotFound)?;
    let rows = guests(conn, meeting.id).await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(rows.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let mut people: BTreeMap<ExpertId, expert::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let mut guests: Vec<Guest> = rows
        .into_iter()
        .filter_map(|row| Some(Guest { expert: people.remove(&row.expert_id)?, row }))
        .collect();
    guests.sort_by(|one, other| one.expert.search.cmp(&other.expert.search));
    let decisions = meeting_decision::Entity::find()
        .filter(meeting_decision::Column::MeetingId.eq(meeting.id))
        .order_by_asc(meeting_decision::Column::Position)
        .all(conn)
        .await?;
    let actions = meeting_action::Entity::find()
        .filter(meeting_action::Column::MeetingId.eq(meeting.id))
        .order_by_asc(meeting_action::Column::Position)
        .all(conn)
        .await?;
    let documents = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("meeting"))
        .filter(document::Column::SubjectId.eq(meeting.id.0))
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(Whole { meeting, guests, decisions, actions, documents })
}

/// What the guest who answers already holds on the half-days of a meeting, in words.
///
/// # Errors
/// What the database answers.
pub async fn engaged(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    meeting: &meeting::Model,
) -> Result<Vec<String>, db::Error> {
    let Some(own) = actor.expert() else { return Ok(Vec::new()) };
    let Some(person) = expert::Entity::find_by_id(own).one(conn).await? else { return Ok(Vec::new()) };
    let slots = half_days_of::slots(meeting, &person.zone);
    let named = engagements::clashes(conn, actor, own, &slots).await?;
    Ok(named.iter().map(words_of_time::engagement).collect())
}

/// Someone that an act writes to: which message, and their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Template of the message.
    pub template: String,
    /// Who receives it.
    pub name: String,
}

/// Whom an act on a meeting writes to since a mark, in the order of the messages: shown before the act is confirmed.
///
/// # Errors
/// What the database answers.
pub async fn told_since(
    conn: &impl ConnectionTrait,
    id: MeetingId,
    mark: uuid::Uuid,
) -> Result<Vec<Told>, db::Error> {
    use entity::mail::{Column, Entity};
    let mails = Entity::find()
        .filter(Column::SubjectKind.eq("meeting"))
        .filter(Column::SubjectId.eq(id.0))
        .filter(Column::Id.gt(mark))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let whom = |recipient: &serde_json::Value| recipient["id"].as_str()?.parse().ok().map(ExpertId);
    let ids = mails.iter().filter_map(|mail| whom(&mail.recipient));
    let people = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    let told = |mail: &entity::mail::Model| {
        let id = whom(&mail.recipient)?;
        let name = people.iter().find(|one| one.id == id)?.name();
        Some(Told { template: mail.template.clone(), name })
    };
    Ok(mails.iter().filter_map(told).collect())
}

/// A meeting that an expert was invited to, and whether they were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Number of the meeting.
    pub number: String,
    /// Its day.
    pub day: Date,
    /// Who was invited.
    pub kind: MeetingKind,
    /// Whether the expert was there.
    pub present: bool,
}

/// The meetings held in a period that an expert was invited to, oldest first, for the conditions of renewal.
///
/// # Errors
/// What the database answers.
pub async fn attendance(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    from: Date,
    until: Date,
) -> Result<Vec<Attendance>, db::Error> {
    let invited = meeting_guest::Entity::find()
        .filter(meeting_guest::Column::ExpertId.eq(expert))
        .filter(meeting_guest::Column::Present.is_not_null())
        .all(conn)
        .await?;
    let held = meeting::Entity::find()
        .filter(meeting::Column::Id.is_in(invited.iter().map(|row| row.meeting_id)))
        .filter(meeting::Column::MeetsOn.gte(from))
        .filter(meeting::Column::MeetsOn.lte(until))
        .filter(meeting::Column::State.is_in([MeetingState::Held, MeetingState::MinutesPublished]))
        .order_by_asc(meeting::Column::MeetsOn)
        .order_by_asc(meeting::Column::Id)
        .all(conn)
        .await?;
    let present = |row: &meeting::Model| {
        invited.iter().any(|guest| guest.meeting_id == row.id && guest.present == Some(true))
    };
    Ok(held
        .into_iter()
        .map(|row| Attendance {
            present: present(&row),
            number: row.number,
            day: row.meets_on,
            kind: row.kind,
        })
        .collect())
}
