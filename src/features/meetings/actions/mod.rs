//! The changes of a meeting, one per file. Its row is locked first.

mod add_action;
mod add_decision;
mod answer;
mod attach;
mod cancel;
mod create;
mod create_series;
mod download;
mod edit;
mod finish_action;
mod hold;
mod invite;
mod issue_document;
mod publish;
mod remind;
mod reschedule;

pub use add_action::add_action;
pub use add_decision::add_decision;
pub use answer::{answer, answer_by_link, excuse};
pub use attach::{Attachment, attach};
pub use cancel::cancel;
pub use create::create;
pub use create_series::create_series;
pub use download::download;
pub use edit::edit;
pub use finish_action::finish_action;
pub use hold::{hold, take_entitled};
pub use invite::invite;
pub use issue_document::issue_document;
pub use publish::publish;
pub use remind::remind;
pub use reschedule::reschedule;

use entity::ids::{ExpertId, MeetingId};
use entity::meeting_guest::GuestAnswer;
use entity::{expert, meeting, meeting_guest, meeting_link};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::MeetingError;
use super::events::{Addressed, MeetingEvent, What};
use super::queries;
use crate::authz::{Grant, Permission, hash_token};
use crate::db::Tx;
use crate::rules::line;

/// A meeting locked for a change, its guests, and the right to make it.
struct Opened {
    meeting: meeting::Model,
    guests: Vec<meeting_guest::Model>,
    grant: Grant,
}

async fn open(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, MeetingError> {
    let found = meeting::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let meeting = found.ok_or(MeetingError::NotFound)?;
    let guests = queries::guests(tx.conn(), id).await?;
    let grant = tx.authorize(permission, &queries::facts(tx.actor(), &guests))?;
    if seen.is_some_and(|seen| seen != meeting.version) {
        return Err(MeetingError::Stale);
    }
    Ok(Opened { meeting, guests, grant })
}

impl Opened {
    /// Writes the meeting, its version grown.
    async fn save(&mut self, tx: &Tx) -> Result<(), MeetingError> {
        self.meeting.version += 1;
        let row = self.meeting.clone().into_active_model().reset_all();
        meeting::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }

    /// Records what happened.
    async fn record(self, tx: &mut Tx, what: What) -> Result<meeting::Model, MeetingError> {
        let link = tx.app().url(&format!("/reunions/{}", self.meeting.number));
        let event = MeetingEvent { meeting: self.meeting, link, what };
        tx.record(&self.grant, &event).await?;
        Ok(event.meeting)
    }

    /// Everyone invited, to be written to.
    async fn addressed(&self, tx: &Tx) -> Result<Vec<Addressed>, MeetingError> {
        let ids: Vec<ExpertId> = self.guests.iter().map(|guest| guest.expert_id).collect();
        let people = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(tx.conn()).await?;
        Ok(people.iter().map(Addressed::from).collect())
    }

    /// Makes for each the link with which they answer without signing in, until the meeting begins; only the hash of its
    /// token is kept.
    async fn make_links(&self, tx: &Tx, guests: &mut [Addressed]) -> Result<(), MeetingError> {
        for guest in guests {
            let token = tx.app().new_token();
            let row = meeting_link::ActiveModel {
                id: Set(tx.new_id()),
                meeting_id: Set(self.meeting.id),
                expert_id: Set(guest.id),
                token_hash: Set(hash_token(&token)),
                created_at: Set(tx.instant()),
                expires_at: Set(self.meeting.starts_at),
            };
            meeting_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
            guest.answer = Some(tx.app().url(&format!("/reunions/reponse/{token}")));
        }
        Ok(())
    }

    /// The name of a guest, who may be given something to do.
    async fn name_of(&self, tx: &Tx, guest: ExpertId) -> Result<String, MeetingError> {
        let invited = self.guests.iter().any(|one| one.expert_id == guest);
        let found = if invited { expert::Entity::find_by_id(guest).one(tx.conn()).await? } else { None };
        let unknown = "Choisissez une personne invitée à cette réunion";
        let name = found.as_ref().map(expert::Model::name);
        name.ok_or_else(|| MeetingError::fault("/owner_id", "unknown", unknown))
    }

    /// Invites people.
    async fn add_guests(&mut self, tx: &Tx, people: &[expert::Model]) -> Result<(), MeetingError> {
        for person in people {
            let row = meeting_guest::Model {
                id: tx.new_id(),
                meeting_id: self.meeting.id,
                expert_id: person.id,
                answer: GuestAnswer::None,
                answered_at: None,
                present: None,
            };
            let insert = meeting_guest::Entity::insert(row.clone().into_active_model().reset_all());
            insert.exec_without_returning(tx.conn()).await?;
            self.guests.push(row);
        }
        Ok(())
    }
}

/// A reason, needed.
fn reason(text: &str) -> Result<String, MeetingError> {
    line::wanted(text, 500, "Indiquez le motif")
        .map_err(|error| MeetingError::fault("/reason", error.code(), error.to_string()))
}
