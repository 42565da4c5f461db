//! The papers as PDF, typeset after the commit that froze their text, and once more when everybody signed. What is printed
//! comes from the frozen text; the seal is drawn from its fingerprint.

use std::sync::Arc;

use entity::ids::TrainingDocumentId;
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_signature::{self, SignatureKind};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{PaperError, Record, actions, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::config::Config;
use crate::events::Job;
use crate::features::agreements::documents::facts::issuer;
use crate::render::seal;
use crate::rules::drawing;
use crate::rules::training::paper::{Body, Content, HalfDay, Person};
use crate::storage::issued::{self, Draft};
use crate::worker::WorkError;

/// Name of the work that typesets one paper.
pub const JOB: &str = "papers.typeset";
const ACTOR: &str = "papers.typeset";
/// The picture of the seal.
const SEAL: &str = "certificate.svg";
/// Version of the templates, kept with each paper.
pub const VERSION: &str = "1";

/// What a piece of work says.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    paper_id: TrainingDocumentId,
    signed: bool,
}

/// The work that typesets a paper, or its signed issue.
#[must_use]
pub fn order(paper: &training_document::Model, signed: bool) -> Job {
    let mut job = Job::now(JOB, json!({ "paper_id": paper.id, "signed": signed }));
    job.dedupe = Some(format!("paper:{}:{signed}", paper.id));
    job
}

/// The template of a kind; none for what is not typeset.
#[must_use]
pub const fn template(kind: PaperKind) -> Option<&'static str> {
    match kind {
        PaperKind::NeedsAnalysis | PaperKind::Positioning => Some("training-needs"),
        PaperKind::Proposal => Some("training-proposal"),
        PaperKind::Convention | PaperKind::TripartiteConvention => Some("training-convention"),
        PaperKind::Contract => Some("training-contract"),
        PaperKind::Summons | PaperKind::GuardianNotice => Some("training-summons"),
        PaperKind::AttendanceSheet => Some("training-sheet"),
        PaperKind::CompletionCertificate | PaperKind::AssiduityCertificate => Some("training-certificate"),
        PaperKind::EndAttestation => Some("training-attestation"),
        PaperKind::Subcontract => Some("training-subcontract"),
        PaperKind::Information
        | PaperKind::WelcomeBooklet
        | PaperKind::HouseRules
        | PaperKind::EvaluationSheet
        | PaperKind::Other => None,
    }
}

/// Typesets the paper that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let record = Record::by_id(app.db.read(), order.paper_id).await?;
    let waits = if order.signed {
        record.paper.state == PaperState::Issued && record.paper.signed_document_id.is_none()
    } else {
        record.paper.state == PaperState::ToTypeset
    };
    let Some(template) = template(record.paper.kind).filter(|_| waits) else { return Ok(()) };
    let content = record.content()?;
    let title = labels::kind(record.paper.kind);
    let reference = record.reference();
    let kind = if order.signed { format!("{template}-signed") } else { template.to_owned() };
    let mark = if order.signed { "signe" } else { VERSION };
    let draft = Draft {
        kind: &kind,
        template,
        title,
        reference: &reference,
        file_name: issued::file_name(title, &reference, format!("{}-{mark}", record.paper.revision)),
        data: data(app, &content, &record, order.signed),
        files: files(&record.paper.content_hash),
        at: *record.paper.issued_at,
    };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(PaperError::from)?;
    if Box::pin(actions::keep_document(&mut tx, order.paper_id, new, order.signed)).await? {
        tx.commit().await.map_err(PaperError::from)?;
    }
    Ok(())
}

