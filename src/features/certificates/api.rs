//! `/api/v1/certificates` and `/api/v1/verification`.

use std::sync::Arc;

use entity::certificate;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::types::multipart::Upload;
use poem_openapi::{ApiResponse, Multipart, OpenApi};
use serde_json::Value;
use uuid::Uuid;

use super::input::{NewReplacement, NewRevocation};
use super::queries::{self, Filter};
use super::shapes::{
    CertificateBadgeOut, CertificateBatchOut, CertificateDetailOut, CertificateIssueIn, CertificateOut,
    CertificatePage, CertificatePublicIn, CertificateReasonIn, CertificateReplacementIn,
    CertificateRevocationIn, KindWord, StateWord, VerificationFileOut, VerificationNameIn,
    VerificationNameOut, VerificationResultOut,
};
use super::{CertificateError, actions, badge, file, labels, public};
use crate::app::App;
use crate::authz::Permission;
use crate::db::{Reading, Tx, record_reading};
use crate::error::Fault;
use crate::http::api::{ApiError, Caller, Content, Created, PageParams, Read, ShortText, Tag, if_match};

/// Certificates.
pub struct CertificatesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What anybody may verify.
pub struct VerificationApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of certificates.
#[derive(ApiResponse)]
enum Listed {
    /// The certificates that the caller may see.
    #[oai(status = 200)]
    Page(Json<CertificatePage>),
}

/// What the comparison of a name answers.
#[derive(ApiResponse)]
enum Compared {
    /// The name was compared.
    #[oai(status = 200)]
    Compared(Json<VerificationNameOut>),
}

/// A file to check, as `multipart/form-data`.
#[derive(Debug, Multipart)]
struct VerificationFile {
    /// PDF.
    file: Upload,
}

/// What the check of a file answers.
#[derive(ApiResponse)]
enum Checked {
    /// The file was delivered.
    #[oai(status = 200)]
    Checked(Json<VerificationFileOut>),
}

async fn done(tx: Tx, row: &certificate::Model) -> Result<Read<CertificateOut>, ApiError> {
    let mut tx = tx;
    let answer = Read::new(CertificateOut::from(row), row.version).kept(&mut tx);
    tx.commit().await?;
    Ok(answer)
}

