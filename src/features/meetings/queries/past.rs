//! Meetings as they were at the end of a day that is behind, from the journal: the state, the date, who was invited and what they
//! had answered, the agenda. What came since is not told.
//!
//! The agenda and the place are kept beside the acts that wrote them. Acts of before that was so do not tell them: then
//! they are those of today when nothing changed them since, and are not shown otherwise.

use std::collections::HashMap;

use entity::ids::{AuditEventId, ExpertId, MeetingGuestId, MeetingId};
use entity::meeting::{self, MeetingMode, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use entity::{Instant, audit_event, audit_personal, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde_json::Value;
use time::{Date, OffsetDateTime};

use super::{Guest, Whole};
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::meetings::MeetingError;
use crate::rules::typed_date;

/// The act that plans a meeting.
const PLANNED: &str = "meeting.planned";
/// The act that writes another agenda.
const EDITED: &str = "meeting.edited";
/// The act that gives another date or another place.
const MOVED: &str = "meeting.moved";

/// The state of every meeting that the actor may see and that existed at the end of a day in Paris.
pub(super) async fn states_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: Date,
) -> Result<HashMap<MeetingId, MeetingState>, db::Error> {
    let seen = meeting::Entity::find().filter(visible::meetings(actor)).select_only();
    let words = db::states_on(conn, "meeting", seen.column(meeting::Column::Id).into_query(), day).await?;
    let state = |(id, word): (uuid::Uuid, String)| Some((id.into(), MeetingState::from_word(&word)?));
    Ok(words.into_iter().filter_map(state).collect())
}

/// A meeting as it was at the end of a day that is behind.
///
/// # Errors
/// [`MeetingError::NotFound`] when it was not planned yet; what the database answers.
pub async fn as_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    mut whole: Whole,
    day: Date,
) -> Result<Whole, MeetingError> {
    let id = whole.meeting.id;
    let one = meeting::Entity::find_by_id(id).filter(visible::meetings(actor)).select_only();
    let words = db::states_on(conn, "meeting", one.column(meeting::Column::Id).into_query(), day).await?;
    let state = words.get(&id.0).and_then(|word| MeetingState::from_word(word));
    let state = state.ok_or(MeetingError::NotFound)?;
    let told = Told::read(&acts(conn, id).await?, db::end_in_paris(day));
    told.put_dates(&mut whole.meeting);
    told.agenda.put(&mut whole.meeting.agenda);
    told.place.put(&mut whole.meeting.place);
    put_guests(conn, &mut whole, state, &told).await?;
    put_back(&mut whole, state, day);
    Ok(whole)
}

/// An act on a meeting, and the texts kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Act {
    at: OffsetDateTime,
    name: String,
    payload: Value,
    texts: HashMap<String, String>,
}

/// Every act on a meeting, the oldest first.
async fn acts(conn: &impl ConnectionTrait, id: MeetingId) -> Result<Vec<Act>, db::Error> {
    let rows: Vec<(AuditEventId, Instant, String, String)> = audit_event::Entity::find()
        .select_only()
        .columns([
            audit_event::Column::Id,
            audit_event::Column::At,
            audit_event::Column::Name,
            audit_event::Column::Payload,
        ])
        .filter(audit_event::Column::SubjectKind.eq("meeting"))
        .filter(audit_event::Column::SubjectId.eq(id.0))
        .order_by_asc(audit_event::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let kept = audit_personal::Entity::find()
        .filter(audit_personal::Column::EventId.is_in(rows.iter().map(|row| row.0)))
        .filter(audit_personal::Column::Field.is_in(["agenda", "place"]))
        .all(conn)
        .await?;
    let mut texts: HashMap<AuditEventId, HashMap<String, String>> = HashMap::new();
    for one in kept {
        if let Some(value) = one.value {
            texts.entry(one.event_id).or_default().insert(one.field, value);
        }
    }
    let act = |(id, at, name, payload): (AuditEventId, Instant, String, String)| Act {
        at: *at,
        name,
        payload: serde_json::from_str(&payload).unwrap_or_default(),
        texts: texts.remove(&id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(act).collect())
}

/// A text at the end of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Text {
    /// That of today: nothing changed it since.
    #[default]
    Same,
    /// This one.
    Was(String),
    /// Another one, which nothing keeps.
    Lost,
}

impl Text {
    /// What the acts tell of a text that those of these names write.
    fn read(acts: &[Act], end: OffsetDateTime, field: &str, names: [&str; 2]) -> Self {
        let writes = |act: &&Act| names.contains(&act.name.as_str());
        let last = acts.iter().rev().filter(|act| act.at < end).find(writes);
        match last.and_then(|act| act.texts.get(field)) {
            Some(text) => Self::Was(text.clone()),
            None if acts.iter().filter(|act| act.at >= end).any(|act| writes(&act)) => Self::Lost,
            None => Self::Same,
        }
    }

    /// Writes it in the place of today's.
    fn put(&self, text: &mut String) {
        match self {
            Self::Same => {}
            Self::Was(was) => text.clone_from(was),
            Self::Lost => text.clear(),
        }
    }
}

/// What the journal tells of a meeting until the end of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    /// Date, hour and mode, as the last act that gave them.
    facts: Option<Value>,
    /// Who was invited; none when no act said it.
    guests: Option<Vec<ExpertId>>,
    /// What they had answered, and when.
    answers: HashMap<ExpertId, (GuestAnswer, OffsetDateTime)>,
    agenda: Text,
    place: Text,
}

