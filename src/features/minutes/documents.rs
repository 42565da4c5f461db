//! The documents of minutes, typeset after the commit that made them due: the text to sign, the signed one, the list of
//! decisions, the letter of each candidate. Everything comes from the frozen content; the seal is drawn from its fingerprint.

use std::sync::Arc;

use entity::candidate::JuryDecision;
use entity::ids::{CandidateId, JuryMinutesId, JurySessionId};
use entity::jury_minutes::{self, MinutesKind};
use entity::jury_session;
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::{Candidate, Unit};
use super::letters::Letter;
use super::load::{Book, Record, SUBJECT};
use super::wording as words;
use super::{MinutesError, actions, labels, queries};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::{email, issuer};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::or_unknown;
use crate::features::candidates::actions::issue_document::issue_document as keep_letter;
use crate::features::candidates::labels as words_of_candidates;
use crate::features::juries::labels as words_of_juries;
use crate::features::juries::wording;
use crate::render::{french, seal};
use crate::rules::drawing;
use crate::storage::issued::{self, Draft};
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "minutes.issue_document";
/// The text to sign.
pub const MINUTES: &str = "jury-minutes";
/// The same, signed.
pub const SIGNED: &str = "jury-minutes-signed";
/// Those of a jury without quorum.
pub const NO_QUORUM: &str = "jury-no-quorum";
/// The same, signed.
pub const NO_QUORUM_SIGNED: &str = "jury-no-quorum-signed";
/// The decisions, for the joint body of the branch.
pub const DECISIONS: &str = "jury-decisions";
/// What a candidate is told.
pub const LETTER: &str = "result-letter";

const ACTOR: &str = "minutes.documents";
/// The picture of the seal.
const SEAL: &str = "certificate.svg";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    session_id: JurySessionId,
    minutes_id: JuryMinutesId,
    candidate_id: Option<CandidateId>,
    document: String,
    version: i32,
}

fn order(
    session: &jury_session::Model,
    minutes: &jury_minutes::Model,
    document: &str,
    candidate: Option<CandidateId>,
) -> Job {
    let payload = json!({
        "session_id": session.id,
        "minutes_id": minutes.id,
        "candidate_id": candidate,
        "document": document,
        "version": session.version,
    });
    let mut job = Job::now(JOB, payload);
    let whom = candidate.map(|id| id.to_string()).unwrap_or_default();
    job.dedupe = Some(format!("document:{}:{document}:{}:{whom}", minutes.id, session.version));
    job
}

/// The work that typesets the text to sign, or the signed one.
#[must_use]
pub fn text(session: &jury_session::Model, minutes: &jury_minutes::Model, signed: bool) -> Job {
    let document = match (minutes.kind, signed) {
        (MinutesKind::Minutes, false) => MINUTES,
        (MinutesKind::Minutes, true) => SIGNED,
        (MinutesKind::NoQuorum, false) => NO_QUORUM,
        (MinutesKind::NoQuorum, true) => NO_QUORUM_SIGNED,
    };
    order(session, minutes, document, None)
}

/// The work that typesets the list of decisions.
#[must_use]
pub fn decisions(session: &jury_session::Model, minutes: &jury_minutes::Model) -> Job {
    order(session, minutes, DECISIONS, None)
}

/// The work that typesets the letter of a candidate.
#[must_use]
pub fn letter(session: &jury_session::Model, minutes: &jury_minutes::Model, candidate: CandidateId) -> Job {
    order(session, minutes, LETTER, Some(candidate))
}

/// Issues the document that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let book = Book::of(app.db.read(), order.session_id).await?;
    let found = book.records.iter().find(|record| record.row.id == order.minutes_id);
    let record = found.ok_or(MinutesError::NotFound)?;
    match order.candidate_id {
        Some(candidate) => issue_letter(app, &book, record, candidate).await,
        None => issue_text(app, &book, record, &order).await,
    }
}

