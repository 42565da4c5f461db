//! Somebody has lost their link: another one goes to the address of the enrolment, and nowhere else.

use entity::enrolment::{self, EnrolmentState};
use entity::enrolment_link::{self, LinkPurpose};
use entity::training_session;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Duration;

use super::make_link;
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::catalogue::queries::of_reference;
use crate::features::catalogue::{CatalogueError, CatalogueEvent, What};
use crate::features::enrolments::dossier::{facts_of, session_of};
use crate::rules::email_address::EmailAddress;

/// Most links of an enrolment within a day: nobody fills the mailbox of another.
const MOST_A_DAY: u64 = 5;

/// Sends another link, when the address is that of the enrolment of this reference. The caller answers the same thing
/// whatever happens here.
///
/// # Errors
/// [`CatalogueError::NotFound`] when there is nobody to send it to, or after five in a day; the refusal of the policy, what
/// the database answers.
pub async fn send_link(tx: &mut Tx, reference: &str, email: &str) -> Result<(), CatalogueError> {
    let row = of_reference(tx.conn(), reference).await?.ok_or(CatalogueError::NotFound)?;
    let typed = EmailAddress::parse(email).map_err(|_| CatalogueError::NotFound)?;
    let known = EmailAddress::parse(&row.email).map_err(|_| CatalogueError::NotFound)?;
    if typed.key() != known.key() {
        return Err(CatalogueError::NotFound);
    }
    let session = session_of(tx, row.session_id).await?;
    let grant = tx.authorize(Permission::EnrolmentAsk, &facts(&row, &session))?;
    refuse_too_many(tx, &row).await?;
    let (purpose, until) = match row.state {
        EnrolmentState::Offered => (LinkPurpose::Offer, row.deadline_at.map(|at| *at)),
        EnrolmentState::Requested | EnrolmentState::Held | EnrolmentState::Waitlisted
            if row.email_confirmed_at.is_none() =>
        {
            (LinkPurpose::Confirm, None)
        }
        _ => (LinkPurpose::Follow, None),
    };
    let link = make_link(tx, &row, purpose, until).await?;
    let event = CatalogueEvent { enrolment: row, session, what: What::LinkSent(link) };
    tx.record(&grant, &event).await?;
    Ok(())
}

fn facts(row: &enrolment::Model, session: &training_session::Model) -> Facts {
    Facts { structure: row.structure_id, account: row.account_id, ..facts_of(session) }
}

async fn refuse_too_many(tx: &Tx, row: &enrolment::Model) -> Result<(), CatalogueError> {
    use enrolment_link::Column;
    let yesterday = entity::Instant::from(tx.now() - Duration::days(1));
    let recent = enrolment_link::Entity::find()
        .filter(Column::EnrolmentId.eq(row.id))
        .filter(Column::CreatedAt.gt(yesterday))
        .count(tx.conn())
        .await?;
    if recent >= MOST_A_DAY { Err(CatalogueError::NotFound) } else { Ok(()) }
}
