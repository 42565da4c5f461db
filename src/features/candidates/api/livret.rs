//! `/api/v1/candidates/{id}/livret` and the lines of it.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::shapes::{
    CandidateImmersionIn, CandidateLivretOut, CandidateObservationIn, CandidateVoidIn,
};
use super::super::{actions, queries};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Read, Tag};

/// The livret of a candidate.
pub struct LivretsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/candidates", tag = "Tag::Candidates")]
impl LivretsApi {
    /// Read the livret of a candidate
    ///
    /// Each skill with its observations, and what lacks before the file is handed in.
    #[oai(path = "/:id/livret", method = "get", operation_id = "candidate_livret")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CandidateLivretOut>, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let found = queries::livret(conn, &dossier.candidate).await?;
        Ok(Read::new((&found).into(), dossier.candidate.version))
    }

    /// Add an observation
    ///
    /// From the positioning until the file is handed in. Who assessed a candidate does not judge them.
    #[oai(path = "/:id/observations", method = "post", operation_id = "candidate_observation_add")]
    async fn observe(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<CandidateObservationIn>,
    ) -> Result<Read<CandidateLivretOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::add_observation(&mut tx, id.0.into(), &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Take an observation back
    ///
    /// It is kept with the reason, and counts no more.
    #[oai(
        path = "/:id/observations/:observation_id/void",
        method = "post",
        operation_id = "candidate_observation_void"
    )]
    async fn void_observation(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        observation_id: Path<Uuid>,
        body: Json<CandidateVoidIn>,
    ) -> Result<Read<CandidateLivretOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, which) = (id.0.into(), observation_id.0.into());
        let dossier = actions::void_observation(&mut tx, id, which, &body.0.reason.0).await?;
        read(tx, dossier).await
    }

    /// Add a time in a company
    #[oai(path = "/:id/immersions", method = "post", operation_id = "candidate_immersion_add")]
    async fn immerse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<CandidateImmersionIn>,
    ) -> Result<Read<CandidateLivretOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = actions::add_immersion(&mut tx, id.0.into(), &body.0.typed()).await?;
        read(tx, dossier).await
    }

    /// Take a time in a company back
    #[oai(
        path = "/:id/immersions/:immersion_id/void",
        method = "post",
        operation_id = "candidate_immersion_void"
    )]
    async fn void_immersion(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        immersion_id: Path<Uuid>,
        body: Json<CandidateVoidIn>,
    ) -> Result<Read<CandidateLivretOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, which) = (id.0.into(), immersion_id.0.into());
        let dossier = actions::void_immersion(&mut tx, id, which, &body.0.reason.0).await?;
        read(tx, dossier).await
    }
}

/// Commits and answers the livret.
async fn read(mut tx: Tx, dossier: Dossier) -> Result<Read<CandidateLivretOut>, ApiError> {
    let found = queries::livret(tx.conn(), &dossier.candidate).await?;
    let read = Read::new(CandidateLivretOut::from(&found), dossier.candidate.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
