//! `/api/v1/invoices`, and what is asked of a session under `/api/v1/training-sessions/{id}`.

use std::sync::Arc;

use entity::ids::{InvoiceId, InvoicePaymentId, TrainingSessionId};
use futures_util::TryStreamExt;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::input::period;
use super::queries::plan::plan;
use super::queries::{self, Filter};
use super::shapes::{
    InvoiceKindWord, InvoiceOut, InvoicePage, InvoicePartyIn, InvoicePartyWord, InvoicePaymentIn,
    InvoicePlanOut, InvoicePrepareIn, InvoiceReasonIn, InvoiceStateWord, InvoicesPreparedOut,
};
use super::{InvoiceError, Record, actions};
use crate::app::App;
use crate::db::Tx;
use crate::db::idempotency::Answer;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::http::web::address::disposition;
use crate::rules::typed_date::iso;

/// Invoices and credit notes.
pub struct InvoicesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What a session may be invoiced.
pub struct SessionInvoicesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[derive(ApiResponse)]
enum Listed {
    /// The invoices that the caller may see.
    #[oai(status = 200)]
    Page(Json<InvoicePage>),
}

#[derive(ApiResponse)]
enum Exported {
    /// The entries, as CSV.
    #[oai(status = 200)]
    File(
        Binary<Vec<u8>>,
        /// Name of the file.
        #[oai(header = "Content-Disposition")]
        String,
    ),
}

#[derive(ApiResponse)]
enum Prepared {
    /// The drafts.
    #[oai(status = 200)]
    Drafts(Json<InvoicesPreparedOut>),
}

#[OpenApi(prefix_path = "/invoices", tag = "Tag::Training")]
impl InvoicesApi {
    /// List invoices and credit notes
    ///
    /// The latest first; a structure sees those that it owes, somebody at their own cost their own, without drafts.
    #[oai(path = "/", method = "get", operation_id = "invoice_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Words of the number or of the party.
        q: Query<Option<ShortText>>,
        /// Only those in this state.
        state: Query<Option<InvoiceStateWord>>,
        /// Only invoices, or credit notes.
        kind: Query<Option<InvoiceKindWord>>,
        /// Only those to such a party.
        party: Query<Option<InvoicePartyWord>>,
        /// Only those of this session.
        session_id: Query<Option<Uuid>>,
        /// Only those that are late on this day.
        late_on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(|text| text.0).unwrap_or_default(),
            state: state.0.map(Into::into),
            kind: kind.0.map(Into::into),
            party: party.0.map(Into::into),
            session: session_id.0.map(TrainingSessionId),
            late_on: late_on.0,
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.as_ref().map(crate::db::Cursor::encode);
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(InvoicePage { items, next_cursor })))
    }

    /// Read an invoice or a credit note
    #[oai(path = "/:id", method = "get", operation_id = "invoice_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<InvoiceOut>, ApiError> {
        let record = Record::get(self.app.db.read(), &caller.0, InvoiceId(id.0)).await?;
        Ok(Read::new(InvoiceOut::from(&record), record.invoice.version))
    }

    /// Correct to whom a draft is sent
    #[oai(path = "/:id", method = "patch", operation_id = "invoice_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InvoicePartyIn>,
    ) -> Result<Read<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::edit(&mut tx, InvoiceId(id.0), seen, &body.0.typed()).await?;
        done(tx, &record).await
    }

    /// Issue a draft
    ///
    /// It takes the next number of the year and never changes again. When something that it must say lacks, nothing is issued and
    /// `blocking` names each thing.
    #[oai(path = "/:id/issue", method = "post", operation_id = "invoice_issue")]
    async fn issue(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = Box::pin(actions::issue(&mut tx, InvoiceId(id.0), seen)).await?;
        done(tx, &record).await
    }

    /// Give a draft up
    #[oai(path = "/:id/discard", method = "post", operation_id = "invoice_discard")]
    async fn discard(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = actions::discard(&mut tx, InvoiceId(id.0), seen).await?;
        done(tx, &record).await
    }

    /// Take an invoice back by a credit note
    ///
    /// The answer is the credit note, which has its own numbers.
    #[oai(path = "/:id/credit", method = "post", operation_id = "invoice_credit")]
    async fn credit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InvoiceReasonIn>,
    ) -> Result<Created<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let note = Box::pin(actions::credit(&mut tx, InvoiceId(id.0), seen, &body.0.reason.0)).await?;
        let path = format!("/invoices/{}", note.invoice.id);
        let created = Created::new(InvoiceOut::from(&note), &path, note.invoice.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Record a sum received, or paid back for a credit note
    ///
    /// Nothing is received of an individual before the end of the days to withdraw: the fault says from when.
    #[oai(path = "/:id/payments", method = "post", operation_id = "invoice_pay")]
    async fn pay(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InvoicePaymentIn>,
    ) -> Result<Read<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = Box::pin(actions::pay(&mut tx, InvoiceId(id.0), seen, &body.0.typed())).await?;
        done(tx, &record).await
    }

    /// Take back a sum recorded by mistake
    #[oai(path = "/:id/payments/:payment_id/void", method = "post", operation_id = "invoice_void_payment")]
    async fn void_payment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        payment_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<InvoiceReasonIn>,
    ) -> Result<Read<InvoiceOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (id, payment) = (InvoiceId(id.0), InvoicePaymentId(payment_id.0));
        let voided = actions::void_payment(&mut tx, id, payment, seen, &body.0.reason.0);
        let record = Box::pin(voided).await?;
        done(tx, &record).await
    }

    /// Download an invoice
    ///
    /// A Factur-X: PDF/A-3 with the invoice as data inside (profile EN 16931).
    #[oai(path = "/:id/document", method = "get", operation_id = "invoice_document")]
    async fn document(&self, caller: Caller, id: Path<Uuid>) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let record = Record::get(conn, &caller.0, InvoiceId(id.0)).await?;
        let file = queries::document(conn, &record).await?;
        let content = self.app.storage.get(&file.sha256).await.map_err(InvoiceError::from)?;
        actions::download(&self.app, &caller.0, &record, &file).await?;
        Ok(Content::of(&content, &file.download_name(), &file.sha256))
    }

    /// Take the accounting entries of a period
    ///
    /// As CSV, in the columns of the file that the tax authority asks for; one year at most. The journal keeps who took them.
    #[oai(path = "/entries/export", method = "post", operation_id = "invoice_export")]
    async fn export(
        &self,
        caller: Caller,
        /// First day.
        from: Query<Date>,
        /// Last day.
        until: Query<Date>,
    ) -> Result<Exported, ApiError> {
        let period = period(&iso(from.0), &iso(until.0)).map_err(InvoiceError::from)?;
        let export = actions::export(&self.app, caller.0, period).await?;
        let pieces: Vec<bytes::Bytes> = export
            .stream()
            .try_collect()
            .await
            .map_err(|error| InvoiceError::from(csv::Error::from(error)))?;
        let name = format!("ecritures-{}-{}.csv", iso(period.0), iso(period.1));
        Ok(Exported::File(Binary(pieces.concat()), disposition(&name)))
    }
}