#[OpenApi(prefix_path = "/certificates", tag = "Tag::Certificates")]
impl CertificatesApi {
    /// List certificates
    ///
    /// The latest recorded first.
    #[oai(path = "/", method = "get", operation_id = "certificate_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Words of the number, the name or the session.
        q: Query<Option<ShortText>>,
        state: Query<Option<StateWord>>,
        kind: Query<Option<KindWord>>,
        certification_id: Query<Option<Uuid>>,
        session_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            kind: kind.0.map(Into::into),
            certification: certification_id.0.map(Into::into),
            session: session_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let items = found.items.iter().map(Into::into).collect();
        let next_cursor = found.next.map(|cursor| cursor.encode());
        Ok(Listed::Page(Json(CertificatePage { items, next_cursor })))
    }

    /// Deliver the certificates of a session
    ///
    /// Of a session whose minutes are validated: a certificate to who acquired everything, an attestation to who acquired
    /// a part. Whoever lacks something is left for another delivery: `lacking` says who and what, and so does `blocking` when
    /// nobody may be delivered anything. Their files are made after the answer.
    #[oai(path = "/", method = "post", operation_id = "certificate_issue")]
    async fn issue(
        &self,
        caller: Caller,
        body: Json<CertificateIssueIn>,
    ) -> Result<Created<CertificateBatchOut>, ApiError> {
        let key = actions::signing_key(&self.app).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let issued = actions::issue(&mut tx, &key, body.0.session_id.into()).await?;
        let out = CertificateBatchOut::of(&issued.batch, &issued.certificates, issued.lacking);
        let answer = Created::new(out, &format!("/certificates/batches/{}", issued.batch.id), 1);
        let answer = answer.kept(&mut tx);
        tx.commit().await?;
        Ok(answer)
    }

    /// Read how far the files of a batch are
    #[oai(path = "/batches/:id", method = "get", operation_id = "certificate_batch_get")]
    async fn batch(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CertificateBatchOut>, ApiError> {
        let conn = self.app.db.read();
        let (batch, rows) = queries::batch_for(conn, &caller.0, id.0.into()).await?;
        let lacking = queries::lacking(conn, &self.app, batch.session_id).await?;
        Ok(Read::new(CertificateBatchOut::of(&batch, &rows, lacking), batch.done + 1))
    }

    /// Have the files of a batch made again after a failure
    ///
    /// Those that are made stay; the work also tries again by itself, less and less often.
    #[oai(path = "/batches/:id/retry", method = "post", operation_id = "certificate_batch_retry")]
    async fn retry_batch(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Read<CertificateBatchOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let batch = actions::retry(&mut tx, id.0.into()).await?;
        let rows = queries::of_batch(tx.conn(), batch.id).await?;
        let lacking = queries::lacking(tx.conn(), &self.app, batch.session_id).await?;
        let answer = Read::new(CertificateBatchOut::of(&batch, &rows, lacking), batch.done + 1);
        let answer = answer.kept(&mut tx);
        tx.commit().await?;
        Ok(answer)
    }

    /// Download the files of a batch
    #[oai(path = "/batches/:id/archive", method = "get", operation_id = "certificate_batch_archive")]
    async fn archive(&self, caller: Caller, id: Path<Uuid>) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let (batch, rows) = queries::batch_for(conn, &caller.0, id.0.into()).await?;
        let document = queries::archive(conn, &batch).await?;
        let content = self.app.storage.get(&document.sha256).await.map_err(CertificateError::from)?;
        if let Some(row) = rows.first() {
            let facts = queries::facts(conn, row).await?;
            let reading = Reading::Document { document: &document, reference: &document.file_name };
            record_reading(&self.app, &caller.0, (Permission::CertificateView, &facts), reading).await?;
        }
        Ok(Content::of(&content, &document.file_name, &document.sha256))
    }

    /// Read a certificate
    #[oai(path = "/:id", method = "get", operation_id = "certificate_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CertificateDetailOut>, ApiError> {
        let conn = self.app.db.read();
        let row = queries::get(conn, &caller.0, id.0.into()).await?;
        let changes = queries::changes(conn, row.id).await?;
        let asked = queries::open_revocation(conn, row.id).await?;
        let out = CertificateDetailOut {
            certificate: (&row).into(),
            content: Any(serde_json::from_str(&row.content).unwrap_or_default()),
            changes: changes.iter().map(Into::into).collect(),
            revocation_asked: asked.is_some(),
        };
        Ok(Read::new(out, row.version))
    }

    /// Download a certificate
    #[oai(path = "/:id/document", method = "get", operation_id = "certificate_document")]
    async fn document(&self, caller: Caller, id: Path<Uuid>) -> Result<Content, ApiError> {
        let conn = self.app.db.read();
        let row = queries::get(conn, &caller.0, id.0.into()).await?;
        let document = queries::main_document(conn, &row).await?;
        let content = self.app.storage.get(&document.sha256).await.map_err(CertificateError::from)?;
        let facts = queries::facts(conn, &row).await?;
        let reading = Reading::Document { document: &document, reference: &row.number };
        record_reading(&self.app, &caller.0, (Permission::CertificateView, &facts), reading).await?;
        Ok(Content::of(&content, &document.file_name, &document.sha256))
    }

    /// Suspend a certificate
    #[oai(path = "/:id/suspend", method = "post", operation_id = "certificate_suspend")]
    async fn suspend(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificateReasonIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::suspend(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, &row).await
    }

    /// Reinstate a certificate
    #[oai(path = "/:id/reinstate", method = "post", operation_id = "certificate_reinstate")]
    async fn reinstate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificateReasonIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::reinstate(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, &row).await
    }

    /// Ask to revoke a certificate
    ///
    /// Nothing changes until another person confirms.
    #[oai(path = "/:id/revoke", method = "post", operation_id = "certificate_revoke")]
    async fn revoke(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificateRevocationIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let new = NewRevocation::read(Some(body.0.cause.into()), &body.0.reason.0);
        let new = new.map_err(CertificateError::from)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::ask_revocation(&mut tx, id.0.into(), seen, &new).await?;
        done(tx, &row).await
    }

    /// Confirm a revocation that somebody else asked for
    #[oai(path = "/:id/confirm-revocation", method = "post", operation_id = "certificate_confirm_revocation")]
    async fn confirm(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::confirm_revocation(&mut tx, id.0.into(), seen).await?;
        done(tx, &row).await
    }

    /// Dismiss a revocation that somebody else asked for
    #[oai(path = "/:id/dismiss-revocation", method = "post", operation_id = "certificate_dismiss_revocation")]
    async fn dismiss(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::dismiss_revocation(&mut tx, id.0.into(), seen).await?;
        done(tx, &row).await
    }

    /// Replace a certificate by a new one
    ///
    /// Written from what is known now; the old one stays readable and no longer counts. Answers the new one.
    #[oai(path = "/:id/supersede", method = "post", operation_id = "certificate_supersede")]
    async fn supersede(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificateReplacementIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let new = NewReplacement::read(Some(body.0.cause.into()), &body.0.reason.0);
        let new = new.map_err(CertificateError::from)?;
        let key = actions::signing_key(&self.app).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::supersede(&mut tx, &key, id.0.into(), seen, &new).await?;
        done(tx, &row).await
    }

    /// Have a duplicate made
    #[oai(path = "/:id/duplicate", method = "post", operation_id = "certificate_duplicate")]
    async fn duplicate(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificateReasonIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::ask_duplicate(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, &row).await
    }

    /// Show or hide the public page of a certificate
    #[oai(path = "/:id/publish", method = "post", operation_id = "certificate_publish")]
    async fn publish(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CertificatePublicIn>,
    ) -> Result<Read<CertificateOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::publish(&mut tx, id.0.into(), seen, body.0.public).await?;
        done(tx, &row).await
    }

    /// Make the badge of a certificate
    ///
    /// Its place in the lists of states is given once; the badge is then read by `GET`.
    #[oai(path = "/:id/badge", method = "post", operation_id = "certificate_make_badge")]
    async fn make_badge(
        &self,
        caller: Caller,
        id: Path<Uuid>,
    ) -> Result<Read<CertificateBadgeOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (row, new) = actions::issue_badge(&mut tx, id.0.into()).await?;
        if new {
            tx.commit().await?;
        }
        told(&self.app, &row).await
    }

    /// Read the badge of a certificate
    #[oai(path = "/:id/badge", method = "get", operation_id = "certificate_badge")]
    async fn badge(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CertificateBadgeOut>, ApiError> {
        let row = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        told(&self.app, &row).await
    }
}

