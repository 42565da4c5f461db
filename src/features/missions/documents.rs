//! The documents of a mission, typeset after the commit that made them due.

use std::sync::Arc;

use entity::ids::{AccountId, DocumentId, MissionId};
use entity::mission;
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::actions::issue_document::{NewDocument, already_issued, issue_document};
use super::dossier::Dossier;
use super::standing::{self, Need};
use super::{MissionError, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::error::{DomainError, ErrorKind};
use crate::events::Job;
use crate::render::french;
use crate::render::pdf::{PdfError, PdfMeta, Standard, render_blocking};
use crate::rules::deadline;
use crate::rules::fold::fold;
use crate::rules::territory::{PARIS, zone_place};
use crate::storage::content::FileKind;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "missions.issue_document";
/// The mission order.
pub const ORDER: &str = "mission-order";
/// The certificate for the employer of the person.
pub const PRESENCE: &str = "presence-certificate";
/// A receipt that the person sends.
pub const RECEIPT: &str = "receipt";

const ACTOR: &str = "missions.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    mission_id: MissionId,
    document: String,
    version: i32,
}

/// The work that typesets a document of a mission at its version.
#[must_use]
pub fn order(mission: &mission::Model, document: &str) -> Job {
    let payload = json!({ "mission_id": mission.id, "document": document, "version": mission.version });
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
    typeset(app, &order).await.map_err(|error| match (error.kind(), &error) {
        (_, MissionError::Pdf(PdfError::Interrupted(_))) => WorkError::Retry(error.to_string()),
        (ErrorKind::Internal, MissionError::Pdf(_)) => WorkError::GiveUp(error.to_string()),
        _ => WorkError::Retry(error.to_string()),
    })
}

async fn typeset(app: &Arc<App>, order: &Order) -> Result<(), MissionError> {
    let conn = app.db.read();
    let found = mission::Entity::find_by_id(order.mission_id).one(conn).await?;
    let dossier = Dossier::around(conn, found.ok_or(MissionError::NotFound)?).await?;
    let file_name = file_name(&dossier, &order.document, order.version);
    if already_issued(conn, order.mission_id, &order.document, &file_name).await?.is_some() {
        return Ok(());
    }
    let title = labels::document(&order.document);
    let (template, at, data) = if order.document == PRESENCE {
        let at = dossier.mission.done_at.map_or_else(|| app.now(), |at| *at);
        (PRESENCE, at, presence(app, &dossier, at).await?)
    } else {
        let at = dossier.mission.accepted_at.map_or_else(|| app.now(), |at| *at);
        (ORDER, at, mission_order(app, &dossier, at).await?)
    };
    let id: DocumentId = app.new_id().into();
    let meta = PdfMeta {
        title: format!("{title} {}", dossier.mission.number),
        ident: id.to_string(),
        created_at: at,
    };
    let rendered = render_blocking(template, data, Vec::new(), meta, Standard::Archive).await?;
    let size = i64::try_from(rendered.bytes.len()).unwrap_or(i64::MAX);
    let sha256 = app.storage.put(rendered.bytes).await?;
    let new = NewDocument {
        id,
        kind: order.document.clone(),
        template,
        title: title.to_owned(),
        file_name,
        sha256,
        size,
        media_type: FileKind::Pdf.media_type(),
    };
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.mission_id, new).await?.is_some() {
        tx.commit().await?;
    }
    Ok(())
}

/// Name of the file: it says the version, so that each one is issued once.
fn file_name(dossier: &Dossier, document: &str, version: i32) -> String {
    let slug: String = fold(labels::document(document))
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{slug}-{}-v{version}.pdf", dossier.mission.number)
}

/// The body that issues the document.
pub(super) fn issuer(app: &App) -> Value {
    let config = &app.config;
    let or_unknown =
        |text: &str| if text.trim().is_empty() { labels::UNSET.to_owned() } else { text.to_owned() };
    let email = config.mail_reply_to.as_deref().unwrap_or(&config.mail_from);
    let email =
        email.rsplit_once('<').map_or(email, |(_, rest)| rest).trim_end_matches('>').trim().to_owned();
    let website = config.public_url.trim_end_matches('/').split("://").last().unwrap_or_default();
    json!({
        "name": config.organisation,
        "branch": labels::BRANCH,
        "address": or_unknown(&config.organisation_address),
        "siret": labels::UNSET,
        "email": email,
        "phone": labels::UNSET,
        "website": or_unknown(website),
        "privacy": email,
    })
}

/// Day, hours, zone and hours of Paris.
pub(super) fn schedule(mission: &mission::Model) -> Value {
    let local = |at: OffsetDateTime, zone: &str| deadline::local(at, zone).ok();
    let hours = |zone: &str| {
        let (from, until) = local(*mission.starts_at, zone).zip(local(*mission.ends_at, zone))?;
        Some(labels::hours(from, until))
    };
    let place = zone_place(&mission.zone).unwrap_or(&mission.zone);
    let paris = hours(PARIS).filter(|paris| hours(&mission.zone).as_ref() != Some(paris));
    json!({
        "on": wording::days(mission),
        "hours": hours(&mission.zone).unwrap_or_default(),
        "zone": labels::hour_of(place),
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
    let structure = dossier.structure.as_ref().map(|one| {
        let siret = dossier.site.as_ref().map_or(one.siren.as_str(), |site| site.siret.as_str());
        json!({ "name": one.name, "siret": siret })
    });
    let seen = wording::local_day(at, &mission.zone);
    let independence =
        structure.is_some().then(|| labels::independence(&seen, mission.tie_override.as_deref()));
    Ok(json!({
        "issuer": issuer(app),
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
        "expenses": labels::expenses(mission.expenses_ceiling_cents),
        "cover": labels::COVER,
        "independence": independence,
        "acceptance": mission.accepted_at.map(|at| labels::accepted_on(&wording::instant(*at, &dossier.expert.zone))),
        "signatory": {
            "name": author,
            "role": labels::TEAM,
            "signed": labels::signed_on(&wording::instant(*mission.created_at, PARIS)),
        },
        "contact": {
            "name": author,
            "role": labels::TEAM,
            "email": issuer(app)["email"],
            "phone": labels::UNSET,
        },
        "kept": labels::KEPT,
    }))
}

/// What the employer of the person reads: when and where they were, nothing of what was done there.
async fn presence(app: &App, dossier: &Dossier, at: OffsetDateTime) -> Result<Value, MissionError> {
    let mission = &dossier.mission;
    let author = author(app, mission.created_by).await?;
    Ok(json!({
        "issuer": issuer(app),
        "number": mission.number,
        "person": dossier.expert_name(),
        "employer": dossier.expert.employer,
        "object": labels::object(mission.object),
        "place": mission.place,
        "schedule": schedule(mission),
        "on": wording::local_day(at, PARIS),
        "signatory": {
            "name": author,
            "role": labels::TEAM,
            "signed": labels::signed_on(&wording::instant(at, PARIS)),
        },
        "kept": labels::KEPT,
    }))
}

async fn author(app: &App, id: Option<AccountId>) -> Result<String, MissionError> {
    let Some(id) = id else { return Ok(app.config.organisation.clone()) };
    let found = entity::account::Entity::find_by_id(id).one(app.db.read()).await?;
    Ok(found.map_or_else(|| app.config.organisation.clone(), |account| account.name))
}
