//! The outbox worker: takes due mails, finds their recipients, hands one message per address to the relay.
//!
//! At least once: a process that dies between the relay and the mark sends again, under the same `Message-ID`.
//! An address that was accepted is marked at once and never written to again for the same mail.
//!
//! What each person wishes is asked when the mail would leave: it may wait for the end of their quiet hours, join
//! their digest, or stay on their page of notifications. A legal mail leaves whatever they wish.

mod mark;
mod message;
mod notice;

pub use notice::{Wishes, proposed, wishes};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use entity::mail_delivery::{self, DeliveryState};
use entity::notice::NoticeWay;
use entity::{ids::MailId, mail};
use futures_util::{StreamExt, stream};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use super::error::Unwritable;
use super::pace::{self, Pace};
use super::recipients::{self, Addressee};
use crate::app::App;
use crate::events::{Applies, Recipient};
use crate::mailer::Delivery;
use crate::rules::notices::Way;
use mark::Outcome;

/// Longer than one message may take, so that a slow relay does not make two processes send the same one.
const LEASE: Duration = Duration::from_mins(5);
const BATCH: u64 = 20;
/// Mails on their way at the same time.
const AT_ONCE: usize = 4;

/// What one pass did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pass {
    taken: usize,
    relay_away: bool,
}

/// Sends what is due until told to stop; mails not begun are given back.
pub async fn run(app: Arc<App>, stop: CancellationToken) {
    let mut pace = Pace::default();
    while !stop.is_cancelled() {
        match pace::guarded(pass(&app, &stop)).await {
            Some(Ok(Pass { relay_away: true, .. })) => {
                tracing::warn!("the mail relay is away");
                pace.trouble(&stop).await;
            }
            Some(Ok(Pass { taken: 0, .. })) => pace.idle(&app.wake.mail, &stop).await,
            Some(Ok(_)) => pace.reset(),
            Some(Err(error)) => {
                tracing::error!(%error, "mail worker");
                pace.trouble(&stop).await;
            }
            None => pace.trouble(&stop).await,
        }
    }
}

/// Sends what is due now, one batch; says how many mails were taken.
///
/// # Errors
/// What the database answers.
pub async fn run_once(app: &Arc<App>) -> Result<usize, DbErr> {
    Ok(pass(app, &CancellationToken::new()).await?.taken)
}

async fn pass(app: &Arc<App>, stop: &CancellationToken) -> Result<Pass, DbErr> {
    let mails = crate::db::claim_mails(&app.db, app.now(), LEASE, BATCH).await?;
    let taken = mails.len();
    let away = AtomicBool::new(false);
    let each = |mail| handle(app, mail, &away, stop);
    let settled: Vec<_> = stream::iter(mails).map(each).buffer_unordered(AT_ONCE).collect().await;
    settled.into_iter().collect::<Result<Vec<()>, _>>()?;
    Ok(Pass { taken, relay_away: away.load(Ordering::Relaxed) })
}

async fn handle(
    app: &Arc<App>,
    mail: mail::Model,
    away: &AtomicBool,
    stop: &CancellationToken,
) -> Result<(), DbErr> {
    let outcome = if away.load(Ordering::Relaxed) || stop.is_cancelled() {
        Outcome::Released(None)
    } else {
        attempt(app, &mail, away).await?
    };
    if let Outcome::Failed(answer) = &outcome {
        tracing::error!(mail = %mail.id, template = mail.template, answer = masked_text(answer), "mail failed");
    }
    mark::settle(app, &mail, outcome).await
}

async fn attempt(app: &Arc<App>, mail: &mail::Model, away: &AtomicBool) -> Result<Outcome, DbErr> {
    let conn = app.db.read();
    let Ok(to) = serde_json::from_value::<Recipient>(mail.recipient.clone()) else {
        return Ok(Outcome::Failed(Unwritable::Recipient.to_string()));
    };
    if let Some(condition) = &mail.applies {
        match serde_json::from_value::<Applies>(condition.clone()) {
            Ok(condition) if !recipients::still_applies(conn, &condition).await? => {
                return Ok(Outcome::Skipped);
            }
            Ok(_) => {}
            Err(_) => return Ok(Outcome::Failed(Unwritable::Condition.to_string())),
        }
    }
    match recipients::resolve(conn, &to).await? {
        Ok(people) => send_all(app, mail, people, away).await,
        Err(nobody) => Ok(Outcome::Failed(nobody.to_string())),
    }
}

/// What was said of each address, by this attempt and by earlier ones.
#[derive(Default)]
struct Tally {
    accepted: Option<String>,
    deferred: Option<String>,
    refused: Vec<String>,
    /// When the first of those whose quiet hours it is may be written to.
    quiet_until: Option<OffsetDateTime>,
    /// Somebody keeps it out of their mailbox.
    kept: bool,
}

