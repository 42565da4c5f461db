//! Everybody is told (S21): the candidates are moved, each has a message and a letter, the certificates are delivered, in one
//! transaction. The files are typeset after the commit.

use std::collections::HashSet;

use entity::candidate::JuryDecision;
use entity::certificate::CertificateKind;
use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_session;

use super::super::events::{MinutesEvent, What as Own};
use super::super::letters::{Letter, is_told};
use super::super::load::Book;
use super::super::{MinutesError, documents, labels, queries};
use super::{expect_nobody, is_decided, move_decided, open, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::candidates::state::{Guard, Step};
use crate::features::certificates::CertificateError;
use crate::features::certificates::actions::issue;
use crate::features::juries::state::Event;
use crate::features::juries::{What, Whole};
use crate::worker::seal::keys::JournalKey;

/// Tells the decisions and delivers what they give. A civil status that lacks something holds back its own certificate, for
/// another delivery; when it holds back all of them, this is told and nobody is written to.
///
/// # Errors
/// What lacks to deliver, the state, a stale version, the refusal of the policy, what the database answers.
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
    let contradicted = contradicted(tx, &whole).await?;
    if !contradicted.is_empty() {
        return Err(MinutesError::Lacking(contradicted));
    }
    // Whoever was told before the minutes were corrected is not told again.
    let told: HashSet<_> =
        whole.passages.iter().filter(|one| is_decided(one.candidate.state)).map(|one| one.row.id).collect();
    match issue(tx, key, id).await {
        // Delivered before, or nobody acquired anything.
        Ok(_) | Err(CertificateError::NothingToIssue) => {}
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

/// The certificates that say more than the jury says now: they are revoked first.
async fn contradicted(tx: &Tx, whole: &Whole) -> Result<Vec<String>, MinutesError> {
    let ids: Vec<_> = whole.passages.iter().map(|one| one.row.id).collect();
    let standing = queries::standing_certificates(tx.conn(), &ids).await?;
    let decided = |id: Option<JuryPassageId>| {
        whole.passages.iter().find(|one| Some(one.row.id) == id).and_then(|one| one.row.decision)
    };
    let wrong = standing.iter().filter(|one| {
        let decision = decided(one.passage_id);
        match one.kind {
            CertificateKind::Full => decision != Some(JuryDecision::Total),
            CertificateKind::Blocs => !matches!(decision, Some(JuryDecision::Total | JuryDecision::Partial)),
        }
    });
    Ok(wrong.map(|one| labels::revoke_first(&one.number)).collect())
}
