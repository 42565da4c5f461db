//! What is typed on the day: results, presences, decisions. Pure; every fault at once.

use entity::candidate::{IdentityDocument, JuryDecision};
use entity::epreuve::Scale;
use entity::ids::{JuryChangeId, JuryMemberId, JuryPassageId};
use entity::jury_incident::IncidentKind;
use entity::jury_passage::Presence;
use entity::jury_vote::Vote;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::input::{block, time_of};
use super::super::labels as words;
use super::labels;
use crate::error::{Fault, Faults};
use crate::rules::deadline::instant;
use crate::rules::line;
use crate::rules::referential::Epreuve;

/// Most changes of one sending.
pub const MOST_CHANGES: usize = 200;
/// Longest name of a field.
const LONGEST_FIELD: usize = 60;
const LONGEST_REASON: usize = 500;
/// The highest level of a scale of four.
const LEVELS: i32 = 4;
/// The highest mark where the referential tells none.
const HIGHEST: i32 = 100;
/// What a box or a choice sends for yes.
pub const YES: &str = "oui";
/// What a choice sends for no.
pub const NO: &str = "non";

/// What may be typed about a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The result of an épreuve, by its code.
    Mark(String),
    /// What the jury says of it.
    Comment(String),
    /// What the jury rules on a unit, by its code.
    Ruling(String),
    /// What it observed of it.
    Remark(String),
    /// What it observed besides.
    Observations,
    /// What it recommends.
    Recommendations,
    /// Whether the candidate was heard.
    Heard,
}

impl Field {
    /// The field of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        if word.chars().count() > LONGEST_FIELD {
            return None;
        }
        match word.split_once(':') {
            Some(("mark", code)) => Some(Self::Mark(code.to_owned())),
            Some(("comment", code)) => Some(Self::Comment(code.to_owned())),
            Some(("ruling", code)) => Some(Self::Ruling(code.to_owned())),
            Some(("remark", code)) => Some(Self::Remark(code.to_owned())),
            Some(_) => None,
            None => match word {
                "observations" => Some(Self::Observations),
                "recommendations" => Some(Self::Recommendations),
                "heard" => Some(Self::Heard),
                _ => None,
            },
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Mark(code) => format!("mark:{code}"),
            Self::Comment(code) => format!("comment:{code}"),
            Self::Ruling(code) => format!("ruling:{code}"),
            Self::Remark(code) => format!("remark:{code}"),
            Self::Observations => "observations".to_owned(),
            Self::Recommendations => "recommendations".to_owned(),
            Self::Heard => "heard".to_owned(),
        }
    }

    /// Whether what the rules propose may change with it.
    #[must_use]
    pub const fn is_result(&self) -> bool {
        matches!(self, Self::Mark(_) | Self::Ruling(_))
    }
}

/// What was typed about a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The field.
    pub field: Field,
    /// Its value.
    pub value: String,
}

/// The same, as a tablet sends it: perhaps late, perhaps twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedChange {
    /// Made on the tablet, the same for each sending.
    pub id: JuryChangeId,
    /// About whom.
    pub passage: JuryPassageId,
    /// Word of the field.
    pub field: String,
    /// Its value.
    pub value: String,
    /// When it was typed, by the clock of the tablet.
    pub typed_at: OffsetDateTime,
    /// Version of the passage that the person saw.
    pub seen: i32,
}

/// What a tablet sends at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The tablet, by a key of its own.
    pub device: Option<Uuid>,
    /// What was typed, in order.
    pub changes: Vec<TypedChange>,
}

/// A mark of an épreuve; none to take it back.
///
/// # Errors
/// The sentence that says what its scale takes.
pub fn mark(epreuve: &Epreuve, typed: &str) -> Result<Option<i32>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let highest = epreuve.out_of.unwrap_or(HIGHEST);
    let number = typed.parse::<i32>().ok();
    let found = match epreuve.scale {
        Scale::Binary => yes_or_no(typed).map(i32::from),
        Scale::FourLevels => number.filter(|level| (1..=LEVELS).contains(level)),
        Scale::Numeric => number.filter(|points| (0..=highest).contains(points)),
    };
    found.map(Some).ok_or_else(|| labels::faults::off_scale(epreuve.scale, highest))
}

/// A ruling on a unit; none to take it back.
///
/// # Errors
/// The sentence that says what is wanted.
pub fn ruling(typed: &str) -> Result<Option<bool>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => yes_or_no(typed).map(Some).ok_or_else(|| labels::faults::YES_OR_NO.to_owned()),
    }
}

fn yes_or_no(typed: &str) -> Option<bool> {
    match typed {
        YES | "1" => Some(true),
        NO | "0" => Some(false),
        _ => None,
    }
}

/// Several lines that may be empty.
///
/// # Errors
/// What is wrong with them.
pub fn lines(typed: &str) -> Result<String, String> {
    let mut faults = Faults::default();
    let text = block("", typed, &mut faults);
    faults.or(text).map_err(|faults| faults.into_iter().map(|fault| fault.message).collect())
}