async fn told(app: &App, row: &certificate::Model) -> Result<Read<CertificateBadgeOut>, ApiError> {
    let credential = badge::credential(app, row).await?;
    Ok(Read::new(CertificateBadgeOut { credential, issuer: badge::issuer(app) }, row.version))
}

#[OpenApi(prefix_path = "/verification", tag = "Tag::Certificates")]
impl VerificationApi {
    /// Check a file that somebody holds
    ///
    /// Without a token. A PDF of 5 MB at most, which is hashed and never kept. A file that was not delivered, to the last byte,
    /// and one whose holder asked not to be shown answer 404 alike: scanned, printed again or saved by another program, a
    /// genuine certificate is another file, and its number tells more.
    #[oai(path = "/file", method = "post", operation_id = "verification_file")]
    async fn file(&self, form: VerificationFile) -> Result<Checked, ApiError> {
        let wanted = |_| CertificateError::from(vec![Fault::new("/file", "unreadable", labels::FILE_WANTED)]);
        let content = form.file.into_vec().await.map_err(wanted)?;
        let sha256 = file::fingerprint(&content).map_err(CertificateError::from)?;
        let checked = file::check(&self.app, &sha256).await?.ok_or(CertificateError::UnknownFile)?;
        Ok(Checked::Checked(Json((&checked).into())))
    }

    /// Verify a certificate
    ///
    /// Without a token. Everything printed but the name. A number that is not known, one that cannot be and one whose holder
    /// asked not to be shown answer 404 alike.
    #[oai(path = "/:number", method = "get", operation_id = "verification_get")]
    async fn get(&self, number: Path<String>) -> Result<Read<VerificationResultOut>, ApiError> {
        let found = public::find(&self.app, &number.0).await?.ok_or(CertificateError::NotFound)?;
        Ok(Read::new((&found).into(), found.certificate.version))
    }

    /// Compare a name with the printed one
    ///
    /// Without a token. Says whether it matches and nothing else.
    #[oai(path = "/:number/name", method = "post", operation_id = "verification_name")]
    async fn name(&self, number: Path<String>, body: Json<VerificationNameIn>) -> Result<Compared, ApiError> {
        let same = public::bears_name(&self.app, &number.0, &body.0.name.0).await?;
        let matches = same.ok_or(CertificateError::NotFound)?;
        Ok(Compared::Compared(Json(VerificationNameOut { matches })))
    }

    /// Read the detached signature of a certificate
    ///
    /// Without a token. With the key and what is signed, it is verified without this service.
    #[oai(path = "/:number/signature", method = "get", operation_id = "verification_signature")]
    async fn signature(&self, number: Path<String>) -> Result<Read<Any<Value>>, ApiError> {
        let found = public::find(&self.app, &number.0).await?.ok_or(CertificateError::NotFound)?;
        Ok(Read::new(Any(found.signature(&self.app).await?), found.certificate.version))
    }

    /// Read the proof that the delivery of a certificate is in the journal
    ///
    /// Without a token.
    #[oai(path = "/:number/proof", method = "get", operation_id = "verification_proof")]
    async fn proof(&self, number: Path<String>) -> Result<Read<Any<Value>>, ApiError> {
        let found = public::find(&self.app, &number.0).await?.ok_or(CertificateError::NotFound)?;
        Ok(Read::new(Any(found.proof(&self.app).await?), found.certificate.version))
    }
}