async fn issue_text(app: &Arc<App>, book: &Book, record: &Record, order: &Order) -> Result<(), WorkError> {
    let kind = order.document.as_str();
    let content = &record.content;
    let reference = content.session.number.as_str();
    let title = labels::document(kind).unwrap_or(labels::MINUTES);
    // The text has one version for each revision; a list may be made again after a validation was taken back.
    let version = if kind == DECISIONS { order.version } else { content.revision };
    let file_name = issued::file_name(title, reference, version);
    let about = (SUBJECT, record.row.id.0);
    let known = issued::already_issued(app.db.read(), about, kind, &file_name).await;
    if known.map_err(MinutesError::from)? {
        return Ok(());
    }
    let signed = matches!(kind, SIGNED | NO_QUORUM_SIGNED);
    let (template, data) = match kind {
        DECISIONS => (DECISIONS, list(app, book, record)),
        NO_QUORUM | NO_QUORUM_SIGNED => (NO_QUORUM, text_of(app, record, signed)),
        _ => (MINUTES, text_of(app, record, signed)),
    };
    let files = vec![(SEAL, seal::svg_in_ink(&fingerprint(&record.row)).into_bytes())];
    let at = *record.row.frozen_at;
    let draft = Draft { kind, template, title, reference, file_name, data, files, at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(MinutesError::from)?;
    if actions::issue_document(&mut tx, order.session_id, record.row.id, new).await? {
        tx.commit().await.map_err(MinutesError::from)?;
    }
    Ok(())
}

async fn issue_letter(
    app: &Arc<App>,
    book: &Book,
    record: &Record,
    candidate: CandidateId,
) -> Result<(), WorkError> {
    let one = book.whole.passages.iter().find(|one| one.candidate.id == candidate);
    let one = one.ok_or(MinutesError::NotFound)?;
    let frozen = record.content.candidates.iter().find(|frozen| frozen.number == one.candidate.number);
    let frozen = frozen.ok_or(MinutesError::NotFound)?;
    let told_at = one.candidate.notified_at.map_or_else(|| app.now(), |at| *at);
    let rules = queries::result_rules(app.db.read(), book.whole.session.id).await?;
    let Some(letter) = Letter::of(app, frozen, one, &rules, told_at) else { return Ok(()) };
    let title = labels::document(LETTER).unwrap_or_default();
    let reference = format!("{}-{}", record.content.session.number, one.candidate.number);
    let file_name = issued::file_name(title, &reference, record.content.revision);
    let about = ("candidate", candidate.0);
    let known = issued::already_issued(app.db.read(), about, LETTER, &file_name).await;
    if known.map_err(MinutesError::from)? {
        return Ok(());
    }
    let data = letter.data(app, &record.content, told_at, &words::day(&record.content.session.day));
    let draft = Draft {
        kind: LETTER,
        template: LETTER,
        title,
        reference: &reference,
        file_name,
        data,
        files: Vec::new(),
        at: told_at,
    };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(MinutesError::from)?;
    if keep_letter(&mut tx, candidate, new).await? {
        tx.commit().await.map_err(MinutesError::from)?;
    }
    Ok(())
}

/// The fingerprint of the content, from which the seal is drawn on paper as on screen.
#[must_use]
pub fn fingerprint(row: &jury_minutes::Model) -> [u8; 32] {
    row.content_hash.as_slice().try_into().unwrap_or_default()
}

/// Whom people write to about a jury.
pub(super) fn contact(app: &App) -> Value {
    json!({
        "name": app.config.organisation,
        "role": labels::TEAM,
        "email": email(&app.config),
        "phone": or_unknown(&app.config.organisation_phone),
    })
}

fn known(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// What the minutes say on paper.
fn text_of(app: &App, record: &Record, signed: bool) -> Value {
    let content = &record.content;
    let digest = fingerprint(&record.row);
    let corrects = content.corrects.as_ref().map(|old| {
        json!({
            "revision": old.revision.to_string(),
            "fingerprint": seal::fingerprint_groups(&old.content_sha256),
            "reason": old.reason,
        })
    });
    let absent = content.absent.iter().map(|one| {
        json!({ "name": one.name, "seat": words_of_juries::seat(one.seat), "reason": known(&one.reason) })
    });
    let incidents = content.incidents.iter().map(|one| {
        json!({
            "at": words::hour(&one.at),
            "kind": labels::text::incident(one.kind),
            "candidate": one.candidate,
            "description": one.description,
        })
    });
    json!({
        "issuer": issuer(&app.config),
        "number": content.session.number,
        "revision": content.revision.to_string(),
        "certifier": content.certifier,
        "branch": content.branch,
        "certification": {
            "title": content.certification.title,
            "version": content.certification.version,
            "registration": content.certification.registration,
        },
        "structure": { "name": content.structure.name, "agreement": content.structure.agreement },
        "when": words::when(content),
        "place": or_unknown(&content.session.place),
        "mode": words_of_juries::mode(content.session.mode),
        "quorum": {
            "present": content.quorum.present.to_string(),
            "total": content.quorum.total.to_string(),
            "employers": content.quorum.employers.to_string(),
            "employees": content.quorum.employees.to_string(),
            "reached": content.quorum.reached,
        },
        "members": members(record, signed),
        "absent": absent.collect::<Vec<_>>(),
        "observers": content.observers,
        "candidates": content.candidates.iter().map(candidate).collect::<Vec<_>>(),
        "incidents": incidents.collect::<Vec<_>>(),
        "counts": [
            content.counts.enrolled, content.counts.present, content.counts.total, content.counts.partial,
            content.counts.refused, content.counts.adjourned,
        ],
        "remarks": known(&content.remarks),
        "lacked": known(&content.lacked),
        "corrects": corrects,
        "signed": signed,
        "seal": {
            "fingerprint": seal::fingerprint_groups(&hex::encode(digest)),
            "alt": seal::alternative_text(&digest),
        },
        "kept": texts().kept_jury,
    })
}

/// The members, with what each answered once everybody did.
fn members(record: &Record, signed: bool) -> Vec<Value> {
    let zone = record.content.session.zone.as_str();
    let one = |member: &super::content::Member| {
        let answer = record.signature_of(member.id.into()).filter(|_| signed);
        let words =
            answer.map(|row| labels::text::signed_at(row.kind, &wording::instant(*row.signed_at, zone)));
        let strokes = answer.and_then(|row| drawing::read(&row.drawing).ok()).unwrap_or_default();
        json!({
            "name": member.name,
            "quality": member.quality,
            "seat": words_of_juries::seat(member.seat),
            "impartial": member.impartial,
            "answer": words,
            "reason": answer.and_then(|row| row.reason.clone()),
            "strokes": strokes,
        })
    };
    record.signers().map(one).collect()
}

fn candidate(one: &Candidate) -> Value {
    let unit = |unit: &Unit| json!({ "code": unit.code, "title": unit.title, "acquired": unit.acquired });
    let abstention =
        |out: &super::content::Abstention| json!({ "member": out.member, "reason": known(&out.reason) });
    json!({
        "number": one.number,
        "name": format!("{} {}", one.first_names, one.birth_name).trim(),
        "birth": words::birth(&one.birth_date),
        "present": one.presence == entity::jury_passage::Presence::Present,
        "absence": one.presence_reason,
        "decision": decision_of(one.decision),
        "reason": one.reason,
        "units": one.units.iter().map(unit).collect::<Vec<_>>(),
        "votes": labels::text::votes(one.votes),
        "abstentions": one.abstentions.iter().map(abstention).collect::<Vec<_>>(),
        "recommendations": known(&one.recommendations),
        "observations": known(&one.observations),
        "adapted": one.adapted,
    })
}

/// The list of decisions, for the joint body of the branch.
fn list(app: &App, book: &Book, record: &Record) -> Value {
    let content = &record.content;
    let digest = fingerprint(&record.row);
    let decided = content.candidates.iter().map(|one| {
        let acquired = one.units.iter().filter(|unit| unit.acquired == Some(true));
        json!({
            "number": one.number,
            "name": format!("{} {}", one.first_names, one.birth_name).trim(),
            "birth": words::birth(&one.birth_date),
            "decision": decision_of(one.decision),
            "acquired": acquired.map(|unit| unit.code.clone()).collect::<Vec<_>>(),
        })
    });
    json!({
        "issuer": issuer(&app.config),
        "number": content.session.number,
        "certification": {
            "title": content.certification.title,
            "version": content.certification.version,
            "registration": content.certification.registration,
        },
        "joint_body": texts().joint_body,
        "on": words::day(&content.session.day),
        "decisions": decided.collect::<Vec<_>>(),
        "validated": record.row.validated_on.map(|on| {
            json!({ "on": french::date(on), "list": record.row.validated_list })
        }),
        "delivered_on": book.whole.session.delivered_on.map(french::date),
        "seal": {
            "fingerprint": seal::fingerprint_groups(&hex::encode(digest)),
            "alt": seal::alternative_text(&digest),
        },
        "kept": texts().kept_jury,
    })
}

/// What was decided of somebody, in words.
fn decision_of(decision: Option<JuryDecision>) -> &'static str {
    decision.map_or(labels::NO_DECISION, |decision| words_of_candidates::decision(decision).word)
}
