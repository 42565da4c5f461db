//! Somebody of the certifier who did not sit checks the signed minutes: they conform (S17), or go back to the jury (S18).

use entity::ids::JurySessionId;
use entity::jury_minutes::MinutesState;
use entity::{jury_check, jury_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::input::{Check, TypedCheck};
use super::super::load::Book;
use super::super::{MinutesError, documents, labels};
use super::{Opened, keep, move_decided, open, record, step};
use crate::authz::{Denied, Permission};
use crate::db::Tx;
use crate::events::canonical_text;
use crate::features::candidates::state::Step;
use crate::features::juries::What;
use crate::features::juries::state::Event;

/// Says that the minutes conform, every point looked at.
///
/// # Errors
/// The faults, the state, [`MinutesError::OfTheJury`], a stale version, the refusal of the policy, what the database answers.
pub async fn control_ok(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedCheck,
) -> Result<jury_session::Model, MinutesError> {
    let opened = begin(tx, id, seen).await?;
    opened.book.whole.next(Event::ControlOk)?;
    let check = keep_check(tx, &opened.book, &typed.read(true)?, true).await?;
    let current = opened.book.current().ok_or(MinutesError::NotFound)?.row.clone();
    let minutes = keep(tx, &current, |row| row.state = MinutesState::Checked).await?;
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    let by = Some(check.checked_by);
    let line = step(tx, &mut whole, Event::ControlOk, |session| session.checked_by = by).await?;
    // What the joint body of the branch looks at before it validates.
    let jobs = if whole.rules.cpnef_validation {
        vec![documents::decisions(&whole.session, &minutes)]
    } else {
        Vec::new()
    };
    record(tx, &grant, &whole, line, What::MinutesChecked { check: &check }, jobs).await?;
    Ok(whole.session)
}

/// Sends the minutes back to the jury, with what is to be corrected; the decisions are looked at again.
///
/// # Errors
/// As [`control_ok`].
pub async fn control_ko(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedCheck,
) -> Result<jury_session::Model, MinutesError> {
    let opened = begin(tx, id, seen).await?;
    opened.book.whole.next(Event::ControlKo)?;
    let check = keep_check(tx, &opened.book, &typed.read(false)?, false).await?;
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    let why = (Some(labels::SENT_BACK), [].as_slice());
    move_decided(tx, &grant, &mut whole, Step::SendBack, why).await?;
    let line = step(tx, &mut whole, Event::ControlKo, |_| {}).await?;
    record(tx, &grant, &whole, line, What::MinutesSentBack { check: &check }, Vec::new()).await?;
    Ok(whole.session)
}

/// The session, for whoever may check and did not sit.
async fn begin(tx: &Tx, id: JurySessionId, seen: Option<i32>) -> Result<Opened, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesCheck, Book::facts).await?;
    if opened.book.sat(tx.actor()) { Err(MinutesError::OfTheJury) } else { Ok(opened) }
}

async fn keep_check(
    tx: &Tx,
    book: &Book,
    check: &Check,
    conform: bool,
) -> Result<jury_check::Model, MinutesError> {
    let current = book.current().ok_or(MinutesError::NotFound)?;
    let row = jury_check::Model {
        id: tx.new_id(),
        minutes_id: current.row.id,
        points: canonical_text(&check.points)?,
        conform,
        findings: check.findings.clone(),
        checked_by: tx.actor().account_id().ok_or(Denied::Forbidden(Permission::MinutesCheck))?,
        checked_at: tx.instant(),
    };
    let insert = jury_check::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    Ok(row)
}
