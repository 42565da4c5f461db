//! What a person types about fundings; every fault at once. Pure.

use entity::funding::Scheme;
use entity::funding_piece::FundingPieceKind;
use entity::ids::DocumentId;
use time::Date;
use uuid::Uuid;

use super::labels;
use crate::error::{Fault, Faults};
use crate::rules::training::funding::{asks_agreement, is_european, pays_provider};
use crate::rules::{line, money};

const LONGEST_FUNDER: usize = 200;
const LONGEST_NUMBER: usize = 60;
const LONGEST_NOTE: usize = 300;
const LONGEST_REASON: usize = 500;
/// Hours that no training of one person passes.
const MOST_MINUTES: i32 = 2_000 * 60;

/// Who is expected to fund, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTerms {
    /// A word of [`Scheme`].
    pub scheme: String,
    /// Name of the funder.
    pub funder: String,
    /// Whether the funder pays the certifier.
    pub subrogation: bool,
    /// Whether the European Union takes part.
    pub eu_funded: bool,
}

/// Who is expected to fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The scheme.
    pub scheme: Scheme,
    /// Name of the funder.
    pub funder: String,
    /// Whether the funder pays the certifier.
    pub subrogation: bool,
    /// Whether the European Union takes part.
    pub eu_funded: bool,
}

impl TypedTerms {
    /// Reads them.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self) -> Result<Terms, Vec<Fault>> {
        let mut faults = Faults::default();
        let scheme = Scheme::from_word(self.scheme.trim());
        if scheme.is_none() {
            faults.push("/scheme", "unknown", labels::faults::SCHEME_WANTED);
        }
        let wanted = scheme.is_none_or(asks_agreement);
        let funder = if wanted {
            line::wanted(&self.funder, LONGEST_FUNDER, labels::faults::FUNDER_WANTED)
        } else {
            line::optional(&self.funder, LONGEST_FUNDER)
        };
        let funder = faults.read("/funder", funder, |error| error.code());
        if self.subrogation && scheme.is_some_and(|scheme| !asks_agreement(scheme)) {
            faults.push("/subrogation", "no-funder", labels::faults::NO_SUBROGATION);
        }
        let terms = scheme.zip(funder).map(|(scheme, funder)| Terms {
            scheme,
            funder,
            subrogation: self.subrogation || pays_provider(scheme),
            eu_funded: self.eu_funded || is_european(scheme),
        });
        faults.or(terms)
    }
}

/// What the funder agreed on, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAgreement {
    /// Number of the agreement.
    pub number: String,
    /// Amount for one person, in euros.
    pub amount: String,
    /// Hours for one person: `14`, `14,5`, `14 h 30`.
    pub hours: String,
    /// Day of the agreement.
    pub agreed_on: String,
}

/// What the funder agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Number of the agreement; empty when nobody but who buys pays.
    pub number: String,
    /// Amount, in cents.
    pub amount_cents: i64,
    /// Minutes; zero for a lump sum.
    pub minutes: i32,
    /// Day of the agreement.
    pub agreed_on: Date,
}

impl TypedAgreement {
    /// Reads it, for a scheme, on a day; `requested_on` is when the funder was asked.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(
        &self,
        scheme: Scheme,
        requested_on: Option<Date>,
        today: Date,
    ) -> Result<Agreement, Vec<Fault>> {
        let mut faults = Faults::default();
        let number = if asks_agreement(scheme) {
            line::wanted(&self.number, LONGEST_NUMBER, labels::faults::NUMBER_WANTED)
        } else {
            line::optional(&self.number, LONGEST_NUMBER)
        };
        let number = faults.read("/agreement_number", number, |error| error.code());
        let amount = money::parse(&self.amount).filter(|cents| *cents > 0);
        if amount.is_none() {
            faults.push("/amount_cents", "amount", labels::faults::AMOUNT_WANTED);
        }
        let minutes = minutes(&self.hours);
        if minutes.is_none() {
            faults.push("/agreed_minutes", "hours", labels::faults::HOURS_WANTED);
        }
        let agreed_on = past(&mut faults, "/agreed_on", &self.agreed_on, today);
        if agreed_on.zip(requested_on).is_some_and(|(agreed, asked)| agreed < asked) {
            faults.push("/agreed_on", "before-request", labels::faults::BEFORE_REQUEST);
        }
        let agreement = number.zip(amount).zip(minutes).zip(agreed_on).map(
            |(((number, amount_cents), minutes), agreed_on)| Agreement {
                number,
                amount_cents,
                minutes,
                agreed_on,
            },
        );
        faults.or(agreement)
    }
}

