//! What an act on a right changes: told before, and done from what was told.
//!
//! [`of`] is read by the page that asks for a confirmation and by the act itself, which walks this list and nothing else; it is kept with
//! the act, so that an undo puts back what it says. Names of people are not in it: it is kept.

use entity::account_role::Role;
use entity::agreement::AgreementState;
use entity::candidate::{self, CandidateState};
use entity::dated_right::RightState;
use entity::ids::{
    AgreementId, CandidateId, CertificationId, CertificationVersionId, DatedRightId, ExpertId, InspectionId,
    JurySessionId, MissionId, StructureId,
};
use entity::inspection::{self, InspectionState};
use entity::jury_member::{self, MemberState};
use entity::jury_session::{self, JuryState};
use entity::mission::{self, MissionState};
use entity::right_act::ActKind;
use entity::{agreement, certification_version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::error::AgreementError;
use super::state::right::back_to;
use crate::authz::Actor;
use crate::db;
use crate::events::Recipient;
use crate::features::rights::{self, Source, SourceKind};

/// A dated right of the agreement, on one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchedRight {
    /// Its key.
    pub id: DatedRightId,
    /// Its last day before the act.
    pub ends_on: Option<Date>,
    /// Until when it held after it, its renewal being examined.
    pub grace_until: Option<Date>,
}

/// A jury that is ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchedJury {
    /// Its key.
    pub id: JurySessionId,
    /// Its number.
    pub number: String,
    /// Those who sit in it, who are written to.
    pub members: Vec<ExpertId>,
}

/// Something with a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched<Id> {
    /// Its key.
    pub id: Id,
    /// Its number.
    pub number: String,
}

/// Everything that an act touches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// The rights that are set aside, ended or given back.
    pub rights: Vec<TouchedRight>,
    /// The juries to confirm one by one, or to hold elsewhere.
    pub juries: Vec<TouchedJury>,
    /// The candidates who are enrolled.
    pub candidates: Vec<Touched<CandidateId>>,
    /// The missions that are ahead.
    pub missions: Vec<Touched<MissionId>>,
    /// The inspections that are in course.
    pub inspections: Vec<Touched<InspectionId>>,
    /// Who is written to.
    pub recipients: Vec<Recipient>,
}

impl Consequences {
    /// The same, as this person may read it: a structure knows neither missions nor inspections of which it was not told.
    #[must_use]
    pub fn read_by(mut self, actor: &Actor) -> Self {
        if !actor.is_staff() && !actor.has(Role::Auditor) {
            self.missions.clear();
            self.inspections.clear();
        }
        self
    }
}

/// The candidates whose path goes on.
const ON_PATH: [CandidateState; 7] = {
    use CandidateState as S;
    [S::Enrolled, S::Positioned, S::OnPath, S::FileSubmitted, S::FileIncomplete, S::Admitted, S::Summoned]
};
/// The juries that are ahead.
const AHEAD: [JuryState; 5] = {
    use JuryState as S;
    [S::Requested, S::Planned, S::Confirmed, S::Summoned, S::Postponed]
};
/// The inspections that are in course.
const IN_COURSE: [InspectionState; 7] = {
    use InspectionState as S;
    [
        S::Planned,
        S::Notified,
        S::Performed,
        S::Adversarial,
        S::ActionsRequested,
        S::ActionsSubmitted,
        S::Overdue,
    ]
};

/// What an act touches now.
///
/// # Errors
/// What the database answers.
pub async fn of(
    conn: &impl ConnectionTrait,
    agreement: &agreement::Model,
    kind: ActKind,
    now: OffsetDateTime,
) -> Result<Consequences, AgreementError> {
    let versions = versions(conn, agreement.certification_version_id).await?;
    let juries = juries(conn, agreement.structure_id, &versions.ids).await?;
    let candidates = candidates(conn, agreement.structure_id, &versions.ids).await?;
    let missions = missions(conn, agreement.structure_id, versions.certification, now).await?;
    let mut touched = Consequences {
        rights: rights(conn, agreement.id).await?,
        juries,
        candidates,
        missions,
        inspections: inspections(conn, agreement.id).await?,
        recipients: Vec::new(),
    };
    touched.recipients = recipients(agreement, kind, &touched);
    Ok(touched)
}

