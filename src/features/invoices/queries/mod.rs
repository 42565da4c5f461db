//! Reads of invoices; every list starts from what the actor may see.

pub mod plan;

use std::collections::HashMap;

use entity::ids::{InvoiceId, TrainingSessionId};
use entity::invoice::{self, InvoiceKind, InvoiceParty, InvoiceState};
use entity::{document, training_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Date;

use super::{InvoiceError, Record};
use crate::authz::{Actor, Permission, allows, visible};
use crate::db::{Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::enrolments::dossier::facts_of;

/// What a list keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number or of the party.
    pub q: String,
    /// In this state.
    pub state: Option<InvoiceState>,
    /// Of this kind.
    pub kind: Option<InvoiceKind>,
    /// To whom.
    pub party: Option<InvoiceParty>,
    /// Of this session.
    pub session: Option<TrainingSessionId>,
    /// Late on this day.
    pub late_on: Option<Date>,
}

/// One invoice of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// The row.
    pub invoice: invoice::Model,
    /// Number of its session.
    pub session: String,
}

/// A page of the invoices that the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Line>, InvoiceError> {
    use invoice::Column;
    let mut select = invoice::Entity::find()
        .filter(visible::invoices(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(party) = filter.party {
        select = select.filter(Column::Party.eq(party));
    }
    if let Some(session) = filter.session {
        select = select.filter(Column::SessionId.eq(session));
    }
    if let Some(day) = filter.late_on {
        select = select
            .filter(Column::State.is_in([InvoiceState::Issued, InvoiceState::PartPaid]))
            .filter(Column::Kind.eq(InvoiceKind::Invoice))
            .filter(Column::DueOn.lt(day));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let sessions: HashMap<TrainingSessionId, String> = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(cut.items.iter().filter_map(|row| row.session_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row.number))
        .collect();
    let line = |invoice: invoice::Model| {
        let session = invoice.session_id.and_then(|id| sessions.get(&id)).cloned().unwrap_or_default();
        Line { invoice, session }
    };
    Ok(Page { items: cut.items.into_iter().map(line).collect(), next: cut.next })
}

/// The session of a number, when the actor may invoice it.
///
/// # Errors
/// [`InvoiceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn session_to_invoice(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<training_session::Model, InvoiceError> {
    let found = training_session::Entity::find()
        .filter(training_session::Column::Number.eq(number.trim()))
        .one(conn)
        .await?;
    may_invoice(actor, found.ok_or(InvoiceError::NotFound)?)
}

/// The same, by its key.
///
/// # Errors
/// The same.
pub async fn session_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TrainingSessionId,
) -> Result<training_session::Model, InvoiceError> {
    let found = training_session::Entity::find_by_id(id).one(conn).await?;
    may_invoice(actor, found.ok_or(InvoiceError::NotFound)?)
}

fn may_invoice(
    actor: &Actor,
    session: training_session::Model,
) -> Result<training_session::Model, InvoiceError> {
    let _allowed = allows(actor, Permission::InvoiceManage, &facts_of(&session))?;
    Ok(session)
}

/// The file of an invoice.
///
/// # Errors
/// [`InvoiceError::NotFound`] while it is being typeset, what the database answers.
pub async fn document(conn: &impl ConnectionTrait, record: &Record) -> Result<document::Model, InvoiceError> {
    let id = record.invoice.document_id.ok_or(InvoiceError::NotFound)?;
    document::Entity::find_by_id(id).one(conn).await?.ok_or(InvoiceError::NotFound)
}

/// An invoice of the other side: that which a credit note takes back, or the credit note of an invoice.
///
/// # Errors
/// What the database answers.
pub async fn other_side(
    conn: &impl ConnectionTrait,
    record: &Record,
) -> Result<Option<invoice::Model>, InvoiceError> {
    match record.invoice.credits_id {
        Some(id) => Ok(invoice::Entity::find_by_id(id).one(conn).await?),
        None => credit_note_of(conn, record.invoice.id).await,
    }
}

async fn credit_note_of(
    conn: &impl ConnectionTrait,
    id: InvoiceId,
) -> Result<Option<invoice::Model>, InvoiceError> {
    Ok(invoice::Entity::find().filter(invoice::Column::CreditsId.eq(id)).one(conn).await?)
}

/// How many invoices were issued, and sums received, in a period.
///
/// # Errors
/// What the database answers.
pub async fn pieces_of(
    conn: &impl ConnectionTrait,
    (from, until): (Date, Date),
) -> Result<u64, InvoiceError> {
    use entity::invoice_payment;
    let issued =
        invoice::Entity::find().filter(invoice::Column::IssuedOn.between(from, until)).count(conn).await?;
    let received = invoice_payment::Entity::find()
        .filter(invoice_payment::Column::ReceivedOn.between(from, until))
        .filter(invoice_payment::Column::VoidedAt.is_null())
        .count(conn)
        .await?;
    Ok(issued + received)
}