impl Told {
    fn read(acts: &[Act], end: OffsetDateTime) -> Self {
        let mut told = Self {
            agenda: Text::read(acts, end, "agenda", [PLANNED, EDITED]),
            place: Text::read(acts, end, "place", [PLANNED, MOVED]),
            ..Self::default()
        };
        for act in acts.iter().filter(|act| act.at < end) {
            told.follow(act);
        }
        told
    }

    fn follow(&mut self, act: &Act) {
        let people = |key: &str| -> Vec<ExpertId> {
            serde_json::from_value(act.payload[key].clone()).unwrap_or_default()
        };
        match act.name.as_str() {
            PLANNED => self.facts = Some(act.payload.clone()),
            MOVED => {
                self.facts = Some(act.payload["now"].clone());
                // Whoever stays is asked again.
                self.answers.clear();
                self.guests = self.guests.take().map(|_| [people("kept"), people("added")].concat());
            }
            "meeting.invited" | "meeting.cancelled" => self.guests = Some(people("guests")),
            "meeting.answered" => {
                let who = serde_json::from_value::<ExpertId>(act.payload["expert_id"].clone());
                let coming = act.payload["coming"].as_bool().unwrap_or_default();
                let answer = if coming { GuestAnswer::Coming } else { GuestAnswer::Away };
                self.answers.extend(who.ok().map(|who| (who, (answer, act.at))));
            }
            _ => {}
        }
    }

    /// Writes the date, the hour and the mode of the day in the place of today's.
    fn put_dates(&self, row: &mut meeting::Model) {
        let Some(facts) = &self.facts else { return };
        let text = |key: &str| facts[key].as_str();
        let starts_at =
            facts["starts_at"].as_i64().and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
        row.meets_on = text("meets_on").and_then(typed_date::parse).unwrap_or(row.meets_on);
        row.starts_at = starts_at.map_or(row.starts_at, Into::into);
        row.mode = text("mode").and_then(MeetingMode::from_word).unwrap_or(row.mode);
        if let Some(zone) = text("zone") {
            zone.clone_into(&mut row.zone);
        }
        let lasts = facts["lasts_minutes"].as_i64().and_then(|minutes| i32::try_from(minutes).ok());
        row.lasts_minutes = lasts.unwrap_or(row.lasts_minutes);
    }
}

/// Who was invited then. Nobody is invited or struck off once it is held: those of today are those of that day.
async fn put_guests(
    conn: &impl ConnectionTrait,
    whole: &mut Whole,
    state: MeetingState,
    told: &Told,
) -> Result<(), db::Error> {
    let wanted = match state {
        MeetingState::Planned => Vec::new(),
        MeetingState::Held | MeetingState::MinutesPublished => return Ok(()),
        MeetingState::Invited | MeetingState::Cancelled => match &told.guests {
            Some(guests) => guests.clone(),
            None => return Ok(()),
        },
    };
    whole.guests.retain(|guest| wanted.contains(&guest.expert.id));
    let gone = wanted.iter().filter(|id| whole.guests.iter().all(|guest| guest.expert.id != **id)).copied();
    let gone: Vec<ExpertId> = gone.collect();
    if !gone.is_empty() {
        let people = expert::Entity::find().filter(expert::Column::Id.is_in(gone)).all(conn).await?;
        let meeting_id = whole.meeting.id;
        whole.guests.extend(people.into_iter().map(|expert| Guest {
            row: meeting_guest::Model {
                id: MeetingGuestId(uuid::Uuid::nil()),
                meeting_id,
                expert_id: expert.id,
                answer: GuestAnswer::None,
                answered_at: None,
                present: None,
            },
            expert,
        }));
        whole.guests.sort_by(|one, other| one.expert.search.cmp(&other.expert.search));
    }
    for guest in &mut whole.guests {
        let answer = told.answers.get(&guest.expert.id).copied();
        guest.row.answer = answer.map_or(GuestAnswer::None, |(answer, _)| answer);
        guest.row.answered_at = answer.map(|(_, at)| at.into());
    }
    Ok(())
}