/// The paper as it would be, to read before it is issued: nothing of it is kept.
///
/// # Errors
/// [`PaperError::NotFound`] for what is not typeset, what the typesetter answers.
pub async fn preview(app: &App, content: &Content) -> Result<Vec<u8>, PaperError> {
    let template = template(content.kind).ok_or(PaperError::NotFound)?;
    let draft = Draft {
        kind: template,
        template,
        title: labels::kind(content.kind),
        reference: &content.reference,
        file_name: String::new(),
        data: printed(&app.config, content, &[], &[0; 32]),
        files: files(&[0; 32]),
        at: app.now(),
    };
    Ok(issued::preview(app, draft).await?)
}

fn files(hash: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    vec![(SEAL, seal::svg_in_ink(&digest(hash)).into_bytes())]
}

/// The fingerprint from which the seal is drawn, on paper as on screen.
#[must_use]
pub fn digest(hash: &[u8]) -> [u8; 32] {
    hash.try_into().unwrap_or_default()
}

fn data(app: &App, content: &Content, record: &Record, signed: bool) -> Value {
    let signatures = if signed { record.signatures.as_slice() } else { &[] };
    printed(&app.config, content, signatures, &record.paper.content_hash)
}

/// An empty text as nothing.
fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn body(body: &Body) -> Value {
    json!({
        "name": body.name,
        "siret": known(&body.siret),
        "address": known(&body.address),
        "representative": known(&body.representative),
    })
}

fn person(person: &Person) -> Value {
    json!({ "name": person.name, "address": known(&person.address), "employer": known(&person.employer) })
}

fn half_day(half: &HalfDay) -> Value {
    json!({
        "day": half.day,
        "hours": half.hours,
        "subject": known(&half.subject),
        "trainers": known(&half.trainers),
    })
}

/// Who has to sign, and what they drew; a paper that is not signed yet leaves them room.
fn signatories(content: &Content, signatures: &[training_signature::Model]) -> Value {
    let one = |wanted: &crate::rules::training::paper::Signatory| {
        let row = signatures.iter().find(|row| row.party == wanted.party);
        let strokes = row.map(|row| drawing::read(&row.drawing).unwrap_or_default()).unwrap_or_default();
        let answer = row.and_then(|row| Some((row.kind?, *row.signed_at?)));
        json!({
            "party": wording::party(wanted.party),
            "name": wanted.name,
            "strokes": strokes,
            "signed": answer.map(|(kind, at)| wording::answered(kind, at)),
            "reason": row
                .filter(|row| row.kind == Some(SignatureKind::Refused))
                .and_then(|row| known(&row.reason)),
        })
    };
    content.signatories.iter().map(one).collect()
}

/// The facts that every template checks.
fn shared(config: &Config, content: &Content, hash: &[u8]) -> Value {
    let (provider, action, dates) = (&content.provider, &content.action, &content.dates);
    let mut issuer = issuer(config);
    for (name, value) in
        [("name", &provider.name), ("address", &provider.address), ("siret", &provider.siret)]
    {
        issuer[name] = json!(value);
    }
    json!({
        "issuer": issuer,
        "number": known(&content.reference).unwrap_or(&dates.number),
        "on": content.on,
        "provider": {
            "name": provider.name,
            "legal_form": known(&provider.legal_form),
            "address": provider.address,
            "siret": provider.siret,
            "nda": known(&provider.nda),
            "representative": known(&provider.representative),
        },
        "action": {
            "title": action.title,
            "nature": known(&action.nature),
            "sheet": known(&action.sheet),
            "objectives": action.objectives,
            "modules": action.modules,
            "prerequisites": known(&action.prerequisites),
            "audience": known(&action.audience),
            "means": known(&action.means),
            "control": known(&action.control),
            "sanction": known(&action.sanction),
        },
        "dates": {
            "number": dates.number,
            "period": known(&dates.period),
            "duration": known(&dates.duration),
            "modality": known(&dates.modality),
            "place": known(&dates.place),
            "access": known(&dates.access),
            "zone": known(&dates.zone),
            "timetable": dates.timetable.iter().map(half_day).collect::<Vec<_>>(),
            "trainers": dates
                .trainers
                .iter()
                .map(|one| json!({ "name": one.name, "title": known(&one.title) }))
                .collect::<Vec<_>>(),
            "headcount": known(&dates.headcount),
            "eu_funded": dates.eu_funded,
        },
        "seal": { "fingerprint": hex::encode(hash), "alt": seal::alternative_text(&digest(hash)) },
        "kept": wording::KEPT,
    })
}

