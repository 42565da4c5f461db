//! The life of a right: notice, suspension, reinstatement, withdrawal by two people, renouncement, undo, declared changes.
//!
//! Each act is a row of `right_act`. What it changes is what [`consequences`] tells, and nothing else; whether it may be done is what
//! [`crate::rules::sanction`] answers.

mod change;
mod letter;
mod notice;
mod reinstate;
mod renounce;
mod suspend;
mod undo;
mod withdraw;

pub use change::{declare_change, review_change};
pub use letter::record_act_letter;
pub use notice::{answer_notice, drop_act, permission, serve_notice};
pub use reinstate::reinstate;
pub use renounce::renounce;
pub use suspend::{suspend, suspend_after_notice, suspend_for_reserves};
pub use undo::undo;
pub use withdraw::{ask_withdrawal, confirm_withdrawal};

use std::sync::Arc;

use entity::agreement::AgreementState;
use entity::ids::{AccountId, AgreementId, RightActId};
use entity::right_act::{self, ActKind, ActState};
use entity::{agreement, sanction_ground};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use time::{Date, Duration};

use super::right::{locked, open_partner_update, rights_of};
use crate::authz::{Denied, Grant, Permission};
use crate::db::Tx;
use crate::events::canonical_text;
use crate::features::agreements::consequences::{self, Consequences};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{LifeEvent, LifeWhat};
use crate::features::agreements::input::life::{Charge, Ground};
use crate::features::agreements::queries::{acts, findings};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep, act};
use crate::features::agreements::{deadlines, labels};
use crate::features::rights;
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::life::LifeDelays;
use crate::rules::sanction::{self, Case, Hearing, Refusal};
use crate::rules::transitions::Told;

/// A right under lock, with what every act on it needs.
struct Opened {
    agreement: agreement::Model,
    dossier: Dossier,
    grant: Grant,
    delays: LifeDelays,
    /// The day where the structure is.
    today: Date,
    /// Who acts.
    by: AccountId,
}

