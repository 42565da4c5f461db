//! What data tells of some people beside a session, in a constant number of reads: ties with the structure and with the
//! candidates, habilitations, declarations, colleges.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::{self, College};
use entity::ids::{ExpertId, MissionId, StructureId};
use entity::jury_member::Seat;
use entity::mission::{self, MissionState};
use entity::{candidate_observation, candidate_tie, structure};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, Duration, OffsetDateTime};

use super::panel::Panel;
use super::{PanelError, labels};
use crate::db;
use crate::features::experts::queries::{self as people, Habilitation};
use crate::features::missions::standing::{self, Need};
use crate::features::ties::ledger::{Known as Tied, Scope, ledger};
use crate::features::{settings, ties};
use crate::rules::deadline::day_in_zone;
use crate::rules::engagement;
use crate::rules::jury::impartiality::{self, CandidateTie, Finding, Known};
use crate::rules::territory::PARIS;
use crate::rules::ties::{DatedTie, Duty, Matrix, Tie};

/// What is known of some people beside a session.
pub(super) struct Knowledge {
    on: Date,
    matrix: Matrix,
    need: Need,
    ties: HashMap<ExpertId, Vec<DatedTie>>,
    candidates: HashMap<ExpertId, Vec<CandidateTie>>,
    competitors: HashMap<ExpertId, Vec<String>>,
    habilitations: HashMap<ExpertId, Vec<Habilitation>>,
    undeclared: HashSet<ExpertId>,
    seats: HashMap<ExpertId, Vec<college_seat::Model>>,
    offered: HashMap<ExpertId, Vec<String>>,
}

impl Knowledge {
    /// What is known of these people.
    ///
    /// # Errors
    /// [`PanelError::NoDate`], what the database answers.
    pub(super) async fn of(
        conn: &impl ConnectionTrait,
        panel: &Panel,
        ids: &[ExpertId],
        now: OffsetDateTime,
    ) -> Result<Self, PanelError> {
        let on = panel.day()?;
        let near = near(conn, panel).await?;
        let scope = Scope { experts: Some(ids.to_vec()), structures: Some(near.keys().copied().collect()) };
        let known = ledger(conn, &scope).await?;
        let matrix = settings::tie_matrix(conn).await?;
        // The declaration is that of the day on which the seat is given.
        let today = day_in_zone(now, PARIS);
        let undeclared = ties::undeclared(conn, Duty::JuryPresident, ids, today).await?;
        let need = panel.need(Seat::President)?;
        Ok(Self {
            on,
            matrix: impartiality::matrix(matrix, panel.rules.rotation_limit),
            offered: Box::pin(offered(conn, panel, &need, ids)).await?,
            need,
            competitors: competitors(panel, &near, &known, on),
            ties: own(known, panel.structure.id),
            candidates: with_candidates(conn, panel, ids).await?,
            habilitations: people::habilitations_of(conn, ids).await?,
            undeclared: undeclared.into_iter().collect(),
            seats: seats(conn, ids, on).await?,
        })
    }

    /// What the checks find of a person in a seat.
    pub(super) fn findings(&self, seat: Seat, expert: ExpertId, signed: Option<bool>) -> Vec<Finding> {
        let habilitated = self.asks_habilitation(seat).then(|| self.not_entitled(expert).is_empty());
        let known = Known {
            seat,
            ties: self.ties.get(&expert).map_or(&[][..], Vec::as_slice),
            candidates: self.candidates.get(&expert).map_or(&[][..], Vec::as_slice),
            competitors: self.competitors.get(&expert).map_or(&[][..], Vec::as_slice),
            habilitated,
            declared: Some(!self.undeclared.contains(&expert)),
            signed,
        };
        impartiality::assess(&self.matrix, &known, self.on)
    }

    /// Whether the seat asks for an habilitation: that of who presides, unless a college does.
    fn asks_habilitation(&self, seat: Seat) -> bool {
        seat == Seat::President && self.need.duty.is_some()
    }

    /// Why no habilitation covers the session, in words.
    pub(super) fn not_entitled(&self, expert: ExpertId) -> Vec<String> {
        let held = self.habilitations.get(&expert).map_or(&[][..], Vec::as_slice);
        standing::not_entitled(&self.need, held)
    }

    /// Other missions of the same half-days that the person was offered and has not answered, in words.
    pub(super) fn offered(&self, expert: ExpertId) -> Vec<String> {
        self.offered.get(&expert).cloned().unwrap_or_default()
    }

    /// The seat that is recorded for one of these colleges and valid that day.
    pub(super) fn college(&self, expert: ExpertId, colleges: &[College]) -> Option<&college_seat::Model> {
        let own = self.seats.get(&expert)?;
        own.iter().find(|seat| colleges.contains(&seat.college))
    }

    /// Why a person is not entitled to a seat, in words; nothing when they are.
    pub(super) fn outside(&self, panel: &Panel, seat: Seat, expert: ExpertId) -> Vec<String> {
        let colleges = panel.colleges(seat);
        if self.asks_habilitation(seat) {
            return self.not_entitled(expert);
        }
        if colleges.is_empty() || self.college(expert, &colleges).is_some() {
            return Vec::new();
        }
        vec![labels::no_college(seat)]
    }
}

