//! The documents of a mission, typeset after the commit that made them due.

use std::sync::Arc;

use entity::ids::{AccountId, ExpertId, MissionId};
use entity::{account, mission, site};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::actions::issue_document::issue_document;
use super::dossier::Dossier;
use super::standing::{self, Need};
use super::state::is_held;
use super::{MissionError, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::events::Job;
use crate::features::agreements::documents::facts::{email, issuer, siret_of};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::or_unknown;
use crate::render::french;
use crate::rules::deadline;
use crate::rules::territory::{PARIS, zone_place};
use crate::storage::issued;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "missions.issue_document";
/// The mission order.
pub const ORDER: &str = "mission-order";
/// What proves to the employer of the person that they were there.
pub const PRESENCE: &str = "presence-certificate";
/// The kind of a receipt that the person sends.
pub const RECEIPT: &str = "receipt";

const ACTOR: &str = "missions.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    mission_id: MissionId,
    expert_id: ExpertId,
    document: String,
    version: i32,
}

/// The work that typesets a document of a mission at its version, for whoever holds it.
#[must_use]
pub fn order(mission: &mission::Model, document: &str) -> Job {
    let payload = json!({
        "mission_id": mission.id,
        "expert_id": mission.expert_id,
        "document": document,
        "version": mission.version,
    });
    let mut job = Job::now(JOB, payload);
    job.dedupe = Some(format!("document:{}:{document}:{}", mission.id, mission.version));
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
    let found = mission::Entity::find_by_id(order.mission_id).one(conn).await.map_err(MissionError::from)?;
    let dossier = Dossier::around(conn, found.ok_or(MissionError::NotFound)?).await?;
    // Somebody else may have it by now: their own document comes with their answer.
    if dossier.mission.expert_id != order.expert_id || !is_held(dossier.mission.state) {
        return Ok(());
    }
    let (kind, reference) = (order.document.as_str(), dossier.mission.number.as_str());
    let title = wording::document(kind);
    let file_name = issued::file_name(title, reference, order.version);
    let known = issued::already_issued(conn, ("mission", order.mission_id.0), kind, &file_name).await;
    if known.map_err(MissionError::from)? {
        return Ok(());
    }
    let instant = |at: Option<entity::Instant>| at.map_or_else(|| app.now(), |at| *at);
    let (template, at, data) = if kind == PRESENCE {
        let at = instant(dossier.mission.done_at);
        (PRESENCE, at, presence(app, &dossier, at).await?)
    } else {
        let at = instant(dossier.mission.accepted_at);
        (ORDER, at, mission_order(app, &dossier, at).await?)
    };
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files: Vec::new(), at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.mission_id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Day, hours, zone and hours of Paris.
fn schedule(mission: &mission::Model) -> Value {
    let local = |at: OffsetDateTime, zone: &str| deadline::local(at, zone).ok();
    let hours = |zone: &str| {
        let (from, until) = local(*mission.starts_at, zone).zip(local(*mission.ends_at, zone))?;
        Some(wording::hours(from, until))
    };
    let place = zone_place(&mission.zone).unwrap_or(&mission.zone);
    let paris = hours(PARIS).filter(|paris| hours(&mission.zone).as_ref() != Some(paris));
    json!({
        "on": wording::days(mission),
        "hours": hours(&mission.zone).unwrap_or_default(),
        "zone": wording::hour_of(place),
        "paris": paris,
    })
}

async fn mission_order(app: &App, dossier: &Dossier, at: OffsetDateTime) -> Result<Value, MissionError> {
    let conn = app.db.read();
    let mission = &dossier.mission;
    let standing = standing::of(conn, &Need::of(dossier), &dossier.expert, app.now()).await?;
    let author = author(app, mission.created_by).await?;
    let items = |text: &str| {
        let items = wording::items(text);
        (!items.is_empty()).then_some(items)
    };
    let persons = items(&mission.persons).map(|lines| {
        let person = |line: String| json!({ "name": line, "role": null });
        lines.into_iter().map(person).collect::<Vec<_>>()
    });
    let structure = structure(app, dossier).await?;
    let seen = wording::local_day(at, &mission.zone);
    let independence =
        structure.is_some().then(|| wording::independence(&seen, mission.tie_override.as_deref()));
    Ok(json!({
        "issuer": issuer(&app.config),
        "number": mission.number,
        "request": null,
        "trigger": null,
        "expert": {
            "name": dossier.expert_name(),
            "role": labels::quality(mission.duty),
            "number": dossier.expert.number,
            "habilitated_until": standing.habilitated_until.map(french::date),
        },
        "object": mission.title,
        "purpose": labels::purpose(mission.object),
        "structure": structure,
        "place": mission.place,
        "schedule": schedule(mission),
        "mode": null,
        "certifications": dossier.certification.as_ref().map(|one| vec![one.title.clone()]),
        "persons": persons,
        "pieces": null,
        "instructions": Some(mission.instructions.clone()).filter(|text| !text.is_empty()),
        "report_due": null,
        "fee": (mission.fee_cents > 0).then(|| french::money_cents(mission.fee_cents)),
        "expenses": wording::expenses(mission.expenses_ceiling_cents),
        "cover": texts().cover,
        "independence": independence,
        "draft": null,
        "acceptance": mission.accepted_at.map(|at| wording::accepted_on(&wording::instant(*at, &dossier.expert.zone))),
        "signatory": {
            "name": author,
            "role": wording::TEAM,
            "signed": wording::signed_on(&wording::instant(*mission.created_at, PARIS)),
        },
        "contact": {
            "name": author,
            "role": wording::TEAM,
            "email": email(&app.config),
            "phone": or_unknown(&app.config.organisation_phone),
        },
        "kept": texts().kept_mission,
    }))
}

/// What the employer of the person reads: when and where they were, nothing of what was done there.
async fn presence(app: &App, dossier: &Dossier, at: OffsetDateTime) -> Result<Value, MissionError> {
    let mission = &dossier.mission;
    let author = author(app, mission.created_by).await?;
    let employer = dossier.expert.employer.as_deref();
    Ok(json!({
        "issuer": issuer(&app.config),
        "number": mission.number,
        "person": dossier.expert_name(),
        "employer": employer.map(str::trim).filter(|name| !name.is_empty()),
        "object": labels::object(mission.object),
        "place": mission.place,
        "schedule": schedule(mission),
        "on": wording::local_day(at, PARIS),
        "signatory": {
            "name": author,
            "role": wording::TEAM,
            "signed": wording::signed_on(&wording::instant(at, PARIS)),
        },
        "kept": texts().kept_mission,
    }))
}

/// The structure where it takes place, by the SIRET of the site or of the seat.
async fn structure(app: &App, dossier: &Dossier) -> Result<Option<Value>, MissionError> {
    let Some(structure) = &dossier.structure else { return Ok(None) };
    let site = if let Some(site) = &dossier.site {
        Some(site.clone())
    } else {
        let seat = site::Entity::find()
            .filter(site::Column::StructureId.eq(structure.id))
            .filter(site::Column::IsSeat.eq(true));
        seat.one(app.db.read()).await?
    };
    let siret = site.map(|site| site.siret).unwrap_or_default();
    Ok(Some(json!({ "name": structure.name, "siret": siret_of(&siret) })))
}

async fn author(app: &App, id: Option<AccountId>) -> Result<String, MissionError> {
    let Some(id) = id else { return Ok(app.config.organisation.clone()) };
    let found = account::Entity::find_by_id(id).one(app.db.read()).await?;
    Ok(found.map_or_else(|| app.config.organisation.clone(), |account| account.name))
}
