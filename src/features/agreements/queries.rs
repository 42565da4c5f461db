//! Reads of the agreement desk; every list starts from what the actor may see.

pub mod agenda;
mod controllers;
pub mod history;
pub mod live;
mod past_states;
pub mod registers;
mod request_file;
mod request_list;
mod rights;
mod visits;

pub use controllers::{Controller, controllers};
pub use request_file::{
    Attachments, all_pieces, attachments, current_pieces, documents, form, open_draft, request,
    request_by_reference, scores, situation,
};
pub use request_list::{RequestFilter, RequestLine, requests};
pub use rights::{RightFilter, agreement, agreement_by_number, agreements, begun_by, standings_on};
pub use visits::{dated, visits_of};

use entity::committee;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::error::AgreementError;
use crate::authz::{self, Actor, Permission};
use crate::db::{Cursor, Page, PageRequest, keyset};

/// Committees, the next ones first.
///
/// # Errors
/// When the actor may not see them, or what the database answers.
pub async fn committees(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<committee::Model>, AgreementError> {
    let _granted = authz::allows(actor, Permission::CommitteeView, &authz::Facts::default())?;
    let none: Option<committee::Column> = None;
    let rows = keyset(committee::Entity::find(), none, committee::Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}
