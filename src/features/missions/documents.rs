//! The documents of a mission, typeset after the commit that made them due.

use std::sync::Arc;

use entity::agreement_request::{self, RequestState};
use entity::ids::{AccountId, ExpertId, MissionId};
use entity::mission::MissionObject;
use entity::{account, certification_version, document, mission, site};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::actions::issue_document::issue_document;
use super::dossier::Dossier;
use super::input::Mode;
use super::standing::{self, Need};
use super::state::is_held;
use super::{MissionError, deadlines, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::events::{Job, unix_millis};
use crate::features::agreements::documents::facts::{email, issuer, siret_of};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::or_unknown;
use crate::features::settings;
use crate::render::french;
use crate::rules::deadline;
use crate::rules::phone;
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
/// Kind of the receipts that their sender took back: kept, and shown no more.
pub const WITHDRAWN: &str = "receipt-withdrawn";
/// The kind of a file that goes with the report of the person.
pub const REPORT_FILE: &str = "mission-report";

/// The kind of the report of a control, as its structure has it for good.
const FINAL_REPORT: &str = "inspection-report.final";

const ACTOR: &str = "missions.documents";

/// What a piece of work says.
#[derive(Clone, Debug, Deserialize)]
struct Order {
    mission_id: MissionId,
    expert_id: ExpertId,
    document: String,
    version: i32,
    /// The instant of the act, in Unix milliseconds; none in a piece of work of before it was kept.
    #[serde(default)]
    at: Option<i64>,
}

impl Order {
    fn at(&self) -> Option<OffsetDateTime> {
        self.at.and_then(|at| OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000).ok())
    }
}

/// The work that typesets a document of a mission at its version, for whoever holds it, after an act of this instant.
#[must_use]
pub fn order(mission: &mission::Model, document: &str, at: OffsetDateTime) -> Job {
    let payload = json!({
        "mission_id": mission.id,
        "expert_id": mission.expert_id,
        "document": document,
        "version": mission.version,
        "at": unix_millis(at.into()),
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
    // The act that asked for it dates it: an order that follows a move is not of the day of the acceptance.
    let at = order.at().unwrap_or(at);
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

/// What the mission order of a mission says.
///
/// # Errors
/// What the database answers.
pub async fn mission_order(app: &App, dossier: &Dossier, at: OffsetDateTime) -> Result<Value, MissionError> {
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
    let certifications = wording::certifications(dossier);
    let structure = structure(app, dossier).await?;
    let file = file_of_structure(app, mission).await?;
    let rules = settings::mission_rules(conn).await?;
    let seen = wording::local_day(at, &mission.zone);
    let independence =
        structure.is_some().then(|| wording::independence(&seen, mission.tie_override.as_deref()));
    Ok(json!({
        "issuer": issuer(&app.config),
        "number": mission.number,
        "request": file.as_ref().map(|file| file.number.as_str()),
        "trigger": file.as_ref().map(|_| wording::TRIGGER),
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
        "mode": labels::mode(Mode::of(&mission.department)).to_lowercase(),
        "certifications": (!certifications.is_empty()).then_some(certifications),
        "persons": persons,
        "pieces": file.as_ref().map(|file| pieces(mission, file)),
        "instructions": Some(mission.instructions.clone()).filter(|text| !text.is_empty()),
        "report_due": french::date(deadlines::report_due_on(mission, &rules)),
        "fee": (mission.fee_cents > 0).then(|| french::money_cents(mission.fee_cents)),
        "expenses": wording::expenses(mission.expenses_ceiling_cents),
        "cover": texts().cover,
        "independence": independence,
        "draft": null,
        "jury": (mission.object == MissionObject::Jury).then_some(true),
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
            "phone": or_unknown(&phone::grouped(&app.config.organisation_phone)),
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
        "object": labels::object_of(mission),
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

/// The file that a structure deposited.
struct File {
    /// Number of the request.
    number: String,
    /// Whether its control was reported for good.
    reported: bool,
}

/// The last file that the structure deposited and did not give up, for the certification of the mission when it has one.
async fn file_of_structure(app: &App, mission: &mission::Model) -> Result<Option<File>, MissionError> {
    use agreement_request::Column;
    let Some(structure) = mission.structure_id else { return Ok(None) };
    let conn = app.db.read();
    let given_up = [RequestState::Withdrawn, RequestState::Abandoned, RequestState::ClosedIdle];
    let mut files = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::Number.is_not_null())
        .filter(Column::State.is_not_in(given_up));
    if let Some(certification) = mission.certification_id {
        let versions = certification_version::Entity::find()
            .select_only()
            .column(certification_version::Column::Id)
            .filter(certification_version::Column::CertificationId.eq(certification));
        files = files.filter(Column::CertificationVersionId.in_subquery(versions.into_query()));
    }
    let found = files.order_by_desc(Column::SubmittedAt).order_by_desc(Column::Id).one(conn).await?;
    let Some((id, number)) = found.and_then(|row| Some((row.id, row.number?))) else { return Ok(None) };
    let report = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("agreement_request"))
        .filter(document::Column::SubjectId.eq(id.0))
        .filter(document::Column::Kind.eq(FINAL_REPORT))
        .one(conn)
        .await?;
    Ok(Some(File { number, reported: report.is_some() }))
}

/// What goes with the order: the file of the structure and, for whoever checks or helps it, the report of its control.
fn pieces(mission: &mission::Model, file: &File) -> Vec<String> {
    let follows = matches!(mission.object, MissionObject::Inspection | MissionObject::Support);
    let report = (follows && file.reported).then(|| wording::report_piece(&file.number));
    std::iter::once(wording::file_piece(&file.number)).chain(report).collect()
}

async fn author(app: &App, id: Option<AccountId>) -> Result<String, MissionError> {
    let Some(id) = id else { return Ok(app.config.organisation.clone()) };
    let found = account::Entity::find_by_id(id).one(app.db.read()).await?;
    Ok(found.map_or_else(|| app.config.organisation.clone(), |account| account.name))
}
