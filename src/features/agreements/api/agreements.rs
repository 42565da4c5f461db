//! `/agreements` and `/partner-updates`.

use std::sync::Arc;

use entity::agreement;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use time::Date;
use uuid::Uuid;

use super::Listed;
use super::bodies::ProofUpload;
use super::decision_bodies::{EvidenceIn, SignIn};
use super::right_shapes::{AgreementOut, AgreementPage, PartnerUpdateOut, PartnerUpdatePage};
use super::words::AgreementStateWord;
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::right::{self, ProofInput};
use crate::features::agreements::{AgreementError, queries, whole};
use crate::http::api::{ApiError, Caller, PageParams, Read, ShortText, Tag, if_match};
use crate::storage::receive::receive;

/// Agreements and the list of partners.
pub struct AgreementsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(tag = "Tag::Agreements")]
impl AgreementsApi {
    /// List agreements
    ///
    /// Newest first; `q` finds words of the number, the structure or the SIREN. With `on`, only those whose days held that
    /// one, even set aside. `state` is that of today.
    #[oai(path = "/agreements", method = "get", operation_id = "agreement_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<AgreementStateWord>>,
        /// Only this structure.
        structure_id: Query<Option<Uuid>>,
        /// Only those that ran on this day.
        on: Query<Option<Date>>,
    ) -> Result<Listed<AgreementPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = queries::RightFilter {
            q: q.0.map(String::from).unwrap_or_default(),
            structure: structure_id.0.map(Into::into),
            states: state.0.map(Into::into).into_iter().collect(),
            begun_by: None,
            on: on.0,
        };
        let found = queries::agreements(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Found(Json(AgreementPage { items, next_cursor })))
    }

    /// Read an agreement
    #[oai(path = "/agreements/:id", method = "get", operation_id = "agreement_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<AgreementOut>, ApiError> {
        let conn = self.app.db.read();
        let agreement = queries::agreement(conn, &caller.0, id.0.into()).await?;
        let (structure, reserves) = whole::of_agreement(conn, &agreement).await?;
        let reserves = reserves.iter().map(Into::into).collect();
        let out = AgreementOut { agreement: (&agreement).into(), structure_name: structure.name, reserves };
        Ok(Read::new(out, agreement.version))
    }

    /// Sign the convention for the structure
    #[oai(
        path = "/agreements/:id/sign-structure",
        method = "post",
        operation_id = "agreement_sign_structure"
    )]
    async fn sign_structure(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SignIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let SignIn { name, quality } = body.0;
        let quality = quality.map(String::from).unwrap_or_default();
        let agreement = right::sign_for_structure(&mut tx, id.0.into(), seen, &name.0, &quality).await?;
        done(tx, agreement).await
    }

    /// Sign the convention for the certifier
    #[oai(
        path = "/agreements/:id/sign-certifier",
        method = "post",
        operation_id = "agreement_sign_certifier"
    )]
    async fn sign_certifier(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SignIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let SignIn { name, quality } = body.0;
        let quality = quality.map(String::from).unwrap_or_default();
        let agreement = right::sign_for_certifier(&mut tx, id.0.into(), seen, &name.0, &quality).await?;
        done(tx, agreement).await
    }

    /// Bring what proves that a reserve is done
    ///
    /// A manager checks it, then closes the reserve.
    #[oai(
        path = "/agreements/:id/reserves/:reserve_id/proofs",
        method = "post",
        operation_id = "agreement_prove_reserve"
    )]
    async fn prove_reserve(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        reserve_id: Path<Uuid>,
        upload: ProofUpload,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let agreement = queries::agreement(self.app.db.read(), &caller.0, id.0.into()).await?;
        let facts = Facts { structure: Some(agreement.structure_id), ..Facts::default() };
        let _ = authz::allows(&caller.0, Permission::AgreementProve, &facts).map_err(AgreementError::from)?;
        let input = self.proof(&caller.0, upload).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let agreement = right::prove_reserve(&mut tx, id.0.into(), reserve_id.0.into(), input).await?;
        done(tx, agreement).await
    }

    /// Close a reserve
    ///
    /// The last one makes the right whole.
    #[oai(
        path = "/agreements/:id/reserves/:reserve_id/close",
        method = "post",
        operation_id = "agreement_close_reserve"
    )]
    async fn close_reserve(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        reserve_id: Path<Uuid>,
        body: Json<EvidenceIn>,
    ) -> Result<Read<AgreementOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let evidence = body.0.evidence.0;
        let agreement = right::close_reserve(&mut tx, id.0.into(), reserve_id.0.into(), &evidence).await?;
        done(tx, agreement).await
    }

    /// List the updates due to the list of partners
    ///
    /// Newest first; `state=due` for those still to do. `q` finds words of the number of the agreement, the structure or
    /// the SIREN.
    #[oai(path = "/partner-updates", method = "get", operation_id = "partner_update_list")]
    async fn partner_updates(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        state: Query<Option<PartnerUpdateState>>,
    ) -> Result<Listed<PartnerUpdatePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let due = state.0 == Some(PartnerUpdateState::Due);
        let q = q.0.map(String::from).unwrap_or_default();
        let found = whole::partner_updates(self.app.db.read(), &caller.0, due, &q, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(|(update, agreement)| PartnerUpdateOut::of(update, agreement));
        Ok(Listed::Found(Json(PartnerUpdatePage { items: items.collect(), next_cursor })))
    }

    /// Say that the list of partners was updated
    #[oai(
        path = "/partner-updates/:id/acknowledge",
        method = "post",
        operation_id = "partner_update_acknowledge"
    )]
    async fn acknowledge(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Listed<PartnerUpdateOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        right::acknowledge_partner_update(&mut tx, id.0.into()).await?;
        let (update, agreement) = whole::partner_update(tx.conn(), id.0.into()).await?;
        tx.commit().await?;
        Ok(Listed::Found(Json(PartnerUpdateOut::of(&update, &agreement))))
    }
}

impl AgreementsApi {
    /// The file, checked and already in the store: nothing slow is left for the transaction.
    async fn proof(&self, actor: &Actor, upload: ProofUpload) -> Result<ProofInput, AgreementError> {
        let file_name: String = upload.file.file_name().unwrap_or_default().chars().take(200).collect();
        let unreadable =
            || AgreementError::fault("/file", "file-unreadable", "Ce fichier n’a pas pu être lu");
        let content = upload.file.into_vec().await.map_err(|_| unreadable())?;
        let file = receive(&self.app, actor, &file_name, content).await?;
        let media_type = file.kind.media_type();
        Ok(ProofInput { file_name, sha256: file.sha256, size: file.size, media_type, note: upload.note })
    }
}

/// Which updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum PartnerUpdateState {
    /// Still to do.
    Due,
    /// All of them.
    All,
}

pub(super) async fn done(tx: Tx, agreement: agreement::Model) -> Result<Read<AgreementOut>, ApiError> {
    let (structure, reserves) = whole::of_agreement(tx.conn(), &agreement).await?;
    let reserves = reserves.iter().map(Into::into).collect();
    let out = AgreementOut { agreement: (&agreement).into(), structure_name: structure.name, reserves };
    tx.commit().await?;
    Ok(Read::new(out, agreement.version))
}
