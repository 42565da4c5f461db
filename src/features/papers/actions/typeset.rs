//! Keeps a paper that the program typeset, and sends it: to whoever has to sign, to whoever it is for.

use entity::ids::TrainingDocumentId;
use entity::training_buyer;
use entity::training_document::{PaperKind, PaperState};
use sea_orm::EntityTrait;
use time::Duration;

use crate::authz::Permission;
use crate::db::Tx;
use crate::events::Mail;
use crate::features::papers::events::{PaperEvent, What};
use crate::features::papers::record::SUBJECT;
use crate::features::papers::state::Step;
use crate::features::papers::{PaperError, Record, letters};
use crate::features::settings;
use crate::rules::training::paper::Content;
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did, or when the paper counts no more.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn keep_document(
    tx: &mut Tx,
    id: TrainingDocumentId,
    new: NewDocument,
    signed: bool,
) -> Result<bool, PaperError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &record.facts())?;
    let expected = if signed { PaperState::Issued } else { PaperState::ToTypeset };
    if record.paper.state != expected {
        return Ok(false);
    }
    let Some(document) = keep(tx, (SUBJECT, id.0), new).await? else { return Ok(false) };
    let content = record.content()?;
    let key = Some(document.id);
    if signed {
        record.save(tx, |paper| paper.signed_document_id = key).await?;
        let mails = letters::signed(tx.app(), &record, &content)?;
        let event = PaperEvent::of(&record, What::SignedTypeset(document)).telling(mails);
        tx.record(&grant, &event).await?;
        return Ok(true);
    }
    let to_sign = !record.signatures.is_empty();
    let line = record.next(if to_sign { Step::SendToSign } else { Step::Typeset })?;
    let rules = settings::paper_rules(tx.conn()).await?;
    let reminder = tx.now() + Duration::days(rules.reminder_days.into());
    let until = record.paper.sign_until;
    let alarm: Option<entity::Instant> = until.filter(|_| to_sign).map(|until| reminder.min(*until).into());
    let now = tx.instant();
    record
        .save(tx, |paper| {
            paper.document_id = key;
            paper.state = line.to;
            paper.sent_at = Some(now);
            paper.deadline_at = alarm;
        })
        .await?;
    let mails = told(tx, &record, &content).await?;
    let event = PaperEvent::of(&record, What::Typeset(line, document)).telling(mails);
    tx.record(&grant, &event).await?;
    Ok(true)
}

/// Who is sent the paper.
async fn told(tx: &Tx, record: &Record, content: &Content) -> Result<Vec<Mail>, PaperError> {
    let app = tx.app();
    match record.paper.kind {
        PaperKind::Summons => letters::summons(app, record, content, ""),
        PaperKind::GuardianNotice => {
            let email = guardian_email(tx, record).await?;
            letters::summons(app, record, content, &email)
        }
        _ if !record.signatures.is_empty() => letters::all_to_sign(app, record, content, false),
        _ => {
            let buyer = match record.paper.buyer_id {
                Some(id) => training_buyer::Entity::find_by_id(id).one(tx.conn()).await?,
                None => None,
            };
            let email = buyer.map(|row| row.email).unwrap_or_default();
            letters::issued(app, record, content, &email)
        }
    }
}

async fn guardian_email(tx: &Tx, record: &Record) -> Result<String, PaperError> {
    let Some(id) = record.paper.enrolment_id else { return Ok(String::new()) };
    let row = entity::enrolment::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(row.map(|row| row.guardian_email).unwrap_or_default())
}
