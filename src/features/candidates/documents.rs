//! The documents of a candidate, typeset after the commit that made them due.

use std::sync::Arc;

use entity::candidate;
use entity::candidate_positioning::Positioned;
use entity::ids::CandidateId;
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::issue_document::issue_document;
use super::dossier::Dossier;
use super::{CandidateError, input, labels, names, queries, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::issuer;
use crate::render::french;
use crate::rules::civil_status::completeness::completeness;
use crate::storage::issued;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "candidates.issue_document";
/// What says that somebody is enrolled.
pub const RECEIPT: &str = "candidate-receipt";
/// What the positioning found.
pub const SHEET: &str = "positioning-sheet";

const ACTOR: &str = "candidates.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    candidate_id: CandidateId,
    document: String,
    version: i32,
}

/// The work that typesets a document of a candidate at its version.
#[must_use]
pub fn order(row: &candidate::Model, document: &str) -> Job {
    let payload = json!({ "candidate_id": row.id, "document": document, "version": row.version });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("document:{}:{document}:{}", row.id, row.version));
    job
}

/// Issues the document that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let conn = app.db.read();
    let found = candidate::Entity::find_by_id(order.candidate_id).one(conn).await;
    let found = found.map_err(CandidateError::from)?;
    let dossier = Dossier::around(conn, found.ok_or(CandidateError::NotFound)?).await?;
    let (kind, reference) = (order.document.as_str(), dossier.candidate.number.as_str());
    let title = wording::document(kind);
    let file_name = issued::file_name(title, reference, order.version);
    let known = issued::already_issued(conn, ("candidate", order.candidate_id.0), kind, &file_name).await;
    if known.map_err(CandidateError::from)? {
        return Ok(());
    }
    let (template, data) =
        if kind == SHEET { (SHEET, sheet(app, &dossier).await?) } else { (RECEIPT, receipt(app, &dossier)) };
    let (files, at) = (Vec::new(), app.now());
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files, at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.candidate_id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// What both say.
fn shared(app: &App, dossier: &Dossier) -> Value {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, app.today());
    json!({
        "issuer": issuer(&app.config),
        "number": row.number,
        "candidate": {
            "name": names::official(row),
            "usual_name": Some(row.usual_name.as_str()).filter(|name| !name.is_empty()),
            "birth": wording::birth(&civil),
        },
        "structure": dossier.structure_label(),
        "certification": {
            "title": dossier.version.title,
            "version": dossier.version.label,
            "registration": null,
        },
        "signatory": {
            "name": app.config.organisation,
            "role": wording::TEAM,
            "signed": wording::made_on(app.today()),
        },
        "kept": wording::KEPT,
    })
}

fn receipt(app: &App, dossier: &Dossier) -> Value {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, app.today());
    let seen = row.identity_document != entity::candidate::IdentityDocument::None;
    let lacking: Vec<String> = completeness(&civil, seen).missing.iter().map(ToString::to_string).collect();
    let mut data = shared(app, dossier);
    data["way"] = json!(labels::person::way(row.way));
    data["contract"] = json!(wording::tie(row));
    data["enrolled_on"] = json!(french::date(row.first_enrolled_on));
    data["referent"] = json!(Some(row.referent.as_str()).filter(|name| !name.is_empty()));
    data["lacking"] = json!((!lacking.is_empty()).then_some(lacking));
    data
}

async fn sheet(app: &App, dossier: &Dossier) -> Result<Value, CandidateError> {
    let row = &dossier.candidate;
    let found = queries::positioning(app.db.read(), row).await?;
    let recorded_on = found.iter().filter_map(|one| one.recorded_on).max();
    let line = |one: &queries::SkillLine| {
        let result = one.result.map_or(wording::UNKNOWN, labels::positioned);
        json!({ "code": one.skill.code, "wording": one.skill.wording, "result": result })
    };
    let count = |wanted: Positioned| found.iter().filter(|one| one.result == Some(wanted)).count();
    let mut data = shared(app, dossier);
    data["recorded_on"] = json!(french::date(recorded_on.unwrap_or_else(|| app.today())));
    data["skills"] = json!(found.iter().map(line).collect::<Vec<_>>());
    data["acquired"] = json!(count(Positioned::Acquired).to_string());
    data["to_work_on"] = json!(count(Positioned::ToWorkOn).to_string());
    data["not_seen"] = json!(count(Positioned::NotSeen).to_string());
    Ok(data)
}
