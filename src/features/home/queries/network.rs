//! What waits for the team in the network of experts: as many queries however many people, missions and meetings there are.

use sea_orm::ConnectionTrait;
use time::Date;

use crate::authz::{Actor, Facts, Permission, may};
use crate::db;
use crate::features::home::todo::Task;
use crate::features::home::todo::network as waits;
use crate::features::{
    certificates, experts, funding, juries, meetings, minutes, missions, panels, rights, settings, training,
};

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
    let (files, meetings, juries, sessions, certifier) = tokio::try_join!(
        missions_and_files(conn, actor, today),
        meetings(conn, actor, today),
        juries(conn, actor, today),
        sessions(conn, actor, today),
        certifier(conn, actor, today),
    )?;
    Ok([files, meetings, juries, sessions, certifier].into_iter().flatten().collect())
}

async fn missions_and_files(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Task>, db::Error> {
    let mut tasks = Vec::new();
    for (file, person) in experts::queries::undecided(conn, actor).await? {
        tasks.extend(waits::of_habilitation(&file, &person, today));
    }
    let rules = settings::mission_rules(conn).await?;
    for mission in missions::queries::unsettled(conn, actor).await? {
        tasks.extend(waits::of_mission(&mission, &rules, today));
    }
    tasks.extend(missions::queries::open_claims(conn, actor).await?.iter().map(waits::of_claim));
    tasks.extend(waits::payment(missions::queries::payable_claims(conn, actor).await?));
    Ok(tasks)
}

async fn meetings(conn: &impl ConnectionTrait, actor: &Actor, today: Date) -> Result<Vec<Task>, db::Error> {
    let minutes = meetings::queries::minutes_due(conn, actor, today).await?;
    let mut tasks: Vec<Task> = minutes.iter().map(waits::of_meeting).collect();
    for (action, meeting) in meetings::queries::overdue_actions(conn, actor, today).await? {
        tasks.push(waits::of_action(&action, &meeting));
    }
    Ok(tasks)
}

async fn juries(conn: &impl ConnectionTrait, actor: &Actor, today: Date) -> Result<Vec<Task>, db::Error> {
    let known = panels::queries::conflicts(conn, actor).await?;
    let mut tasks: Vec<Task> = known.iter().map(waits::of_jury_tie).collect();
    tasks.extend(juries::queries::waiting(conn, actor, today).await?.into_iter().map(waits::of_jury));
    tasks.extend(minutes::queries::waiting(conn, actor).await?.into_iter().map(waits::of_minutes));
    tasks.extend(minutes::queries::waiting_appeals(conn, actor).await?.into_iter().map(waits::of_appeal));
    tasks.extend(certificates::queries::failed_batches(conn, actor).await?.into_iter().map(waits::of_batch));
    let asked = certificates::queries::open_revocations(conn, actor).await?;
    tasks.extend(asked.into_iter().map(waits::of_revocation));
    Ok(tasks)
}

async fn sessions(conn: &impl ConnectionTrait, actor: &Actor, today: Date) -> Result<Vec<Task>, db::Error> {
    let waiting = training::queries::waiting(conn, actor).await?;
    let mut tasks: Vec<Task> =
        waiting.into_iter().filter_map(|found| waits::of_session(found, today)).collect();
    tasks.extend(funding::queries::waiting(conn, actor, today).await?.into_iter().map(waits::of_funding));
    Ok(tasks)
}

async fn certifier(conn: &impl ConnectionTrait, actor: &Actor, today: Date) -> Result<Vec<Task>, db::Error> {
    if !may(actor, Permission::CertifierRightManage, &Facts::default()) {
        return Ok(Vec::new());
    }
    let held = rights::queries::of_holder(conn, rights::Holder::certifier()).await?;
    let distances = settings::right_alerts(conn).await?;
    Ok(waits::of_certifier(&held, &distances, today))
}