/// The ties of each person with the structure of the candidates.
fn own(known: Vec<Tied>, structure: StructureId) -> HashMap<ExpertId, Vec<DatedTie>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for one in known.into_iter().filter(|one| one.structure == structure) {
        found.entry(one.expert).or_default().push(one.tie);
    }
    found
}

/// The structure of the candidates and the others of its department, by name: only there does a tie count, and people who
/// worked for years have ties everywhere.
async fn near(conn: &impl ConnectionTrait, panel: &Panel) -> Result<HashMap<StructureId, String>, db::Error> {
    let near: Vec<(StructureId, String)> = structure::Entity::find()
        .filter(structure::Column::Department.eq(panel.structure.department.as_str()))
        .select_only()
        .columns([structure::Column::Id, structure::Column::Name])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(near.into_iter().collect())
}

/// The other structures of the same department that each person serves that day. Those of the same group are told as such.
fn competitors(
    panel: &Panel,
    near: &HashMap<StructureId, String>,
    known: &[Tied],
    on: Date,
) -> HashMap<ExpertId, Vec<String>> {
    let own = panel.structure.id;
    let grouped: HashSet<ExpertId> = known
        .iter()
        .filter(|one| one.structure == own && one.tie.tie == Tie::SameGroup)
        .map(|one| one.expert)
        .collect();
    let runs = |tie: &DatedTie| {
        tie.since.is_none_or(|since| since <= on) && tie.until.is_none_or(|until| until >= on)
    };
    let serving: BTreeSet<(ExpertId, StructureId)> = known
        .iter()
        .filter(|one| one.structure != own && one.tie.tie.serves() && runs(&one.tie))
        .filter(|one| !grouped.contains(&one.expert))
        .map(|one| (one.expert, one.structure))
        .collect();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (expert, structure) in serving {
        if let Some(name) = near.get(&structure) {
            found.entry(expert).or_default().push(name.clone());
        }
    }
    found
}

/// The ties of each person with the candidates of the session, those that observations tell included.
async fn with_candidates(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<CandidateTie>>, db::Error> {
    let judged: Vec<_> = panel.candidates.iter().map(|one| one.id).collect();
    let recorded = candidate_tie::Entity::find()
        .filter(candidate_tie::Column::CandidateId.is_in(judged.iter().copied()))
        .filter(candidate_tie::Column::ExpertId.is_in(ids.iter().copied()))
        .filter(candidate_tie::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let observed = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.is_in(judged))
        .filter(candidate_observation::Column::AssessorExpertId.is_in(ids.iter().copied()))
        .filter(candidate_observation::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let mut found: HashMap<ExpertId, Vec<CandidateTie>> = HashMap::new();
    for row in recorded {
        let tie = CandidateTie { candidate: row.candidate_id, kind: row.kind, since: row.since };
        found.entry(row.expert_id).or_default().push(tie);
    }
    for row in observed {
        let Some(expert) = row.assessor_expert_id else { continue };
        let kind = CandidateTieKind::Assessed;
        let tie = CandidateTie { candidate: row.candidate_id, kind, since: row.observed_on };
        found.entry(expert).or_default().push(tie);
    }
    Ok(found)
}

/// The other missions that each person was offered on the half-days of the session: whoever accepts one of them is taken.
async fn offered(
    conn: &impl ConnectionTrait,
    panel: &Panel,
    need: &Need,
    ids: &[ExpertId],
) -> Result<HashMap<ExpertId, Vec<String>>, db::Error> {
    use mission::Column;
    let (starts_at, ends_at) = (need.dates.starts_at, need.dates.ends_at);
    // The same half-day is less than two days apart between any two zones.
    let apart = Duration::days(2);
    let rows = mission::Entity::find()
        .filter(Column::ExpertId.is_in(ids.iter().copied()))
        .filter(Column::State.eq(MissionState::Proposed))
        .filter(Column::StartsAt.lt(entity::Instant::from(ends_at + apart)))
        .filter(Column::EndsAt.gt(entity::Instant::from(starts_at - apart)))
        .order_by_asc(Column::StartsAt)
        .all(conn)
        .await?;
    let own: HashSet<MissionId> = panel.members.iter().filter_map(|member| member.row.mission_id).collect();
    let wanted = engagement::taken(starts_at, ends_at, &need.dates.zone);
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows.into_iter().filter(|row| !own.contains(&row.id)) {
        let theirs = engagement::taken(*row.starts_at, *row.ends_at, &row.zone);
        if theirs.iter().any(|slot| wanted.contains(slot)) {
            found.entry(row.expert_id).or_default().push(labels::offered(&row.number));
        }
    }
    Ok(found)
}

/// The colleges that each person sits for on a day.
async fn seats(
    conn: &impl ConnectionTrait,
    ids: &[ExpertId],
    on: Date,
) -> Result<HashMap<ExpertId, Vec<college_seat::Model>>, db::Error> {
    let rows = college_seat::Entity::find()
        .filter(college_seat::Column::ExpertId.is_in(ids.iter().copied()))
        .filter(valid_on(on))
        .order_by_asc(college_seat::Column::Since)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.expert_id).or_default().push(row);
    }
    Ok(found)
}

/// The seats of colleges that are valid on a day.
pub(super) fn valid_on(on: Date) -> Condition {
    use college_seat::Column;
    let open = Condition::any().add(Column::Until.is_null()).add(Column::Until.gte(on));
    Condition::all().add(Column::Since.lte(on)).add(open)
}
