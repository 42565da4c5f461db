//! What may be kept of a referential as typed, even in a draft; every fault at once.
use std::collections::HashSet;

use entity::epreuve::Scale;

use super::super::line::{self, LineError};
use super::super::thousands;
use super::super::typed_text::is_invisible;
use super::document::{Bloc, Document, Epreuve, JuryRules, ResultRules, Route, Skill};
use crate::error::{Fault, Faults};

const LONGEST_CODE: usize = 30;
const MOST: [(&str, usize); 4] = [("/families", 30), ("/blocs", 50), ("/skills", 500), ("/epreuves", 100)];
const MOST_CRITERIA: usize = 50;
const LEVELS: i32 = 4;
/// A week: what lasts longer takes place over time.
const LONGEST_MINUTES: i32 = 7 * 24 * 60;

/// The referential of a file, TOML or JSON.
///
/// # Errors
/// One fault, with what the reader of the file says and where.
pub fn parse(text: &str) -> Result<Document, Vec<Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let read: Result<Document, String> = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        toml::from_str(text).map_err(|error| error.to_string())
    };
    let unreadable = |detail: String| {
        let shown: String =
            detail.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
        let message = format!("Ce fichier n’est pas un référentiel en TOML ou en JSON\u{202f}: {shown}");
        vec![Fault::new("/document", "unreadable-document", message)]
    };
    read.map_err(unreadable)
}

/// The referential with its texts tidied, or every fault.
///
/// # Errors
/// The faults, by JSON pointer.
pub fn read(typed: &Document) -> Result<Document, Vec<Fault>> {
    let mut faults = Faults::default();
    let lengths = [typed.families.len(), typed.blocs.len(), typed.skills.len(), typed.epreuves.len()];
    for ((pointer, most), found) in MOST.into_iter().zip(lengths) {
        at_most(pointer, found, most, &mut faults);
    }
    let families = families(&typed.families, &mut faults);
    let blocs = each(&typed.blocs, "/blocs", &mut faults, bloc);
    let codes = codes("/blocs", typed.blocs.iter().map(|bloc| &bloc.code), &mut faults);
    let skills = each(&typed.skills, "/skills", &mut faults, |skill, at, faults| {
        self::skill(skill, at, &families, &codes, faults)
    });
    let skill_codes = self::codes("/skills", typed.skills.iter().map(|skill| &skill.code), &mut faults);
    let epreuves = each(&typed.epreuves, "/epreuves", &mut faults, |epreuve, at, faults| {
        self::epreuve(epreuve, at, &codes, &skill_codes, faults)
    });
    self::codes("/epreuves", typed.epreuves.iter().map(|epreuve| &epreuve.code), &mut faults);
    routes(&typed.routes, &mut faults);
    jury(&typed.jury, &mut faults);
    results(&typed.results, &mut faults);
    let document = Document {
        families,
        blocs,
        skills,
        epreuves,
        routes: typed.routes.clone(),
        jury: typed.jury.clone(),
        results: typed.results.clone(),
    };
    faults.or(Some(document))
}

/// A code as it is kept: capitals, without any space.
fn code_of(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect::<String>().to_uppercase()
}

fn each<T>(
    typed: &[T],
    list: &str,
    faults: &mut Faults,
    mut one: impl FnMut(&T, &str, &mut Faults) -> T,
) -> Vec<T> {
    typed.iter().enumerate().map(|(rank, thing)| one(thing, &format!("{list}/{rank}"), faults)).collect()
}

fn at_most(pointer: &str, found: usize, most: usize, faults: &mut Faults) {
    if found > most {
        let grouped = |number: usize| thousands::grouped(u64::try_from(number).unwrap_or(u64::MAX));
        let message =
            format!("{} sont indiqués\u{202f}: {} au plus sont acceptés", grouped(found), grouped(most));
        faults.push(pointer, "too-many", message);
    }
}

/// The codes of a list; a code that is none, or that comes twice, is a fault.
fn codes<'a>(list: &str, typed: impl Iterator<Item = &'a String>, faults: &mut Faults) -> HashSet<String> {
    let mut known = HashSet::new();
    for (rank, code) in typed.enumerate() {
        let (code, pointer) = (code_of(code), format!("{list}/{rank}/code"));
        let is_plain = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
        if code.is_empty() {
            faults.push(pointer, "missing", "Indiquez un code");
        } else if !is_plain || code.len() > LONGEST_CODE {
            let message =
                "Un code compte 30 signes au plus\u{202f}: lettres sans accent, chiffres, tiret, point";
            faults.push(pointer, "code", message);
        } else if !known.insert(code) {
            faults.push(pointer, "duplicate", "Ce code est déjà pris");
        }
    }
    known
}

