//! The frozen text on a screen, and how far a jury is after its day.

use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryState};
use time::OffsetDateTime;

use super::super::content::{Candidate, Content};
use super::super::load::{Book, Record};
use super::super::{documents, labels, wording};
use crate::features::candidates::labels as words_of_candidates;
use crate::features::juries::labels as words_of_juries;
use crate::features::juries::wording as words_of_the_day;
use crate::http::web::component::{Fact, Stage, Status, Step};
use crate::render::{french, seal};
use crate::rules::deadline::day_in_zone;

/// The frozen text.
#[derive(Clone, Debug)]
pub struct ActeView {
    /// Who certifies.
    pub certifier: String,
    /// What it is.
    pub title: &'static str,
    /// Number of the session.
    pub number: String,
    /// Its rank.
    pub revision: i32,
    /// Where it stands.
    pub status: Status,
    /// The drawing of the seal.
    pub seal: String,
    /// The words of the drawing.
    pub seal_words: String,
    /// The fingerprint in groups.
    pub fingerprint: String,
    /// The facts.
    pub facts: Vec<Fact>,
    /// Why it corrects another.
    pub corrects: String,
    /// Code and title of each bloc or skill.
    pub units: Vec<(String, String)>,
    /// The candidates.
    pub rows: Vec<ActeRow>,
    /// What the jury says of each, and of the day.
    pub notes: Vec<(String, String)>,
}

/// A candidate of the frozen text.
#[derive(Clone, Debug)]
pub struct ActeRow {
    /// First names and name.
    pub name: String,
    /// Number.
    pub number: String,
    /// Date of birth.
    pub birth: String,
    /// What is said of each unit.
    pub units: Vec<UnitMark>,
    /// What the jury decided; none without a decision.
    pub decision: Option<Status>,
}

/// What is said of one unit of a candidate.
#[derive(Clone, Copy, Debug)]
pub struct UnitMark(Option<bool>);

impl UnitMark {
    /// It is acquired.
    #[must_use]
    pub fn is_acquired(self) -> bool {
        self.0 == Some(true)
    }

    /// It is still to acquire.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self.0 == Some(false)
    }
}

impl ActeView {
    /// The text of some minutes.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let content = &record.content;
        let digest = documents::fingerprint(&record.row);
        let first = content.candidates.iter().max_by_key(|one| one.units.len());
        let units = first.into_iter().flat_map(|one| one.units.iter());
        Self {
            certifier: content.certifier.clone(),
            title: labels::title(content.kind, content.corrects.is_some()),
            number: content.session.number.clone(),
            revision: content.revision,
            status: labels::state(record.row.state),
            seal: seal::svg_inline(&digest),
            seal_words: seal::alternative_text(&digest),
            fingerprint: seal::fingerprint_groups(&hex::encode(digest)),
            facts: facts(content),
            corrects: content.corrects.as_ref().map(|old| old.reason.clone()).unwrap_or_default(),
            units: units.map(|unit| (unit.code.clone(), unit.title.clone())).collect(),
            rows: content.candidates.iter().map(row).collect(),
            notes: notes(content),
        }
    }
}

fn row(one: &Candidate) -> ActeRow {
    ActeRow {
        name: format!("{} {}", one.first_names, one.birth_name).trim().to_owned(),
        number: one.number.clone(),
        birth: wording::birth(&one.birth_date),
        units: one.units.iter().map(|unit| UnitMark(unit.acquired)).collect(),
        decision: one.decision.map(words_of_candidates::decision),
    }
}

fn facts(content: &Content) -> Vec<Fact> {
    use super::super::labels::fact;
    let structure =
        content.structure.agreement.clone().unwrap_or_else(|| labels::text::NO_AGREEMENT.to_owned());
    let members: Vec<String> =
        content.members.iter().map(|one| labels::text::member(&one.name, &one.quality)).collect();
    let mut facts = vec![
        Fact::new(fact::CERTIFICATION, content.certification.title.clone())
            .with_note(content.certification.version.clone()),
        Fact::new(fact::STRUCTURE, content.structure.name.clone()).with_note(structure),
        Fact::new(fact::WHEN, wording::when(content)),
        Fact::new(fact::WHERE, content.session.place.clone())
            .with_note(words_of_juries::mode(content.session.mode)),
        Fact::new(fact::MEMBERS, french::list(&members)),
        Fact::new(fact::QUORUM, labels::text::quorum(content.quorum.reached, content.quorum.present)),
    ];
    if let Some(registration) = &content.certification.registration {
        facts.insert(1, Fact::new(fact::REGISTER, registration.clone()));
    }
    let declared = content.members.iter().filter(|one| one.impartial).count();
    let out: usize = content.candidates.iter().map(|one| one.abstentions.len()).sum();
    facts.push(Fact::new(fact::IMPARTIALITY, labels::text::impartiality(declared, out)));
    let decided = content.candidates.iter().filter(|one| one.presence == Presence::Present);
    let votes: Vec<_> = decided.filter(|one| one.decision.is_some()).map(|one| one.votes).collect();
    if let Some(votes) = labels::text::all_votes(&votes) {
        facts.push(Fact::new(fact::VOTES, votes));
    }
    if !content.absent.is_empty() {
        let absent: Vec<String> = content.absent.iter().map(|one| one.name.clone()).collect();
        facts.push(Fact::new(fact::ABSENT, french::list(&absent)));
    }
    if !content.observers.is_empty() {
        facts.push(Fact::new(fact::OBSERVERS, french::list(&content.observers)));
    }
    facts
}

