//! Who may be drawn: read from the tables as they are at the draw, each thing under its number, which never changes.

use entity::agreement::{self, AgreementState};
use entity::candidate::{self, CandidateState};
use entity::draw::{self, DrawSubject};
use entity::{inspection, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::error::InspectionError;
use super::input::{DrawRules, PartedBy};
use crate::rules::draw::{ALGORITHM, Inputs, Stratum, Thing};
use crate::rules::territory;

/// The name of the only stratum of a population that is not parted.
pub const ALL: &str = "all";

/// What a draw draws from, and the key of each thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// All that decides the draw.
    pub inputs: Inputs,
    /// The key of each thing, by its number.
    pub keys: Vec<(String, Uuid)>,
}

/// Reads the population of a draw that was published.
///
/// # Errors
/// A draw whose rules cannot be read, what the database answers.
pub async fn read(
    conn: &impl ConnectionTrait,
    draw: &draw::Model,
    rules: DrawRules,
) -> Result<Population, InspectionError> {
    let found = match draw.subject {
        DrawSubject::Structures => rights(conn, draw, rules.by).await?,
        DrawSubject::CandidateFiles => files(conn, draw).await?,
    };
    let keys = found.iter().map(|(thing, key)| (thing.key.clone(), *key)).collect();
    let things: Vec<_> = found.into_iter().map(|(thing, _)| thing).collect();
    let strata = completed(rules.strata, &things);
    let inputs = Inputs {
        algorithm: ALGORITHM.to_owned(),
        seed: draw.seed.clone().unwrap_or_default(),
        size: u32::try_from(draw.size).unwrap_or_default(),
        strata,
        things,
    };
    Ok(Population { inputs, keys })
}

/// The strata of the rules, and those that the population has besides: without a bound, with a weight of one.
fn completed(mut strata: Vec<Stratum>, things: &[Thing]) -> Vec<Stratum> {
    for thing in things {
        if strata.iter().all(|known| known.name != thing.stratum) {
            strata.push(Stratum { name: thing.stratum.clone(), weight: 1, least: 0, most: None });
        }
    }
    strata.sort_by(|one, other| one.name.cmp(&other.name));
    strata
}

/// The agreements in course on the day of the population.
async fn rights(
    conn: &impl ConnectionTrait,
    draw: &draw::Model,
    by: PartedBy,
) -> Result<Vec<(Thing, Uuid)>, InspectionError> {
    use AgreementState as S;
    use agreement::Column;
    let rows = agreement::Entity::find()
        .filter(Column::State.is_in([S::Active, S::ActiveWithReserves, S::Suspended]))
        .filter(Column::StartsOn.lte(draw.population_on))
        .order_by_asc(Column::Number)
        .all(conn)
        .await?;
    let named = rows.iter().map(|row| row.structure_id);
    let places = structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
    let place = |id| places.iter().find(|place| place.id == id);
    let thing = |row: agreement::Model| {
        let stratum = stratum_of(by, place(row.structure_id));
        (Thing { key: row.number, stratum }, row.id.0)
    };
    Ok(rows.into_iter().map(thing).collect())
}

/// The stratum of a structure.
fn stratum_of(by: PartedBy, structure: Option<&structure::Model>) -> String {
    let overseas = |code: &str| territory::department(code).is_some_and(territory::Department::is_overseas);
    match (by, structure) {
        (PartedBy::Sea, Some(place)) if overseas(&place.department) => "overseas".to_owned(),
        (PartedBy::Sea, Some(_)) => "mainland".to_owned(),
        (PartedBy::Region, Some(place)) if !place.region.is_empty() => place.region.clone(),
        _ => ALL.to_owned(),
    }
}

/// The files of the structure of an inspection: everybody whose path is not over.
async fn files(
    conn: &impl ConnectionTrait,
    draw: &draw::Model,
) -> Result<Vec<(Thing, Uuid)>, InspectionError> {
    use CandidateState as S;
    use candidate::Column;
    let Some(id) = draw.inspection_id else { return Ok(Vec::new()) };
    let inspection = inspection::Entity::find_by_id(id).one(conn).await?;
    let Some(inspection) = inspection else { return Ok(Vec::new()) };
    let rows = candidate::Entity::find()
        .filter(Column::StructureId.eq(inspection.structure_id))
        .filter(Column::State.is_not_in([S::Withdrawn, S::Excluded, S::Revoked]))
        .filter(Column::FirstEnrolledOn.lte(draw.population_on))
        .order_by_asc(Column::Number)
        .all(conn)
        .await?;
    let thing = |row: candidate::Model| (Thing { key: row.number, stratum: ALL.to_owned() }, row.id.0);
    Ok(rows.into_iter().map(thing).collect())
}
