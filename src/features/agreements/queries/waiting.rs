//! What waits for a person in the life of agreements: notices to answer or to settle, withdrawals to confirm, changes to review.

use std::collections::HashMap;

use entity::ids::{AccountId, AgreementId};
use entity::right_act::{self, ActKind, ActState};
use entity::right_change::{self, ChangeState};
use entity::{agreement, certification_version, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;
use uuid::Uuid;

use crate::authz::{Actor, Facts, visible};
use crate::db;
use crate::rules::deadline::day_in_zone;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifeWait {
    /// The structure may comment.
    Answer,
    /// The structure was heard about a suspension: somebody suspends or gives up.
    SettleSuspension,
    /// The same, about a withdrawal.
    SettleWithdrawal,
    /// A withdrawal waits for a second person.
    Confirm,
    /// A declared change waits for its answer.
    Review,
}

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingLife {
    /// What is to be done.
    pub wait: LifeWait,
    /// Key of the act or of the change.
    pub subject: Uuid,
    /// Number of the agreement.
    pub number: String,
    /// Name of the structure.
    pub structure_name: String,
    /// By when.
    pub due_on: Date,
    /// What the policy looks at.
    pub facts: Facts,
    /// Who asked, who does not confirm.
    pub asked_by: Option<AccountId>,
}

/// What is around the agreements named, by key: those that the actor may see.
struct Around {
    rights: HashMap<AgreementId, agreement::Model>,
    structures: HashMap<entity::ids::StructureId, structure::Model>,
    versions: HashMap<entity::ids::CertificationVersionId, certification_version::Model>,
}

impl Around {
    async fn of(
        conn: &impl ConnectionTrait,
        actor: &Actor,
        ids: Vec<AgreementId>,
    ) -> Result<Self, db::Error> {
        let rights = agreement::Entity::find()
            .filter(visible::agreements(actor))
            .filter(agreement::Column::Id.is_in(ids))
            .all(conn)
            .await?;
        let named = rights.iter().map(|right| right.structure_id);
        let structures =
            structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
        let named = rights.iter().map(|right| right.certification_version_id);
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::Id.is_in(named))
            .all(conn)
            .await?;
        Ok(Self {
            rights: rights.into_iter().map(|row| (row.id, row)).collect(),
            structures: structures.into_iter().map(|row| (row.id, row)).collect(),
            versions: versions.into_iter().map(|row| (row.id, row)).collect(),
        })
    }

    /// Something that waits on a right that the actor sees, without its day; and the zone of the structure.
    fn waiting(&self, wait: LifeWait, subject: Uuid, right: AgreementId) -> Option<(WaitingLife, &str)> {
        let right = self.rights.get(&right)?;
        let structure = self.structures.get(&right.structure_id)?;
        let version = self.versions.get(&right.certification_version_id);
        let waiting = WaitingLife {
            wait,
            subject,
            number: right.number.clone(),
            structure_name: structure.name.clone(),
            due_on: right.ends_on,
            facts: Facts {
                structure: Some(structure.id),
                region: Some(structure.region.clone()),
                certification: version.map(|version| version.certification_id),
                ..Facts::default()
            },
            asked_by: None,
        };
        Some((waiting, structure.zone.as_str()))
    }
}

/// Everything that waits in the life of the agreements that the actor may see.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<WaitingLife>, db::Error> {
    let acts = right_act::Entity::find()
        .filter(right_act::Column::State.is_in([ActState::Notified, ActState::Asked]))
        .all(conn)
        .await?;
    let changes = right_change::Entity::find()
        .filter(right_change::Column::State.eq(ChangeState::Declared))
        .all(conn)
        .await?;
    let named = acts.iter().map(|act| act.agreement_id);
    let named = named.chain(changes.iter().map(|change| change.agreement_id)).collect();
    let around = Around::of(conn, actor, named).await?;
    let mut found: Vec<WaitingLife> = acts.iter().flat_map(|act| of_act(&around, act)).collect();
    found.extend(changes.iter().filter_map(|change| {
        let (waiting, _) = around.waiting(LifeWait::Review, change.id.0, change.agreement_id)?;
        Some(WaitingLife { due_on: change.review_due_on, ..waiting })
    }));
    Ok(found)
}

/// What an act waits for: the structure until its delay is over, the team all along.
fn of_act(around: &Around, act: &right_act::Model) -> Vec<WaitingLife> {
    let waits: &[LifeWait] = match (act.state, act.kind, act.commented_at.is_none()) {
        (ActState::Asked, ..) => &[LifeWait::Confirm],
        (_, ActKind::Withdrawal, true) => &[LifeWait::Answer, LifeWait::SettleWithdrawal],
        (_, ActKind::Withdrawal, false) => &[LifeWait::SettleWithdrawal],
        (_, _, true) => &[LifeWait::Answer, LifeWait::SettleSuspension],
        (_, _, false) => &[LifeWait::SettleSuspension],
    };
    let one = |wait: &LifeWait| {
        let (waiting, zone) = around.waiting(*wait, act.id.0, act.agreement_id)?;
        let at = match wait {
            LifeWait::Confirm => act.asked_at,
            _ => act.comments_due_at.unwrap_or(act.asked_at),
        };
        let asked_by = (*wait == LifeWait::Confirm).then_some(act.asked_by);
        Some(WaitingLife { due_on: day_in_zone(*at, zone), asked_by, ..waiting })
    };
    waits.iter().filter_map(one).collect()
}
