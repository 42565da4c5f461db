//! What a file left behind: documents, mails, history. Pure.

use entity::document;
use entity::mail::MailState;
use time::Date;

use super::parts::Eyes;
use super::steps::short;
use crate::authz::Channel;
use crate::events::Recipient;
use crate::features::agreements::queries::Attachments;
use crate::features::agreements::queries::history::{Entry, MailTrace};
use crate::features::agreements::whole::stays_inside;
use crate::features::agreements::{labels, wording};
use crate::http::web::component::{Color, HistoryLine, Status};
use crate::render::french;
use crate::rules::deadline::local;

/// A document made by the program.
#[derive(Clone, Debug)]
pub struct DocumentPart {
    /// Title.
    pub title: String,
    /// Day, size.
    pub note: String,
    /// Address.
    pub href: String,
}

/// Documents made by the program, newest first; a structure does not see those that stay inside.
pub(super) fn documents(around: &Attachments, zone: &str, eyes: Eyes) -> Vec<DocumentPart> {
    let shown = |one: &&document::Model| one.generated && !(eyes == Eyes::Structure && stays_inside(one));
    around.documents.iter().rev().filter(shown).map(|one| part(one, zone)).collect()
}

/// A document made by the program.
pub(super) fn part(one: &document::Model, zone: &str) -> DocumentPart {
    DocumentPart {
        title: one.title.clone(),
        note: format!(
            "{}, {}",
            wording::day(*one.created_at, zone),
            french::file_size(u64::try_from(one.size).unwrap_or_default())
        ),
        href: format!("/documents/{}", one.id),
    }
}

/// A mail of the file.
#[derive(Clone, Debug)]
pub struct MailPart {
    /// Subject.
    pub subject: String,
    /// Who it is for, when.
    pub note: String,
    /// Where it is.
    pub status: Status,
    /// Its page; empty when the reader may not open it.
    pub href: String,
}

/// Mails of the file: all for the house, those received for the structure.
pub(super) fn mails(mails: Vec<MailTrace>, zone: &str, eyes: Eyes) -> Vec<MailPart> {
    let part = |one: MailTrace| {
        let to = serde_json::from_value::<Recipient>(one.recipient.clone()).ok()?;
        let mine = match eyes {
            Eyes::House => true,
            Eyes::Expert => matches!(to, Recipient::Expert { .. }),
            Eyes::Structure => matches!(to, Recipient::Structure { .. }),
        };
        let at = one.sent_at.unwrap_or(one.created_at);
        mine.then(|| MailPart {
            subject: one.subject,
            note: format!("à {}, {}", labels::mail::recipient(&to), short(Some(at), zone)),
            status: mail_state(one.state),
            href: if eyes == Eyes::House { format!("/courriels/{}", one.id) } else { String::new() },
        })
    };
    mails.into_iter().filter_map(part).collect()
}

/// The history; reasons written for the house stay there.
pub(super) fn history(entries: Vec<Entry>, zone: &str, eyes: Eyes) -> Vec<HistoryLine> {
    entries.into_iter().map(|entry| line(entry, zone, eyes)).collect()
}

fn line(entry: Entry, zone: &str, eyes: Eyes) -> HistoryLine {
    let event = entry.event;
    let at = local(*event.at, zone).ok();
    let system = event.actor_kind == "system";
    let mut who = match (&entry.who, event.role.as_str()) {
        (Some(name), "expert") => format!("{name}, contrôle"),
        (Some(name), "structure") => format!("{name}, structure"),
        (Some(name), _) => name.clone(),
        // The program acts on a page for whoever holds the link of a mail, and nowhere else.
        (None, _) if system && event.channel == Channel::Web.word() => {
            "Par le lien du courriel, contrôle".to_owned()
        }
        (None, _) if system => "Acte automatique".to_owned(),
        (None, _) => String::new(),
    };
    if let Some(reason) = event.reason.as_deref().filter(|_| eyes == Eyes::House) {
        who = if who.is_empty() { reason.to_owned() } else { format!("{who}. {reason}") };
    }
    let mut what = labels::told(&event.code, &event.payload);
    // Whom the team chose stays with the team, as its reasons do.
    if let Some(name) = entry.given_to.as_deref().filter(|_| eyes == Eyes::House) {
        what = format!("{what} à {name}");
    }
    if entry.times > 1 {
        what = format!("{what}, {} fois", entry.times);
    }
    HistoryLine {
        day: at.map(|at| day(at.date())).unwrap_or_default(),
        time: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        what,
        who,
        system,
        href: String::new(),
    }
}

fn day(date: Date) -> String {
    format!("{} {}", french::short_date(date), date.year())
}

/// Where a message is.
const fn mail_state(state: MailState) -> Status {
    match state {
        MailState::Pending => Status::new("À envoyer", "horloge", Color::Ardoise),
        MailState::Sending => Status::new("Envoi en cours", "envoi", Color::Ciel),
        MailState::Sent => Status::new("Envoyé", "coche", Color::Pre),
        MailState::Skipped => Status::new("Sans objet", "moins", Color::Ardoise),
        MailState::Failed => Status::new("En échec", "croix", Color::Garance),
    }
}
