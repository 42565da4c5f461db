//! One message for one address: headers, text, HTML and, when there is a date, its calendar object.
//!
//! A message that a person may turn off says so to their mail program (RFC 2369), which may do it for them by one
//! POST to a link that knows their account (RFC 8058).

use entity::ids::MailId;
use entity::mail;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::authz::mail_link;
use crate::config::Config;
use crate::events::class_of;
use crate::render::ics;
use crate::rules::notices::Class;
use crate::worker::error::Unwritable;
use crate::worker::recipients::Addressee;

/// Name of the file that a person opens when the mail program does not show the date by itself.
const CALENDAR_FILE: &str = "rendez-vous.ics";

/// The same for every attempt on an address, so that a relay or a mailbox recognises a second delivery.
pub(super) fn message_id(mail: MailId, address: &str, config: &Config) -> String {
    let digest = Sha256::digest(address.to_lowercase().as_bytes());
    format!("<{}.{}@{}>", mail.0.simple(), hex::encode(&digest[..8]), domain(config))
}

/// The domain from which mails are sent.
fn domain(config: &Config) -> String {
    let from = config.mail_from.parse::<Mailbox>();
    from.map_or_else(|_| "localhost.localdomain".to_owned(), |from| from.email.domain().to_owned())
}

/// Writes the message of a mail for one address.
pub(super) fn write(app: &App, mail: &mail::Model, to: &Addressee) -> Result<Message, Unwritable> {
    let config = &app.config;
    let address = to.address.parse().map_err(Unwritable::To)?;
    let name = Some(to.name.clone()).filter(|name| !name.trim().is_empty());
    let mut message = Message::builder()
        .from(config.mail_from.parse().map_err(Unwritable::From)?)
        .to(Mailbox::new(name, address))
        .subject(mail.subject.clone())
        .date(app.now().into())
        .message_id(Some(message_id(mail.id, &to.address, config)));
    if let Some(reply_to) = &config.mail_reply_to {
        message = message.reply_to(reply_to.parse().map_err(Unwritable::From)?);
    }
    let mut headers = vec![
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("List-Id", format!("Parchemin <parchemin.{}>", domain(config))),
        ("X-Parchemin-Object", format!("{}/{}", mail.subject_kind, mail.subject_id)),
        ("X-Parchemin-Mail", mail.template.clone()),
    ];
    if let Some(link) = turn_off(app, mail, to) {
        headers.push(("List-Unsubscribe", format!("<{link}>")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    for (name, value) in headers {
        message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    Ok(message.multipart(body(mail, &to.address))?)
}

/// The link that turns off this class of messages for this person; none when they cannot be turned off, or when the
/// key cannot be read: the message leaves all the same.
fn turn_off(app: &App, mail: &mail::Model, to: &Addressee) -> Option<String> {
    let class = class_of(&mail.template);
    let account = to.account.filter(|_| Class::CHOSEN.contains(&class))?;
    match mail_link(app, account, class) {
        Ok(token) => Some(app.url(&format!("/desabonnement/{token}"))),
        Err(error) => {
            tracing::error!(%error, "no link to turn messages off");
            None
        }
    }
}

fn body(mail: &mail::Model, address: &str) -> MultiPart {
    let texts = MultiPart::alternative_plain_html(mail.body_text.clone(), mail.body_html.clone());
    let Some(calendar) = &mail.calendar else { return texts };
    let calendar = ics::addressed_to(calendar, address);
    let method = mail.calendar_method.as_deref().unwrap_or("REQUEST");
    let part = SinglePart::builder().header(calendar_type(method)).body(calendar.clone());
    let file = Attachment::new(CALENDAR_FILE.to_owned()).body(calendar, calendar_type(method));
    MultiPart::mixed().multipart(texts.singlepart(part)).singlepart(file)
}

fn calendar_type(method: &str) -> ContentType {
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    ContentType::parse(&kind).unwrap_or(ContentType::TEXT_PLAIN)
}