/// Hours as people write them, in minutes; nothing is a lump sum. None when they cannot be.
fn minutes(typed: &str) -> Option<i32> {
    let compact: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if compact.is_empty() {
        return Some(0);
    }
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 5 && text.chars().all(|c| c.is_ascii_digit());
        digits.then(|| text.parse::<i32>().ok()).flatten()
    };
    let found = if let Some((hours, rest)) = compact.split_once(['h', 'H']) {
        let rest = if rest.is_empty() { 0 } else { number(rest).filter(|rest| *rest < 60)? };
        number(hours)?.checked_mul(60)?.checked_add(rest)?
    } else if let Some((hours, part)) = compact.split_once([',', '.']) {
        let hundredths = number(&format!("{part:0<2}")).filter(|_| part.len() <= 2)?;
        number(hours)?.checked_mul(60)?.checked_add((hundredths * 60 + 50) / 100)?
    } else {
        number(&compact)?.checked_mul(60)?
    };
    Some(found).filter(|found| *found <= MOST_MINUTES)
}

/// Hours as a form and the API write them for [`TypedAgreement`]; nothing for a lump sum.
#[must_use]
pub fn hours(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => String::new(),
        (hours, 0) => hours.to_string(),
        (hours, rest) => format!("{hours} h {rest:02}"),
    }
}

/// A day that has come.
fn past(faults: &mut Faults, pointer: &str, typed: &str, today: Date) -> Option<Date> {
    let day = faults.required_date(pointer, typed)?;
    if day > today {
        faults.push(pointer, "in-the-future", labels::faults::NOT_YET);
        return None;
    }
    Some(day)
}

/// The day on which the funder was asked.
///
/// # Errors
/// The fault, at `/requested_on`.
pub fn requested_on(typed: &str, today: Date) -> Result<Date, Vec<Fault>> {
    let mut faults = Faults::default();
    let day = past(&mut faults, "/requested_on", typed, today);
    faults.or(day)
}

/// What the funder paid in the end, in cents; nothing typed is nothing.
///
/// # Errors
/// The fault, at `/paid_cents`.
pub fn paid(typed: &str) -> Result<i64, Vec<Fault>> {
    let mut faults = Faults::default();
    let typed = typed.trim();
    let paid = if typed.is_empty() { Some(0) } else { money::parse(typed) };
    if paid.is_none() {
        faults.push("/paid_cents", "amount", labels::faults::PAID_WANTED);
    }
    faults.or(paid)
}

/// A reason.
///
/// # Errors
/// The fault, at `/reason`.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let reason = line::wanted(typed, LONGEST_REASON, labels::faults::REASON_WANTED);
    let reason = faults.read("/reason", reason, |error| error.code());
    faults.or(reason)
}

/// A piece that was sent, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPiece {
    /// A word of [`FundingPieceKind`].
    pub kind: String,
    /// The day.
    pub sent_on: String,
    /// By which way; may be empty.
    pub note: String,
    /// Key of the file, when it is one of ours; may be empty.
    pub document_id: String,
}

/// A piece that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: FundingPieceKind,
    /// The day.
    pub sent_on: Date,
    /// By which way; may be empty.
    pub note: String,
    /// The file, when it is one of ours.
    pub document: Option<DocumentId>,
}

impl TypedPiece {
    /// Reads it on a day.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self, today: Date) -> Result<Piece, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = FundingPieceKind::from_word(self.kind.trim());
        if kind.is_none() {
            faults.push("/kind", "unknown", labels::faults::PIECE_WANTED);
        }
        let sent_on = past(&mut faults, "/sent_on", &self.sent_on, today);
        let note = faults.read("/note", line::optional(&self.note, LONGEST_NOTE), |error| error.code());
        let typed = self.document_id.trim();
        let document = if typed.is_empty() {
            Some(None)
        } else {
            let found = Uuid::parse_str(typed).ok();
            if found.is_none() {
                faults.push("/document_id", "unknown", labels::faults::FILE_WANTED);
            }
            found.map(|id| Some(DocumentId(id)))
        };
        let piece = kind
            .zip(sent_on)
            .zip(note)
            .zip(document)
            .map(|(((kind, sent_on), note), document)| Piece { kind, sent_on, note, document });
        faults.or(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 03 - 10);

