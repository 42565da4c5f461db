//! `/api/v1/candidates/{id}/ties` and `/experts/{id}/candidate-ties`: who may not judge whom.

use std::sync::Arc;

use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::livret::labels;
use super::super::shapes::{CandidateTieIn, CandidateTies, CandidateVoidIn, ExpertCandidateTieIn};
use super::super::{CandidateError, actions, queries};
use crate::app::App;
use crate::authz::{Facts, Permission, allows};
use crate::db::Tx;
use crate::features::ties::judged::Bond;
use crate::features::ties::queries as known;
use crate::http::api::{ApiError, Caller, Tag};

/// Ties between candidates and experts.
pub struct CandidateTiesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Ties that were asked for.
#[derive(ApiResponse)]
enum Tied {
    /// Those that the caller may know.
    #[oai(status = 200)]
    Here(Json<CandidateTies>),
}

#[OpenApi(tag = "Tag::Candidates")]
impl CandidateTiesApi {
    /// List the ties of a candidate with experts
    ///
    /// From the livret and from declarations. A structure reads those that it writes.
    #[oai(path = "/candidates/:id/ties", method = "get", operation_id = "candidate_tie_list")]
    async fn of_candidate(&self, caller: Caller, id: Path<Uuid>) -> Result<Tied, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let _allowed =
            allows(&caller.0, Permission::CandidateTie, &dossier.facts()).map_err(CandidateError::from)?;
        let found = queries::ties(conn, &caller.0, &dossier).await?;
        Ok(Tied::Here(Json(CandidateTies::of(&found))))
    }

    /// Declare a tie of a candidate with an expert
    #[oai(path = "/candidates/:id/ties", method = "post", operation_id = "candidate_tie_declare")]
    async fn declare(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<CandidateTieIn>,
    ) -> Result<Tied, ApiError> {
        let conn = self.app.db.read();
        let dossier = Dossier::get(conn, &caller.0, id.0.into()).await?;
        let _allowed =
            allows(&caller.0, Permission::CandidateTie, &dossier.facts()).map_err(CandidateError::from)?;
        let name = body.0.expert_name.as_ref().map_or("", |name| name.0.as_str());
        let expert = queries::named_expert(conn, &caller.0, &body.0.expert_number.0, name).await?;
        let message = labels::unknown_expert(caller.0.is_staff());
        let expert = expert.ok_or_else(|| CandidateError::fault("/expert_number", "unknown", message))?;
        let mut tx = self.app.begin(caller.0).await?;
        let (dossier, _) =
            actions::declare_tie(&mut tx, dossier.candidate.id, expert, &body.0.typed()).await?;
        answer(tx, &dossier).await
    }

    /// Take a declared tie back
    #[oai(path = "/candidates/:id/ties/:tie_id/void", method = "post", operation_id = "candidate_tie_void")]
    async fn void(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        tie_id: Path<Uuid>,
        body: Json<CandidateVoidIn>,
    ) -> Result<Tied, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, which) = (id.0.into(), tie_id.0.into());
        let (dossier, _) = actions::void_tie(&mut tx, id, which, &body.0.reason.0).await?;
        answer(tx, &dossier).await
    }

    /// List the ties of an expert with candidates
    #[oai(path = "/experts/:id/candidate-ties", method = "get", operation_id = "expert_candidate_ties")]
    async fn of_expert(&self, caller: Caller, id: Path<Uuid>) -> Result<Tied, ApiError> {
        let conn = self.app.db.read();
        let expert = known::expert(conn, &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::CandidateTie, &Facts::of_expert(&expert))
            .map_err(CandidateError::from)?;
        let found = known::judged(conn, &caller.0, &expert).await?;
        Ok(Tied::Here(Json(CandidateTies::of(&bonds(found)))))
    }

    /// Declare a tie of an expert with a candidate
    ///
    /// By the expert, who names the file by its number, or by the team.
    #[oai(
        path = "/experts/:id/candidate-ties",
        method = "post",
        operation_id = "expert_declare_candidate_tie"
    )]
    async fn declare_own(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<ExpertCandidateTieIn>,
    ) -> Result<Tied, ApiError> {
        let conn = self.app.db.read();
        let expert = known::expert(conn, &caller.0, id.0.into()).await?;
        let _allowed = allows(&caller.0, Permission::CandidateTie, &Facts::of_expert(&expert))
            .map_err(CandidateError::from)?;
        let candidate = queries::id_of(conn, &body.0.candidate_number.0).await?;
        let candidate = candidate.ok_or_else(|| {
            CandidateError::fault("/candidate_number", "unknown", labels::UNKNOWN_CANDIDATE)
        })?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::declare_tie(&mut tx, candidate, expert.id, &body.0.typed()).await?;
        let found = known::judged(tx.conn(), tx.actor(), &expert).await?;
        tx.commit().await?;
        Ok(Tied::Here(Json(CandidateTies::of(&bonds(found)))))
    }
}

fn bonds(found: Vec<(Bond, bool)>) -> Vec<Bond> {
    found.into_iter().map(|(bond, _)| bond).collect()
}

/// Commits and answers the ties of the candidate.
async fn answer(tx: Tx, dossier: &Dossier) -> Result<Tied, ApiError> {
    let found = queries::ties(tx.conn(), tx.actor(), dossier).await?;
    tx.commit().await?;
    Ok(Tied::Here(Json(CandidateTies::of(&found))))
}
