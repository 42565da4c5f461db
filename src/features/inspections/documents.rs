//! The documents of inspections and of draws, typeset after the commit that made them due.

use std::sync::Arc;

use entity::ids::{DrawId, InspectionId};
use entity::nonconformity::{self, NonconformityState};
use entity::{agreement_request, draw, expert, inspection, inspection_answer, inspection_comment};
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::actions::issue_document::{issue_document, issue_record};
use super::dossier::Dossier;
use super::error::InspectionError;
use super::labels::documents as words;
use super::{labels, queries};
use crate::app::App;
use crate::authz::Actor;
use crate::events::{Job, unix_millis};
use crate::features::agreements::documents::facts::{email, issuer, signatory};
use crate::features::agreements::documents::wording::{mode, or_unknown};
use crate::features::agreements::{grid, wording};
use crate::render::french;
use crate::rules::draw::{ALGORITHM, Draw};
use crate::rules::grid::Tally;
use crate::rules::phone;
use crate::rules::territory::PARIS;
use crate::storage::issued::{self, Draft};
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "inspections.issue_document";
/// What documents of an inspection are about.
pub const SUBJECT: &str = "inspection";
/// What the record of a draw is about.
pub const DRAW_SUBJECT: &str = "draw";
/// The date that the structure is told.
pub const NOTICE: &str = "inspection-notice";
/// The report before the structure is heard.
pub const PROVISIONAL: &str = "inspection-file.provisional";
/// The report after it.
pub const FINAL: &str = "inspection-file.final";
/// The end, once the actions were checked.
pub const CLOSING: &str = "inspection-file.closing";
/// The record of a draw.
pub const RECORD: &str = "draw-record";
/// A photo.
pub const PHOTO: &str = "inspection-photo";
/// What proves an action.
pub const EVIDENCE: &str = "corrective-evidence";

/// The template of the three reports.
const FILE: &str = "inspection-file";
const ACTOR: &str = "inspections.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    #[serde(default)]
    inspection_id: Option<InspectionId>,
    #[serde(default)]
    draw_id: Option<DrawId>,
    document: String,
    version: i32,
    at: i64,
}

impl Order {
    fn at(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.at) * 1_000_000).ok()
    }
}

/// The work that typesets a document of an inspection at its version, after an act of this instant.
#[must_use]
pub fn order(row: &inspection::Model, document: &str, at: OffsetDateTime) -> Job {
    let payload = json!({
        "inspection_id": row.id,
        "document": document,
        "version": row.version,
        "at": unix_millis(at.into()),
    });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("document:{}:{document}:{}", row.id, row.version));
    job
}

/// The work that typesets the record of a draw.
#[must_use]
pub fn record_order(row: &draw::Model) -> Job {
    let payload = json!({
        "draw_id": row.id,
        "document": RECORD,
        "version": 1,
        "at": row.drawn_at.map(unix_millis).unwrap_or_default(),
    });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("document:{}:{RECORD}", row.id));
    job
}

/// Issues the document that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    match (order.inspection_id, order.draw_id) {
        (Some(id), _) => issue_of(app, &order, id).await,
        (None, Some(id)) => issue_draw(app, &order, id).await,
        (None, None) => Err(WorkError::GiveUp("a document of nothing".to_owned())),
    }
}