fn text(pointer: String, read: Result<String, LineError>, faults: &mut Faults) -> String {
    faults.read(&pointer, read, |error| error.code()).unwrap_or_default()
}

/// What was typed over several lines, as one.
fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn families(typed: &[String], faults: &mut Faults) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for (rank, family) in typed.iter().enumerate() {
        let pointer = format!("/families/{rank}");
        let family = text(pointer.clone(), line::required(family, 100), faults);
        if !family.is_empty() && known.contains(&family) {
            faults.push(pointer, "duplicate", "Cette famille est déjà dans la liste");
        }
        known.push(family);
    }
    known
}

fn bloc(typed: &Bloc, at: &str, faults: &mut Faults) -> Bloc {
    Bloc {
        code: code_of(&typed.code),
        title: text(format!("{at}/title"), line::required(&one_line(&typed.title), 800), faults),
        optional: typed.optional,
    }
}

fn skill(
    typed: &Skill,
    at: &str,
    families: &[String],
    blocs: &HashSet<String>,
    faults: &mut Faults,
) -> Skill {
    let family = text(format!("{at}/family"), line::optional(&typed.family, 100), faults);
    if !family.is_empty() && !families.contains(&family) {
        let message = format!("La famille «\u{202f}{family}\u{202f}» n’est pas dans la liste du référentiel");
        faults.push(format!("{at}/family"), "unknown-family", message);
    }
    at_most(&format!("{at}/criteria"), typed.criteria.len(), MOST_CRITERIA, faults);
    let mut criteria = Vec::new();
    for criterion in &typed.criteria {
        criteria.push(text(format!("{at}/criteria"), line::optional(criterion, 500), faults));
    }
    criteria.retain(|criterion| !criterion.is_empty());
    let bloc = typed.bloc.as_deref().map(code_of).filter(|code| !code.is_empty());
    if bloc.as_ref().is_some_and(|code| !blocs.contains(code)) {
        faults.push(format!("{at}/bloc"), "unknown-bloc", "Aucun bloc ne porte ce code");
    }
    Skill {
        code: code_of(&typed.code),
        wording: text(format!("{at}/wording"), line::required(&one_line(&typed.wording), 1000), faults),
        family,
        criteria,
        bloc,
    }
}

fn epreuve(
    typed: &Epreuve,
    at: &str,
    blocs: &HashSet<String>,
    skills: &HashSet<String>,
    faults: &mut Faults,
) -> Epreuve {
    scale(typed, at, faults);
    between(format!("{at}/minutes"), typed.minutes, 0, LONGEST_MINUTES, faults);
    between(format!("{at}/assessors"), typed.assessors, 0, 20, faults);
    Epreuve {
        code: code_of(&typed.code),
        title: text(format!("{at}/title"), line::optional(&typed.title, 200), faults),
        blocs: named(&typed.blocs, blocs, format!("{at}/blocs"), "Aucun bloc ne porte ce code", faults),
        skills: named(
            &typed.skills,
            skills,
            format!("{at}/skills"),
            "Aucune compétence ne porte ce code",
            faults,
        ),
        ..typed.clone()
    }
}

fn scale(typed: &Epreuve, at: &str, faults: &mut Faults) {
    let (threshold, out_of) = (format!("{at}/threshold"), format!("{at}/out_of"));
    match (typed.scale, typed.threshold, typed.out_of) {
        (Scale::Binary, given, most) => {
            let message = "Une échelle «\u{202f}acquis, non acquis\u{202f}» n’a ni seuil ni note maximale";
            if given.is_some() {
                faults.push(threshold, "no-threshold", message);
            }
            if most.is_some() {
                faults.push(out_of, "no-threshold", message);
            }
        }
        (Scale::FourLevels, given, most) => {
            match given {
                None => faults.push(
                    threshold,
                    "missing",
                    "Indiquez le niveau à partir duquel l’épreuve est réussie",
                ),
                Some(level) => between(threshold, level, 1, LEVELS, faults),
            }
            if most.is_some() {
                faults.push(out_of, "no-threshold", "Une échelle à quatre niveaux n’a pas de note maximale");
            }
        }
        (Scale::Numeric, given, most) => {
            match most {
                None => faults.push(out_of, "missing", "Indiquez la note maximale"),
                Some(most) => between(out_of, most, 1, 1000, faults),
            }
            match given {
                None => faults.push(
                    threshold,
                    "missing",
                    "Indiquez la note à partir de laquelle l’épreuve est réussie",
                ),
                Some(mark) => between(threshold, mark, 0, most.unwrap_or(1000).max(0), faults),
            }
        }
    }
}

