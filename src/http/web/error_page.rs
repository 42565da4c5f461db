//! What a person reads when something did not happen: what, what is safe, where to go.

use askama::Template;
use poem::http::StatusCode;

use super::component::Link;
use super::filters;
use super::layout::{Shell, Tone};
use crate::storage::content::MAX_UPLOAD;

/// The pages of error, one per thing that a person can understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 400: incomplete or badly formed.
    BadRequest,
    /// 401: a sign-in is needed.
    Unauthenticated,
    /// 403: seen, but not allowed.
    Forbidden,
    /// 403 too: the form of a page opened under another session.
    StaleForm,
    /// 404: not there, or not visible.
    NotFound,
    /// 409: the state of the file refuses it.
    Conflict,
    /// 413: too heavy.
    TooLarge,
    /// 429: too many requests.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: not now.
    Unavailable,
}

impl ErrorKind {
    /// Every kind that a status alone tells.
    pub const ALL: [Self; 9] = [
        Self::BadRequest,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::TooLarge,
        Self::TooMany,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The page for a status: its own, or the one of its family.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        let own = Self::ALL.into_iter().find(|kind| kind.status() == status.as_u16());
        own.unwrap_or(match status.as_u16() {
            405 | 410 => Self::NotFound,
            412 => Self::Conflict,
            400..500 => Self::BadRequest,
            502 | 504 => Self::Unavailable,
            _ => Self::Internal,
        })
    }

    /// The status that the page shows.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden | Self::StaleForm => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Unauthenticated | Self::NotFound | Self::Unavailable => Tone::Info,
            Self::StaleForm | Self::Conflict | Self::TooMany => Tone::Warning,
            Self::BadRequest | Self::Forbidden | Self::TooLarge | Self::Internal => Tone::Problem,
        }
    }
}

#[derive(Template)]
#[template(path = "web/errors/error.html")]
struct ErrorPage<'a> {
    shell: Shell,
    kind: ErrorKind,
    detail: &'a str,
    request_id: &'a str,
    retry_after: Option<u64>,
    /// Megabytes that a file may have.
    most: usize,
}

/// The page of an error. `detail` is a French sentence for the person, never the text of a fault of ours; `request_id`
/// is the reference to quote. Both may be empty.
#[must_use]
pub fn render(status: StatusCode, detail: &str, request_id: &str, shell: Shell) -> String {
    render_with_delay(status, detail, request_id, None, shell)
}

/// The same, saying when to try again, in seconds.
#[must_use]
pub fn render_with_delay(
    status: StatusCode,
    detail: &str,
    request_id: &str,
    retry_after: Option<u64>,
    shell: Shell,
) -> String {
    page_of_kind(ErrorKind::of(status), detail, request_id, retry_after, shell)
}

/// The page of a form that a session of before opened; the path of the shell is that of its page.
#[must_use]
pub fn render_stale_form(request_id: &str, shell: Shell) -> String {
    page_of_kind(ErrorKind::StaleForm, "", request_id, None, shell)
}

fn page_of_kind(
    kind: ErrorKind,
    detail: &str,
    request_id: &str,
    retry_after: Option<u64>,
    shell: Shell,
) -> String {
    let shell = shell.titled(kind.title());
    let page = ErrorPage { shell, kind, detail, request_id, retry_after, most: MAX_UPLOAD / (1024 * 1024) };
    page.render().unwrap_or_else(|_| kind.title().to_owned())
}

/// One field of which two versions exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The label of the field.
    pub label: String,
    /// What this person typed.
    pub yours: String,
    /// What is recorded now.
    pub recorded: String,
}

/// The page of a concurrent edition (409): both values, and a choice. It sends everything typed again, against the
/// version recorded now.
#[derive(Template, Clone, Debug)]
#[template(path = "web/errors/stale.html")]
pub struct StalePage {
    /// The shell; its title says what was not recorded.
    pub shell: Shell,
    /// Who recorded the other version; empty when it may not be said.
    pub who: String,
    /// The fields that differ.
    pub rows: Vec<Divergence>,
    /// Everything typed, as the form sent it, without its hidden fields.
    pub typed: Vec<(String, String)>,
    /// The version recorded now.
    pub version: i64,
    /// Where the form goes again.
    pub action: String,
    /// The page of the object, for those who keep what is recorded.
    pub back: String,
    /// How the notice sounds when nothing typed differs.
    pub tone: Tone,
}

/// The page that asks before something that cannot be undone, or that reaches people: what a dialog asks with a
/// script. Its button sends everything again with `confirme=oui`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/confirmation.html")]
pub struct ConfirmationPage {
    /// The shell; its title is the question.
    pub shell: Shell,
    /// "À l’enregistrement :".
    pub intro: String,
    /// Everything it changes and everyone who is told.
    pub effects: Vec<String>,
    /// What to look at before going on; may be empty.
    pub warnings: Vec<String>,
    /// Everything typed, as the form sent it, without the anti-forgery token.
    pub typed: Vec<(String, String)>,
    /// Where the form goes.
    pub action: String,
    /// The way back.
    pub keep: Link,
    /// The verb of the button.
    pub act: String,
    /// Set when the action takes something away.
    pub danger: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_page_of_its_family() {
        for (status, kind) in [
            (400, ErrorKind::BadRequest),
            (404, ErrorKind::NotFound),
            (405, ErrorKind::NotFound),
            (409, ErrorKind::Conflict),
            (412, ErrorKind::Conflict),
            (418, ErrorKind::BadRequest),
            (500, ErrorKind::Internal),
            (504, ErrorKind::Unavailable),
        ] {
            assert_eq!(ErrorKind::of(StatusCode::from_u16(status).unwrap()), kind, "{status}");
        }
    }

    #[test]
    fn the_reference_to_quote_is_on_the_page() {
        let html = render(StatusCode::INTERNAL_SERVER_ERROR, "", "REQ-17", Shell::default());
        assert!(html.contains("REQ-17"));
    }

    #[test]
    fn a_form_of_before_is_told_from_a_missing_right() {
        let html = render_stale_form("", Shell::default().at("/compte"));
        assert!(html.contains("ce que vous avez saisi y est encore") && html.contains("href=\"/compte\""));
        assert!(!html.contains("Votre compte ne donne pas ce droit"));
    }

    #[test]
    fn what_is_too_heavy_is_told_the_limit_and_the_way_back() {
        let shell = Shell::default().at("/agrements/BRO-1/brouillon/pieces");
        let html = render(StatusCode::PAYLOAD_TOO_LARGE, "", "", shell);
        assert!(html.contains("25\u{202f}Mo") && html.contains("href=\"/agrements/BRO-1/brouillon/pieces\""));
    }
}