async fn send_all(
    app: &App,
    mail: &mail::Model,
    people: Vec<Addressee>,
    away: &AtomicBool,
) -> Result<Outcome, DbErr> {
    let earlier = deliveries(app, mail.id).await?;
    let mut tally = Tally::default();
    for (to, way) in notice::ways(app, mail, people).await? {
        let known = earlier.iter().find(|delivery| delivery.address.eq_ignore_ascii_case(&to.address));
        let answer = known.and_then(|delivery| delivery.answer.clone()).unwrap_or_default();
        match (known.map(|delivery| delivery.state), way) {
            (Some(DeliveryState::Accepted), _) => {
                // Again, in case the process died between the two marks.
                notice::note(app, mail, &to, NoticeWay::Mail).await?;
                tally.accepted = Some(answer);
            }
            (Some(DeliveryState::Refused), _) => tally.refused.push(answer),
            (Some(DeliveryState::Deferred) | None, Way::Now) => {
                if !mark::renew(app, mail, LEASE).await? {
                    return Ok(Outcome::Released(None));
                }
                if let Some(answer) = send(app, mail, &to, &mut tally).await? {
                    away.store(true, Ordering::Relaxed);
                    return Ok(Outcome::Released(Some(answer)));
                }
            }
            (_, Way::At(until)) => tally.waits(until),
            (_, Way::Digest) => {
                notice::note(app, mail, &to, NoticeWay::Digest).await?;
                tally.kept = true;
            }
            (_, Way::Never) => {
                notice::note(app, mail, &to, NoticeWay::Silent).await?;
                tally.kept = true;
            }
        }
    }
    Ok(tally.outcome())
}

/// Sends to one address and counts the answer; gives it back when the relay itself is away.
async fn send(
    app: &App,
    mail: &mail::Model,
    to: &Addressee,
    tally: &mut Tally,
) -> Result<Option<String>, DbErr> {
    let delivery = match message::write(app, mail, to) {
        Ok(message) => app.mailer.send(message).await,
        Err(error @ Unwritable::From(_)) => Delivery::Unreachable(error.to_string()),
        Err(error) => Delivery::Refused(error.to_string()),
    };
    let (state, answer) = match delivery {
        Delivery::Unreachable(answer) => return Ok(Some(answer)),
        Delivery::Accepted(answer) => (DeliveryState::Accepted, answer),
        Delivery::Deferred(answer) => (DeliveryState::Deferred, answer),
        Delivery::Refused(answer) => (DeliveryState::Refused, answer),
    };
    let id = message::message_id(mail.id, &to.address, &app.config);
    mark::delivery(app, mail, &to.address, id, (state, answer.clone())).await?;
    if state == DeliveryState::Refused {
        tracing::warn!(mail = %mail.id, to = masked(&to.address), "address refused");
    }
    match state {
        DeliveryState::Accepted => {
            notice::note(app, mail, to, NoticeWay::Mail).await?;
            tally.accepted = Some(answer);
        }
        DeliveryState::Deferred => tally.deferred = Some(answer),
        DeliveryState::Refused => tally.refused.push(answer),
    }
    Ok(None)
}

impl Tally {
    fn waits(&mut self, until: OffsetDateTime) {
        self.quiet_until = Some(self.quiet_until.map_or(until, |known| known.min(until)));
    }

    fn outcome(mut self) -> Outcome {
        if let Some(answer) = self.deferred {
            return Outcome::Later(answer);
        }
        if let Some(until) = self.quiet_until {
            return Outcome::Quiet(until);
        }
        match (self.refused.pop(), self.accepted) {
            (Some(answer), _) => Outcome::Failed(answer),
            (None, None) if self.kept => Outcome::Kept,
            (None, accepted) => Outcome::Sent(accepted.unwrap_or_default()),
        }
    }
}

async fn deliveries(app: &App, mail: MailId) -> Result<Vec<mail_delivery::Model>, DbErr> {
    mail_delivery::Entity::find().filter(mail_delivery::Column::MailId.eq(mail)).all(app.db.read()).await
}

/// An address as the logs may show it: enough to recognise, not enough to write to.
fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}…@{domain}", local.chars().take(1).collect::<String>()),
        None => "…".to_owned(),
    }
}

/// The answer of a relay, which often repeats the address.
fn masked_text(answer: &str) -> String {
    let hide = |word: &str| {
        if word.contains('@') { masked(word.trim_matches(['<', '>', ':', ','])) } else { word.to_owned() }
    };
    answer.split_whitespace().map(hide).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn logs_show_no_whole_address() {
        assert_eq!(masked("camille.n@jardins.exemple"), "c…@jardins.exemple");
        assert_eq!(masked_text("550 <camille@a.exemple>: unknown"), "550 c…@a.exemple unknown");
    }

    fn tally(accepted: bool, deferred: bool, refused: bool) -> Tally {
        Tally {
            accepted: accepted.then(|| "250".to_owned()),
            deferred: deferred.then(|| "451".to_owned()),
            refused: if refused { vec!["550".to_owned()] } else { Vec::new() },
            ..Tally::default()
        }
    }

    #[test]
    fn one_refusal_makes_a_mail_that_somebody_must_look_at() {
        assert_eq!(tally(true, false, true).outcome(), Outcome::Failed("550".into()));
        assert_eq!(tally(true, true, true).outcome(), Outcome::Later("451".into()));
    }

    #[test]
    fn who_waits_for_the_morning_keeps_the_mail_and_who_keeps_it_does_not_fail_it() {
        let (early, late) = (datetime!(2026-01-15 03:00 UTC), datetime!(2026-01-15 06:00 UTC));
        let mut waiting = tally(true, false, false);
        waiting.waits(late);
        waiting.waits(early);
        assert_eq!(waiting.outcome(), Outcome::Quiet(early));
        let kept = |accepted, refused| Tally { kept: true, ..tally(accepted, false, refused) };
        assert_eq!(kept(false, false).outcome(), Outcome::Kept);
        assert_eq!(kept(true, false).outcome(), Outcome::Sent("250".into()));
        assert_eq!(kept(false, true).outcome(), Outcome::Failed("550".into()));
    }
}
