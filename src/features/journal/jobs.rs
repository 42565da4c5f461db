//! What the journal does by itself, once a day: its head leaves for those who keep it, and it is verified.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use time::{OffsetDateTime, Weekday};

use super::divergence::Outcome;
use super::error::JournalError;
use super::events::JournalEvent;
use super::verify::Since;
use super::{actions, labels, queries, walk};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db;
use crate::events::{Mail, Recipient, Seal};
use crate::features::settings;
use crate::render::french;
use crate::rules::deadline;
use crate::rules::merkle::Hash;
use crate::rules::territory::PARIS;
use crate::worker::{Periodic, WorkError};

const DAY: Duration = Duration::from_hours(24);

/// What is done once a day.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![
        Periodic {
            name: "journal.daily_head",
            every: DAY,
            run: |app| Box::pin(async move { daily_head(&app).await.map_err(WorkError::from) }),
        },
        Periodic {
            name: "journal.daily_check",
            every: DAY,
            run: |app| Box::pin(async move { daily_check(&app).await.map_err(WorkError::from) }),
        },
    ]
}

/// Sends the newest seal to the addresses of the settings, if there are some.
///
/// # Errors
/// [`JournalError::NotSealed`] in the first seconds of an installation; what the database answers.
pub async fn daily_head(app: &Arc<App>) -> Result<(), JournalError> {
    let recipients = settings::head_recipients(app.db.read()).await?;
    if recipients.is_empty() {
        return Ok(());
    }
    let head = walk::newest_seal(app.db.read()).await?.ok_or(JournalError::NotSealed)?;
    let mails = recipients.into_iter().map(|address| head_mail(app, &head, address)).collect();
    let event = JournalEvent::HeadSent {
        tree_size: head.tree_size,
        root: hex::encode(head.root),
        key_id: head.key_id.clone(),
        mails,
    };
    let mut tx = app.begin(Actor::system("journal.daily_head")).await?;
    let grant = tx.authorize(Permission::JournalExport, &Facts::default()).map_err(db::Error::from)?;
    tx.record(&grant, &event).await?;
    Ok(tx.commit().await?)
}

fn head_mail(app: &App, head: &Seal, address: String) -> Mail {
    let root = hex::encode(head.root);
    let signed_at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(head.signed_at) * 1_000_000);
    let variables = json!({
        "day": day(app.now()),
        "tree_size": count(head.tree_size),
        "sealed_at": at(signed_at.unwrap_or(app.now())),
        "root_short": &root[..12],
        "root": root,
        "key_id": head.key_id,
        "signature_text": hex::encode(&head.signature),
        "command": "parchemin journal verify --file journal.jsonl",
        "link": app.url("/journal"),
    });
    let once = format!("journal-head:{}:{address}", day(app.now()));
    Mail::new("journal-head", Recipient::Address { address }, labels::KEEPER, variables).once(once)
}

/// Verifies what was added since the last verification that found nothing, and everything on Sundays; tells the
/// managers when something is wrong.
///
/// # Errors
/// What the database answers.
pub async fn daily_check(app: &Arc<App>) -> Result<(), JournalError> {
    let since = if app.now().weekday() == Weekday::Sunday { None } else { last_good(app).await? };
    let told = Arc::clone(app);
    let mails = move |outcome: &Outcome| broken_mail(&told, outcome).into_iter().collect();
    let outcome = actions::verify(app, Actor::system("journal.daily_check"), since.as_ref(), mails).await?;
    if let Some(divergence) = outcome.divergence() {
        tracing::error!(?divergence, "the journal is altered");
    }
    Ok(())
}

/// The head of the last verification that found nothing.
async fn last_good(app: &App) -> Result<Option<Since>, JournalError> {
    let Some((_, payload)) = queries::newest(app.db.read(), "journal.verified").await? else {
        return Ok(None);
    };
    Ok(since_of(&payload))
}

fn since_of(payload: &Value) -> Option<Since> {
    if payload["status"] != "intact" {
        return None;
    }
    let tree_size = payload["tree_size"].as_u64().filter(|size| *size > 0)?;
    let root: Hash = hex::decode(payload["root"].as_str()?).ok()?.try_into().ok()?;
    Some(Since { tree_size, root: Some(root) })
}

fn broken_mail(app: &App, outcome: &Outcome) -> Option<Mail> {
    let divergence = outcome.divergence()?;
    let report = outcome.report();
    let last_good = report.last.as_ref().map_or_else(
        || "aucun".to_owned(),
        |seal| {
            let signed = OffsetDateTime::from_unix_timestamp_nanos(i128::from(seal.signed_at) * 1_000_000);
            format!(
                "sceau de {} actes, {}",
                count(seal.tree_size),
                at(signed.unwrap_or(OffsetDateTime::UNIX_EPOCH))
            )
        },
    );
    let hash = |hash: &Option<String>| hash.clone().unwrap_or_else(|| "sans objet".to_owned());
    let variables = json!({
        "checked_at": at(app.now()),
        "divergence": divergence.sentence(),
        "last_good_seal": last_good,
        "tree_size": count(report.events),
        "expected_root": hash(&divergence.expected),
        "computed_root": hash(&divergence.computed),
        "command": "parchemin journal verify --json",
        "link": app.url("/journal"),
    });
    let once = format!("journal-broken:{}", day(app.now()));
    Some(Mail::new("journal-broken", Recipient::Managers, labels::MANAGER, variables).once(once))
}

fn day(now: OffsetDateTime) -> String {
    deadline::date_in_zone(now, PARIS).map_or_else(|_| now.date().to_string(), french::date)
}

fn at(instant: OffsetDateTime) -> String {
    let local = deadline::local(instant, PARIS);
    local
        .map_or_else(|_| instant.to_string(), |local| format!("{}, heure de Paris", french::date_time(local)))
}

fn count(number: u64) -> String {
    french::integer(i64::try_from(number).unwrap_or(i64::MAX))
}