#[OpenApi(prefix_path = "/training-sessions", tag = "Tag::Training")]
impl SessionInvoicesApi {
    /// See what a session may be invoiced
    ///
    /// What is owed and is on no invoice, by buyer and by funder. Nothing is written.
    #[oai(path = "/:id/invoices", method = "get", operation_id = "invoice_plan")]
    async fn plan(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<InvoicePlanOut>, ApiError> {
        let conn = self.app.db.read();
        let session = queries::session_of(conn, &caller.0, TrainingSessionId(id.0)).await?;
        let found = plan(conn, &session).await?;
        let out = InvoicePlanOut { items: found.iter().map(Into::into).collect() };
        Ok(Read::new(out, session.version))
    }

    /// Prepare the drafts of a session
    ///
    /// One for each buyer and each funder who pays the body itself. Nothing is invoiced twice.
    #[oai(path = "/:id/invoices", method = "post", operation_id = "invoice_prepare")]
    async fn prepare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<InvoicePrepareIn>,
    ) -> Result<Prepared, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let session = TrainingSessionId(id.0);
        let records = Box::pin(actions::prepare(&mut tx, session, &body.0.target_ids)).await?;
        let out = InvoicesPreparedOut { items: records.iter().map(Into::into).collect() };
        tx.keep_answer(Answer::new(200, out.to_json_string()));
        tx.commit().await?;
        Ok(Prepared::Drafts(Json(out)))
    }
}

/// Commits and answers the invoice.
async fn done(mut tx: Tx, record: &Record) -> Result<Read<InvoiceOut>, ApiError> {
    let read = Read::new(InvoiceOut::from(record), record.invoice.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
