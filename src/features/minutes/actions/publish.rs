//! Everybody is told (S21): the candidates are moved, each has a message and a letter, the certificates are delivered, in one
//! transaction. The files are typeset after the commit.

use std::collections::HashSet;

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::events::{MinutesEvent, What as Own};
use super::super::letters::{Letter, is_told};
use super::super::load::Book;
use super::super::readiness::contradicted;
use super::super::{MinutesError, documents, queries};
use super::{expect_nobody, is_decided, move_decided, open, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::candidates::state::{Guard, Step};
use crate::features::certificates::CertificateError;
use crate::features::certificates::actions::issue;
use crate::features::juries::What;
use crate::features::juries::state::Event;
use crate::worker::seal::keys::JournalKey;

/// Tells the decisions and delivers what they give. A civil status that lacks something holds back its own certificate, for
/// another delivery, and no result: the time to appeal runs from the day on which one is told.
///
/// # Errors
/// A certificate that says otherwise, the state, a stale version, the refusal of the policy, what the database answers.
pub async fn publish(
    tx: &mut Tx,
    key: &JournalKey,
    id: JurySessionId,
    seen: Option<i32>,
) -> Result<jury_session::Model, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesPublish, Book::facts).await?;
    let current = opened.book.current().cloned();
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    whole.next(Event::Notify)?;
    let current = current.ok_or(MinutesError::NotFound)?;
    let contradicted = contradicted(tx.conn(), &whole).await?;
    if !contradicted.is_empty() {
        return Err(MinutesError::Lacking(contradicted));
    }
    // Whoever was told before the minutes were corrected is not told again.
    let told: HashSet<_> =
        whole.passages.iter().filter(|one| is_decided(one.candidate.state)).map(|one| one.row.id).collect();
    match issue(tx, key, id).await {
        // Delivered before, nobody acquired anything, or everything that is left waits for a civil status.
        Ok(_) | Err(CertificateError::NothingToIssue | CertificateError::Incomplete(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let rules = queries::result_rules(tx.conn(), id).await?;
    move_decided(tx, &grant, &mut whole, Step::Notify, (None, &[Guard::MinutesConform])).await?;
    expect_nobody(tx, &mut whole).await?;
    let now = tx.instant();
    let line = step(tx, &mut whole, Event::Notify, |session| session.closed_at = Some(now)).await?;
    let mut letters = Vec::new();
    for one in whole.passages.iter().filter(|one| told.contains(&one.row.id)) {
        let mut frozen = current.content.candidates.iter().filter(|row| row.number == one.candidate.number);
        let told = frozen.next().filter(|row| row.decision.is_some_and(is_told));
        letters.extend(told.and_then(|row| Letter::of(tx.app(), row, one, &rules, tx.now())));
    }
    let job = |letter: &Letter| documents::letter(&whole.session, &current.row, letter.candidate);
    let jobs = letters.iter().map(job).collect();
    record(tx, &grant, &whole, line, What::Closed, Vec::new()).await?;
    let event = MinutesEvent::of(tx, &whole, Own::ResultsTold { letters: &letters, jobs });
    tx.record(&grant, &event).await?;
    Ok(whole.session)
}
