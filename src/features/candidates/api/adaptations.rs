//! `/api/v1/candidates/{id}/adaptations`. What a measure says is answered to who asks to read it, and to nobody else: an
//! answer that is kept for repeated requests never holds it.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::shapes::{CandidateAdaptationIn, CandidateAdaptationRef, CandidateAdaptations};
use super::super::{actions, adaptations};
use crate::app::App;
use crate::http::api::{ApiError, Caller, Read, Tag};

/// The measures agreed for a candidate.
pub struct AdaptationsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/candidates", tag = "Tag::Candidates")]
impl AdaptationsApi {
    /// Read the measures agreed for a candidate
    ///
    /// The journal keeps who read them.
    #[oai(path = "/:id/adaptations", method = "get", operation_id = "candidate_adaptation_list")]
    async fn list(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CandidateAdaptations>, ApiError> {
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let found = adaptations::read(&self.app, &caller.0, &dossier).await?;
        let items = found.iter().map(Into::into).collect();
        Ok(Read::new(CandidateAdaptations { items }, dossier.candidate.version))
    }

    /// Agree on a measure
    ///
    /// What is done, never what it comes from; the candidate said yes.
    #[oai(path = "/:id/adaptations", method = "post", operation_id = "candidate_adaptation_agree")]
    async fn agree(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<CandidateAdaptationIn>,
    ) -> Result<Read<CandidateAdaptationRef>, ApiError> {
        let dossier = Dossier::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let sealed = adaptations::seal(&self.app, &caller.0, &dossier, &body.0.typed())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (dossier, row) = actions::agree_adaptation(&mut tx, dossier.candidate.id, &sealed).await?;
        let read = Read::new(CandidateAdaptationRef::from(&row), dossier.candidate.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// End a measure
    ///
    /// The jury is no longer told of it.
    #[oai(
        path = "/:id/adaptations/:adaptation_id/end",
        method = "post",
        operation_id = "candidate_adaptation_end"
    )]
    async fn end(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        adaptation_id: Path<Uuid>,
    ) -> Result<Read<CandidateAdaptationRef>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, which) = (id.0.into(), adaptation_id.0.into());
        let (dossier, row) = actions::end_adaptation(&mut tx, id, which).await?;
        let read = Read::new(CandidateAdaptationRef::from(&row), dossier.candidate.version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }
}
