//! `/api/v1/missions/{id}/claim` and what follows: fee and expenses.

use std::sync::Arc;

use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use uuid::Uuid;

use super::MissionError;
use super::actions::expenses;
use super::api::done;
use super::dossier::Dossier;
use super::expenses_shapes::{ClaimIn, ClaimOut, PayablePage, SettleIn};
use super::queries;
use super::shapes::{MissionOut, ReasonIn};
use crate::app::App;
use crate::authz::{Facts, Permission, allows};
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};
use crate::storage::content;

/// Fee and expenses of missions.
pub struct ExpensesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A receipt, as `multipart/form-data`.
#[derive(Debug, Multipart)]
pub struct ReceiptUpload {
    /// The file: PDF, JPEG, PNG, ODT, DOCX or XLSX, up to 25 MB.
    pub file: Upload,
}

/// What is to be paid.
#[derive(ApiResponse)]
enum Listed {
    /// The claims.
    #[oai(status = 200)]
    Page(Json<PayablePage>),
}

/// One claim.
#[derive(ApiResponse)]
enum Found {
    /// The claim.
    #[oai(status = 200)]
    Claim(Json<ClaimOut>),
}

/// Nothing to tell.
#[derive(ApiResponse)]
enum Kept {
    /// Kept.
    #[oai(status = 204)]
    Done,
}

#[OpenApi(prefix_path = "/missions", tag = "Tag::Missions")]
impl ExpensesApi {
    /// List what is to be paid
    ///
    /// The claims whose service was done, the oldest first.
    #[oai(path = "/payable", method = "get", operation_id = "expense_claim_payable")]
    async fn payable(&self, caller: Caller) -> Result<Listed, ApiError> {
        let _allowed = allows(&caller.0, Permission::MissionSettle, &Facts::default())?;
        let found = queries::payable(self.app.db.read(), &caller.0).await?;
        let items = found.iter().map(|one| ClaimOut::of(&one.claim, &[])).collect();
        Ok(Listed::Page(Json(PayablePage { items, next_cursor: None })))
    }

    /// Read the claim of a mission
    #[oai(path = "/:id/claim", method = "get", operation_id = "expense_claim_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Found, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let found = queries::claim(conn, dossier.mission.id).await?.ok_or(MissionError::NotFound)?;
        Ok(Found::Claim(Json(ClaimOut::of(&found.0, &found.1))))
    }

    /// Add a receipt
    #[oai(path = "/:id/receipts", method = "post", operation_id = "expense_receipt_add")]
    async fn receipt(&self, caller: Caller, id: Path<Uuid>, upload: ReceiptUpload) -> Result<Kept, ApiError> {
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::MissionClaim, &dossier.facts())?;
        let new = self.stored(upload).await?;
        let mut tx = self.app.begin(caller.0).await?;
        expenses::add_receipt(&mut tx, id.0.into(), new).await?;
        tx.commit().await?;
        Ok(Kept::Done)
    }

    /// Claim the fee and the expenses of a mission
    ///
    /// Above a ceiling, a reason is wanted; nights, meals and transports want a receipt.
    #[oai(path = "/:id/claim", method = "post", operation_id = "expense_claim_submit")]
    async fn claim(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ClaimIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let reason = body.0.reason.clone().map(String::from).unwrap_or_default();
        let mut tx = self.app.begin(caller.0).await?;
        let row = expenses::claim(&mut tx, id.0.into(), seen, &body.0.typed(), &reason).await?;
        done(tx, row).await
    }

    /// Say that the service was done
    #[oai(path = "/:id/certify", method = "post", operation_id = "expense_claim_certify")]
    async fn certify(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = expenses::certify(&mut tx, id.0.into(), seen).await?;
        done(tx, row).await
    }

    /// Send a claim back
    #[oai(path = "/:id/return-claim", method = "post", operation_id = "expense_claim_return")]
    async fn return_claim(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = expenses::return_claim(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, row).await
    }

    /// Settle a mission
    ///
    /// Its claim is paid, or nothing is claimed.
    #[oai(path = "/:id/settle", method = "post", operation_id = "mission_settle")]
    async fn settle(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SettleIn>,
    ) -> Result<Read<MissionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = expenses::settle(&mut tx, id.0.into(), seen, &body.0.payment.0).await?;
        done(tx, row).await
    }

    async fn stored(&self, upload: ReceiptUpload) -> Result<expenses::NewReceipt, MissionError> {
        let file_name: String = upload.file.file_name().unwrap_or_default().chars().take(150).collect();
        let unreadable = |_| MissionError::fault("/file", "file-unreadable", super::labels::UNREADABLE);
        let content = upload.file.into_vec().await.map_err(unreadable)?;
        stored(&self.app, file_name, content).await
    }
}

/// Keeps the content before the transaction: the store is slow, and a content kept twice is kept once.
pub(super) async fn stored(
    app: &App,
    file_name: String,
    content: Vec<u8>,
) -> Result<expenses::NewReceipt, MissionError> {
    let kind = content::check(&file_name, &content)?;
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    let sha256 = app.storage.put(content).await?;
    Ok(expenses::NewReceipt { file_name, sha256, size, media_type: kind.media_type() })
}
