//! What may be kept of a sheet as typed, even in a draft; every fault at once.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::document::{Document, Module, Price};
use crate::error::{Fault, Faults};
use crate::rules::line::{self, LineError};
use crate::rules::thousands;

const LONGEST_TEXT: usize = 5_000;
const LONGEST_LINE: usize = 300;
const MOST_OBJECTIVES: usize = 30;
const MOST_MODULES: usize = 60;
const MOST_PRICES: usize = 20;
const MOST_FORMACODES: usize = 5;
const MOST_ROME: usize = 10;
/// Half a year of full days.
const LONGEST_MINUTES: i32 = 1_000 * 60;
const MOST_HALF_DAYS: i32 = 400;
const MOST_PEOPLE: i32 = 200;
/// A hundred thousand euros.
const MOST_CENTS: i64 = 10_000_000;

/// The codes that a sheet may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aimed {
    /// Blocs of the referential aimed at.
    pub blocs: HashSet<String>,
    /// Its skills.
    pub skills: HashSet<String>,
}

/// The sheet with its texts tidied, or every fault.
///
/// # Errors
/// The faults, by JSON pointer.
pub fn read(typed: &Document, aimed: &Aimed) -> Result<Document, Vec<Fault>> {
    let mut faults = Faults::default();
    let document = texts(typed, &mut faults);
    numbers(typed, &mut faults);
    let document = Document {
        objectives: lines("/objectives", &typed.objectives, MOST_OBJECTIVES, &mut faults),
        blocs: named("/blocs", &typed.blocs, &aimed.blocs, NO_BLOC, &mut faults),
        nsf: nsf(&typed.nsf, &mut faults),
        formacodes: codes("/formacodes", &typed.formacodes, MOST_FORMACODES, is_formacode, &mut faults),
        rome: codes("/rome", &typed.rome, MOST_ROME, is_rome, &mut faults),
        prices: prices(&typed.prices, &mut faults),
        modules: modules(&typed.modules, aimed, &mut faults),
        ..document
    };
    faults.or(Some(document))
}

const NO_BLOC: &str = "Ce bloc n’est pas dans le référentiel publié de la certification visée";
const NO_SKILL: &str = "Cette compétence n’est pas dans le référentiel publié de la certification visée";

/// The texts; what is chosen stays as it is.
fn texts(typed: &Document, faults: &mut Faults) -> Document {
    let mut line = |field: &str, text: &str, longest: usize| {
        let read = line::optional(&one_line(text), longest);
        faults.read(&format!("/{field}"), read, |error| error.code()).unwrap_or_default()
    };
    let title = line("title", &typed.title, LONGEST_LINE);
    let goal = line("goal", &typed.goal, LONGEST_LINE);
    let mut text = |field: &str, typed: &str| self::text(&format!("/{field}"), typed, faults);
    Document {
        title,
        goal,
        audience: text("audience", &typed.audience),
        prerequisites: text("prerequisites", &typed.prerequisites),
        rhythm: text("rhythm", &typed.rhythm),
        places: text("places", &typed.places),
        methods: text("methods", &typed.methods),
        trainer_profile: text("trainer_profile", &typed.trainer_profile),
        assessment_entry: text("assessment_entry", &typed.assessment_entry),
        assessment_during: text("assessment_during", &typed.assessment_during),
        assessment_end: text("assessment_end", &typed.assessment_end),
        equivalences: text("equivalences", &typed.equivalences),
        bridges: text("bridges", &typed.bridges),
        follow_ups: text("follow_ups", &typed.follow_ups),
        outlets: text("outlets", &typed.outlets),
        access_procedure: text("access_procedure", &typed.access_procedure),
        access_delay: text("access_delay", &typed.access_delay),
        funding_hints: text("funding_hints", &typed.funding_hints),
        accessibility: text("accessibility", &typed.accessibility),
        disability_contact: text("disability_contact", &typed.disability_contact),
        contact: text("contact", &typed.contact),
        remote_needs: text("remote_needs", &typed.remote_needs),
        legal_notes: text("legal_notes", &typed.legal_notes),
        results_note: text("results_note", &typed.results_note),
        ..typed.clone()
    }
}

fn numbers(typed: &Document, faults: &mut Faults) {
    within("/duration_minutes", typed.duration_minutes, LONGEST_MINUTES, faults);
    within("/half_days", typed.half_days, MOST_HALF_DAYS, faults);
    within("/group_min", typed.group_min, MOST_PEOPLE, faults);
    within("/group_max", typed.group_max, MOST_PEOPLE, faults);
    if let (Some(fewest), Some(most)) = (typed.group_min, typed.group_max)
        && most < fewest
    {
        faults.push("/group_max", "range", "L’effectif maximal est plus petit que l’effectif minimal");
    }
}

fn within(pointer: &str, number: Option<i32>, most: i32, faults: &mut Faults) {
    if number.is_some_and(|number| !(1..=most).contains(&number)) {
        let most = thousands::grouped(u64::try_from(most).unwrap_or_default());
        faults.push(pointer, "range", format!("Indiquez un nombre entre 1 et {most}"));
    }
}

