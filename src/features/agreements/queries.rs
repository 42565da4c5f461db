//! Reads of the agreement desk; every list starts from what the actor may see.

pub mod acts;
pub mod agenda;
mod controllers;
pub mod findings;
pub mod history;
pub mod live;
mod past_states;
pub mod registers;
mod request_file;
mod request_list;
mod right_file;
mod rights;
pub mod visit_links;
mod visits;
pub mod waiting;

pub use controllers::{Controller, controllers};
pub use request_file::{
    Attachments, all_pieces, attachments, current_pieces, documents, form, open_draft, request,
    request_by_reference, scores, situation,
};
pub use request_list::{RequestFilter, RequestLine, requests};
pub use right_file::{RightFile, right_file};
pub use rights::{
    RightFilter, agreement, agreement_by_number, agreements, begun_by, certified, standings_on,
};
pub use visits::{dated, visits_of};

use entity::committee::{self, Column, CommitteeState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::error::AgreementError;
use crate::authz::{self, Actor, Permission};
use crate::db::{Cursor, Page, PageRequest, keyset, shows_words};

/// Which committees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitteeFilter {
    /// Words of the place.
    pub q: String,
    /// Only this state.
    pub state: Option<CommitteeState>,
}

/// Committees, the last planned first.
///
/// # Errors
/// When the actor may not see them, or what the database answers.
pub async fn committees(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &CommitteeFilter,
    page: &PageRequest,
) -> Result<Page<committee::Model>, AgreementError> {
    let _granted = authz::allows(actor, Permission::CommitteeView, &authz::Facts::default())?;
    let mut select =
        committee::Entity::find().filter(shows_words(&[Column::Place.as_column_ref()], &filter.q));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}
