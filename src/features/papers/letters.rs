//! The messages of papers: who is written to, with which link. The links act without an account, for their reader alone.

use entity::training_document::PaperKind;
use entity::training_signature::{self, Party};
use serde_json::{Value, json};
use time::Duration;

use super::record::Record;
use super::{PaperError, labels, link, wording};
use crate::app::App;
use crate::events::{Invitation, InvitationMethod, Mail, Recipient};
use crate::rules::training::paper::Content;

/// Where a party is written to: the team for the body itself, the address of the enrolment for whoever learns, else the
/// address that was given; nobody without one.
fn recipient(record: &Record, party: Party, email: &str) -> Option<Recipient> {
    match (party, record.paper.enrolment_id) {
        (Party::Provider, _) => Some(Recipient::Managers),
        (Party::Trainee, Some(id)) => Some(Recipient::Enrolment { id }),
        _ if email.trim().is_empty() => None,
        _ => Some(Recipient::Address { address: email.trim().to_owned() }),
    }
}

fn why(party: Party) -> &'static str {
    match party {
        Party::Provider => labels::WHY_TEAM,
        Party::Trainee => labels::WHY_TRAINEE,
        _ => labels::WHY_PARTY,
    }
}

fn common(record: &Record, content: &Content, link: String) -> Value {
    json!({
        "number": record.reference(),
        "kind_label": labels::kind(record.paper.kind),
        "title": content.action.title,
        "when": content.dates.period,
        "link": link,
    })
}

/// What asks somebody to sign.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn to_sign(
    app: &App,
    record: &Record,
    content: &Content,
    one: &training_signature::Model,
    reminder: bool,
) -> Result<Option<Mail>, PaperError> {
    let Some(to) = recipient(record, one.party, &one.email) else { return Ok(None) };
    let address = match one.party {
        Party::Provider => app.url(&record.path()),
        _ => link::to_sign(app, one.id)?,
    };
    let mut variables = common(record, content, address);
    variables["party_label"] = json!(wording::party(one.party));
    variables["until"] = json!(record.paper.sign_until.map(|at| wording::instant(*at)));
    variables["reminder"] = json!(reminder);
    Ok(Some(Mail::new("paper-to-sign", to, why(one.party), variables)))
}

/// Asks everybody who lacks.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn all_to_sign(
    app: &App,
    record: &Record,
    content: &Content,
    reminder: bool,
) -> Result<Vec<Mail>, PaperError> {
    let mut mails = Vec::new();
    for one in record.signatures.iter().filter(|one| one.kind.is_none()) {
        mails.extend(to_sign(app, record, content, one, reminder)?);
    }
    Ok(mails)
}

/// Gives everybody the signed issue.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn signed(app: &App, record: &Record, content: &Content) -> Result<Vec<Mail>, PaperError> {
    let address = link::to_read(app, record.paper.id)?;
    let one = |row: &training_signature::Model| {
        let to = recipient(record, row.party, &row.email)?;
        Some(Mail::new("paper-signed", to, why(row.party), common(record, content, address.clone())))
    };
    Ok(record.signatures.iter().filter_map(one).collect())
}

/// Gives somebody a paper that nobody signs: a proposal to the buyer, a certificate to whoever learnt.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn issued(
    app: &App,
    record: &Record,
    content: &Content,
    buyer_email: &str,
) -> Result<Vec<Mail>, PaperError> {
    let party = match record.paper.kind {
        PaperKind::Proposal => Party::Buyer,
        PaperKind::CompletionCertificate | PaperKind::AssiduityCertificate | PaperKind::EndAttestation => {
            Party::Trainee
        }
        _ => return Ok(Vec::new()),
    };
    let Some(to) = recipient(record, party, buyer_email) else { return Ok(Vec::new()) };
    let address = link::to_read(app, record.paper.id)?;
    Ok(vec![Mail::new("paper-issued", to, why(party), common(record, content, address))])
}

/// Calls somebody, or tells their representative the same; the first half-day goes to their calendar.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn summons(
    app: &App,
    record: &Record,
    content: &Content,
    guardian_email: &str,
) -> Result<Vec<Mail>, PaperError> {
    let guardian = record.paper.kind == PaperKind::GuardianNotice;
    let party = if guardian { Party::Guardian } else { Party::Trainee };
    let Some(to) = recipient(record, party, guardian_email) else { return Ok(Vec::new()) };
    let mut variables = common(record, content, link::to_read(app, record.paper.id)?);
    let dates = &content.dates;
    let half_days: Vec<_> =
        dates.timetable.iter().map(|half| format!("{}, {}", half.day, half.hours)).collect();
    let trainers: Vec<_> = dates.trainers.iter().map(|one| one.name.clone()).collect();
    let told = [
        (
            "person_name",
            json!(content.person.as_ref().map(|person| person.name.clone()).filter(|_| guardian)),
        ),
        ("half_days", json!(half_days)),
        ("zone", json!(dates.zone)),
        ("place", json!(dates.place)),
        ("trainers", json!(crate::render::french::list(&trainers))),
        ("to_bring", json!(Some(&content.to_bring).filter(|text| !text.is_empty()))),
        ("contact", json!(content.contact)),
        ("accessibility", json!(content.accessibility)),
    ];
    for (name, value) in told {
        variables[name] = value;
    }
    let mail = Mail::new("paper-summons", to, why(party), variables);
    Ok(vec![mail.invited(invitation(record, content).filter(|_| !guardian))])
}

/// The session, for a calendar: from its first half-day on, each of them told in words.
fn invitation(record: &Record, content: &Content) -> Option<Invitation> {
    let session = &record.session;
    let (from, until) = (session.starts_at?, session.ends_at?);
    let short = content.dates.timetable.len() < 3;
    let lasts = if short { *until - *from } else { Duration::hours(4) };
    let half_days: Vec<_> =
        content.dates.timetable.iter().map(|half| format!("{}, {}", half.day, half.hours)).collect();
    Some(Invitation {
        uid: format!("training-session-{}@parchemin", session.id),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method: InvitationMethod::Request,
        starts_at: *from,
        lasts,
        zone: session.zone.clone(),
        summary: content.action.title.clone(),
        location: content.dates.place.clone(),
        description: half_days.join("\n"),
    })
}

/// Tells the team that somebody refused.
pub(super) fn refused(app: &App, record: &Record, content: &Content, party: Party, reason: &str) -> Mail {
    let mut variables = common(record, content, app.url(&record.path()));
    variables["party_label"] = json!(wording::party(party));
    variables["refusal"] = json!(reason);
    Mail::new("paper-refused", Recipient::Managers, labels::WHY_TEAM, variables)
}

/// Tells the team that the delay has passed.
pub(super) fn unsigned(app: &App, record: &Record, content: &Content) -> Mail {
    let mut variables = common(record, content, app.url(&record.path()));
    let waiting: Vec<_> = record.signatures.iter().filter(|one| one.kind.is_none()).collect();
    variables["waiting"] = json!(waiting.iter().map(|one| wording::party(one.party)).collect::<Vec<_>>());
    Mail::new("paper-unsigned", Recipient::Managers, labels::WHY_TEAM, variables)
}
