//! The acts of the path to an habilitation and of its life. The row of the expert is locked first, so that two acts on
//! one person come one after the other; then the table says whether the step is possible.

mod apply;
mod download;
mod examine;
mod expire;
mod issue_document;
mod jury;
mod life;
mod move_jury;
mod renew;
mod senior;
mod sign;
mod train;
mod withdraw;

pub(super) use apply::blank;
pub use apply::{Application, apply};
pub use download::download;
pub use examine::{Admission, admit, reject};
pub use expire::expire;
pub use issue_document::issue_document;
pub use jury::{JuryMember, Presentation, Quality, Verdict, decide, present};
pub use life::{reinstate, resign, suspend};
pub use move_jury::{JuryMove, cancel_jury, move_jury};
pub use renew::renew;
pub use senior::change_senior;
pub use sign::sign_charter;
pub use train::{LoggedStep, log_step};
pub use withdraw::{answer_withdrawal, ask_withdrawal, confirm_withdrawal, drop_withdrawal};

use entity::expert;
use entity::habilitation::{self, Duty};
use entity::ids::{ExpertId, HabilitationId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use time::Date;

use crate::authz::{Actor, Facts, Grant, Permission};
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::experts::events::{HabilitationEvent, What};
use crate::features::experts::state::{self, Step};
use crate::features::experts::{ExpertError, input, labels};
use crate::features::rights::{self, Held, Holder, RightKind, RightState, Source, SourceKind};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// A file, locked for an act, and the right to do it.
pub(super) struct Opened {
    /// The expert.
    pub(super) expert: expert::Model,
    /// The file before the act.
    pub(super) before: habilitation::Model,
    /// The file as the act changes it.
    pub(super) file: habilitation::Model,
    /// The right to act.
    pub(super) grant: Grant,
    /// The day it is where the expert is.
    pub(super) today: Date,
}

/// What the policy needs for an act: the senior logs the steps, the person signs and gives up, and both see the file,
/// which is where its owner works.
pub(in crate::features::experts) fn facts(
    file: &habilitation::Model,
    owner: &expert::Model,
    actor: &Actor,
    permission: Permission,
) -> Facts {
    let expert = match permission {
        // Nobody logs their own steps: without a senior, only the manager does.
        Permission::HabilitationLog => file.senior_id,
        Permission::HabilitationSign | Permission::HabilitationResign | Permission::HabilitationAnswer => {
            Some(file.expert_id)
        }
        _ => file.senior_id.filter(|senior| actor.expert() == Some(*senior)).or(Some(file.expert_id)),
    };
    Facts { expert, certification: file.certification_id, ..Facts::of_expert(owner) }
}

pub(super) async fn open(
    tx: &Tx,
    id: HabilitationId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, ExpertError> {
    let found = habilitation::Entity::find_by_id(id).one(tx.conn()).await?;
    let owner = found.ok_or(ExpertError::NotFound)?.expert_id;
    let expert = expert::Entity::find_by_id(owner).lock_exclusive().one(tx.conn()).await?;
    let expert = expert.ok_or(ExpertError::NotFound)?;
    let file = habilitation::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let file = file.ok_or(ExpertError::NotFound)?;
    let grant = tx.authorize(permission, &facts(&file, &expert, tx.actor(), permission))?;
    if seen.is_some_and(|seen| seen != file.version) {
        return Err(ExpertError::Stale);
    }
    let today = day_in_zone(tx.now(), &expert.zone);
    Ok(Opened { expert, before: file.clone(), file, grant, today })
}

impl Opened {
    /// The latest of the days that it is for the certifier and where the expert is: what happened on it is not to come.
    pub(super) fn latest_day(&self, tx: &Tx) -> Date {
        self.today.max(day_in_zone(tx.now(), PARIS))
    }

    /// Refuses a step that the state does not allow.
    pub(super) fn check(&self, step: Step) -> Result<(), ExpertError> {
        state::TABLE.next(Some(self.before.state), step)?;
        Ok(())
    }

    /// Makes the step: state, version, journal line, mails.
    pub(super) async fn step(
        mut self,
        tx: &mut Tx,
        step: Step,
        what: What,
    ) -> Result<habilitation::Model, ExpertError> {
        let line = state::TABLE.next(Some(self.before.state), step)?;
        self.file.state = line.to;
        self.record(tx, line.event, what).await
    }

    /// Writes a change that is no step.
    pub(super) async fn record(
        mut self,
        tx: &mut Tx,
        line: (&'static str, &'static str),
        what: What,
    ) -> Result<habilitation::Model, ExpertError> {
        self.file.version += 1;
        let row = self.file.clone().into_active_model().reset_all();
        habilitation::Entity::update(row).exec(tx.conn()).await?;
        self.tell(tx, line, what).await
    }

    /// Records what changed nothing of the file itself.
    async fn tell(
        self,
        tx: &mut Tx,
        line: (&'static str, &'static str),
        what: What,
    ) -> Result<habilitation::Model, ExpertError> {
        let Self { expert, before, file, grant, .. } = self;
        let base_url = tx.app().config.public_url.trim_end_matches('/').to_owned();
        let event = HabilitationEvent {
            expert,
            before: Some(before),
            file: file.clone(),
            line,
            base_url,
            at: tx.instant(),
            by: tx.actor().account_id(),
            what,
        };
        tx.record(&grant, &event).await?;
        Ok(file)
    }

    /// The rights of the file that hold or may hold again.
    pub(super) async fn rights(&self, tx: &Tx) -> Result<Vec<Held>, ExpertError> {
        let source = Source::new(SourceKind::Habilitation, self.file.id);
        let held = rights::queries::of_source(tx.conn(), source).await?;
        Ok(held.into_iter().filter(|held| held.right.state == RightState::InForce).collect())
    }
}

/// A reason that must be written.
pub(super) fn reason(typed: &str, message: &'static str) -> Result<String, ExpertError> {
    let mut faults = Faults::default();
    if typed.trim().is_empty() {
        faults.push("/reason", "missing", message);
    }
    let read = input::text("/reason", typed, 2000, &mut faults);
    Ok(faults.or(read)?)
}

/// An expert who may accompany: not the person, and habilitated for the same duty on the day of the act.
pub(super) async fn senior(
    tx: &Tx,
    id: ExpertId,
    accompanied: &Opened,
) -> Result<expert::Model, ExpertError> {
    let refused = |code, message| ExpertError::from(vec![Fault::new("/senior_id", code, message)]);
    let found = expert::Entity::find_by_id(id).one(tx.conn()).await?;
    let Some(senior) = found.filter(|senior| senior.id != accompanied.expert.id) else {
        return Err(refused("unknown", labels::faults::OTHER_SENIOR));
    };
    let held = rights::queries::of_holder(tx.conn(), Holder::expert(id)).await?;
    if !held.iter().any(|held| habilitates(held, accompanied.file.duty, accompanied.today)) {
        return Err(refused("not-habilitated", labels::faults::SENIOR_NOT_HABILITATED));
    }
    Ok(senior)
}

/// Whether a right is an habilitation for that duty, whatever the certification, that holds on that day.
fn habilitates(held: &Held, duty: Duty, day: Date) -> bool {
    held.right.kind == RightKind::Habilitation
        && held.scope().next() == Some(duty.word().as_str())
        && held.valid_on(day)
}
