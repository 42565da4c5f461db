//! The documents of an habilitation (table 3.3 of the domain reference), typeset after the commit that made them due.
//!
//! [`orders`] says which act leaves which documents. A new document is a kind (its template, a dot, its variant), its title
//! in `wording` and its facts here.

mod facts;

use std::sync::Arc;

use entity::ids::{AccountId, HabilitationId, HabilitationStepId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::actions::habilitation::issue_document;
use super::events::{HabilitationEvent, What};
use super::{ExpertError, labels, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::events::{DomainEvent, Job, unix_millis};
use crate::render::french;
use crate::storage::issued;
use crate::worker::WorkError;

/// Name of the work that typesets one document.
pub const JOB: &str = "experts.issue_document";

const ACTOR: &str = "experts.documents";
const ABOUT: &str = "habilitation";

/// What a piece of work says: the document, and what only the act knew.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Order {
    habilitation_id: HabilitationId,
    document: String,
    /// Version of the file after the act.
    version: i32,
    /// Instant of the act, in milliseconds.
    at: i64,
    /// Who acted; none for the program.
    by: Option<AccountId>,
    /// The step logged.
    step_id: Option<HabilitationStepId>,
    /// Why, or under which conditions.
    reason: Option<String>,
    /// First day, in French.
    from: Option<String>,
    /// Last day, in French.
    until: Option<String>,
    /// Steps to do again, in French.
    redo: Option<Vec<String>>,
}

impl Order {
    fn at(&self) -> OffsetDateTime {
        let nanos = i128::from(self.at) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// What follows the dot of the kind.
    fn variant(&self) -> &str {
        self.document.split_once('.').map_or("", |(_, variant)| variant)
    }

    /// The template, for a kind that is known.
    fn template(&self) -> Option<&'static str> {
        let template = self.document.split_once('.').map_or(self.document.as_str(), |(template, _)| template);
        TEMPLATES.into_iter().find(|known| *known == template)
    }
}

const LETTER: &str = "habilitation-letter";
const CERTIFICATE: &str = "habilitation-certificate";
const CHARTER: &str = "habilitation-charter";
const PATH: &str = "habilitation-path";
const SHEET: &str = "habilitation-sheet";
const TEMPLATES: [&str; 5] = [LETTER, CERTIFICATE, CHARTER, PATH, SHEET];

/// The documents that an act leaves, by their kind: the column of table 3.3.
#[must_use]
pub const fn due(what: &What) -> &'static [&'static str] {
    match what {
        What::Admitted { .. } => &["habilitation-path.plan", "habilitation-charter.to-sign"],
        What::CharterSigned => &["habilitation-charter.signed"],
        What::StepLogged { .. } => &["habilitation-sheet"],
        What::Presented { .. } => &["habilitation-path.file"],
        What::Granted { .. } => &["habilitation-certificate.granted", "habilitation-letter.mandate"],
        What::Renewed { .. } => &["habilitation-certificate.renewed"],
        What::Rejected { .. } => &["habilitation-letter.rejected"],
        What::Deferred { .. } => &["habilitation-letter.deferred"],
        What::Refused { .. } => &["habilitation-letter.refused"],
        What::Suspended { .. } => &["habilitation-letter.suspended"],
        What::Reinstated { .. } => &["habilitation-letter.reinstated"],
        What::Withdrawn { .. } => &["habilitation-letter.withdrawn"],
        What::Applied
        | What::WithdrawalAsked { .. }
        | What::WithdrawalAnswered { .. }
        | What::WithdrawalDropped { .. }
        | What::JuryMoved { .. }
        | What::JuryCancelled { .. }
        | What::SeniorChanged { .. }
        | What::Resigned { .. }
        | What::Expired { .. }
        | What::DocumentIssued { .. } => &[],
    }
}

/// The work that typesets the documents of an event.
#[must_use]
pub fn orders(event: &HabilitationEvent) -> Vec<Job> {
    due(&event.what).iter().map(|document| order(event, document)).collect()
}

fn order(event: &HabilitationEvent, document: &str) -> Job {
    let file = &event.file;
    let (from, until) = match &event.what {
        What::Granted { period, .. } | What::Renewed { period, .. } => {
            (Some(period.from()), Some(period.until()))
        }
        What::Suspended { on, .. } | What::Reinstated { on, .. } => (Some(*on), None),
        What::Withdrawn { last, .. } => (None, Some(*last)),
        _ => (None, None),
    };
    let reason = match &event.what {
        What::Granted { conditions, .. } => Some(conditions.as_str()),
        // Why conditions were set aside is a matter of the certifier, not of whoever reads the certificate.
        What::Renewed { .. } => None,
        _ => event.reason(),
    };
    let step_id = match &event.what {
        What::StepLogged { step, .. } => Some(*step),
        _ => None,
    };
    let redo = match &event.what {
        What::Deferred { redo, .. } => {
            Some(redo.iter().map(|kind| labels::path::step(file.duty, *kind).to_owned()).collect())
        }
        _ => None,
    };
    let order = Order {
        habilitation_id: file.id,
        document: document.to_owned(),
        version: file.version,
        at: unix_millis(event.at),
        by: event.by,
        step_id,
        reason: reason.filter(|text| !text.trim().is_empty()).map(str::to_owned),
        from: from.map(french::date),
        until: until.map(french::date),
        redo,
    };
    let mut job = Job::now(JOB, json!(order));
    job.dedupe = Some(format!("document:{}:{document}:{}", file.id, file.version));
    job
}

/// Issues the document that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let template = order.template().ok_or_else(|| WorkError::GiveUp(order.document.clone()))?;
    let conn = app.db.read();
    let material = facts::Material::load(app, &order).await?;
    let (kind, reference) = (order.document.as_str(), material.expert.number.as_str());
    let title = wording::document(kind);
    let file_name = issued::file_name(title, reference, order.version);
    let about = (ABOUT, order.habilitation_id.0);
    let known = issued::already_issued(conn, about, kind, &file_name).await;
    if known.map_err(ExpertError::from)? {
        return Ok(());
    }
    let data = material.data(&order, template);
    let at = order.at();
    let draft = issued::Draft { kind, template, title, reference, file_name, data, files: Vec::new(), at };
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    if issue_document(&mut tx, order.habilitation_id, new).await? {
        tx.commit().await?;
    }
    Ok(())
}