/// What a state had not brought yet is left out.
fn put_back(whole: &mut Whole, state: MeetingState, day: Date) {
    use MeetingState as S;
    let end = db::end_in_paris(day);
    let held = matches!(state, S::Held | S::MinutesPublished);
    for guest in &mut whole.guests {
        if guest.row.answered_at.is_none_or(|at| *at >= end) {
            (guest.row.answer, guest.row.answered_at) = (GuestAnswer::None, None);
        }
        guest.row.present = guest.row.present.filter(|_| held);
    }
    if state != S::MinutesPublished {
        whole.meeting.minutes.clear();
        whole.meeting.time_spent_minutes = None;
    }
    if !held {
        whole.decisions.clear();
        whole.actions.clear();
    }
    for action in &mut whole.actions {
        action.done_on = action.done_on.filter(|done| *done <= day);
    }
    whole.documents.retain(|row| *row.created_at < end);
    whole.meeting.state = state;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use time::macros::datetime;
    use uuid::Uuid;

    fn act(at: OffsetDateTime, name: &str, payload: Value, texts: &[(&str, &str)]) -> Act {
        let texts = texts.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        Act { at, name: name.to_owned(), payload, texts }
    }

    #[test]
    fn who_was_invited_and_what_they_answered_are_those_of_the_day() {
        let [stays, leaves, comes] = [1, 2, 3].map(|number| ExpertId(Uuid::from_u128(number)));
        let answered = |who: ExpertId| json!({ "expert_id": who, "coming": true });
        let acts = [
            act(datetime!(2025-10-01 08:00 UTC), PLANNED, json!({}), &[]),
            act(
                datetime!(2025-10-02 08:00 UTC),
                "meeting.invited",
                json!({ "guests": [stays, leaves] }),
                &[],
            ),
            act(datetime!(2025-10-03 08:00 UTC), "meeting.answered", answered(stays), &[]),
            act(
                datetime!(2025-10-04 08:00 UTC),
                MOVED,
                json!({ "now": {}, "kept": [stays], "added": [comes], "removed": [leaves] }),
                &[],
            ),
        ];
        for (end, guests, answers) in [
            (datetime!(2025-10-01 22:00 UTC), None, 0),
            (datetime!(2025-10-02 22:00 UTC), Some(vec![stays, leaves]), 0),
            (datetime!(2025-10-03 22:00 UTC), Some(vec![stays, leaves]), 1),
            (datetime!(2025-10-04 22:00 UTC), Some(vec![stays, comes]), 0),
        ] {
            let told = Told::read(&acts, end);
            assert_eq!((told.guests, told.answers.len()), (guests, answers), "{end}");
        }
    }

    #[test]
    fn an_agenda_that_nothing_keeps_is_not_that_of_today() {
        let days = [
            datetime!(2025-10-01 08:00 UTC),
            datetime!(2025-10-02 08:00 UTC),
            datetime!(2025-10-03 08:00 UTC),
        ];
        let acts = [
            act(days[0], PLANNED, json!({}), &[]),
            act(days[1], EDITED, json!({}), &[("agenda", "Deux points")]),
            act(days[2], MOVED, json!({}), &[("place", "Nevers")]),
        ];
        let hour = time::Duration::hours(1);
        for (end, agenda, place) in [
            (days[0] + hour, Text::Lost, Text::Lost),
            (days[1] + hour, Text::Was("Deux points".to_owned()), Text::Lost),
            (days[2] + hour, Text::Was("Deux points".to_owned()), Text::Was("Nevers".to_owned())),
        ] {
            let told = Told::read(&acts, end);
            assert_eq!((told.agenda, told.place), (agenda, place), "{end}");
        }
        assert_eq!(Told::read(&acts[..1], days[0] + hour).agenda, Text::Same);
    }
}