/// Who is written to: the structure, unless it acts; those who sit in its juries, and its candidates when they have to go elsewhere.
fn recipients(agreement: &agreement::Model, kind: ActKind, touched: &Consequences) -> Vec<Recipient> {
    let mut all = match kind {
        ActKind::Renouncement => vec![Recipient::Managers],
        ActKind::Suspension | ActKind::Reinstatement | ActKind::Withdrawal => {
            vec![Recipient::Structure { id: agreement.structure_id }]
        }
    };
    for id in touched.juries.iter().flat_map(|jury| &jury.members) {
        let member = Recipient::Expert { id: *id };
        if !all.contains(&member) {
            all.push(member);
        }
    }
    if matches!(kind, ActKind::Withdrawal | ActKind::Renouncement) {
        all.extend(touched.candidates.iter().map(|one| Recipient::Candidate { id: one.id }));
    }
    all
}

struct Versions {
    certification: Option<CertificationId>,
    ids: Vec<CertificationVersionId>,
}

/// Every version of the certification of the agreement: a jury may be of another one.
async fn versions(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
) -> Result<Versions, db::Error> {
    use certification_version::{Column, Entity};
    let own = Entity::find_by_id(version).one(conn).await?;
    let Some(certification) = own.map(|own| own.certification_id) else {
        return Ok(Versions { certification: None, ids: vec![version] });
    };
    let ids = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CertificationId.eq(certification))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(Versions { certification: Some(certification), ids })
}

async fn rights(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Vec<TouchedRight>, AgreementError> {
    let held = rights::queries::of_source(conn, Source::new(SourceKind::Agreement, agreement)).await?;
    let counted = held.iter().filter(|held| held.right.state == RightState::InForce);
    let touched = |held: &rights::Held| TouchedRight {
        id: held.right.id,
        ends_on: held.right.ends_on,
        grace_until: held.right.grace_until,
    };
    Ok(counted.map(touched).collect())
}

async fn juries(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    versions: &[CertificationVersionId],
) -> Result<Vec<TouchedJury>, db::Error> {
    use jury_session::Column;
    let rows: Vec<(JurySessionId, String)> = jury_session::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.is_in(versions.iter().copied()))
        .filter(Column::State.is_in(AHEAD))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let seats = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.is_in(rows.iter().map(|(id, _)| *id)))
        .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
        .order_by_asc(jury_member::Column::Id)
        .all(conn)
        .await?;
    let members = |id| seats.iter().filter(|seat| seat.session_id == id).map(|seat| seat.expert_id).collect();
    Ok(rows.into_iter().map(|(id, number)| TouchedJury { id, number, members: members(id) }).collect())
}

async fn candidates(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    versions: &[CertificationVersionId],
) -> Result<Vec<Touched<CandidateId>>, db::Error> {
    use candidate::Column;
    let rows: Vec<(CandidateId, String)> = candidate::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.is_in(versions.iter().copied()))
        .filter(Column::State.is_in(ON_PATH))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, number)| Touched { id, number }).collect())
}

async fn missions(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: Option<CertificationId>,
    now: OffsetDateTime,
) -> Result<Vec<Touched<MissionId>>, db::Error> {
    use mission::Column;
    let Some(certification) = certification else {
        return Ok(Vec::new());
    };
    let rows: Vec<(MissionId, String)> = mission::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationId.eq(certification))
        .filter(Column::State.is_in([MissionState::Proposed, MissionState::Accepted]))
        .filter(Column::StartsAt.gt(entity::Instant::from(now)))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, number)| Touched { id, number }).collect())
}

async fn inspections(
    conn: &impl ConnectionTrait,
    agreement: AgreementId,
) -> Result<Vec<Touched<InspectionId>>, db::Error> {
    use inspection::Column;
    let rows: Vec<(InspectionId, String)> = inspection::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::AgreementId.eq(agreement))
        .filter(Column::State.is_in(IN_COURSE))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, number)| Touched { id, number }).collect())
}

/// Whether an act that changed this state may be undone at all.
#[must_use]
pub const fn is_undoable(kind: ActKind, before: AgreementState) -> bool {
    !matches!(kind, ActKind::Reinstatement) && back_to(before).is_some()
}
