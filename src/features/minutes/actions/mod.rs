//! The acts on minutes and appeals, one per file. The row of the session is locked first, then those of its candidates in the
//! order of their keys.

mod appeal;
mod close;
mod code;
mod control;
mod download;
mod issue_document;
mod no_quorum;
mod publish;
mod rectify;
mod sign;
mod validate;

pub use appeal::{acknowledge, lodge, settle};
pub use close::close;
use close::unready;
pub use code::{CODE_MINUTES, count_miss, send_code};
pub use control::{control_ko, control_ok};
pub use download::download;
pub use issue_document::issue_document;
pub use no_quorum::write_no_quorum;
pub use publish::publish;
pub use rectify::{is_over, rectify};
pub use sign::{Signed, sign};
pub use validate::{take_back, validate};

use entity::candidate::{CandidateState, JuryDecision};
use entity::ids::JurySessionId;
use entity::jury_minutes::{self, MinutesState};
use entity::{jury_passage, jury_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::MinutesError;
use super::gather::{self, Day, Frame};
use super::load::Book;
use crate::authz::{Actor, Denied, Facts, Grant, Permission, may};
use crate::db::Tx;
use crate::events::Job;
use crate::features::candidates::actions::step::{With, apply};
use crate::features::candidates::state::{Guard, Step};
use crate::features::juries::deadlines::next_alarm;
use crate::features::juries::state::{Event, Transition};
use crate::features::juries::{JuryEvent, What, Whole};

/// A session and its minutes, locked for a change, and the right to make it.
struct Opened {
    book: Book,
    grant: Grant,
}

async fn open(
    tx: &Tx,
    id: JurySessionId,
    seen: Option<i32>,
    permission: Permission,
    facts: fn(&Book, &Actor) -> Facts,
) -> Result<Opened, MinutesError> {
    let book = Book::locked(tx, id).await?;
    let grant = tx.authorize(permission, &facts(&book, tx.actor())).map_err(|denied| match denied {
        // Whoever reads the minutes knows that they exist, without the seat that the act asks for.
        Denied::Hidden(act) if may(tx.actor(), Permission::MinutesView, &book.facts(tx.actor())) => {
            Denied::Forbidden(act)
        }
        other => other,
    })?;
    book.whole.check_version(seen)?;
    Ok(Opened { book, grant })
}

/// Writes the session after a change, its version grown.
async fn save(
    tx: &Tx,
    whole: &mut Whole,
    change: impl FnOnce(&mut jury_session::Model),
) -> Result<(), MinutesError> {
    change(&mut whole.session);
    whole.session.version += 1;
    let alarm = next_alarm(&whole.session, &whole.rules);
    whole.session.deadline_at = alarm.map(|(at, _)| at.into());
    let row = whole.session.clone().into_active_model().reset_all();
    jury_session::Entity::update(row).exec(tx.conn()).await?;
    Ok(())
}

/// Moves the session along its table.
async fn step(
    tx: &Tx,
    whole: &mut Whole,
    event: Event,
    change: impl FnOnce(&mut jury_session::Model),
) -> Result<&'static Transition, MinutesError> {
    let line = whole.next(event)?;
    save(tx, whole, |session| {
        session.state = line.to;
        change(session);
    })
    .await?;
    Ok(line)
}

/// Records an act of the table, with the work that it leaves.
async fn record(
    tx: &mut Tx,
    grant: &Grant,
    whole: &Whole,
    line: &'static Transition,
    what: What<'_>,
    jobs: Vec<Job>,
) -> Result<(), MinutesError> {
    let event = JuryEvent::of_step(tx, whole, line, what).doing(jobs);
    tx.record(grant, &event).await?;
    Ok(())
}

/// The step of the file of a candidate for a decision of the jury; none for what is no decision about somebody who came.
const fn step_of(decision: JuryDecision) -> Option<Step> {
    match decision {
        JuryDecision::Total => Some(Step::DecideTotal),
        JuryDecision::Partial => Some(Step::DecidePartial),
        JuryDecision::Refused => Some(Step::DecideRefused),
        JuryDecision::Adjourned => Some(Step::DecideAdjourned),
        JuryDecision::Absent | JuryDecision::AbsentExcused | JuryDecision::Fraud => None,
    }
}

