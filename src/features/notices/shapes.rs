//! The JSON shapes of notifications.

use poem_openapi::Object;
use time::OffsetDateTime;
use uuid::Uuid;

use super::input::TypedPreferences;
use super::queries::{Notice, Own};
use crate::http::api::ShortText;
use crate::http::api::words::words;
use crate::rules::notices::Wish;

words! {
    /// What a person wishes for a class of messages.
    WishWord as "NoticeWish" for Wish {
        /// Each message when it is written.
        AtOnce,
        /// One message a day.
        Digest,
        /// No message.
        Never,
    }
}

/// What a person wishes; a field left out follows what the certifier proposes.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PreferencesIn {
    /// Messages of work.
    pub work: WishWord,
    /// Reminders.
    pub reminder: WishWord,
    /// Legal messages: `at_once` or nothing, they cannot be turned off.
    pub legal: Option<WishWord>,
    /// Messages about the safety of the account: `at_once` or nothing, they cannot be turned off.
    pub security: Option<WishWord>,
    /// Hour at which quiet begins, 0 to 23.
    pub quiet_from: Option<u8>,
    /// Hour at which it ends; the same hour for no quiet at all.
    pub quiet_until: Option<u8>,
    /// Whether messages of work wait for the end of quiet, as reminders do.
    pub work_waits: Option<bool>,
    /// Whether messages arrive on Saturdays and Sundays.
    pub weekends: Option<bool>,
    /// Hour of the digest.
    pub digest_at: Option<u8>,
    /// IANA zone; that of the person's file unless given.
    pub zone: Option<ShortText>,
}

impl PreferencesIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedPreferences {
        let hour = |hour: Option<u8>| hour.map(|hour| hour.to_string()).unwrap_or_default();
        let answer = |answer: Option<bool>| answer.map(answer_word).unwrap_or_default().to_owned();
        let wish =
            |wish: Option<WishWord>| wish.map(|wish| Wish::from(wish).word()).unwrap_or_default().to_owned();
        TypedPreferences {
            work: Wish::from(self.work).word().to_owned(),
            reminder: Wish::from(self.reminder).word().to_owned(),
            legal: wish(self.legal),
            security: wish(self.security),
            quiet_from: hour(self.quiet_from),
            quiet_until: hour(self.quiet_until),
            work_waits: answer(self.work_waits),
            weekends: answer(self.weekends),
            digest_at: hour(self.digest_at),
            zone: self.zone.map(String::from).unwrap_or_default(),
        }
    }
}

/// The word of an answer, as forms send it.
#[must_use]
pub const fn answer_word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// What applies to a person. Legal messages and those about the safety of the account always leave at once.
#[derive(Clone, Debug, Object)]
pub struct PreferencesOut {
    /// Messages of work.
    pub work: WishWord,
    /// Reminders.
    pub reminder: WishWord,
    /// Hour at which quiet begins.
    pub quiet_from: u8,
    /// Hour at which it ends.
    pub quiet_until: u8,
    /// Whether messages of work wait for the end of quiet, as reminders do.
    pub work_waits: bool,
    /// Whether messages arrive on Saturdays and Sundays.
    pub weekends: bool,
    /// Hour of the digest.
    pub digest_at: u8,
    /// IANA zone.
    pub zone: String,
    /// Version, to be given back in `If-Match`; 0 until something is recorded.
    pub version: i32,
}

impl From<&Own> for PreferencesOut {
    fn from(own: &Own) -> Self {
        let applied = &own.applied;
        Self {
            work: applied.work.into(),
            reminder: applied.reminder.into(),
            quiet_from: applied.hours.quiet_from,
            quiet_until: applied.hours.quiet_until,
            work_waits: applied.hours.work_waits,
            weekends: applied.hours.weekends,
            digest_at: applied.hours.digest_at,
            zone: applied.zone.clone(),
            version: own.row.as_ref().map_or(0, |row| row.version),
        }
    }
}

/// A notification.
#[derive(Clone, Debug, Object)]
pub struct NoticeOut {
    /// Key.
    pub id: Uuid,
    /// Subject of the message.
    pub subject: String,
    /// Why the person receives it.
    pub reason: String,
    /// `legal`, `work`, `reminder`.
    pub class: String,
    /// How it reached the person: `mail`, `digest`, `silent`.
    pub way: String,
    /// When.
    pub at: OffsetDateTime,
    /// Path of the page it leads to.
    pub path: Option<String>,
    /// Whether it was read.
    pub read: bool,
}

impl From<&Notice> for NoticeOut {
    fn from(notice: &Notice) -> Self {
        Self {
            id: notice.id.0,
            subject: notice.subject.clone(),
            reason: notice.reason.clone(),
            class: notice.class.word().to_owned(),
            way: notice.way.word(),
            at: notice.at,
            path: notice.path.clone(),
            read: notice.is_read,
        }
    }
}

/// A page of notifications.
#[derive(Clone, Debug, Object)]
pub struct NoticePage {
    /// Newest first.
    pub items: Vec<NoticeOut>,
    /// How many are unread in all.
    pub unread: u64,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// How many were marked.
#[derive(Clone, Debug, Object)]
pub struct MarkedOut {
    /// Notifications marked as read.
    pub marked: u64,
}
