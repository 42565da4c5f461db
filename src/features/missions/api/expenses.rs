//! `/api/v1/missions/{id}/claim` and what follows: fee, expenses, receipts, payments.

use std::sync::Arc;

use entity::ids::MissionId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Binary, Json};
use poem_openapi::types::ToJSON;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use uuid::Uuid;

use super::done;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::idempotency::Answer;
use crate::features::missions::actions::expenses;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::shapes::{
    ClaimIn, ClaimOut, CorrectionIn, MissionOut, PayablePage, ReasonIn, ReceiptPage, SettleIn, SettledOut,
};
use crate::features::missions::{MissionError, documents, labels, queries};
use crate::http::api::{ApiError, Caller, PageParams, Read, Tag, if_match};
use crate::http::web::address::disposition;
use crate::rules::typed_date::iso;
use crate::storage::receive::receive;

/// Name of the file of what is to be paid.
pub(in crate::features::missions) const PAYABLE_FILE: &str = "missions-a-payer.csv";
/// Longest name of a file.
const LONGEST_NAME: usize = 150;

/// Fee and expenses of missions.
pub struct ExpensesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A receipt, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct MissionReceipt {
    /// PDF, JPEG, PNG, ODT, DOCX or XLSX.
    file: Upload,
}

/// What is to be paid.
#[derive(ApiResponse)]
enum Listed {
    /// The claims.
    #[oai(status = 200)]
    Page(Json<PayablePage>),
}

/// The receipts of a mission.
#[derive(ApiResponse)]
enum Receipts {
    /// The receipts.
    #[oai(status = 200)]
    Page(Json<ReceiptPage>),
}

/// What is to be paid, as a file.
#[derive(ApiResponse)]
enum Exported {
    /// CSV in UTF-8, with semicolons.
    #[oai(status = 200)]
    File(
        Binary<Vec<u8>>,
        /// Name of the file.
        #[oai(header = "Content-Disposition")]
        String,
    ),
}

/// What was settled.
#[derive(ApiResponse)]
enum Settled {
    /// The missions.
    #[oai(status = 200)]
    Missions(Json<SettledOut>),
}

