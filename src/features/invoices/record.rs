//! An invoice with its lines, what was paid and its session.

use entity::ids::InvoiceId;
use entity::invoice::{self, InvoiceState};
use entity::{invoice_line, invoice_payment, training_session};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::state::{Step, TABLE, Transition};
use super::{InvoiceError, labels};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Tx};
use crate::events::canonical_text;
use crate::features::enrolments::dossier::facts_of;

/// Name of the table, of which documents are about.
pub const SUBJECT: &str = "invoice";

/// Who sells, as it was on the day of the invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seller {
    /// Its name.
    pub name: String,
    /// Its legal form.
    pub legal_form: String,
    /// Its SIRET, as typed.
    pub siret: String,
    /// Its address.
    pub address: String,
    /// What is said of its declaration of activity.
    pub nda: String,
    /// Where it is written to.
    pub email: String,
}

/// An invoice and what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The row.
    pub invoice: invoice::Model,
    /// Its lines, in their order.
    pub lines: Vec<invoice_line::Model>,
    /// The sums recorded, in their order, those taken back included.
    pub payments: Vec<invoice_payment::Model>,
    /// Its session.
    pub session: Option<training_session::Model>,
}

impl Record {
    /// The invoice locked.
    ///
    /// # Errors
    /// [`InvoiceError::NotFound`], what the database answers.
    pub async fn locked(tx: &Tx, id: InvoiceId) -> Result<Self, InvoiceError> {
        let row = invoice::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
        Self::around(tx.conn(), row.ok_or(InvoiceError::NotFound)?).await
    }

