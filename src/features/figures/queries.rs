//! What the figures are counted from, in a fixed number of queries whatever the number of juries.

use std::collections::HashMap;

use entity::candidate::{JuryDecision, Leaving};
use entity::candidate_appeal::AppealOutcome;
use entity::certificate::{CertificateKind, CertificateState};
use entity::ids::{CertificationVersionId, JurySessionId, StructureId};
use entity::jury_passage::Presence;
use entity::{
    candidate, candidate_appeal, certificate, certification, certification_version, jury_passage,
    jury_session, structure,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::labels;
use super::sheet::{By, Held, Key, Sheet, Wanted, gather};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db;
use crate::features::juries::queries::{held, held_in, of_certification};
use crate::features::settings;
use crate::rules::fold::fold;
use crate::rules::jury_figures::{Apart, Outcome, Tally, outcome};

/// The figures with what names their lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The sessions they are counted from.
    pub sessions: Vec<Held>,
    /// The lines.
    pub sheet: Sheet,
    /// Names of structures.
    pub structures: HashMap<StructureId, String>,
    /// Short titles of certifications and labels of their versions.
    pub versions: HashMap<CertificationVersionId, (String, String)>,
    /// The smallest number of people that is shown.
    pub smallest: u16,
}

/// The figures of what is looked at. They count the juries of the whole body, whatever the regions of the actor.
///
/// # Errors
/// When the actor may not see them, what the database answers.
pub async fn figures(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    wanted: &Wanted,
) -> Result<Found, db::Error> {
    drop(allows(actor, Permission::ActivityView, &Facts::default())?);
    let smallest = settings::figure_rules(conn).await?.smallest_cell;
    let mut which = wanted.year.map_or_else(held, held_in);
    if let Some(code) = &wanted.certification {
        which = which.add(of_certification(code));
    }
    if let Some(region) = &wanted.region {
        which = which.add(jury_session::Column::Region.eq(region.as_str()));
    }
    let sessions = sessions(conn, &which).await?;
    let sheet = gather(&sessions, wanted.by, wanted.year, smallest);
    let structures = structures(conn, &sheet).await?;
    let versions = versions(conn, &sheet).await?;
    let mut found = Found { sessions, sheet, structures, versions, smallest };
    if wanted.by != By::Period {
        let mut lines = std::mem::take(&mut found.sheet.lines);
        lines.sort_by_cached_key(|line| fold(&labels::line(&found, line)));
        found.sheet.lines = lines;
    }
    Ok(found)
}

/// The columns of a session that count.
type Row = (
    JurySessionId,
    StructureId,
    CertificationVersionId,
    String,
    entity::Instant,
    Option<entity::Instant>,
    Option<entity::Instant>,
);

