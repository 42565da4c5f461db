//! The same jury corrects its minutes (S19): a new text that names the first, which is kept, and signed again.

use std::collections::{BTreeMap, BTreeSet};

use entity::candidate::{CandidateState, JuryDecision};
use entity::ids::{JuryPassageId, JurySessionId};
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::{jury_ruling, jury_session};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::content::Corrects;
use super::super::gather::{self, Day, Frame};
use super::super::input::{Ruling, TypedCorrection};
use super::super::load::Book;
use super::super::{MinutesError, documents, labels, queries};
use super::{decide, freeze, keep, open, record, save_passage, step, unready};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::certificates::gather::Source;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Event;
use crate::features::juries::{What, Whole};
use crate::rules::referential::Document;

/// Corrects the minutes: the decisions that change, then the new text, which waits for the members.
///
/// # Errors
/// The faults, [`MinutesError::Lacking`], the state, a stale version, the refusal of the policy, what the database answers.
pub async fn rectify(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedCorrection,
) -> Result<jury_session::Model, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesClose, Book::facts_of_president).await?;
    opened.book.whole.next(Event::Rectify)?;
    let correction = typed.read()?;
    let first = opened.book.current().ok_or(MinutesError::NotFound)?.row.clone();
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    let referential = Source::load(tx.conn(), id).await?.referential;
    let units = units(&referential);
    let before = Day::load(tx.conn(), &whole).await?;
    let annulled = queries::annulled(tx.conn(), &whole).await?;
    let over = |ruling: &Ruling| {
        is_over(&whole, &annulled, ruling.passage) && changes(&whole, &referential, &before, ruling)
    };
    check(&whole, &units, &correction.rulings, over)?;
    for ruling in &correction.rulings {
        if changes(&whole, &referential, &before, ruling) {
            apply(tx, &mut whole, &units, ruling).await?;
        }
    }
    let day = Day::load(tx.conn(), &whole).await?;
    let lacking = unready(&whole, &day);
    if !lacking.is_empty() {
        return Err(MinutesError::Lacking(lacking));
    }
    decide(tx, &grant, &mut whole, CandidateState::UnderReview).await?;
    let (remarks, reason) = (correction.remarks, correction.reason);
    let line = step(tx, &mut whole, Event::Rectify, |session| {
        session.remarks = remarks;
        session.signed_at = None;
    })
    .await?;
    keep(tx, &first, |row| row.state = MinutesState::Replaced).await?;
    let frame = Frame {
        kind: MinutesKind::Minutes,
        revision: first.revision + 1,
        ended: whole.session.frozen_at.map_or_else(|| tx.now(), |at| *at),
        frozen: tx.now(),
        corrects: Some(Corrects {
            revision: first.revision,
            content_sha256: hex::encode(&first.content_hash),
            reason: reason.clone(),
        }),
        organisation: tx.app().config.organisation.clone(),
    };
    let minutes = freeze(tx, &whole, &day, frame, Some((&first, &reason))).await?;
    let jobs = vec![documents::text(&whole.session, &minutes, false)];
    let what = What::MinutesRectified { minutes: &minutes, reason: &reason };
    record(tx, &grant, &whole, line, what, jobs).await?;
    Ok(whole.session)
}

/// Codes of the units of the referential, and whether each is mandatory.
fn units(referential: &Document) -> BTreeMap<String, bool> {
    if referential.blocs.is_empty() {
        return referential.skills.iter().map(|skill| (skill.code.clone(), true)).collect();
    }
    referential.blocs.iter().map(|bloc| (bloc.code.clone(), !bloc.optional)).collect()
}

/// Whether something is said of a candidate that was not said before.
fn changes(whole: &Whole, referential: &Document, before: &Day, ruling: &Ruling) -> bool {
    let Some(one) = whole.passages.iter().find(|one| one.row.id == ruling.passage) else { return false };
    let known = gather::units(referential, one.row.decision, &before.ruled(ruling.passage));
    let known: BTreeSet<&str> =
        known.iter().filter(|unit| unit.acquired == Some(true)).map(|unit| unit.code.as_str()).collect();
    let said: BTreeSet<&str> = ruling.acquired.iter().map(String::as_str).collect();
    let reason = one.row.decision_reason.as_deref().filter(|reason| !reason.is_empty());
    one.row.decision != Some(ruling.decision)
        || reason != ruling.reason.as_deref()
        || one.row.observations != ruling.observations
        || one.row.recommendations != ruling.recommendations
        || (ruling.decision == JuryDecision::Partial && known != said)
}

/// Whether the jury says no more of somebody: they were told and did not appeal, or their passage is annulled.
#[must_use]
pub fn is_over(whole: &Whole, annulled: &[JuryPassageId], passage: JuryPassageId) -> bool {
    let one = whole.passages.iter().find(|one| one.row.id == passage);
    annulled.contains(&passage) || one.is_some_and(|one| one.candidate.state != CandidateState::UnderReview)
}

/// Everything wrong with what is named: somebody who did not come or about whom nothing changes any more, a unit of another
/// referential.
fn check(
    whole: &Whole,
    units: &BTreeMap<String, bool>,
    rulings: &[Ruling],
    over: impl Fn(&Ruling) -> bool,
) -> Result<(), MinutesError> {
    let mut faults = Faults::default();
    for (rank, ruling) in rulings.iter().enumerate() {
        let passed = |one: &Passing| one.row.id == ruling.passage && one.row.decision.is_some();
        if !whole.passages.iter().any(passed) {
            faults.push(format!("/rulings/{rank}/passage_id"), "unknown", labels::lacks::UNKNOWN_PASSAGE);
        } else if over(ruling) {
            faults.push(format!("/rulings/{rank}/passage_id"), "over", labels::lacks::NOT_REOPENED);
        }
        if ruling.acquired.iter().any(|code| !units.contains_key(code)) {
            faults.push(format!("/rulings/{rank}/acquired"), "unknown", labels::lacks::UNKNOWN_UNIT);
        }
    }
    Ok(faults.or(Some(()))?)
}

/// Writes what the jury says now of one candidate.
async fn apply(
    tx: &Tx,
    whole: &mut Whole,
    units: &BTreeMap<String, bool>,
    ruling: &Ruling,
) -> Result<(), MinutesError> {
    let one = whole.passages.iter_mut().find(|one| one.row.id == ruling.passage);
    let Some(one) = one else { return Ok(()) };
    one.row.decision = Some(ruling.decision);
    one.row.decision_reason.clone_from(&ruling.reason);
    one.row.observations.clone_from(&ruling.observations);
    one.row.recommendations.clone_from(&ruling.recommendations);
    one.row.decided_at = Some(tx.instant());
    save_passage(tx, &mut one.row).await?;
    jury_ruling::Entity::delete_many()
        .filter(jury_ruling::Column::PassageId.eq(ruling.passage))
        .exec(tx.conn())
        .await?;
    if ruling.decision == JuryDecision::Adjourned {
        return Ok(());
    }
    let total = ruling.decision == JuryDecision::Total;
    for (unit, mandatory) in units {
        let acquired = (total && *mandatory) || ruling.acquired.contains(unit);
        let row = jury_ruling::Model {
            id: tx.new_id(),
            passage_id: ruling.passage,
            unit: unit.clone(),
            acquired: acquired && ruling.decision != JuryDecision::Refused,
            comment: String::new(),
        };
        let insert = jury_ruling::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
