//! The sheet of an incident (S13), typeset once it is noted and again once it is withdrawn. It names the person concerned:
//! whoever may read minutes reads it, and no structure.

use std::sync::Arc;

use entity::ids::JuryIncidentId;
use entity::jury_incident::{self, IncidentKind};
use entity::jury_session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{ACTOR, INCIDENT, JOB, contact};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::issuer;
use crate::features::agreements::documents::texts::texts;
use crate::features::juries::day::labels as words;
use crate::features::juries::load::Whole;
use crate::features::juries::{JuryError, actions, labels, wording};
use crate::storage::issued;
use crate::worker::WorkError;

/// The version of a sheet as it is noted.
const NOTED: i32 = 1;
/// That of the same, withdrawn.
const WITHDRAWN: i32 = 2;

/// The work that typesets the sheet of an incident as it stands.
#[must_use]
pub fn incident(session: &jury_session::Model, row: &jury_incident::Model) -> Job {
    let version = if row.withdrawn_at.is_some() { WITHDRAWN } else { NOTED };
    let payload = json!({
        "session_id": session.id,
        "incident_id": row.id,
        "document": INCIDENT,
        "version": version,
    });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("document:{}:{INCIDENT}:{version}:{}", session.id, row.id));
    job
}

/// Issues the sheet of an incident. Doing it twice gives one document.
pub(super) async fn issue(
    app: &Arc<App>,
    whole: &Whole,
    id: JuryIncidentId,
    version: i32,
) -> Result<(), WorkError> {
    let conn = app.db.read();
    let rows = jury_incident::Entity::find()
        .filter(jury_incident::Column::SessionId.eq(whole.session.id))
        .order_by_asc(jury_incident::Column::Id)
        .all(conn)
        .await
        .map_err(JuryError::from)?;
    let rank = rows.iter().position(|row| row.id == id).ok_or(JuryError::NotFound)?;
    let (row, withdrawn) = (&rows[rank], version == WITHDRAWN);
    let title = labels::incident::sheet(rank + 1, withdrawn);
    let reference = whole.session.number.clone();
    let file_name = issued::file_name(&title, &reference, version);
    let about = ("jury_session", whole.session.id.0);
    let known = issued::already_issued(conn, about, INCIDENT, &file_name).await;
    if known.map_err(JuryError::from)? {
        return Ok(());
    }
    let draft = issued::Draft {
        kind: INCIDENT,
        template: INCIDENT,
        title: &title,
        reference: &reference,
        file_name,
        data: sheet(app, whole, row, withdrawn),
        files: Vec::new(),
        at: row.withdrawn_at.filter(|_| withdrawn).map_or(*row.recorded_at, |at| *at),
    };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if actions::issue_document(&mut tx, whole.session.id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// What the sheet says.
fn sheet(app: &App, whole: &Whole, row: &jury_incident::Model, withdrawn: bool) -> Value {
    let session = &whole.session;
    let instant = |at: entity::Instant| wording::instant(*at, &session.zone);
    let passing = row.passage_id.and_then(|id| whole.passages.iter().find(|one| one.row.id == id));
    let person =
        passing.map(|one| json!({ "name": wording::name(&one.candidate), "number": one.candidate.number }));
    let taken_back = row.withdrawn_at.filter(|_| withdrawn);
    let reason = row.withdrawn_reason.clone().unwrap_or_default();
    json!({
        "issuer": issuer(&app.config),
        "number": session.number,
        "certification": whole.version.title,
        "structure": whole.structure.name,
        "when": wording::when(session),
        "place": wording::place(session),
        "president": whole.president().map(|one| one.expert.name()),
        "kind": words::incident(row.kind),
        "at": instant(row.happened_at),
        "candidate": person,
        // As in the minutes: what is about the health of somebody is not printed.
        "description": Some(&row.description)
            .filter(|words| row.kind != IncidentKind::Health && !words.is_empty()),
        "recorded": instant(row.recorded_at),
        "withdrawn": taken_back.map(|at| json!({ "at": instant(at), "reason": reason })),
        "follow": labels::incident::follow(row.kind, withdrawn),
        "contact": contact(app),
        "kept": texts().kept_jury,
    })
}