#[OpenApi(prefix_path = "/missions", tag = "Tag::Missions")]
impl ExpensesApi {
    /// List what is to be paid
    ///
    /// The claims whose service was done, the oldest first.
    #[oai(path = "/payable", method = "get", operation_id = "mission_payable")]
    async fn payable(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let _allowed = allows(&caller.0, Permission::MissionSettle, &Facts::default())?;
        let found = queries::payable(self.app.db.read(), &caller.0).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.claim.id.to_string())?;
        let items = found.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(PayablePage { items, next_cursor })))
    }

    /// Take away the list of what is to be paid
    ///
    /// As CSV. The journal keeps who took it and the hash of the file.
    #[oai(path = "/payable/export", method = "post", operation_id = "mission_payable_export")]
    async fn export(&self, caller: Caller) -> Result<Exported, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let file = expenses::export_payable(&mut tx).await?;
        tx.commit().await?;
        Ok(Exported::File(Binary(file), disposition(PAYABLE_FILE)))
    }

    /// Settle missions paid together
    ///
    /// All of them or none. Nobody settles their own mission.
    #[oai(path = "/payable/settle", method = "post", operation_id = "mission_settle")]
    async fn settle(&self, caller: Caller, body: Json<SettleIn>) -> Result<Settled, ApiError> {
        let SettleIn { mission_ids, paid_on, payment } = body.0;
        let missions: Vec<MissionId> = mission_ids.into_iter().map(Into::into).collect();
        let mut tx = self.app.begin(caller.0).await?;
        let settled = expenses::settle(&mut tx, &missions, &iso(paid_on), &payment.0).await?;
        let out = SettledOut { mission_ids: settled.iter().map(|mission| mission.id.0).collect() };
        // Whoever repeats the request learns that it was done, rather than that nothing waits to be paid.
        tx.keep_answer(Answer::new(200, out.to_json_string()));
        tx.commit().await?;
        Ok(Settled::Missions(Json(out)))
    }

    /// Read the claim of a mission
    #[oai(path = "/:id/claim", method = "get", operation_id = "mission_claim_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<ClaimOut>, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let found = queries::claim(conn, dossier.mission.id).await?;
        let (claim, lines) = found.ok_or(MissionError::NotFound)?;
        let corrections = queries::corrections(conn, claim.id).await?;
        Ok(Read::new(ClaimOut::of(&claim, &lines, &corrections), dossier.mission.version))
    }

    /// List the receipts of a mission
    #[oai(path = "/:id/receipts", method = "get", operation_id = "mission_receipt_list")]
    async fn receipts(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Receipts, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let files = queries::documents(conn, &caller.0, &dossier).await?;
        let receipts = files.into_iter().filter(|file| file.kind == documents::RECEIPT).collect();
        let (found, next_cursor) = PageParams::part(receipts, &page, |file| file.id.to_string())?;
        let items = found.iter().map(Into::into).collect();
        Ok(Receipts::Page(Json(ReceiptPage { items, next_cursor })))
    }

    /// Add a receipt to a mission
    #[oai(path = "/:id/receipts", method = "post", operation_id = "mission_receipt_add")]
    async fn receipt(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        form: MissionReceipt,
    ) -> Result<Read<MissionOut>, ApiError> {
        // Asked again by the action: a file that nobody may send is not stored.
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::MissionClaim, &dossier.facts())?;
        expenses::receivable(dossier.mission.state)?;
        let name = form.file.file_name().unwrap_or_default().to_owned();
        let unread = |_| MissionError::fault("/file", "file-unreadable", labels::faults::FILE_UNREAD);
        let bytes = form.file.into_vec().await.map_err(unread)?;
        let file = stored(&self.app, &caller.0, &name, bytes).await?;
        let mut tx = self.app.begin(caller.0).await?;
        expenses::add_receipt(&mut tx, id.0.into(), file).await?;
        done(tx, id.0.into()).await
    }

    /// Take a receipt back
    ///
    /// Before the claim leaves, or once it came back: what was sent twice or by mistake is shown no more.
    #[oai(
        path = "/:id/receipts/:receipt_id/withdraw",
        method = "post",
        operation_id = "mission_receipt_withdraw"
    )]
    async fn withdraw_receipt(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        receipt_id: Path<Uuid>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let mission = expenses::withdraw_receipt(&mut tx, id.0.into(), receipt_id.0.into()).await?;
        done(tx, mission).await
    }

    /// Claim the fee and the expenses of a mission
    ///
    /// Above a ceiling a reason is wanted; all but kilometres name the receipt that proves them. It is paid to the person,
    /// or to the `employer` that is named.
    #[oai(path = "/:id/claim", method = "post", operation_id = "mission_claim")]
    async fn claim(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ClaimIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let (lines, employer) = (body.0.typed(), body.0.employer());
        let reason = body.0.reason.map(String::from).unwrap_or_default();
        let mut tx = self.app.begin(caller.0).await?;
        let row = expenses::claim(&mut tx, id.0.into(), seen, &lines, &reason, employer.as_ref()).await?;
        done(tx, row.id).await
    }

    /// Say that the service was done
    ///
    /// The claim goes to the list of what is to be paid.
    #[oai(path = "/:id/certify", method = "post", operation_id = "mission_certify")]
    async fn certify(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = expenses::certify(&mut tx, id.0.into(), seen).await?;
        done(tx, row.id).await
    }

    /// Send a claim back to be corrected
    #[oai(path = "/:id/return-claim", method = "post", operation_id = "mission_claim_return")]
    async fn return_claim(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = expenses::return_claim(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row.id).await
    }

    /// Put right what was paid for a mission
    ///
    /// A line more says the sum paid more, or taken back below zero; the claim stays as it was paid. Nobody corrects
    /// what they were paid themselves.
    #[oai(path = "/:id/correct-claim", method = "post", operation_id = "mission_claim_correct")]
    async fn correct(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CorrectionIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = expenses::correct(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        done(tx, row.id).await
    }

    /// Settle a mission for which nothing is to be paid
    #[oai(path = "/:id/settle-unclaimed", method = "post", operation_id = "mission_settle_unclaimed")]
    async fn settle_unclaimed(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let (mut tx, seen) = caller.begin(&self.app, &seen).await?;
        let row = expenses::settle_unclaimed(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row.id).await
    }
}

/// Receives a file, before any transaction.
///
/// # Errors
/// A file that is refused, a store that does not answer.
pub(in crate::features::missions) async fn stored(
    app: &Arc<App>,
    actor: &Actor,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<expenses::NewReceipt, MissionError> {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let file_name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let file = receive(app, actor, &file_name, bytes).await?;
    let media_type = file.kind.media_type();
    Ok(expenses::NewReceipt { file_name, sha256: file.sha256, size: file.size, media_type })
}
