//! The documents of a session, typeset after the commit that made them due: the receipt of a request, the summons of each
//! candidate and the pack of all of them, for those who are told on paper, the sheet of each incident. A summons is written for
//! people who read with difficulty: large letters, short sentences, one date on a line; where a detained person works is told
//! by no name.

mod incident;

use std::sync::Arc;

use entity::document;
use entity::ids::{CandidateId, JuryIncidentId, JurySessionId};
use entity::jury_session::{self, JuryState};
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::load::{Passing, Whole};
use super::{JuryError, actions, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::{email, issuer};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::or_unknown;
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::storage::issued;
use crate::worker::WorkError;

pub use incident::incident;

/// Name of the work that typesets one document.
pub const JOB: &str = "juries.issue_document";
/// What a candidate is given.
pub const SUMMONS: &str = "jury-summons";
/// All of them, to be printed at once.
pub const PACK: &str = "jury-summons-pack";
/// What a structure is given when it asks.
pub const RECEIPT: &str = "jury-request-receipt";
/// What whoever reads minutes is given of an incident.
pub const INCIDENT: &str = "jury-incident";

const ACTOR: &str = "juries.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    session_id: JurySessionId,
    candidate_id: Option<CandidateId>,
    incident_id: Option<JuryIncidentId>,
    document: String,
    version: i32,
}

fn order(session: &jury_session::Model, document: &str, candidate: Option<CandidateId>) -> Job {
    let payload = json!({
        "session_id": session.id,
        "candidate_id": candidate,
        "document": document,
        "version": session.version,
    });
    let mut job = Job::now(JOB, payload);
    let whom = candidate.map(|id| id.to_string()).unwrap_or_default();
    job.dedupe = Some(format!("document:{}:{document}:{}:{whom}", session.id, session.version));
    job
}

/// The work that typesets the receipt of a request.
#[must_use]
pub fn receipt(session: &jury_session::Model) -> Job {
    order(session, RECEIPT, None)
}

/// The work that typesets the summons of each candidate, and their pack.
#[must_use]
pub fn summons(whole: &Whole) -> Vec<Job> {
    let each = whole.passages.iter().map(|one| order(&whole.session, SUMMONS, Some(one.candidate.id)));
    std::iter::once(order(&whole.session, PACK, None)).chain(each).collect()
}

/// Issues the document that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let conn = app.db.read();
    let found =
        jury_session::Entity::find_by_id(order.session_id).one(conn).await.map_err(JuryError::from)?;
    let whole = Whole::around(conn, found.ok_or(JuryError::NotFound)?).await?;
    if let Some(id) = order.incident_id {
        return incident::issue(app, &whole, id, order.version).await;
    }
    let kind = order.document.as_str();
    let people: Vec<&Passing> = whole
        .passages
        .iter()
        .filter(|one| order.candidate_id.is_none_or(|id| id == one.candidate.id))
        .collect();
    // Moved or cancelled meanwhile: nobody is called to that date any more.
    if kind != RECEIPT && (whole.session.state != JuryState::Summoned || people.is_empty()) {
        return Ok(());
    }
    let title = labels::document(kind);
    let reference = match (order.candidate_id, people.first()) {
        (Some(_), Some(one)) => format!("{}-{}", whole.session.number, one.candidate.number),
        _ => whole.session.number.clone(),
    };
    let file_name = issued::file_name(title, &reference, order.version);
    let known = issued::already_issued(conn, ("jury_session", order.session_id.0), kind, &file_name).await;
    if known.map_err(JuryError::from)? {
        return Ok(());
    }
    let (template, at, data) = if kind == RECEIPT {
        (RECEIPT, *whole.session.requested_at, request_receipt(app, &whole))
    } else {
        let at = whole.session.summoned_at.map_or_else(|| app.now(), |at| *at);
        (SUMMONS, at, summons_of(app, &whole, &people))
    };
    let reference = reference.as_str();
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files: Vec::new(), at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if actions::issue_document(&mut tx, order.session_id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// The candidate whom a document is for; none for what is about the session.
#[must_use]
pub fn concerned<'a>(whole: &'a Whole, row: &document::Model) -> Option<&'a Passing> {
    let own = |one: &&Passing| row.file_name.contains(&format!("-{}-v", one.candidate.number));
    whole.passages.iter().find(own).filter(|_| row.kind == SUMMONS)
}

