//! The sessions that anybody may see, in memory, with the pages made of them.
//!
//! A shelf is what the database said at some moment, and never changes; it is thrown away with its pages when the database
//! says something else. What it was made of is its [`Stamp`]: the version of each session and each programme, and each
//! tally. The stamp is read again after every act that this process commits ([`App::commits`]), and at the latest a second
//! after the last time, for the acts of others: so a page never lags an act of this process, and those of other
//! processes by a second. Only what has changed is then read whole.
//!
//! Seats shown are those of that moment; who gets one is decided under the lock of `enrolments::seats`.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use entity::ids::{ProgrammeId, ProgrammeVersionId, TrainingSessionId};
use entity::programme_version::Modality;
use entity::training_handbook::HandbookKind;
use entity::{
    programme, programme_module, programme_price, programme_version, training_session, training_slot,
    training_tally,
};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::search::Index;
use super::{CatalogueError, queries};
use crate::app::App;
use crate::rules::training::seats::Tally;

/// How long what other processes do may stay unseen.
const LAG: Duration = Duration::seconds(1);
/// Pages kept beside a shelf; beyond, they are all made again.
const MOST_PAGES: usize = 600;

/// The sheet of a programme, in one of its versions.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The programme.
    pub programme: programme::Model,
    /// The version.
    pub version: programme_version::Model,
    /// Its prices.
    pub prices: Vec<programme_price::Model>,
    /// Its parts, in order.
    pub modules: Vec<programme_module::Model>,
}

/// A session and its half-days.
#[derive(Clone, Debug)]
pub struct Card {
    /// The session.
    pub session: training_session::Model,
    /// Its half-days, in order.
    pub slots: Vec<training_slot::Model>,
}

impl Card {
    /// The days on which it is held.
    #[must_use]
    pub fn days(&self) -> BTreeSet<Date> {
        let told: BTreeSet<Date> = self.slots.iter().map(|slot| slot.day).collect();
        if told.is_empty() {
            self.session.starts_on.into_iter().chain(self.session.ends_on).collect()
        } else {
            told
        }
    }
}

/// How a session is followed, as the public chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Somewhere.
    OnSite,
    /// From anywhere.
    Remote,
    /// Both.
    Mixed,
}

impl Mode {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::OnSite, Self::Remote, Self::Mixed];

    /// The way of a modality.
    #[must_use]
    pub const fn of(modality: Modality) -> Self {
        match modality {
            Modality::OnSite | Modality::Afest => Self::OnSite,
            Modality::Remote | Modality::RemoteAsync => Self::Remote,
            Modality::Mixed => Self::Mixed,
        }
    }

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnSite => "on_site",
            Self::Remote => "remote",
            Self::Mixed => "mixed",
        }
    }

    /// The way of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

/// A session of the catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The session.
    pub card: Arc<Card>,
    /// The sheet of its programme, in the version that it follows.
    pub sheet: Arc<Sheet>,
    /// Its seats.
    pub tally: Tally,
    /// Whether anybody may enrol.
    pub open: bool,
}

impl Entry {
    /// The session.
    #[must_use]
    pub fn session(&self) -> &training_session::Model {
        &self.card.session
    }

    /// How it is followed.
    #[must_use]
    pub fn mode(&self) -> Mode {
        Mode::of(self.session().modality)
    }

    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/catalogue/sessions/{}", self.session().number)
    }
}

/// What a shelf was made of; the same stamp is the same shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The half-hour: sessions begin and close by themselves.
    pub half_hour: i64,
    /// Sessions and their versions, by date.
    pub sessions: Vec<(TrainingSessionId, i32)>,
    /// Their seats.
    pub tallies: Vec<training_tally::Model>,
    /// Published programmes and their versions of row.
    pub programmes: Vec<(ProgrammeId, i32)>,
    /// Published sheets and their versions of row.
    pub sheets: Vec<(ProgrammeVersionId, i32)>,
    /// What is given before one enrols, and is in force.
    pub handbooks: Vec<HandbookKind>,
    /// The rule of waiting lists, as it is published.
    pub rule: String,
}