async fn issue_of(app: &Arc<App>, order: &Order, id: InspectionId) -> Result<(), WorkError> {
    let conn = app.db.read();
    let found = inspection::Entity::find_by_id(id).one(conn).await.map_err(InspectionError::from)?;
    let dossier = Dossier::around(conn, found.ok_or(InspectionError::NotFound)?).await?;
    let kind = order.document.as_str();
    let title = words::title(kind).unwrap_or_default();
    let reference = dossier.inspection.number.as_str();
    let file_name = issued::file_name(title, reference, order.version);
    let known = issued::already_issued(conn, (SUBJECT, id.0), kind, &file_name).await;
    if known.map_err(InspectionError::from)? {
        return Ok(());
    }
    let at = order.at().unwrap_or_else(|| app.now());
    let (template, data) = match kind {
        NOTICE => (NOTICE, notice(app, &dossier, at).await?),
        PROVISIONAL => (FILE, file(app, &dossier, "provisional", at).await?),
        FINAL => (FILE, file(app, &dossier, "final", at).await?),
        CLOSING => (FILE, file(app, &dossier, "closing", at).await?),
        _ => return Err(WorkError::GiveUp(format!("unknown document {kind}"))),
    };
    let draft = Draft { kind, template, title, reference, file_name, data, files: Vec::new(), at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(InspectionError::from)?;
    if issue_document(&mut tx, id, new).await? {
        tx.commit().await.map_err(InspectionError::from)?;
    }
    Ok(())
}

async fn issue_draw(app: &Arc<App>, order: &Order, id: DrawId) -> Result<(), WorkError> {
    let conn = app.db.read();
    let found = draw::Entity::find_by_id(id).one(conn).await.map_err(InspectionError::from)?;
    let row = found.ok_or(InspectionError::NotFound)?;
    let title = words::title(RECORD).unwrap_or_default();
    let reference = row.number.as_str();
    let file_name = issued::file_name(title, reference, order.version);
    let known = issued::already_issued(conn, (DRAW_SUBJECT, id.0), RECORD, &file_name).await;
    if known.map_err(InspectionError::from)? {
        return Ok(());
    }
    let at = order.at().unwrap_or_else(|| app.now());
    let data = record(app, &row, at)?;
    let draft =
        Draft { kind: RECORD, template: RECORD, title, reference, file_name, data, files: Vec::new(), at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(InspectionError::from)?;
    if issue_record(&mut tx, id, new).await? {
        tx.commit().await.map_err(InspectionError::from)?;
    }
    Ok(())
}

/// Whom people write to.
fn contact(app: &App) -> Value {
    json!({
        "name": app.config.organisation,
        "role": words::TEAM,
        "email": email(&app.config),
        "phone": or_unknown(&phone::grouped(&app.config.organisation_phone)),
    })
}

async fn controller(app: &App, row: &inspection::Model) -> Result<String, InspectionError> {
    let Some(id) = row.controller_id else { return Ok(words::NOT_FIXED.to_owned()) };
    let found = expert::Entity::find_by_id(id).one(app.db.read()).await?;
    Ok(found.map_or_else(|| words::NOT_FIXED.to_owned(), |one| one.name()))
}

/// What every document of an inspection begins with.
async fn common(app: &App, dossier: &Dossier) -> Result<Value, InspectionError> {
    let row = &dossier.inspection;
    let when = row.starts_at.map(|at| wording::instant(*at, &dossier.structure.zone));
    let request =
        agreement_request::Entity::find_by_id(dossier.agreement.request_id).one(app.db.read()).await?;
    let representative = request.map(|one| one.signatory_name).unwrap_or_default();
    Ok(json!({
        "issuer": issuer(&app.config),
        "number": row.number,
        "agreement": dossier.agreement.number,
        "trigger": labels::trigger(row.origin),
        "structure": dossier.structure.name,
        "representative": or_unknown(&representative),
        "certification": dossier.version.title,
        "when": when.unwrap_or_else(|| words::NOT_FIXED.to_owned()),
        "place": or_unknown(&row.place),
        "mode": mode(Some(row.mode)),
        "controller": controller(app, row).await?,
        "contact": contact(app),
        "kept": words::KEPT,
    }))
}

fn with(mut data: Value, own: Value) -> Value {
    if let (Some(all), Value::Object(own)) = (data.as_object_mut(), own) {
        all.extend(own);
    }
    data
}

/// What the structure reads before the inspection: when, what is prepared, how files are chosen.
async fn notice(app: &App, dossier: &Dossier, at: OffsetDateTime) -> Result<Value, InspectionError> {
    let row = &dossier.inspection;
    let own = json!({
        "pieces": wording::items(&row.pieces_asked),
        "sample": Some(row.sample_rule.clone()).filter(|text| !text.is_empty()),
        "accepted_by": row.accepted_by,
        "signatory": signatory(&app.config.organisation, words::TEAM, at),
    });
    Ok(with(common(app, dossier).await?, own))
}

/// The report at a stage: provisional, final, closing.
async fn file(
    app: &App,
    dossier: &Dossier,
    stage: &str,
    at: OffsetDateTime,
) -> Result<Value, InspectionError> {
    let conn = app.db.read();
    let row = &dossier.inspection;
    let answers = queries::answers(conn, row.id).await?;
    let gaps = queries::gaps(conn, row.id).await?;
    let comments = queries::comments(conn, row.id).await?;
    let scores: Vec<_> = answers.iter().map(|one| super::actions::rule_score(one.score)).collect();
    let tally = Tally::of(&scores);
    let closing = stage == "closing";
    let conclusion = if closing { &row.closing } else { &row.conclusion };
    let by_team = stage != "provisional";
    let name = if by_team { app.config.organisation.clone() } else { controller(app, row).await? };
    let role = if by_team { words::TEAM } else { words::CONTROLLER };
    let own = json!({
        "stage": stage,
        "persons_met": row.persons_met,
        "summary": or_unknown(row.report.as_deref().unwrap_or_default()),
        "domains": if closing { Vec::new() } else { domains(dossier, &answers) },
        "totals": {
            "conforming": tally.conforming,
            "minor": tally.minor,
            "major": tally.major,
            "not_applicable": tally.not_applicable,
        },
        "rating": row.rating.map_or(words::NOT_FIXED, |rating| labels::rating(rating).word),
        "gaps": gaps.iter().map(|gap| gap_of(gap, closing)).collect::<Vec<_>>(),
        "conclusion": conclusion.clone().filter(|_| by_team),
        "comments": comments.iter().map(|one| comment(one, dossier)).collect::<Vec<_>>(),
        "comments_until": row.comments_due_at.filter(|_| !by_team).map(|until| wording::instant(*until, &dossier.structure.zone)),
        "how_to_comment": words::HOW_TO_COMMENT,
        "signatory": signatory(&name, role, at),
    });
    Ok(with(common(app, dossier).await?, own))
}

/// The domains of the grid and what was answered.
fn domains(dossier: &Dossier, answers: &[inspection_answer::Model]) -> Vec<Value> {
    let row = &dossier.inspection;
    let day = row.starts_at.map_or(*row.created_at, |at| *at);
    let grid = grid::named(row.grid.as_deref(), dossier.today(day));
    let criterion = |one: &grid::Criterion| {
        let found = answers.iter().find(|answer| answer.criterion == one.code);
        let text =
            |text: fn(&inspection_answer::Model) -> &String| found.map(text).filter(|text| !text.is_empty());
        json!({
            "code": one.code,
            "wording": one.said_of(&dossier.version.title),
            "minor": one.minor,
            "score": found.map_or("SO", |answer| words::score(answer.score)),
            "evidence": text(|answer| &answer.evidence),
            "comment": text(|answer| &answer.comment),
        })
    };
    let domain = |one: &grid::Domain| {
        let criteria: Vec<_> = one.criterion.iter().map(criterion).collect();
        json!({ "code": one.code, "title": one.title, "criteria": criteria })
    };
    grid.domain.iter().map(domain).collect()
}

fn gap_of(gap: &nonconformity::Model, closing: bool) -> Value {
    let dropped = gap.state == NonconformityState::Dropped;
    let due = match gap.due_on {
        _ if closing || dropped => labels::gap(gap.state).word.to_owned(),
        Some(day) => french::date(day),
        None => words::NOT_FIXED.to_owned(),
    };
    json!({
        "criterion": gap.criterion,
        "severity": labels::severity(gap.severity).word,
        "finding": or_unknown(&gap.finding),
        "due": due,
    })
}

fn comment(one: &inspection_comment::Model, dossier: &Dossier) -> Value {
    json!({
        "at": wording::instant(*one.commented_at, &dossier.structure.zone),
        "text": one.text,
    })
}

/// All that anybody needs to draw the same again.
fn record(app: &App, row: &draw::Model, at: OffsetDateTime) -> Result<Value, InspectionError> {
    let unreadable = |_| crate::db::Error::Inconsistent {
        table: "draw",
        id: row.number.clone(),
        what: "result that cannot be read",
    };
    let drawn: Draw = serde_json::from_str(row.result.as_deref().unwrap_or_default()).map_err(unreadable)?;
    let day = |at: Option<entity::Instant>| at.map(|at| wording::instant(*at, PARIS)).unwrap_or_default();
    let shares: Vec<_> = drawn
        .shares
        .iter()
        .map(|one| {
            json!({
                "stratum": labels::stratum(&one.stratum),
                "population": one.population.to_string(),
                "seats": one.seats.to_string(),
            })
        })
        .collect();
    let picks: Vec<_> = drawn
        .picks
        .iter()
        .enumerate()
        .map(|(at, one)| {
            json!({
                "position": (at + 1).to_string(),
                "key": one.key,
                "stratum": labels::stratum(&one.stratum),
                "ticket": one.ticket,
            })
        })
        .collect();
    Ok(json!({
        "issuer": issuer(&app.config),
        "number": row.number,
        "title": row.title,
        "subject": labels::drawn(row.subject),
        "algorithm": ALGORITHM,
        "seed": row.seed,
        "seed_source": row.seed_source,
        "population_on": french::date(row.population_on),
        "published_at": day(row.published_at),
        "drawn_at": day(row.drawn_at),
        "rules": row.rules,
        "inputs": row.inputs,
        "inputs_hash": row.inputs_hash,
        "result_hash": row.result_hash,
        "shares": shares,
        "picks": picks,
        "how": words::HOW_TO_CHECK,
        "signatory": signatory(&app.config.organisation, words::TEAM, at),
        "contact": contact(app),
    }))
}