/// What a document is called: its kind, then whom it is for, or its day.
#[must_use]
pub fn name(whole: &Whole, row: &document::Model) -> String {
    let title = match labels::document(&row.kind) {
        labels::OTHER_DOCUMENT => row.title.as_str(),
        // Several on one day: each has its number.
        _ if row.kind == INCIDENT => row.title.as_str(),
        known => known,
    };
    match concerned(whole, row) {
        Some(one) => format!("{title}, {}", wording::name(&one.candidate)),
        None => format!("{title}, {}", french::date(day_in_zone(*row.created_at, &whole.session.zone))),
    }
}

/// The documents in the order in which they are read: by kind, each candidate at their turn, the newest first; a summons
/// that another one replaced is left out.
#[must_use]
pub fn in_order<'a>(whole: &Whole, rows: &'a [document::Model]) -> Vec<&'a document::Model> {
    let rank = |row: &document::Model| {
        let kind = [RECEIPT, PACK, SUMMONS].iter().position(|kind| *kind == row.kind).unwrap_or(3);
        (kind, concerned(whole, row).map_or(0, |one| one.row.position))
    };
    let mut found: Vec<&document::Model> = rows.iter().collect();
    found.sort_by_key(|row| (rank(row), std::cmp::Reverse(row.id)));
    found.dedup_by_key(|row| match concerned(whole, row) {
        Some(one) => Err(Some(one.row.id)),
        None if row.kind == PACK => Err(None),
        None => Ok(row.id),
    });
    found
}

/// What a summons says, for each of these people.
#[must_use]
pub fn summons_of(app: &App, whole: &Whole, people: &[&Passing]) -> Value {
    let session = &whole.session;
    let person = |one: &&Passing| {
        let candidate = &one.candidate;
        let place =
            if candidate.detained { labels::NEUTRAL_PLACE.to_owned() } else { wording::place(session) };
        json!({
            "name": wording::name(candidate),
            "number": candidate.number,
            "day": wording::long_day(session),
            "hour": one.row.starts_at.map(|at| wording::hour(*at, &session.zone)),
            "zone": wording::hour_of(&session.zone),
            "place": place,
            "mode": labels::mode(session.mode),
        })
    };
    json!({
        "issuer": issuer(&app.config),
        "number": session.number,
        "certification": whole.certification.short_title,
        "people": people.iter().map(person).collect::<Vec<_>>(),
        "contact": contact(app),
        "kept": texts().kept_jury,
    })
}

/// What the receipt of a request says.
#[must_use]
pub fn request_receipt(app: &App, whole: &Whole) -> Value {
    let session = &whole.session;
    let wishes: Vec<_> = whole
        .wishes
        .iter()
        .map(|wish| format!("{}, {}", french::long_date(wish.day), labels::half(wish.half).to_lowercase()))
        .collect();
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    json!({
        "issuer": issuer(&app.config),
        "number": session.number,
        "structure": whole.structure.name,
        "certification": whole.version.title,
        "requested": wording::instant(*session.requested_at, &session.zone),
        "expected": labels::candidates(usize::try_from(session.expected).unwrap_or_default()),
        "wishes": wishes,
        "mode": labels::mode(session.mode),
        "place": session.place,
        "room": known(&session.room),
        "accessibility": known(&session.accessibility),
        "contact": contact(app),
        "kept": texts().kept_jury,
    })
}

fn contact(app: &App) -> Value {
    json!({
        "name": app.config.organisation,
        "role": labels::TEAM,
        "email": email(&app.config),
        "phone": or_unknown(&app.config.organisation_phone),
    })
}