/// Whether the jury has decided about a candidate and nothing was told yet.
const fn is_decided(state: CandidateState) -> bool {
    matches!(
        state,
        CandidateState::Total | CandidateState::Partial | CandidateState::Refused | CandidateState::Adjourned
    )
}

/// Moves every candidate in a state as the jury decided about them.
async fn decide(
    tx: &mut Tx,
    grant: &Grant,
    whole: &mut Whole,
    from: CandidateState,
) -> Result<(), MinutesError> {
    let met = [Guard::QuorumReached, Guard::RulesRespected];
    let session = Some(whole.session.id);
    let mut passing: Vec<_> = whole.passages.iter_mut().collect();
    passing.sort_by_key(|one| one.candidate.id);
    for one in passing {
        let decided = one.row.decision.and_then(step_of).filter(|_| one.candidate.state == from);
        let Some(step) = decided else { continue };
        let reason = one.row.decision_reason.clone();
        let with = With { session, reason: reason.as_deref(), met: &met };
        one.candidate = apply(tx, grant, one.candidate.id, step, with).await?;
    }
    Ok(())
}

/// Moves every candidate about whom the jury decided.
async fn move_decided(
    tx: &mut Tx,
    grant: &Grant,
    whole: &mut Whole,
    step: Step,
    (reason, met): (Option<&str>, &[Guard]),
) -> Result<(), MinutesError> {
    let session = Some(whole.session.id);
    let mut passing: Vec<_> = whole.passages.iter_mut().collect();
    passing.sort_by_key(|one| one.candidate.id);
    for one in passing {
        if is_decided(one.candidate.state) {
            let with = With { session, reason, met };
            one.candidate = apply(tx, grant, one.candidate.id, step, with).await?;
        }
    }
    Ok(())
}

/// Freezes minutes: gathers what they say and keeps it with its fingerprint.
async fn freeze(
    tx: &Tx,
    whole: &Whole,
    day: &Day,
    frame: Frame,
    corrects: Option<(&jury_minutes::Model, &str)>,
) -> Result<jury_minutes::Model, MinutesError> {
    let (kind, revision) = (frame.kind, frame.revision);
    let content = gather::content(tx.conn(), whole, day, frame).await?;
    let frozen = content.freeze()?;
    let row = jury_minutes::Model {
        id: tx.new_id(),
        session_id: whole.session.id,
        revision,
        kind,
        state: MinutesState::ToSign,
        content: frozen.text,
        content_hash: frozen.hash,
        document_id: None,
        signed_document_id: None,
        rectifies_id: corrects.map(|(old, _)| old.id),
        rectifies_why: corrects.map(|(_, why)| why.to_owned()),
        frozen_at: tx.instant(),
        validated_on: None,
        validated_list: None,
    };
    let insert = jury_minutes::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Changes what may change of frozen minutes: where they stand, and the files of the text.
async fn keep(
    tx: &Tx,
    row: &jury_minutes::Model,
    change: impl FnOnce(&mut jury_minutes::Model),
) -> Result<jury_minutes::Model, MinutesError> {
    let mut row = row.clone();
    change(&mut row);
    jury_minutes::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(row)
}

/// Writes a passage after a change, its version grown.
async fn save_passage(tx: &Tx, row: &mut jury_passage::Model) -> Result<(), MinutesError> {
    row.version += 1;
    jury_passage::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}

/// Nobody is expected in this session any more.
async fn expect_nobody(tx: &Tx, whole: &mut Whole) -> Result<(), MinutesError> {
    jury_passage::Entity::update_many()
        .col_expr(jury_passage::Column::Live, Expr::value(false))
        .filter(jury_passage::Column::SessionId.eq(whole.session.id))
        .exec(tx.conn())
        .await?;
    for one in &mut whole.passages {
        one.row.live = false;
    }
    Ok(())
}
