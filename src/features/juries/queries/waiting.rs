//! What waits for the team among sessions: as many queries however many there are.

use std::collections::HashMap;

use entity::ids::{JurySessionId, ReferentialId};
use entity::jury_member::{MemberState, Seat};
use entity::jury_session::{Column, JuryState};
use entity::{jury_member, jury_rules, jury_session, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::certifications_of;
use crate::authz::{Actor, Facts, visible};
use crate::db;
use crate::features::certifications::queries::referential::rules_of_jury;
use crate::features::juries::deadlines::{self, Wait};
use crate::features::juries::load::{counted, facts};
use crate::rules::jury::quorum;
use crate::rules::referential::JuryRules;

/// A session that waits for the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub wait: Wait,
    /// By when, where the jury is.
    pub due_on: Date,
    /// Key of the session.
    pub id: JurySessionId,
    /// Number.
    pub number: String,
    /// Name of the structure.
    pub structure_name: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The sessions that the actor may see and that wait for the team, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn waiting(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Waiting>, db::Error> {
    let states = [JuryState::Requested, JuryState::Planned, JuryState::Confirmed, JuryState::Postponed];
    let rows = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(Column::State.is_in(states))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let certifications = certifications_of(conn, &rows).await?;
    let rules = rules_by_referential(conn, &rows).await?;
    let seats = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
        .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
        .all(conn)
        .await?;
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row)).collect();
    let usual = JuryRules::default();
    let waits = |row: &jury_session::Model| {
        let rules = row.referential_id.and_then(|id| rules.get(&id)).unwrap_or(&usual);
        let own: Vec<_> = seats.iter().filter(|seat| seat.session_id == row.id).collect();
        let presided =
            own.iter().any(|seat| seat.seat == Seat::President && seat.state == MemberState::Accepted);
        let people: Vec<_> = own.iter().map(|seat| counted(seat)).collect();
        let lacks = !quorum::of_session(rules, &people).is_empty();
        let (wait, due_on) = deadlines::wait(row, rules, (presided, lacks), today)?;
        let structure = structures.get(&row.structure_id)?;
        Some(Waiting {
            wait,
            due_on,
            id: row.id,
            number: row.number.clone(),
            structure_name: structure.name.clone(),
            facts: facts(row, &structure.region, certifications.get(&row.id)?.id),
        })
    };
    Ok(rows.iter().filter_map(waits).collect())
}

async fn rules_by_referential(
    conn: &impl ConnectionTrait,
    rows: &[jury_session::Model],
) -> Result<HashMap<ReferentialId, JuryRules>, db::Error> {
    let found = jury_rules::Entity::find()
        .filter(jury_rules::Column::ReferentialId.is_in(rows.iter().filter_map(|row| row.referential_id)))
        .all(conn)
        .await?;
    Ok(found.iter().map(|row| (row.referential_id, rules_of_jury(row))).collect())
}