async fn sessions(conn: &impl ConnectionTrait, which: &Condition) -> Result<Vec<Held>, db::Error> {
    use jury_session::Column;
    let rows: Vec<Row> = jury_session::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::StructureId,
            Column::CertificationVersionId,
            Column::Region,
            Column::RequestedAt,
            Column::StartsAt,
            Column::ClosedAt,
        ])
        .filter(which.clone())
        .into_tuple()
        .all(conn)
        .await?;
    let mut people = people(conn, which).await?;
    let certified = certified(conn, which).await?;
    let session = |(id, structure, version, region, asked_at, held_at, told_at): Row| {
        Some(Held {
            structure,
            version,
            region,
            asked_at: *asked_at,
            held_at: *held_at?,
            told_at: told_at.map(|at| *at),
            certified_at: certified.get(&id).map(|at| **at),
            people: people.remove(&id).unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().filter_map(session).collect())
}

/// A session, a presence, a decision, and how many people.
type Counted = (JurySessionId, Presence, Option<JuryDecision>, i64);

/// What became of the candidates of each session.
async fn people(
    conn: &impl ConnectionTrait,
    which: &Condition,
) -> Result<HashMap<JurySessionId, Tally>, db::Error> {
    let mut found: HashMap<JurySessionId, Tally> = HashMap::new();
    let mut add = |session, outcome: Option<Outcome>, count: i64| {
        let people = u32::try_from(count).unwrap_or_default();
        if let Some(outcome) = outcome {
            found.entry(session).or_default().add(outcome, people);
        }
    };
    let mut gone: HashMap<(JurySessionId, Presence, Option<JuryDecision>), i64> = HashMap::new();
    for apart in Apart::ALL {
        for (session, presence, decision, count) in counted(conn, which, passages(apart, which)).await? {
            add(session, outcome(presence, decision, Some(apart)), count);
            *gone.entry((session, presence, decision)).or_default() += count;
        }
    }
    for (session, presence, decision, count) in counted(conn, which, Condition::all()).await? {
        let apart = gone.get(&(session, presence, decision)).copied().unwrap_or_default();
        add(session, outcome(presence, decision, None), count - apart);
    }
    Ok(found)
}

/// The passages beside which something happened; no passage is in two of these sets.
fn passages(apart: Apart, which: &Condition) -> Condition {
    use jury_passage::Column;
    let annulled = candidate_appeal::Entity::find()
        .select_only()
        .column(candidate_appeal::Column::PassageId)
        .filter(candidate_appeal::Column::Outcome.eq(AppealOutcome::Annulled))
        .into_query();
    match apart {
        Apart::Annulled => Condition::all().add(Column::Id.in_subquery(annulled)),
        Apart::LeftForWork => {
            let left = candidate::Entity::find()
                .select_only()
                .column(candidate::Column::Id)
                .filter(candidate::Column::Leaving.eq(Leaving::Work))
                .into_query();
            Condition::all()
                .add(Column::CandidateId.in_subquery(left))
                .add(Column::Presence.ne(Presence::Present))
                .add(Column::Id.not_in_subquery(annulled))
        }
        Apart::Revoked => {
            let lost = |decision: JuryDecision, kind: CertificateKind| {
                let standing = [CertificateState::Valid, CertificateState::Suspended];
                Condition::all()
                    .add(Column::Decision.eq(decision))
                    .add(Column::Id.in_subquery(delivered(which, kind, &[CertificateState::Revoked])))
                    .add(Column::Id.not_in_subquery(delivered(which, kind, &standing)))
            };
            let lost = Condition::any()
                .add(lost(JuryDecision::Total, CertificateKind::Full))
                .add(lost(JuryDecision::Partial, CertificateKind::Blocs));
            Condition::all()
                .add(lost)
                .add(Column::Presence.eq(Presence::Present))
                .add(Column::Id.not_in_subquery(annulled))
        }
    }
}

/// The passages of these sessions for which a certificate of a kind stands in one of these states.
fn delivered(which: &Condition, kind: CertificateKind, states: &[CertificateState]) -> SelectStatement {
    use certificate::Column;
    certificate::Entity::find()
        .select_only()
        .column(Column::PassageId)
        .filter(Column::SessionId.in_subquery(keys(which)))
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.is_in(states.iter().copied()))
        .filter(Column::PassageId.is_not_null())
        .into_query()
}

/// How many passages of these sessions have each presence and decision.
async fn counted(
    conn: &impl ConnectionTrait,
    which: &Condition,
    passages: Condition,
) -> Result<Vec<Counted>, db::Error> {
    use jury_passage::Column;
    let rows = jury_passage::Entity::find()
        .select_only()
        .columns([Column::SessionId, Column::Presence, Column::Decision])
        .column_as(Column::Id.count(), "people")
        .filter(Column::SessionId.in_subquery(keys(which)))
        .filter(passages)
        .group_by(Column::SessionId)
        .group_by(Column::Presence)
        .group_by(Column::Decision)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// When the first certificate of each session was made.
async fn certified(
    conn: &impl ConnectionTrait,
    which: &Condition,
) -> Result<HashMap<JurySessionId, entity::Instant>, db::Error> {
    use certificate::Column;
    let rows: Vec<(Option<JurySessionId>, Option<entity::Instant>)> = certificate::Entity::find()
        .select_only()
        .column(Column::SessionId)
        .column_as(Column::CreatedAt.min(), "first")
        .filter(Column::SessionId.in_subquery(keys(which)))
        .group_by(Column::SessionId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(session, at)| Some((session?, at?))).collect())
}

/// The keys of these sessions, as a part of another query.
fn keys(which: &Condition) -> SelectStatement {
    jury_session::Entity::find()
        .select_only()
        .column(jury_session::Column::Id)
        .filter(which.clone())
        .into_query()
}

async fn structures(
    conn: &impl ConnectionTrait,
    sheet: &Sheet,
) -> Result<HashMap<StructureId, String>, db::Error> {
    let ids: Vec<StructureId> = sheet
        .lines
        .iter()
        .filter_map(|line| match &line.key {
            Some(Key::Structure(id)) => Some(*id),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([structure::Column::Id, structure::Column::Name])
        .filter(structure::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn versions(
    conn: &impl ConnectionTrait,
    sheet: &Sheet,
) -> Result<HashMap<CertificationVersionId, (String, String)>, db::Error> {
    if !sheet.lines.iter().any(|line| matches!(line.key, Some(Key::Version(_)))) {
        return Ok(HashMap::new());
    }
    let certifications = certification::Entity::find().all(conn).await?;
    let titles: HashMap<_, _> = certifications.into_iter().map(|row| (row.id, row.short_title)).collect();
    let versions = certification_version::Entity::find().all(conn).await?;
    let named = |row: certification_version::Model| {
        (row.id, (titles.get(&row.certification_id).cloned().unwrap_or_default(), row.label))
    };
    Ok(versions.into_iter().map(named).collect())
}