/// What was typed over several lines, as one.
fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines: composed letters, no line of spaces at its ends.
fn text(pointer: &str, typed: &str, faults: &mut Faults) -> String {
    let lines: Vec<String> = typed.lines().map(|line| line.trim().nfc().collect()).collect();
    let text = lines.join("\n").trim().to_owned();
    let found = text.chars().count();
    if text.chars().any(|c| c.is_control() && c != '\n') {
        faults.push(pointer, "invisible-character", LineError::Invisible.to_string());
    } else if found > LONGEST_TEXT {
        let error = LineError::TooLong { found, longest: LONGEST_TEXT };
        faults.push(pointer, error.code(), error.to_string());
    }
    text
}

fn at_most(pointer: &str, found: usize, most: usize, faults: &mut Faults) {
    if found > most {
        faults.push(
            pointer,
            "too-many",
            format!("{found} sont indiqués\u{202f}: {most} au plus sont acceptés"),
        );
    }
}

/// A list of lines; empty ones are left out.
fn lines(pointer: &str, typed: &[String], most: usize, faults: &mut Faults) -> Vec<String> {
    let written: Vec<&String> = typed.iter().filter(|line| !line.trim().is_empty()).collect();
    at_most(pointer, written.len(), most, faults);
    let one = |(rank, typed): (usize, &String)| {
        let read = line::required(&one_line(typed), LONGEST_LINE);
        faults.read(&format!("{pointer}/{rank}"), read, |error| error.code()).unwrap_or_default()
    };
    written.into_iter().enumerate().map(one).collect()
}

/// Codes of the referential, each once.
fn named(
    pointer: &str,
    typed: &[String],
    known: &HashSet<String>,
    unknown: &str,
    faults: &mut Faults,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for (rank, code) in typed.iter().enumerate() {
        let code = code.trim().to_uppercase();
        if !known.contains(&code) {
            faults.push(format!("{pointer}/{rank}"), "unknown", unknown);
        } else if !kept.contains(&code) {
            kept.push(code);
        }
    }
    kept
}

/// Three digits, then a letter or none.
fn nsf(typed: &str, faults: &mut Faults) -> String {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let (digits, letter) = code.split_at_checked(3).unwrap_or((code.as_str(), ""));
    let fits = digits.len() == 3
        && digits.bytes().all(|c| c.is_ascii_digit())
        && letter.len() <= 1
        && letter.bytes().all(|c| c.is_ascii_lowercase());
    if !code.is_empty() && !fits {
        let message = "Un code NSF compte trois chiffres, suivis ou non d’une lettre, par exemple 333t";
        faults.push("/nsf", "nsf", message);
    }
    code
}

/// `44554`.
fn is_formacode(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|c| c.is_ascii_digit())
}

/// `K2111`.
fn is_rome(code: &str) -> bool {
    code.len() == 5
        && code.starts_with(|c: char| ('A'..='N').contains(&c))
        && code.bytes().skip(1).all(|c| c.is_ascii_digit())
}

fn codes(
    pointer: &str,
    typed: &[String],
    most: usize,
    fits: fn(&str) -> bool,
    faults: &mut Faults,
) -> Vec<String> {
    at_most(pointer, typed.len(), most, faults);
    let mut kept: Vec<String> = Vec::new();
    for (rank, code) in typed.iter().enumerate() {
        let code = code.trim().to_uppercase();
        if !fits(&code) {
            let message = if pointer == "/rome" {
                "Un code ROME compte une lettre et quatre chiffres, par exemple K2111"
            } else {
                "Un Formacode compte cinq chiffres, par exemple 44554"
            };
            faults.push(format!("{pointer}/{rank}"), "code", message);
        } else if !kept.contains(&code) {
            kept.push(code);
        }
    }
    kept
}

fn prices(typed: &[Price], faults: &mut Faults) -> Vec<Price> {
    at_most("/prices", typed.len(), MOST_PRICES, faults);
    let mut known = HashSet::new();
    let one = |(rank, price): (usize, &Price)| {
        let at = format!("/prices/{rank}");
        if !(0..=MOST_CENTS).contains(&price.amount_cents) {
            let message = "Indiquez une somme entre 0 et 100\u{202f}000 euros, par exemple 1\u{202f}240,50";
            faults.push(format!("{at}/amount_cents"), "amount", message);
        }
        if !known.insert((price.payer, price.unit)) {
            let message = "Un tarif est déjà indiqué pour ce payeur et cette unité";
            faults.push(format!("{at}/unit"), "duplicate", message);
        }
        let note = line::optional(&one_line(&price.note), LONGEST_LINE);
        let note = faults.read(&format!("{at}/note"), note, |error| error.code()).unwrap_or_default();
        Price { note, ..price.clone() }
    };
    typed.iter().enumerate().map(one).collect()
}

fn modules(typed: &[Module], aimed: &Aimed, faults: &mut Faults) -> Vec<Module> {
    at_most("/modules", typed.len(), MOST_MODULES, faults);
    let one = |(rank, module): (usize, &Module)| {
        let at = format!("/modules/{rank}");
        let title = line::wanted(&one_line(&module.title), LONGEST_LINE, "Indiquez l’intitulé du module");
        let title = faults.read(&format!("{at}/title"), title, |error| error.code()).unwrap_or_default();
        within(&format!("{at}/duration_minutes"), module.duration_minutes, LONGEST_MINUTES, faults);
        Module {
            title,
            content: text(&format!("{at}/content"), &module.content, faults),
            duration_minutes: module.duration_minutes,
            skills: named(&format!("{at}/skills"), &module.skills, &aimed.skills, NO_SKILL, faults),
        }
    };
    typed.iter().enumerate().map(one).collect()
}
