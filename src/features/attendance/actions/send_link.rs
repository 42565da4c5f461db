//! Sends their links to whoever asks by their address: whether it is known is told to nobody.

use entity::enrolment;
use entity::training_session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::make_link;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::enrolments::dossier::facts_of;

/// Most enrolments of an address that are sent at once, the latest.
const MOST: u64 = 20;

/// Sends one link for each enrolment of an address. Gives how many: nothing is to be committed when there is none.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn send_links(tx: &mut Tx, email: &str) -> Result<usize, AttendanceError> {
    let found = enrolment::Entity::find()
        .filter(enrolment::Column::Email.eq(email))
        .filter(enrolment::Column::ErasedAt.is_null())
        .order_by_desc(enrolment::Column::Id)
        .limit(MOST)
        .all(tx.conn())
        .await?;
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(found.iter().map(|row| row.session_id)))
        .all(tx.conn())
        .await?;
    let mut sent = 0;
    for row in found {
        let Some(session) = sessions.iter().find(|one| one.id == row.session_id) else { continue };
        let grant = tx.authorize(Permission::EnrolmentAsk, &facts_of(session))?;
        let link = make_link(tx, row.id).await?;
        let event = AttendanceEvent {
            session: session.clone(),
            slot: None,
            enrolment: Some(row),
            what: What::LinkSent(link),
        };
        tx.record(&grant, &event).await?;
        sent += 1;
    }
    Ok(sent)
}