/// Whether a candidate came, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPresence {
    /// Word of the presence.
    pub presence: String,
    /// Word of the document that was seen.
    pub document: String,
    /// Why the candidate did not come.
    pub reason: String,
}

impl TypedPresence {
    /// The presence, the document and the reason, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<(Presence, IdentityDocument, Option<String>), Vec<Fault>> {
        let mut faults = Faults::default();
        let presence = Presence::from_word(self.presence.trim()).filter(|one| *one != Presence::Expected);
        let presence =
            faults.read("/presence", presence.ok_or(labels::faults::PRESENCE_WANTED), |_| "missing");
        let document = if presence == Some(Presence::Present) {
            let seen = IdentityDocument::from_word(self.document.trim());
            let seen = seen.filter(|one| *one != IdentityDocument::None);
            faults.read("/identity_document", seen.ok_or(labels::faults::DOCUMENT_WANTED), |_| "missing")
        } else {
            Some(IdentityDocument::None)
        };
        let reason = match presence {
            Some(Presence::AbsentExcused) => required(&self.reason, &mut faults).map(Some),
            Some(Presence::Absent) => optional(&self.reason, &mut faults),
            _ => Some(None),
        };
        let read = presence.zip(document).zip(reason);
        faults.or(read.map(|((presence, document), reason)| (presence, document, reason)))
    }
}

fn required(typed: &str, faults: &mut Faults) -> Option<String> {
    let reason = line::wanted(typed, LONGEST_REASON, words::faults::REASON_WANTED);
    faults.read("/reason", reason, |error| error.code())
}

fn optional(typed: &str, faults: &mut Faults) -> Option<Option<String>> {
    let reason = line::optional(typed, LONGEST_REASON);
    faults
        .read("/reason", reason, |error| error.code())
        .map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// A decision, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDecision {
    /// Word of the decision.
    pub decision: String,
    /// Why, where it is not the one that the rules propose.
    pub reason: String,
    /// Everybody who votes says yes.
    pub unanimous: bool,
    /// Else, the vote of each member.
    pub votes: Vec<(JuryMemberId, Vote)>,
}

impl TypedDecision {
    /// The decision and its reason, or every fault; `proposed` is what the rules say, where they say something.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, proposed: Option<JuryDecision>) -> Result<(JuryDecision, Option<String>), Vec<Fault>> {
        let mut faults = Faults::default();
        let decision =
            JuryDecision::from_word(self.decision.trim()).filter(|decision| is_of_the_jury(*decision));
        let decision =
            faults.read("/decision", decision.ok_or(labels::faults::DECISION_WANTED), |_| "missing");
        let other = |one: JuryDecision| proposed.is_some_and(|proposed| proposed != one);
        let needs = decision.is_some_and(|one| other(one) || one == JuryDecision::Adjourned);
        let reason = if needs {
            required(&self.reason, &mut faults).map(Some)
        } else {
            optional(&self.reason, &mut faults)
        };
        faults.or(decision.zip(reason))
    }
}

/// Fraud is established by the certifier, and an absence is no decision.
fn is_of_the_jury(decision: JuryDecision) -> bool {
    use JuryDecision as D;
    matches!(decision, D::Total | D::Partial | D::Refused | D::Adjourned)
}

/// Something that happened, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedIncident {
    /// About whom; nobody for the session.
    pub passage: Option<JuryPassageId>,
    /// Word of the kind.
    pub kind: String,
    /// What happened; may be empty when the kind says it.
    pub description: String,
    /// The hour, where the session is; now unless typed.
    pub hour: String,
    /// The instant, where it is known as such.
    pub at: Option<OffsetDateTime>,
}

impl TypedIncident {
    /// The kind, the instant and the description, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(
        &self,
        (today, zone): (Date, &str),
        now: OffsetDateTime,
    ) -> Result<(IncidentKind, OffsetDateTime, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = IncidentKind::from_word(self.kind.trim());
        let kind = faults.read("/kind", kind.ok_or(labels::faults::KIND_WANTED), |_| "missing");
        if kind == Some(IncidentKind::Fraud) && self.passage.is_none() {
            faults.push("/passage_id", "missing", labels::faults::SUSPECT_WANTED);
        }
        let typed = match self.hour.trim() {
            "" => Some(self.at.unwrap_or(now)),
            hour => time_of(hour).and_then(|hour| instant(today, hour, zone).ok()),
        };
        let at = faults.read("/happened_at", typed.ok_or(labels::faults::HOUR_WANTED), |_| "time");
        if at.is_some_and(|at| at > now) {
            faults.push("/happened_at", "future", labels::faults::NOT_YET);
        }
        let description = block("/description", &self.description, &mut faults);
        let unsaid = description.as_ref().is_some_and(String::is_empty);
        if unsaid && kind.is_some_and(asks_words) {
            faults.push("/description", "missing", labels::faults::DESCRIPTION_WANTED);
        }
        let read = kind.zip(at).zip(description);
        faults.or(read.map(|((kind, at), description)| (kind, at, description)))
    }
}

