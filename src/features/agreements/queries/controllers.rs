//! The contrôleurs who could make a visit, compared.

use entity::ids::ExpertId;
use sea_orm::ConnectionTrait;
use time::OffsetDateTime;

use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::availability::load::{self, Load};
use crate::features::ties::{self, Candidate};
use crate::rules::missions::{Reach, reach};
use crate::rules::ties::Duty;

/// A contrôleur beside a visit.
#[derive(Clone, Debug)]
pub struct Controller {
    /// The person, and what their right and their ties say.
    pub candidate: Candidate,
    /// How they reach the structure.
    pub reach: Reach,
    /// What they carry around today: the visit has no date yet.
    pub load: Load,
}

/// Those who could be given the visit of a request, the first to ask first: independence, then how they reach the
/// structure, load and name, as for missions.
///
/// # Errors
/// What the database answers.
pub async fn controllers(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
    now: OffsetDateTime,
) -> Result<Vec<Controller>, AgreementError> {
    let certification = dossier.version.certification_id;
    let on = dossier.today(now);
    let found = ties::candidates_for(conn, Duty::Controller, &dossier.structure, certification, on).await?;
    let people: Vec<ExpertId> = found.iter().map(|one| one.expert.id).collect();
    let loads = load::loads(conn, &people, on, now).await?;
    let beside = |candidate: Candidate| {
        let expert = &candidate.expert;
        let place = &dossier.structure.department;
        let reach = reach(&expert.department, &expert.territories, expert.travel_km, place);
        let load = loads.get(&expert.id).copied().unwrap_or_default();
        Controller { candidate, reach, load }
    };
    let mut ranked: Vec<Controller> = found.into_iter().map(beside).collect();
    ranked.sort_by(|one, other| {
        let rank = |of: &Controller| {
            (!of.candidate.eligible, of.candidate.findings.len(), of.reach, of.load.total())
        };
        let name = |of: &Controller| of.candidate.expert.search.clone();
        rank(one).cmp(&rank(other)).then_with(|| name(one).cmp(&name(other)))
    });
    Ok(ranked)
}
