//! What the page of the journal shows.

use askama::Template;
use serde_json::Value;
use time::OffsetDateTime;

pub use super::detail::Detail;
use super::labels as words;
use crate::events::Seal;
use crate::features::journal::labels::{self, Family};
use crate::features::journal::queries::Entry;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::filters;
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::render::{french, seal};

/// `/journal`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/journal/journal.html")]
pub struct JournalPage {
    /// The shell.
    pub shell: Shell,
    /// Where the chain stands.
    pub panel: Panel,
    /// The filters: `du`, `au`, `objet`, `actes`.
    pub form: FormState,
    /// The boxes of the filters.
    pub families: Vec<Choice>,
    /// Key of the account whose acts are shown; empty for all.
    pub author: String,
    /// What the acts are about; empty for all.
    pub subject: String,
    /// How many are shown.
    pub note: String,
    /// The acts.
    pub rows: Vec<Row>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// `/journal/hors-ligne`: how to verify without this service.
#[derive(Template, Clone, Debug)]
#[template(path = "web/journal/offline.html")]
pub struct OfflinePage {
    /// The shell.
    pub shell: Shell,
    /// Names of the keys that sign or signed.
    pub keys: Vec<String>,
    /// The root of the newest seal, in groups; empty when nothing is sealed.
    pub root: String,
}

/// What the last verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was verified yet.
    Unknown,
    /// Everything is as it was written.
    Intact,
    /// Something is not.
    Altered,
}

impl Standing {
    /// What the panel adds to its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Intact => "",
            Self::Unknown => " preuve--doute",
            Self::Altered => " preuve--alteree",
        }
    }
}

/// The panel at the top.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What the last verification found.
    pub standing: Standing,
    /// What it says.
    pub text: String,
    /// The rosette of the root, as SVG; empty when nothing is sealed.
    pub drawing: String,
    /// What the rosette shows, in words.
    pub alternative: String,
    /// The root, in groups of four; empty when nothing is sealed.
    pub root: String,
    /// When the newest seal was signed.
    pub sealed_at: String,
    /// Who keeps copies of the head.
    pub copies: String,
}

impl Panel {
    /// From the last verification and the newest seal.
    #[must_use]
    pub fn new(verified: Option<(OffsetDateTime, &Value)>, newest: Option<&Seal>, recipients: usize) -> Self {
        let (standing, text) = match verified {
            None => (Standing::Unknown, String::new()),
            Some((at, found)) if found["status"] == "intact" => {
                let root = found["root"].as_str().unwrap_or_default();
                let newer = newest.filter(|newest| hex::encode(newest.root) != root);
                let newer = newer.map(|_| words::sealed_since(root)).unwrap_or_default();
                (Standing::Intact, words::recomputed(found, at) + &newer)
            }
            Some((_, found)) => {
                (Standing::Altered, found["divergence"]["message"].as_str().unwrap_or_default().to_owned())
            }
        };
        let signed = |seal: &Seal| OffsetDateTime::from_unix_timestamp(seal.signed_at / 1000).ok();
        Self {
            standing,
            text,
            drawing: newest.map(|newest| seal::svg_inline(&newest.root)).unwrap_or_default(),
            alternative: newest.map(|newest| seal::alternative_text(&newest.root)).unwrap_or_default(),
            root: newest.map(|newest| grouped(&newest.root)).unwrap_or_default(),
            sealed_at: newest.and_then(signed).map(words::second).unwrap_or_default(),
            copies: words::copies(recipients),
        }
    }
}

/// One act.
#[derive(Clone, Debug)]
pub struct Row {
    /// Id of the row in the page.
    pub anchor: String,
    /// Its number in the chain; empty while it waits for a seal.
    pub number: String,
    /// When.
    pub when: String,
    /// Who.
    pub who: String,
    /// In which part.
    pub role: String,
    /// Where the acts of the same account are; empty for the program.
    pub who_href: String,
    /// Its family.
    pub status: Status,
    /// What it was about.
    pub subject: String,
    /// What was done.
    pub act: String,
    /// The beginning of its hash.
    pub hash: String,
    /// Where its details are, or where they are closed.
    pub href: String,
    /// Its details, when they are open.
    pub detail: Option<Detail>,
}

impl Row {
    /// An act, closed.
    #[must_use]
    pub fn new(entry: &Entry, href: String, who_href: String) -> Self {
        let event = &entry.event;
        let came_in = event.actor_id.is_none() && entry.actor_name.is_some();
        let who = match (event.actor_kind.as_str(), &entry.actor_name) {
            (_, Some(name)) => name.clone(),
            ("account", None) => words::GONE.to_owned(),
            ("system", None) => words::PLATFORM.to_owned(),
            _ => words::VISITOR.to_owned(),
        };
        let number = |seq: u64| french::integer(i64::try_from(seq + 1).unwrap_or(i64::MAX));
        Self {
            anchor: format!("acte-{}", event.id),
            number: entry.seq.map(number).unwrap_or_default(),
            when: words::short_moment(*event.at),
            who,
            role: if came_in { words::COMES_IN.to_owned() } else { labels::role(&event.role) },
            who_href,
            status: Family::of(&event.name).status(),
            subject: words::subject(&event.subject_kind, &event.subject_label, entry.subject_name.as_deref()),
            act: words::acts::act(&event.name).to_owned(),
            hash: seal::fingerprint_groups(&hex::encode(event.hash.get(..4).unwrap_or_default())),
            href,
            detail: None,
        }
    }
}

/// A hash as a person compares it.
#[must_use]
pub fn grouped(hash: &[u8]) -> String {
    seal::fingerprint_groups(&hex::encode(hash))
}
