//! The data of the components drawn by `templates/web/_ui.html`: status labels, lists, steps, history.

use time::Date;

/// A role of colour of the stylesheet. Never alone: a sign and a word go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Done, valid.
    Pre,
    /// Waiting, to complete.
    Ocre,
    /// Error, blocking, refused.
    Garance,
    /// Information, in progress.
    Ciel,
    /// Suspended, absent, appeal.
    Prune,
    /// Neutral, not started, ended.
    Ardoise,
}

impl Color {
    /// Every role, for tests and for the reference sheet.
    pub const ALL: [Self; 6] = [Self::Pre, Self::Ocre, Self::Garance, Self::Ciel, Self::Prune, Self::Ardoise];

    /// The name used in class names and in tokens: `etat--pre`, `--pre-voile`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pre => "pre",
            Self::Ocre => "ocre",
            Self::Garance => "garance",
            Self::Ciel => "ciel",
            Self::Prune => "prune",
            Self::Ardoise => "ardoise",
        }
    }
}

/// What a state looks like: one word, one sign, one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The French word.
    pub word: &'static str,
    /// A sign of `icones.svg`.
    pub icon: &'static str,
    /// The colour, third channel only.
    pub color: Color,
}

impl Status {
    /// A status label.
    #[must_use]
    pub const fn new(word: &'static str, icon: &'static str, color: Color) -> Self {
        Self { word, icon, color }
    }
}

/// Where a link leads and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The visible words.
    pub label: String,
    /// The address.
    pub href: String,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// A page that shows another day than today, and where it shows today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The day looked at.
    pub day: Date,
    /// The same page, today.
    pub back: String,
}

impl AsOf {
    /// Nothing to say when the day is today.
    #[must_use]
    pub fn of(day: Date, today: Date, back: String) -> Option<Self> {
        (day != today).then_some(Self { day, back })
    }
}

/// One answer among several: radio button, checkbox or option of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// What it implies; may be empty.
    pub help: String,
}

impl Choice {
    /// A choice without further explanation.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), help: String::new() }
    }

    /// Adds what the choice implies.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// One line of the margin: a term and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// The value.
    pub value: String,
    /// Where the value leads; empty for plain text.
    pub href: String,
    /// A second line, lighter; may be empty.
    pub note: String,
    /// References, SIRET and fingerprints are set in the fixed-width face.
    pub mono: bool,
}

impl Fact {
    /// A plain fact.
    #[must_use]
    pub fn new(term: impl Into<String>, value: impl Into<String>) -> Self {
        Self { term: term.into(), value: value.into(), ..Self::default() }
    }

    /// Makes the value a link.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    /// Adds a second line, unless it says the value again: the region of an overseas department has its name.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        if note != self.value {
            self.note = note;
        }
        self
    }

    /// The class of the value: fixed width, or a sentence that begins with a capital, which an address is not.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match (self.mono, self.href.is_empty() && !self.value.contains('@')) {
            (true, _) => "chasse",
            (false, true) => "phrase",
            (false, false) => "",
        }
    }

    /// Sets the value in the fixed-width face.
    #[must_use]
    pub const fn mono(mut self) -> Self {
        self.mono = true;
        self
    }
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Behind.
    Done,
    /// Here.
    Current,
    /// Ahead.
    Ahead,
}

impl Stage {
    /// The class of the step.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Done => "fait",
            Self::Current => "cours",
            Self::Ahead => "",
        }
    }
}

/// One step of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// A date or a count; may be empty.
    pub note: String,
    /// Where it stands.
    pub stage: Stage,
}

impl Step {
    /// A step.
    #[must_use]
    pub fn new(label: impl Into<String>, note: impl Into<String>, stage: Stage) -> Self {
        Self { label: label.into(), note: note.into(), stage }
    }
}

/// The sign of a line of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckMark {
    /// It is there, and right.
    Good,
    /// It is wrong or missing, and blocks.
    Bad,
    /// It is awaited, or under reserve.
    Waiting,
    /// Nothing is known yet.
    Open,
}

impl CheckMark {
    /// The class of the line.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Bad => "ko",
            Self::Waiting => "att",
            Self::Open => "",
        }
    }

    /// The sign of the sprite.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Good => "coche",
            Self::Bad => "croix",
            Self::Waiting => "horloge",
            Self::Open => "cercle",
        }
    }
}

/// One line of a checklist: a piece, a criterion, a guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The sign.
    pub mark: CheckMark,
    /// The status in a word, for those who do not see the sign: "Acceptée".
    pub word: String,
    /// What is checked.
    pub title: String,
    /// A code, a date, a reason; may be empty.
    pub note: String,
    /// The one thing to do about it.
    pub action: Option<Link>,
}

/// One line of the history of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryLine {
    /// "20 déc."
    pub day: String,
    /// "9 h 02"; may be empty.
    pub time: String,
    /// What happened.
    pub what: String,
    /// Who did it, and why when it was said.
    pub who: String,
    /// Done by the program itself.
    pub system: bool,
    /// The entry of the journal; may be empty.
    pub href: String,
}

/// How urgent a group of tasks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// The date has passed.
    Late,
    /// Today.
    Today,
    /// Later.
    Coming,
    /// Put off by the team.
    Postponed,
}

impl Urgency {
    /// The class of the line.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Late => "retard",
            Self::Today => "jour",
            Self::Coming | Self::Postponed => "",
        }
    }
}

/// One thing that waits for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The day it is due, short.
    pub when: String,
    /// What to do.
    pub title: String,
    /// The number of the file, in the fixed-width face; may be empty.
    pub reference: String,
    /// Why it is there.
    pub why: String,
    /// Who has it and why it is put off; may be empty.
    pub note: String,
    /// The verb of the button.
    pub verb: String,
    /// The page where it is done.
    pub href: String,
    /// The page where it is taken, handed over or put off; empty when the reader may not.
    pub follow: String,
}

/// Tasks of the same urgency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskGroup {
    /// How urgent they are.
    pub urgency: Urgency,
    /// The tasks, oldest first.
    pub tasks: Vec<Task>,
}

/// Where a list continues. Lists go by cursor: forward, or back to the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pagination {
    /// The address of the first page, when this is not it.
    pub first: Option<String>,
    /// The address of the next page.
    pub next: Option<String>,
}

impl Pagination {
    /// Whether everything is on this page.
    #[must_use]
    pub const fn is_alone(&self) -> bool {
        self.first.is_none() && self.next.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::Fact;

    #[test]
    fn a_fact_begins_with_a_capital_unless_it_is_an_address() {
        assert_eq!(Fact::new("Charte", "non signée").class(), "phrase");
        assert_eq!(Fact::new("Adresse", "camille@exemple.test").class(), "");
        assert_eq!(Fact::new("Structure", "Fil et Madras").to("/structures/1").class(), "");
        assert_eq!(Fact::new("SIREN", "999 903 032").mono().class(), "chasse");
    }

    #[test]
    fn a_second_line_never_says_the_value_again() {
        assert_eq!(Fact::new("Département", "Guadeloupe").with_note("Guadeloupe").note, "");
        assert_eq!(
            Fact::new("Département", "Vienne").with_note("Nouvelle-Aquitaine").note,
            "Nouvelle-Aquitaine"
        );
    }
}
