//! What a referential lacks to be published: everything at once, in the order a person reads it.
//!
//! A sheet of the RNCP is made of blocs, each with its code; one of the répertoire spécifique has none, and is not
//! reached through the VAE; neither is a certification in no register (1.4 and 1.12 of the domain reference).
use std::collections::HashSet;

use entity::access_route::Way;
use entity::registration::Register;

use super::document::{Document, Epreuve, Skill};
use crate::error::{Fault, Faults};

/// The register entry of the version that the referential is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The register, or none.
    pub register: Register,
    /// The number of the sheet.
    pub number: Option<String>,
}

/// What is missing or does not hold together.
#[must_use]
pub fn gaps(document: &Document, entry: &Entry) -> Vec<Fault> {
    let mut faults = Faults::default();
    register(document, entry, &mut faults);
    blocs(document, &mut faults);
    skills(document, &mut faults);
    epreuves(document, &mut faults);
    routes(document, entry, &mut faults);
    faults.or(None::<()>).err().unwrap_or_default()
}

fn register(document: &Document, entry: &Entry, faults: &mut Faults) {
    match entry.register {
        Register::Rs if !document.blocs.is_empty() => {
            let message = "Une certification du répertoire spécifique n’a pas de blocs\u{202f}: retirez-les";
            faults.push("/blocs", "rs-has-no-bloc", message);
        }
        Register::Rncp if document.blocs.is_empty() => {
            faults.push(
                "/blocs",
                "rncp-needs-blocs",
                "Une certification du RNCP est faite de blocs de compétences",
            );
        }
        _ => {}
    }
    let sheet = entry.number.as_deref().filter(|_| entry.register == Register::Rncp);
    for (rank, bloc) in document.blocs.iter().enumerate() {
        let pointer = format!("/blocs/{rank}/code");
        match sheet {
            Some(number) if !is_code_of(&bloc.code, number) => {
                let message = format!(
                    "Le code d’un bloc de la fiche {number} s’écrit {number}BC suivi de deux chiffres\u{202f}: {}",
                    bloc.code
                );
                faults.push(pointer, "rncp-bloc-code", message);
            }
            None if bloc.code.starts_with("RNCP") => {
                let message =
                    format!("{} est un code du RNCP, où cette version n’est pas enregistrée", bloc.code);
                faults.push(pointer, "not-in-rncp", message);
            }
            _ => {}
        }
    }
}

/// `RNCP12345BC01` for the sheet `RNCP12345`.
fn is_code_of(code: &str, sheet: &str) -> bool {
    code.strip_prefix(sheet)
        .and_then(|rest| rest.strip_prefix("BC"))
        .is_some_and(|rank| rank.len() == 2 && rank.bytes().all(|c| c.is_ascii_digit()))
}

fn blocs(document: &Document, faults: &mut Faults) {
    for (rank, bloc) in document.blocs.iter().enumerate() {
        let (pointer, code) = (format!("/blocs/{rank}"), &bloc.code);
        let own: Vec<&Skill> =
            document.skills.iter().filter(|skill| skill.bloc.as_ref() == Some(code)).collect();
        if own.is_empty() {
            faults.push(
                pointer.clone(),
                "bloc-without-skill",
                format!("Le bloc {code} n’a aucune compétence"),
            );
        }
        let assessed = |epreuve: &Epreuve| {
            epreuve.blocs.contains(code) || own.iter().any(|skill| epreuve.skills.contains(&skill.code))
        };
        if !document.epreuves.iter().any(assessed) {
            faults.push(pointer, "bloc-not-assessed", format!("Aucune épreuve n’évalue le bloc {code}"));
        }
    }
    if !document.blocs.is_empty() && document.blocs.iter().all(|bloc| bloc.optional) {
        faults.push("/blocs", "all-optional", "Un bloc au moins est obligatoire");
    }
}

fn skills(document: &Document, faults: &mut Faults) {
    if document.skills.is_empty() {
        faults.push("/skills", "missing", "Le référentiel n’a aucune compétence");
    }
    for (rank, skill) in document.skills.iter().enumerate() {
        let code = &skill.code;
        if skill.bloc.is_none() && !document.blocs.is_empty() {
            let message = format!("La compétence {code} n’est dans aucun bloc");
            faults.push(format!("/skills/{rank}/bloc"), "skill-without-bloc", message);
        }
        // a bloc that nothing assesses is told once, not skill by skill
        if !is_assessed(document, skill) && !stands_in_a_silent_bloc(document, skill) {
            let message = format!("Aucune épreuve n’évalue la compétence {code}");
            faults.push(format!("/skills/{rank}"), "skill-not-assessed", message);
        }
    }
}

fn is_assessed(document: &Document, skill: &Skill) -> bool {
    document.epreuves.iter().any(|epreuve| {
        epreuve.skills.contains(&skill.code)
            || skill.bloc.as_ref().is_some_and(|bloc| epreuve.blocs.contains(bloc))
    })
}

fn stands_in_a_silent_bloc(document: &Document, skill: &Skill) -> bool {
    let Some(bloc) = &skill.bloc else { return false };
    document
        .skills
        .iter()
        .filter(|other| other.bloc.as_ref() == Some(bloc))
        .all(|own| !is_assessed(document, own))
}

fn epreuves(document: &Document, faults: &mut Faults) {
    if document.epreuves.is_empty() {
        faults.push("/epreuves", "missing", "Le référentiel n’a aucune épreuve");
    }
    for (rank, epreuve) in document.epreuves.iter().enumerate() {
        if epreuve.blocs.is_empty() && epreuve.skills.is_empty() {
            let message = format!("L’épreuve {} n’évalue ni bloc ni compétence", epreuve.code);
            faults.push(format!("/epreuves/{rank}"), "epreuve-assesses-nothing", message);
        }
    }
}

fn routes(document: &Document, entry: &Entry, faults: &mut Faults) {
    let decided: HashSet<Way> = document.routes.iter().map(|route| route.way).collect();
    let waiting = Way::all().filter(|way| !decided.contains(way)).count();
    if waiting > 0 {
        let message =
            format!("Dites pour chaque voie d’accès si elle est ouverte\u{202f}: il en reste {waiting}");
        faults.push("/routes", "route-undecided", message);
    } else if document.routes.iter().all(|route| !route.allowed) {
        faults.push("/routes", "no-route", "Une voie d’accès au moins est ouverte");
    }
    let vae = document.routes.iter().position(|route| route.way == Way::Vae && route.allowed);
    if let Some(rank) = vae.filter(|_| entry.register != Register::Rncp) {
        let message = "La VAE n’est ouverte qu’à une certification enregistrée au RNCP";
        faults.push(format!("/routes/{rank}/allowed"), "vae-needs-rncp", message);
    }
}