/// The variables of the template of a kind, and no other.
#[must_use]
pub fn printed(
    config: &Config,
    content: &Content,
    signatures: &[training_signature::Model],
    hash: &[u8],
) -> Value {
    let mut data = shared(config, content, hash);
    let buyer = || json!(content.buyer.as_ref().map(body));
    let own = || json!(content.person.as_ref().map(person));
    let people = || json!(content.people.iter().map(person).collect::<Vec<_>>());
    let done = || json!(content.done);
    let wanted = match content.kind {
        PaperKind::NeedsAnalysis | PaperKind::Positioning => {
            vec![("person", own()), ("need", need(content)), ("buyer", buyer())]
        }
        PaperKind::Proposal => vec![
            ("buyer", buyer()),
            ("people", people()),
            ("price", json!(content.price)),
            ("valid_until", json!(content.valid_until)),
            ("contact", json!(content.contact)),
        ],
        PaperKind::Convention | PaperKind::TripartiteConvention => vec![
            ("buyer", buyer()),
            ("people", people()),
            ("price", json!(content.price)),
            ("handed", json!(content.handed)),
            ("signatories", signatories(content, signatures)),
            ("tripartite", json!(content.kind == PaperKind::TripartiteConvention)),
        ],
        PaperKind::Contract => vec![
            ("person", own()),
            ("price", json!(content.price)),
            ("withdrawal", json!(content.withdrawal)),
            ("handed", json!(content.handed)),
            ("signatories", signatories(content, signatures)),
        ],
        PaperKind::Summons | PaperKind::GuardianNotice => vec![
            ("person", own()),
            ("handed", json!(content.handed)),
            ("contact", json!(content.contact)),
            ("accessibility", json!(content.accessibility)),
            ("guardian", json!(content.guardian.as_ref().map(body))),
            ("to_bring", json!(known(&content.to_bring))),
        ],
        PaperKind::AttendanceSheet => {
            vec![("half_day", json!(content.half_day.as_ref().map(half_day))), ("people", people())]
        }
        PaperKind::CompletionCertificate | PaperKind::AssiduityCertificate => vec![
            ("person", own()),
            ("done", done()),
            ("assiduity", json!(content.kind == PaperKind::AssiduityCertificate)),
        ],
        PaperKind::EndAttestation => {
            vec![("person", own()), ("done", done()), ("outcomes", json!(content.outcomes))]
        }
        PaperKind::Subcontract => {
            vec![("entrusted", entrusted(content)), ("signatories", signatories(content, signatures))]
        }
        PaperKind::Information
        | PaperKind::WelcomeBooklet
        | PaperKind::HouseRules
        | PaperKind::EvaluationSheet
        | PaperKind::Other => Vec::new(),
    };
    for (name, value) in wanted {
        data[name] = value;
    }
    data
}

fn need(content: &Content) -> Value {
    json!(content.need.as_ref().map(|need| json!({
        "expectations": need.expectations,
        "employer": known(&need.employer),
        "funder": known(&need.funder),
        "basis": need.basis,
        "prerequisites": need.prerequisites,
        "positioning": need.positioning,
        "adaptation": need.adaptation,
    })))
}

fn entrusted(content: &Content) -> Value {
    json!(content.entrusted.as_ref().map(|one| json!({
        "body": body(&one.body),
        "nda": one.nda,
        "missions": one.missions,
        "means": one.means,
        "follow_up": one.follow_up,
        "amount": one.amount,
    })))
}

#[cfg(all(test, feature = "pdf"))]
mod tests;
