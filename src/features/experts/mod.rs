//! Experts who act for the certifier, and who among them may control a structure.

use entity::declared_interest::TieKind;
use entity::habilitation::{Duty as Habilitated, HabilitationState};
use entity::ids::CertificationId;
use entity::{declared_interest, expert, habilitation, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;

use crate::db::Error;
use crate::features::settings;
use crate::rules::ties::{self, DatedTie, Duty, Finding, Severity, Tie};

/// Someone entitled to control, with what the independence matrix says.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The person.
    pub expert: expert::Model,
    /// What their ties with the structure say.
    pub findings: Vec<Finding>,
    /// No tie stands in the way.
    pub eligible: bool,
    /// The findings, in words.
    pub reasons: Vec<String>,
}

/// The contrôleurs entitled on a day for a certification in the region of a structure.
///
/// # Errors
/// What the database answers.
pub async fn controllers_for(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
    certification: CertificationId,
    on: Date,
) -> Result<Vec<Candidate>, Error> {
    let rights = habilitation::Entity::find()
        .filter(habilitation::Column::Duty.eq(Habilitated::Controleur))
        .filter(habilitation::Column::State.eq(HabilitationState::Active))
        .filter(habilitation::Column::StartsOn.lte(on))
        .filter(habilitation::Column::EndsOn.gte(on))
        .all(conn)
        .await?;
    let holds = |right: &&habilitation::Model| {
        let there = right.regions.is_empty() || right.regions.split(',').any(|code| code == structure.region);
        there && right.certification_id.is_none_or(|limit| limit == certification)
    };
    let people: Vec<_> = rights.iter().filter(holds).map(|right| right.expert_id).collect();
    let experts =
        expert::Entity::find().filter(expert::Column::Id.is_in(people.iter().copied())).all(conn).await?;
    let interests = declared_interest::Entity::find()
        .filter(declared_interest::Column::StructureId.eq(structure.id))
        .filter(declared_interest::Column::ExpertId.is_in(people))
        .all(conn)
        .await?;
    let matrix = settings::tie_matrix(conn).await?;
    let candidate = |expert: expert::Model| {
        let own = interests
            .iter()
            .filter(|interest| interest.expert_id == expert.id)
            .map(dated)
            .collect::<Vec<_>>();
        let findings = ties::assess(&matrix, Duty::Controller, &own, on);
        let eligible = findings.iter().all(|finding| finding.severity != Severity::Blocking);
        let reasons = findings.iter().map(|finding| finding.sentence.clone()).collect();
        Candidate { expert, findings, eligible, reasons }
    };
    Ok(experts.into_iter().map(candidate).collect())
}

fn dated(interest: &declared_interest::Model) -> DatedTie {
    let tie = match interest.tie {
        TieKind::EmployeeBoardOrProvider => Tie::EmployeeBoardOrProvider,
        TieKind::SupportExpert => Tie::SupportExpert,
        TieKind::EpspTrainerOfTeam => Tie::EpspTrainerOfTeam,
        TieKind::JuryPresident => Tie::JuryPresident,
    };
    DatedTie {
        tie,
        since: interest.since,
        until: interest.until,
        source: format!("déclaration d’intérêts de {}", interest.declared_on.year()),
        detail: interest.detail.clone(),
    }
}