/// Whether the kind of an incident says too little by itself.
const fn asks_words(kind: IncidentKind) -> bool {
    matches!(kind, IncidentKind::Fraud | IncidentKind::Other)
}

#[cfg(test)]
mod tests {
    use entity::epreuve::EpreuveKind;
    use time::macros::{date, datetime};

    use super::*;

    fn epreuve(scale: Scale, out_of: Option<i32>) -> Epreuve {
        Epreuve {
            code: "E1".to_owned(),
            title: String::new(),
            kind: EpreuveKind::Entretien,
            scale,
            threshold: Some(2),
            out_of,
            minutes: 0,
            assessors: 0,
            blocs: Vec::new(),
            skills: Vec::new(),
        }
    }

    #[test]
    fn a_mark_is_on_its_scale() {
        for (scale, typed, expected) in [
            (Scale::Binary, "oui", Some(1)),
            (Scale::Binary, "0", Some(0)),
            (Scale::Binary, "peut-être", None),
            (Scale::FourLevels, " 4 ", Some(4)),
            (Scale::FourLevels, "5", None),
            (Scale::FourLevels, "0", None),
            (Scale::Numeric, "20", Some(20)),
            (Scale::Numeric, "21", None),
            (Scale::Numeric, "-1", None),
        ] {
            let found = mark(&epreuve(scale, Some(20)), typed);
            assert_eq!(found.ok().flatten(), expected, "{scale:?} {typed}");
        }
        assert_eq!(mark(&epreuve(Scale::Numeric, None), ""), Ok(None), "taken back");
    }

    #[test]
    fn a_field_has_one_word() {
        for word in ["mark:E1", "comment:E1", "ruling:BC1", "remark:BC1", "observations", "heard"] {
            assert_eq!(Field::read(word).map(|field| field.word()).as_deref(), Some(word));
        }
        assert_eq!(Field::read("decision"), None);
        assert_eq!(Field::read(&format!("mark:{}", "E".repeat(80))), None);
    }

    #[test]
    fn a_presence_needs_a_document_and_an_excuse_a_reason() {
        for (presence, document, reason, pointers) in [
            ("present", "identity_card", "", vec![]),
            ("present", "", "", vec!["/identity_document"]),
            ("absent", "", "", vec![]),
            ("absent_excused", "", "", vec!["/reason"]),
            ("expected", "", "", vec!["/presence"]),
        ] {
            let typed = TypedPresence {
                presence: presence.to_owned(),
                document: document.to_owned(),
                reason: reason.to_owned(),
            };
            let faults = typed.read().err().unwrap_or_default();
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{presence}");
        }
    }

    #[test]
    fn another_decision_than_the_one_proposed_needs_a_reason() {
        use JuryDecision as D;
        for (typed, proposed, ok) in [
            ("total", Some(D::Total), true),
            ("partial", Some(D::Total), false),
            ("adjourned", Some(D::Adjourned), false),
            ("fraud", Some(D::Fraud), false),
            ("absent", Some(D::Absent), false),
            ("refused", None, true),
            ("adjourned", None, false),
        ] {
            let decision = TypedDecision { decision: typed.to_owned(), ..TypedDecision::default() };
            assert_eq!(decision.read(proposed).is_ok(), ok, "{typed}");
        }
    }

    #[test]
    fn an_incident_is_told_at_its_hour_and_never_ahead() {
        let now = datetime!(2026-04-14 09:00 UTC);
        let here = (date!(2026 - 04 - 14), "Europe/Paris");
        for (hour, pointers) in [("", vec![]), ("10:30", vec![]), ("12 h", vec!["/happened_at"])] {
            let typed = TypedIncident {
                kind: "delay".to_owned(),
                description: "Un train en retard".to_owned(),
                hour: hour.to_owned(),
                ..TypedIncident::default()
            };
            let faults = typed.read(here, now).err().unwrap_or_default();
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{hour}");
        }
    }

    #[test]
    fn a_suspected_fraud_names_somebody() {
        let now = datetime!(2026-04-14 09:00 UTC);
        let somebody = Some(JuryPassageId(Uuid::from_u128(1)));
        for (kind, passage, pointers) in
            [("fraud", None, vec!["/passage_id"]), ("fraud", somebody, vec![]), ("material", None, vec![])]
        {
            let typed = TypedIncident {
                passage,
                kind: kind.to_owned(),
                description: "Un téléphone".to_owned(),
                ..TypedIncident::default()
            };
            let faults = typed.read((date!(2026 - 04 - 14), "Europe/Paris"), now).err().unwrap_or_default();
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{kind}");
        }
    }
}