/// The codes named, each once; one that nothing bears is a fault.
fn named(
    typed: &[String],
    known: &HashSet<String>,
    pointer: String,
    message: &str,
    faults: &mut Faults,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for code in typed.iter().map(|code| code_of(code)) {
        if !known.contains(&code) {
            faults.push(pointer.clone(), "unknown-code", format!("{message}\u{202f}: {code}"));
        } else if !kept.contains(&code) {
            kept.push(code);
        }
    }
    kept
}

fn between(pointer: String, number: i32, least: i32, most: i32, faults: &mut Faults) {
    if !(least..=most).contains(&number) {
        faults.push(pointer, "out-of-range", format!("Indiquez un nombre de {least} à {most}"));
    }
}

fn routes(typed: &[Route], faults: &mut Faults) {
    let mut known = HashSet::new();
    for (rank, route) in typed.iter().enumerate() {
        if !known.insert(route.way) {
            faults.push(format!("/routes/{rank}/way"), "duplicate", "Cette voie est indiquée deux fois");
        }
    }
}

fn jury(typed: &JuryRules, faults: &mut Faults) {
    for (name, number, least, most) in [
        ("employers_min", typed.employers_min, 0, 20),
        ("employees_min", typed.employees_min, 0, 20),
        ("others_max", typed.others_max, 0, 20),
        ("observers_max", typed.observers_max.unwrap_or(0), 0, 20),
        ("quorum_employers", typed.quorum_employers, 0, 20),
        ("quorum_employees", typed.quorum_employees, 0, 20),
        ("quorum_total", typed.quorum_total, 1, 41),
        ("max_per_half_day", typed.max_per_half_day, 1, 50),
        ("minutes_per_candidate", typed.minutes_per_candidate, 1, 480),
        ("rotation_limit", typed.rotation_limit, 1, 100),
        ("president_days", typed.president_days, 0, 365),
        ("members_days", typed.members_days, 0, 365),
        ("candidates_days", typed.candidates_days, 0, 365),
        ("files_days", typed.files_days, 0, 365),
    ] {
        between(format!("/jury/{name}"), number, least, most, faults);
    }
    quorum(typed, faults);
    let steps = [
        ("members_days", typed.president_days, typed.members_days),
        ("candidates_days", typed.members_days, typed.candidates_days),
        ("files_days", typed.candidates_days, typed.files_days),
    ];
    for (name, before, after) in steps {
        if before >= 0 && after > before {
            let message = format!("Ce délai ne peut pas dépasser le précédent, de {before} jours");
            faults.push(format!("/jury/{name}"), "delays-reversed", message);
        }
    }
    let known = |signer: &str| signer.contains('@') && signer.chars().count() <= 254;
    if typed.cpnef_signer.as_deref().is_some_and(|signer| !known(signer)) {
        faults.push("/jury/cpnef_signer", "email", "Indiquez l’adresse d’un compte");
    }
    if typed.remote_in_quorum && !typed.remote_allowed {
        let message = "Un membre à distance ne compte que si le jury peut se tenir à distance";
        faults.push("/jury/remote_in_quorum", "remote-refused", message);
    }
}

/// A jury of the smallest composition must be able to reach its quorum.
fn quorum(typed: &JuryRules, faults: &mut Faults) {
    for (name, quorum, seats) in [
        ("quorum_employers", typed.quorum_employers, typed.employers_min),
        ("quorum_employees", typed.quorum_employees, typed.employees_min),
        ("quorum_total", typed.quorum_total, typed.smallest()),
    ] {
        // a number of seats that cannot be is told at its own place
        if seats >= 0 && quorum > seats {
            let message = format!(
                "Ce quorum ne peut pas être atteint\u{202f}: la composition la plus petite compte {seats} membres à cette place"
            );
            faults.push(format!("/jury/{name}"), "quorum-out-of-reach", message);
        }
    }
}

fn results(typed: &ResultRules, faults: &mut Faults) {
    for (name, number, least, most) in [
        ("bloc_validity_years", typed.bloc_validity_years, 0, 50),
        ("resit_years", typed.resit_years, 0, 50),
        ("resit_gap_months", typed.resit_gap_months, 0, 60),
        ("appeal_months", typed.appeal_months, 1, 24),
        ("appeal_ack_days", typed.appeal_ack_days, 1, 90),
        ("appeal_answer_months", typed.appeal_answer_months, 1, 24),
    ] {
        between(format!("/results/{name}"), number, least, most, faults);
    }
}
