//! What waits for the team in the network of experts: as many queries however many people, missions and meetings there are.

use sea_orm::ConnectionTrait;
use time::Date;

use crate::authz::{Actor, Facts, Permission, may};
use crate::db;
use crate::features::home::todo::Task;
use crate::features::home::todo::network as waits;
use crate::features::{certificates, experts, juries, meetings, minutes, missions, panels, rights, settings};

/// What waits in the network, whoever of the team does it.
///
/// # Errors
/// What the database answers.
pub(super) async fn network(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Task>, db::Error> {
    if !actor.is_staff() {
        return Ok(Vec::new());
    }
    let mut tasks = Vec::new();
    for (file, person) in experts::queries::undecided(conn, actor).await? {
        tasks.extend(waits::of_habilitation(&file, &person, today));
    }
    let rules = settings::mission_rules(conn).await?;
    for mission in missions::queries::unsettled(conn, actor).await? {
        tasks.extend(waits::of_mission(&mission, &rules, today));
    }
    let mut claims = missions::queries::open_claims(conn, actor).await?;
    tasks.extend(claims.iter().filter_map(waits::of_claim));
    claims.retain(|claim| may(actor, Permission::MissionSettle, &claim.mission.facts()));
    tasks.extend(waits::payment(claims.iter()));
    tasks.extend(panels::queries::conflicts(conn, actor).await?.iter().map(waits::of_jury_tie));
    for meeting in meetings::queries::minutes_due(conn, actor, today).await? {
        tasks.push(waits::of_meeting(&meeting));
    }
    for (action, meeting) in meetings::queries::overdue_actions(conn, actor, today).await? {
        tasks.push(waits::of_action(&action, &meeting));
    }
    let juries = juries::queries::waiting(conn, actor, today).await?;
    tasks.extend(juries.into_iter().map(waits::of_jury));
    tasks.extend(minutes::queries::waiting(conn, actor).await?.into_iter().map(waits::of_minutes));
    tasks.extend(minutes::queries::waiting_appeals(conn, actor).await?.into_iter().map(waits::of_appeal));
    tasks.extend(certificates::queries::failed_batches(conn, actor).await?.into_iter().map(waits::of_batch));
    let asked = certificates::queries::open_revocations(conn, actor).await?;
    tasks.extend(asked.into_iter().map(waits::of_revocation));
    if may(actor, Permission::CertifierRightManage, &Facts::default()) {
        let held = rights::queries::of_holder(conn, rights::Holder::certifier()).await?;
        let distances = settings::right_alerts(conn).await?;
        tasks.extend(waits::of_certifier(&held, &distances, today));
    }
    Ok(tasks)
}