/// A page made of a shelf.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The whole text.
    pub text: bytes::Bytes,
    /// What tells it from another.
    pub etag: String,
}

/// What the catalogue holds.
#[derive(Debug)]
pub struct Shelf {
    /// What it was made of.
    pub stamp: Stamp,
    /// The sessions, by date.
    pub entries: Vec<Entry>,
    /// The sheets, by version: those that are published, and those that sessions follow.
    pub sheets: HashMap<ProgrammeVersionId, Arc<Sheet>>,
    /// The words of the sessions, in the same order.
    pub index: Arc<Index>,
    /// When it was made.
    pub made_at: OffsetDateTime,
    pages: Mutex<HashMap<String, Arc<Kept>>>,
}

impl Shelf {
    /// A shelf without any page yet.
    #[must_use]
    pub fn new(
        stamp: Stamp,
        entries: Vec<Entry>,
        sheets: HashMap<ProgrammeVersionId, Arc<Sheet>>,
        index: Arc<Index>,
        made_at: OffsetDateTime,
    ) -> Self {
        Self { stamp, entries, sheets, index, made_at, pages: Mutex::default() }
    }

    /// The session of a number or of a key.
    #[must_use]
    pub fn session(&self, reference: &str) -> Option<&Entry> {
        let key = Uuid::parse_str(reference).ok();
        let is = |session: &training_session::Model| session.number == reference || Some(session.id.0) == key;
        self.entries.iter().find(|entry| is(entry.session()))
    }

    /// The published sheets, by title.
    #[must_use]
    pub fn published(&self) -> Vec<&Arc<Sheet>> {
        let published = self.stamp.sheets.iter().filter_map(|(id, _)| self.sheets.get(id));
        let mut published: Vec<&Arc<Sheet>> = published.collect();
        published.sort_by(|one, other| one.version.title.cmp(&other.version.title));
        published
    }

    /// The published sheet of a programme, by the end of its address.
    #[must_use]
    pub fn programme(&self, slug: &str) -> Option<&Arc<Sheet>> {
        self.published().into_iter().find(|sheet| sheet.programme.slug == slug)
    }

    /// The open sessions of a programme, by date.
    #[must_use]
    pub fn of_programme(&self, id: ProgrammeId) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.open && entry.session().programme_id == id).collect()
    }

    /// A page made before.
    #[must_use]
    pub fn page(&self, key: &str) -> Option<Arc<Kept>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a page.
    pub fn keep(&self, key: &str, page: &Arc<Kept>) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.clear();
        }
        pages.insert(key.to_owned(), Arc::clone(page));
    }
}

/// The shelf of this process.
#[derive(Default)]
struct Cache {
    last: RwLock<Option<Seen>>,
    /// Whoever reads the database again; the others wait for them.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Seen {
    shelf: Arc<Shelf>,
    at: OffsetDateTime,
    commits: u64,
}

impl Cache {
    fn last(&self) -> Option<Seen> {
        self.last.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fresh(&self, now: OffsetDateTime, commits: u64) -> Option<Arc<Shelf>> {
        let seen = self.last()?;
        let recent = now >= seen.at && now - seen.at < LAG;
        (recent && seen.commits == commits).then_some(seen.shelf)
    }

    fn put(&self, seen: Seen) {
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }
}

/// What the catalogue holds now.
///
/// # Errors
/// What the database answers.
pub async fn shelf(app: &App) -> Result<Arc<Shelf>, CatalogueError> {
    let cache = app.memory.of::<Cache>();
    if let Some(found) = cache.fresh(app.now(), app.commits()) {
        return Ok(found);
    }
    let _turn = cache.turn.lock().await;
    // Read before the database: an act committed meanwhile is seen the next time.
    let (at, commits) = (app.now(), app.commits());
    if let Some(found) = cache.fresh(at, commits) {
        return Ok(found);
    }
    let known = cache.last().map(|seen| seen.shelf);
    let shelf = queries::refresh(app.db.read(), known.as_ref(), at).await?;
    cache.put(Seen { shelf: Arc::clone(&shelf), at, commits });
    Ok(shelf)
}