    fn pointers(faults: &[Fault]) -> Vec<&str> {
        faults.iter().map(|fault| fault.pointer.as_str()).collect()
    }

    #[test]
    fn terms_name_a_scheme_and_a_funder() {
        let typed = |scheme: &str, funder: &str, subrogation| TypedTerms {
            scheme: scheme.to_owned(),
            funder: funder.to_owned(),
            subrogation,
            eu_funded: false,
        };
        let terms = typed("skills_plan", " Uniformation ", true).read().unwrap();
        assert_eq!((terms.scheme, terms.funder.as_str()), (Scheme::SkillsPlan, "Uniformation"));
        assert!(typed("cpf", "Caisse des dépôts", false).read().unwrap().subrogation);
        assert!(typed("fse", "DGEFP", false).read().unwrap().eu_funded);
        assert!(typed("employer", "", false).read().is_ok());
        for (wrong, expected) in [
            (typed("", "", false), vec!["/scheme", "/funder"]),
            (typed("mecenat", "Fondation", false), vec!["/scheme"]),
            (typed("region", " ", false), vec!["/funder"]),
            (typed("individual", "", true), vec!["/subrogation"]),
        ] {
            assert_eq!(pointers(&wrong.read().unwrap_err()), expected, "{wrong:?}");
        }
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("", Some(0)),
            ("14", Some(840)),
            ("14 h", Some(840)),
            ("14h30", Some(870)),
            ("14,5", Some(870)),
            ("12.25", Some(735)),
            ("14 h 75", None),
            ("h", None),
            ("-3", None),
            ("14,555", None),
            ("99999", None),
        ] {
            assert_eq!(minutes(typed), expected, "{typed}");
        }
        for minutes_of in [0, 45, 840, 870] {
            assert_eq!(minutes(&hours(minutes_of)), Some(minutes_of));
        }
    }

    #[test]
    fn an_agreement_tells_every_fault_at_once() {
        let typed = |number: &str, amount: &str, hours: &str, agreed_on: &str| TypedAgreement {
            number: number.to_owned(),
            amount: amount.to_owned(),
            hours: hours.to_owned(),
            agreed_on: agreed_on.to_owned(),
        };
        let asked = Some(date!(2026 - 03 - 02));
        let read = |typed: &TypedAgreement| typed.read(Scheme::SkillsPlan, asked, TODAY);
        let sound = read(&typed("UNI-4512", "840,50", "14", "2026-03-05")).unwrap();
        assert_eq!((sound.amount_cents, sound.minutes), (84_050, 840));
        for (wrong, expected) in [
            (
                typed("", "", "x", ""),
                vec!["/agreement_number", "/amount_cents", "/agreed_minutes", "/agreed_on"],
            ),
            (typed("U", "0", "", "2026-03-05"), vec!["/amount_cents"]),
            (typed("U", "10", "", "2026-03-01"), vec!["/agreed_on"]),
            (typed("U", "10", "", "2026-03-11"), vec!["/agreed_on"]),
        ] {
            assert_eq!(pointers(&read(&wrong).unwrap_err()), expected, "{wrong:?}");
        }
        assert!(typed("", "10", "", "2026-03-05").read(Scheme::Employer, None, TODAY).is_ok());
    }

    #[test]
    fn a_piece_has_its_day_and_may_be_a_file_of_ours() {
        let typed = |kind: &str, sent_on: &str, document: &str| TypedPiece {
            kind: kind.to_owned(),
            sent_on: sent_on.to_owned(),
            note: String::new(),
            document_id: document.to_owned(),
        };
        assert_eq!(typed("invoice", "2026-03-10", "").read(TODAY).unwrap().document, None);
        let wrong = typed("", "2026-03-11", "x").read(TODAY).unwrap_err();
        assert_eq!(pointers(&wrong), ["/kind", "/sent_on", "/document_id"]);
        assert_eq!(pointers(&reason(" ").unwrap_err()), ["/reason"]);
        assert_eq!((paid("").unwrap(), paid("12,50").unwrap()), (0, 1_250));
        assert_eq!(pointers(&paid("beaucoup").unwrap_err()), ["/paid_cents"]);
        assert_eq!(pointers(&requested_on("hier", TODAY).unwrap_err()), ["/requested_on"]);
    }
}
