//! What somebody declared against the half-days of a mission.

use entity::{expert, mission};
use sea_orm::ConnectionTrait;

use crate::db;
use crate::features::availability::queries as time_of;
use crate::features::missions::labels;
use crate::rules::engagement;

/// What a person declared against the half-days of a mission, in words, for whoever gives it to them or for
/// themselves: both are kept.
///
/// # Errors
/// What the database answers.
pub async fn contradicted(
    conn: &impl ConnectionTrait,
    mission: &mission::Model,
    person: &expert::Model,
) -> Result<Vec<String>, db::Error> {
    let slots = engagement::taken(*mission.starts_at, *mission.ends_at, &mission.zone);
    let said = time_of::not_free(conn, person.id, &slots).await?;
    let name = person.name();
    Ok(said.iter().map(|said| labels::refusals::away(&name, said)).collect())
}