/// What is written beside the decisions, each with whom or what it is about.
fn notes(content: &Content) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    let mut note = |about: &str, text: String| {
        if !text.trim().is_empty() {
            notes.push((about.to_owned(), text));
        }
    };
    note(labels::text::LACKED, content.lacked.clone());
    for one in &content.candidates {
        let about = one.number.as_str();
        if one.presence == Presence::Present {
            note(about, labels::text::votes(one.votes));
        }
        note(about, one.presence_reason.clone().unwrap_or_default());
        note(about, one.reason.clone().unwrap_or_default());
        note(about, one.observations.clone());
        note(about, one.recommendations.clone());
        for out in &one.abstentions {
            note(about, labels::text::abstention(&out.member, &out.reason));
        }
        if one.adapted {
            note(about, labels::text::ADAPTED.to_owned());
        }
    }
    for one in &content.incidents {
        let description = one.description.clone().unwrap_or_default();
        let when = format!("{}, {}. {description}", wording::hour(&one.at), labels::text::incident(one.kind));
        note(one.candidate.as_deref().unwrap_or(labels::text::INCIDENT), when);
    }
    note(labels::text::REMARKS, content.remarks.clone());
    notes
}

/// How far the jury is, from its opening to the results.
#[must_use]
pub(super) fn steps(book: &Book) -> Vec<Step> {
    use JuryState as S;
    let rank = match book.whole.session.state {
        S::Open => 1,
        S::Deliberating => 2,
        S::ToSign => 3,
        S::Signed | S::ToRectify => 4,
        S::Checked | S::Validated => 5,
        S::Closed => 6,
        _ => 0,
    };
    let session = &book.whole.session;
    let hour = |at: Option<entity::Instant>| at.map(|at| words_of_the_day::hour(*at, &session.zone));
    let seen = |wanted: &[Presence]| {
        book.whole.passages.iter().filter(|one| wanted.contains(&one.row.presence)).count()
    };
    let (came, absent) = (seen(&[Presence::Present]), seen(&[Presence::Absent, Presence::AbsentExcused]));
    let was_heard = |row: &jury_passage::Model| row.presence == Presence::Present && row.heard_at.is_some();
    let heard = book.whole.passages.iter().filter(|one| was_heard(&one.row)).count();
    let note = |step: usize| match step {
        0 => hour(session.opened_at).map(|hour| labels::text::opened(&hour, session.state != S::NoQuorum)),
        1 => (came + absent > 0).then(|| labels::text::heard(heard, came - heard, absent)),
        2 => session.frozen_at.map(|at| closed(session, *at)),
        3 => book
            .current()
            .map(|record| labels::progress(record.signatures.len(), record.content.members.len())),
        _ => None,
    };
    let notes = |step: usize| note(step).unwrap_or_default();
    let stage = |step: usize| match step.cmp(&rank) {
        std::cmp::Ordering::Less => Stage::Done,
        std::cmp::Ordering::Equal => Stage::Current,
        std::cmp::Ordering::Greater => Stage::Ahead,
    };
    labels::STEPS
        .into_iter()
        .enumerate()
        .map(|(step, name)| Step::new(name, notes(step), stage(step)))
        .collect()
}

/// When the deliberation was closed: its hour, or its day when it was not that of the jury.
fn closed(session: &jury_session::Model, at: OffsetDateTime) -> String {
    let day = day_in_zone(at, &session.zone);
    let later = session.starts_at.is_some_and(|start| day_in_zone(*start, &session.zone) != day);
    labels::text::closed_on(&words_of_the_day::hour(at, &session.zone), later.then_some(day))
}