    /// An invoice that the actor may see.
    ///
    /// # Errors
    /// [`InvoiceError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn get(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        id: InvoiceId,
    ) -> Result<Self, InvoiceError> {
        let record = Self::by_id(conn, id).await?;
        let _seen = allows(actor, Permission::InvoiceView, &record.facts())?;
        Ok(record)
    }

    /// An invoice, for the program.
    ///
    /// # Errors
    /// [`InvoiceError::NotFound`], what the database answers.
    pub async fn by_id(conn: &impl ConnectionTrait, id: InvoiceId) -> Result<Self, InvoiceError> {
        let row = invoice::Entity::find_by_id(id).one(conn).await?;
        Self::around(conn, row.ok_or(InvoiceError::NotFound)?).await
    }

    /// An invoice by its number, or by its key while it has none.
    ///
    /// # Errors
    /// [`InvoiceError::NotFound`], the refusal of the policy, what the database answers.
    pub async fn by_reference(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        reference: &str,
    ) -> Result<Self, InvoiceError> {
        if let Ok(id) = reference.parse::<Uuid>() {
            return Self::get(conn, actor, InvoiceId(id)).await;
        }
        let row = invoice::Entity::find().filter(invoice::Column::Number.eq(reference)).one(conn).await?;
        Self::get(conn, actor, row.ok_or(InvoiceError::NotFound)?.id).await
    }

    /// What hangs on a row.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(conn: &impl ConnectionTrait, invoice: invoice::Model) -> Result<Self, InvoiceError> {
        let session = match invoice.session_id {
            Some(id) => training_session::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let lines = invoice_line::Entity::find()
            .filter(invoice_line::Column::InvoiceId.eq(invoice.id))
            .order_by_asc(invoice_line::Column::Position)
            .all(conn)
            .await?;
        let payments = invoice_payment::Entity::find()
            .filter(invoice_payment::Column::InvoiceId.eq(invoice.id))
            .order_by_asc(invoice_payment::Column::Id)
            .all(conn)
            .await?;
        Ok(Self { invoice, lines, payments, session })
    }

    /// What the policy looks at: nobody outside the team sees a draft.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let about = self.session.as_ref().map(facts_of).unwrap_or_default();
        if self.invoice.number.is_none() {
            return about;
        }
        Facts { structure: self.invoice.structure_id, account: self.invoice.account_id, ..about }
    }

    /// Its number; « brouillon » while it has none.
    #[must_use]
    pub fn reference(&self) -> String {
        self.invoice.number.clone().unwrap_or_else(|| labels::DRAFT.to_owned())
    }

    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        path(&self.invoice)
    }

    /// Who sells, as it was.
    ///
    /// # Errors
    /// When the row was altered.
    pub fn seller(&self) -> Result<Seller, InvoiceError> {
        Ok(serde_json::from_str(&self.invoice.seller)?)
    }

    /// What is still owed, in cents; below zero for a credit note.
    #[must_use]
    pub const fn owed(&self) -> i64 {
        self.invoice.total_cents - self.invoice.paid_cents
    }

    /// The line of the table for a step.
    ///
    /// # Errors
    /// [`InvoiceError::Step`] when the state does not allow it.
    pub fn next(&self, step: Step) -> Result<&'static Transition, InvoiceError> {
        Ok(TABLE.next(Some(self.invoice.state), step)?)
    }

    /// Refuses an act on what was read before somebody changed it.
    ///
    /// # Errors
    /// [`InvoiceError::Stale`].
    pub fn check_version(&self, seen: Option<i32>) -> Result<(), InvoiceError> {
        if seen.is_some_and(|seen| seen != self.invoice.version) { Err(InvoiceError::Stale) } else { Ok(()) }
    }

    /// Writes the row after a change, its version grown.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn save(
        &mut self,
        tx: &Tx,
        change: impl FnOnce(&mut invoice::Model),
    ) -> Result<(), InvoiceError> {
        change(&mut self.invoice);
        self.invoice.version += 1;
        let row = self.invoice.clone().into_active_model().reset_all();
        invoice::Entity::update(row).exec(tx.conn()).await?;
        Ok(())
    }

    /// SHA-256 of what is frozen: the parties, the lines, the amounts, the mentions.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn fingerprint(&self) -> Result<Vec<u8>, InvoiceError> {
        let invoice = &self.invoice;
        let lines: Vec<_> = self
            .lines
            .iter()
            .map(|line| {
                json!([
                    line.position,
                    line.kind.word(),
                    line.label,
                    line.quantity,
                    line.unit_cents,
                    line.vat_basis_points,
                    line.net_cents,
                    line.bpf_origin.word(),
                ])
            })
            .collect();
        let text = canonical_text(&json!({
            "number": invoice.number,
            "kind": invoice.kind.word(),
            "party": [invoice.party_name, invoice.party_siret, invoice.party_address, invoice.party_reference],
            "subject": invoice.subject,
            "seller": invoice.seller,
            "issued_on": invoice.issued_on.map(crate::rules::typed_date::iso),
            "due_on": invoice.due_on.map(crate::rules::typed_date::iso),
            "mentions": invoice.mentions,
            "totals": [invoice.net_cents, invoice.vat_cents, invoice.total_cents],
            "lines": lines,
        }))?;
        Ok(Sha256::digest(text.as_bytes()).to_vec())
    }

    /// Refuses an issued invoice that is not what was issued.
    ///
    /// # Errors
    /// [`db::Error::Inconsistent`] when a row was altered or added.
    pub fn check_content(&self) -> Result<(), InvoiceError> {
        if self.invoice.content_hash.as_ref() == Some(&self.fingerprint()?) {
            return Ok(());
        }
        let what = "what it says is not what was issued";
        Err(db::Error::Inconsistent { table: SUBJECT, id: self.invoice.id.to_string(), what }.into())
    }

    /// Whether it may be paid: something is owed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        super::state::is_open(self.invoice.state)
    }

    /// Whether it is late on a day.
    #[must_use]
    pub fn is_late(&self, today: time::Date) -> bool {
        is_late(&self.invoice, today)
    }
}

/// The page of an invoice.
#[must_use]
pub fn path(invoice: &invoice::Model) -> String {
    match &invoice.number {
        Some(number) => format!("/factures/{number}"),
        None => format!("/factures/{}", invoice.id),
    }
}

/// Whether an invoice is late on a day: a credit note never is.
#[must_use]
pub fn is_late(invoice: &invoice::Model, today: time::Date) -> bool {
    invoice.kind == invoice::InvoiceKind::Invoice
        && matches!(invoice.state, InvoiceState::Issued | InvoiceState::PartPaid)
        && invoice.due_on.is_some_and(|due| due < today)
}