/// Locks a right for an act.
async fn open(
    tx: &Tx,
    id: AgreementId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, AgreementError> {
    let (agreement, dossier) = locked(tx, id).await?;
    let grant = tx.authorize(permission, &dossier.facts())?;
    if seen.is_some_and(|seen| seen != agreement.version) {
        return Err(AgreementError::Stale);
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    let by = tx.actor().account_id().ok_or(Denied::Anonymous)?;
    Ok(Opened { agreement, dossier, grant, delays, today, by })
}

/// The act in course; the lock of the agreement holds it.
async fn in_course(
    tx: &Tx,
    agreement: AgreementId,
    kind: Option<ActKind>,
) -> Result<right_act::Model, AgreementError> {
    let found = acts::in_course(tx.conn(), agreement).await?;
    let found = found.filter(|found| kind.is_none_or(|kind| kind == found.kind));
    found.ok_or_else(|| {
        AgreementError::blocked("agreement-no-act-in-course", labels::act::NONE_IN_COURSE, Vec::new())
    })
}

/// An act of this agreement, under lock.
async fn locked_act(
    tx: &Tx,
    agreement: AgreementId,
    id: RightActId,
) -> Result<right_act::Model, AgreementError> {
    let found = right_act::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.filter(|found| found.agreement_id == agreement).ok_or(AgreementError::NotFound)
}

/// A new act, not written yet.
async fn new_act(
    tx: &Tx,
    opened: &Opened,
    kind: ActKind,
    cause: right_act::ActCause,
    reasons: &str,
) -> Result<right_act::Model, AgreementError> {
    let known = acts::of_agreement(tx.conn(), opened.agreement.id).await?;
    if known.iter().any(|one| act::is_open(one.state)) {
        return Err(AgreementError::blocked("agreement-act-in-course", labels::act::IN_COURSE, Vec::new()));
    }
    Ok(right_act::Model {
        id: tx.new_id(),
        agreement_id: opened.agreement.id,
        number: known.first().map_or(1, |last| last.number + 1),
        kind,
        state: ActState::Done,
        cause,
        reasons: reasons.trim().to_owned(),
        urgency_reason: None,
        plan: None,
        inspection_id: None,
        before_state: None,
        asked_by: opened.by,
        asked_at: tx.instant(),
        comments_due_at: None,
        comments: None,
        commented_by: None,
        commented_at: None,
        preview: None,
        confirmed_by: None,
        done_at: None,
        effective_on: None,
        letter_number: None,
        letter_sent_on: None,
        undo_until: None,
        closed_at: None,
        closed_by: None,
        close_reason: None,
        version: 1,
    })
}

async fn insert(tx: &Tx, row: right_act::Model) -> Result<right_act::Model, AgreementError> {
    right_act::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(row)
}

async fn save(tx: &Tx, row: right_act::Model) -> Result<right_act::Model, AgreementError> {
    let row = right_act::Model { version: row.version + 1, ..row };
    Ok(row.into_active_model().reset_all().update(tx.conn()).await?)
}

/// Keeps the findings of an act, each with the words that tell it.
async fn keep_grounds(
    tx: &Tx,
    act: RightActId,
    grounds: &[Ground],
    words: &[String],
) -> Result<(), AgreementError> {
    for (ground, words) in grounds.iter().zip(words) {
        let mut row = sanction_ground::Model {
            id: tx.new_id(),
            act_id: act,
            kind: ground.kind(),
            nonconformity_id: None,
            reserve_id: None,
            inspection_id: None,
            words: words.clone(),
        };
        match ground {
            Ground::Nonconformity(id) => row.nonconformity_id = Some(*id),
            Ground::Reserve(id) => row.reserve_id = Some(*id),
            Ground::OverdueActions(id) | Ground::RefusedInspection(id) => row.inspection_id = Some(*id),
            Ground::Incident(_) => {}
        }
        sanction_ground::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// What was weighed of a charge: the words of its findings, and why it may not be done.
struct Weighing {
    words: Vec<String>,
    refusals: Vec<Refusal>,
}

/// Weighs a charge: what is held against the right, how the structure was heard, who confirms.
async fn weigh(
    tx: &Tx,
    opened: &Opened,
    charge: &Charge,
    hearing: Option<Hearing>,
    same_person: Option<bool>,
) -> Result<Weighing, AgreementError> {
    let weighed = findings::weigh(tx.conn(), opened.agreement.id, &charge.grounds).await?;
    let found: Vec<_> = weighed.iter().map(|one| one.finding).collect();
    let case = Case {
        sanction: charge.sanction,
        cause: charge.cause,
        findings: &found,
        reasons: &charge.reasons,
        urgency: &charge.urgency,
        hearing,
        plan: &charge.plan,
        same_person,
    };
    let refusals = sanction::refusals(&case, &opened.delays, opened.today, tx.now());
    Ok(Weighing { words: weighed.into_iter().map(|one| one.words).collect(), refusals })
}

/// Refuses what may not be done: the first reason gives its code, all of them are told.
fn allowed(refusals: &[Refusal]) -> Result<(), AgreementError> {
    let Some(first) = refusals.first() else { return Ok(()) };
    let blocking = refusals.iter().map(|one| one.message().to_owned()).collect();
    Err(AgreementError::blocked(first.code(), labels::act::REFUSED, blocking))
}

/// What an act was charged with, read back from its row and its findings.
async fn charge_of(tx: &Tx, act: &right_act::Model) -> Result<Charge, AgreementError> {
    let grounds = findings::named(&acts::grounds(tx.conn(), act.id).await?);
    let sanction = match act.kind {
        ActKind::Withdrawal => sanction::Sanction::Withdraw,
        _ => sanction::Sanction::Suspend,
    };
    Ok(Charge {
        sanction,
        cause: act.cause,
        grounds,
        reasons: act.reasons.clone(),
        urgency: act.urgency_reason.clone().unwrap_or_default(),
        plan: act.plan.clone().unwrap_or_default(),
    })
}

/// How the structure was heard about an act.
fn hearing_of(act: &right_act::Model) -> Option<Hearing> {
    let until = *act.comments_due_at?;
    Some(Hearing { until, commented: act.commented_at.is_some() })
}

/// Does an act: the right moves, and everything that the consequences tell, and nothing else. The row of the act is given as it must be
/// kept, its preview apart.
async fn perform(
    tx: &mut Tx,
    opened: Opened,
    step: RightStep,
    act: right_act::Model,
    new: bool,
    words: &[String],
) -> Result<agreement::Model, AgreementError> {
    let Opened { agreement, dossier, grant, delays, today, by } = opened;
    let line = RIGHT_TABLE.next(agreement.state, step)?;
    let touched = consequences::of(tx.conn(), &agreement, act.kind, tx.now()).await?;
    let before = agreement.state;
    move_rights(tx, &grant, act.kind, &touched, today).await?;
    let agreement = move_right(tx, agreement, &dossier, line.to).await?;
    let undoable = consequences::is_undoable(act.kind, before);
    let until = tx.now() + Duration::hours(delays.undo_hours.into());
    let act = right_act::Model {
        state: ActState::Done,
        before_state: Some(before),
        preview: canonical_text(&touched).ok(),
        confirmed_by: Some(by),
        done_at: Some(tx.instant()),
        effective_on: Some(today),
        undo_until: undoable.then(|| until.into()),
        ..act
    };
    let act = if new { insert(tx, act).await? } else { save(tx, act).await? };
    let states = (Some(before.word()), Some(line.to.word()));
    let what = LifeWhat::Done { act: &act, grounds: words, touched: &touched };
    record(tx, &grant, (&agreement, &dossier), line.event, states, what).await?;
    open_partner_update(tx, &grant, &agreement, &dossier, labels::right_state(line.to).word).await?;
    Ok(agreement)
}

/// Moves the dated rights that an act touches.
async fn move_rights(
    tx: &Tx,
    grant: &Grant,
    kind: ActKind,
    touched: &Consequences,
    today: Date,
) -> Result<(), AgreementError> {
    for one in &touched.rights {
        match kind {
            ActKind::Suspension => rights::actions::suspend(tx, grant, one.id, today).await?,
            ActKind::Reinstatement => rights::actions::resume(tx, grant, one.id, today).await?,
            ActKind::Withdrawal | ActKind::Renouncement => {
                let last = add_days(today, -1);
                // One that held beyond its last day ended then.
                if one.ends_on.is_some_and(|end| end < last) {
                    rights::actions::grace(tx, grant, one.id, None).await?;
                    rights::actions::close(tx, grant, one.id).await?;
                } else {
                    rights::actions::end(tx, grant, one.id, last).await?;
                }
            }
        }
    }
    Ok(())
}

/// Gives a right another state, with the alarm that goes with it.
async fn move_right(
    tx: &Tx,
    agreement: agreement::Model,
    dossier: &Dossier,
    to: AgreementState,
) -> Result<agreement::Model, AgreementError> {
    use AgreementState as S;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let ended = matches!(to, S::Withdrawn | S::Renounced);
    let ahead = agreement::Model { state: to, ..agreement.clone() };
    let alarm = deadlines::next_right_alarm(&ahead, &dossier.structure.zone, &delays).map(|(at, _)| at);
    let version = agreement.version + 1;
    let mut row: agreement::ActiveModel = agreement.into();
    row.state = Set(to);
    row.version = Set(version);
    row.deadline_at = Set(alarm.map(Into::into));
    row.ended_at = Set(ended.then(|| tx.instant()));
    Ok(row.update(tx.conn()).await?)
}

/// Records an event of the life of a right.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    (agreement, dossier): (&agreement::Model, &Dossier),
    line: Told,
    states: (Option<String>, Option<String>),
    what: LifeWhat<'_>,
) -> Result<(), AgreementError> {
    let app = Arc::clone(tx.app());
    let base_url = app.config.public_url.trim_end_matches('/');
    let event = LifeEvent { agreement, dossier, base_url, now: tx.now(), line, states, what };
    tx.record(grant, &event).await?;
    Ok(())
}

/// The event of a step of an act that has one of its own.
fn told(step: act::ActStep) -> Told {
    act::told(step).unwrap_or(("agreement.act", "AGREMENT_ACT"))
}

/// Grows the version of the agreement: an act in course is read with it.
async fn touch(tx: &Tx, agreement: agreement::Model) -> Result<agreement::Model, AgreementError> {
    let version = agreement.version + 1;
    let mut row: agreement::ActiveModel = agreement.into();
    row.version = Set(version);
    Ok(row.update(tx.conn()).await?)
}
