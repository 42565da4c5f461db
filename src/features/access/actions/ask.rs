//! A structure asks for an account; a link leaves to the address that it typed.

use entity::access_request::{self, AccessState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use time::Duration;

use super::super::AccessError;
use super::super::events::{AccessEvent, What};
use crate::authz::{Facts, Permission, hash_token};
use crate::db::Tx;
use crate::features::structures::input::NewStructure;

/// How long the link works.
pub const LINK_LIFE: Duration = Duration::hours(48);
/// Most links sent to one address within a day: nobody fills the mailbox of another.
const MOST_A_DAY: u64 = 3;

/// Keeps a request and sends the link that confirms its address. The caller answers the same thing whatever happens
/// here.
///
/// # Errors
/// [`AccessError::AskedAlready`] after three links in a day, or when the same person waits for the answer to the same
/// request; the refusal of the policy, what the database answers.
pub async fn ask(tx: &mut Tx, new: &NewStructure) -> Result<access_request::Model, AccessError> {
    let grant = tx.authorize(Permission::AccessAsk, &Facts::default())?;
    refuse_another(tx, new).await?;
    let token = tx.app().new_token();
    let request = unconfirmed(tx, new, &token);
    let row = request.clone().into_active_model().reset_all();
    access_request::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let link = tx.app().url(&format!("/devenir-agree/acces/lien/{token}"));
    let event = AccessEvent { request, what: What::Asked { link } };
    tx.record(&grant, &event).await?;
    Ok(event.request)
}

/// The row of a request whose address waits to be confirmed; only the hash of the token is in it.
fn unconfirmed(tx: &Tx, new: &NewStructure, token: &str) -> access_request::Model {
    access_request::Model {
        id: tx.new_id(),
        number: None,
        state: AccessState::Unconfirmed,
        siret: new.seat.siret.to_string(),
        name: new.identity.name.clone(),
        address: new.seat.address.clone(),
        postal_code: new.seat.postal_code.clone(),
        commune: new.seat.commune.clone(),
        department: new.seat.department.code.to_owned(),
        region: new.seat.region().to_owned(),
        contact_name: new.contact.name.as_str().to_owned(),
        contact_title: new.contact.title.clone(),
        contact_email: new.contact.email.as_str().to_owned(),
        contact_key: new.contact.email.key(),
        contact_phone: new.contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        token_hash: hash_token(token),
        link_until: (tx.now() + LINK_LIFE).into(),
        created_at: tx.instant(),
        confirmed_at: None,
        settled_at: None,
        reason: None,
        structure_id: None,
        version: 1,
    }
}

async fn refuse_another(tx: &Tx, new: &NewStructure) -> Result<(), AccessError> {
    use access_request::Column;
    let of_person = || access_request::Entity::find().filter(Column::ContactKey.eq(new.contact.email.key()));
    let yesterday = entity::Instant::from(tx.now() - Duration::days(1));
    let recent = of_person().filter(Column::CreatedAt.gt(yesterday)).count(tx.conn()).await?;
    let waiting = of_person()
        .filter(Column::Siret.eq(new.seat.siret.to_string()))
        .filter(Column::State.eq(AccessState::Pending))
        .count(tx.conn())
        .await?;
    if recent >= MOST_A_DAY || waiting > 0 { Err(AccessError::AskedAlready) } else { Ok(()) }
}
