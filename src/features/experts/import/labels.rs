//! French words of a file of experts.

use entity::habilitation::Duty;

use crate::features::experts::input::Status as Situation;
use crate::rules::calendar::written;
use crate::rules::period::Period;
use crate::rules::right::Span;

/// Title of the page.
pub const TITLE: &str = "Importer des intervenants";
/// What a line is.
pub const LEAD: &str = "Une ligne par habilitation, passée ou en cours. Une personne est reconnue à son adresse électronique\u{202f}: si elle est déjà enregistrée, ses lignes complètent son dossier.";

/// What a column holds.
#[must_use]
pub fn note(key: &str) -> &'static str {
    match key {
        "email" => "la même adresse sur chaque ligne d’une personne",
        "phone" => "numéro de téléphone, avec son indicatif s’il est étranger",
        "status" => "salarié, salarié du certificateur, indépendant, bénévole ou retraité",
        "department" => "code du département de résidence\u{202f}: 21, 2A ou 974",
        "territories" => {
            "régions où la personne intervient, noms ou codes INSEE séparés par des virgules\u{202f}; la sienne si rien n’est indiqué"
        }
        "travel_km" => "kilomètres parcourus au plus, par exemple 150",
        "languages" => "langues parlées, séparées par des virgules",
        "duty" => "mandataire, contrôle ou formation EPSP\u{202f}; vide pour une personne sans habilitation",
        "starts_on" => "premier jour, par exemple 01/01/2023",
        "ends_on" => "dernier jour compris\u{202f}; trois ans si rien n’est indiqué",
        "certification" => "code ou nom de la certification\u{202f}; toutes si rien n’est indiqué",
        "regions" => "noms ou codes INSEE séparés par des virgules\u{202f}; toutes si rien n’est indiqué",
        _ => "",
    }
}

/// Someone who is already there, and nothing to add.
pub const ALREADY_RECORDED: &str = "Une personne portant cette adresse est déjà enregistrée, et cette ligne ne lui ajoute aucune habilitation";
/// Someone who works elsewhere than where the role of whoever brings the file counts.
pub const OUTSIDE_TERRITORY: &str =
    "Cette personne intervient hors des régions auxquelles votre rôle est limité";
/// No such duty.
pub const UNKNOWN_DUTY: &str =
    "Cette fonction n’est pas connue\u{202f}: mandataire, contrôleur ou formateur EPSP";
/// One address for two people.
#[must_use]
pub fn other_person(line: usize) -> String {
    format!("La ligne {line} donne un autre nom à cette adresse")
}

/// The address of someone who is recorded under another name.
#[must_use]
pub fn known_otherwise(number: &str) -> String {
    format!("Cette adresse est celle de la personne {number}, enregistrée sous un autre nom")
}

/// A line gives somebody an habilitation on days on which they have it already.
#[must_use]
pub fn overlaps_known(asked: Period, known: Span) -> String {
    format!(
        "La période {} recoupe celle d’une habilitation déjà enregistrée, {known}, pour la même fonction et la même certification",
        days(asked)
    )
}

/// « du 1er janvier 2023 au 31 décembre 2025 ».
fn days(period: Period) -> String {
    format!("du {} au {}", written(period.from()), written(period.until()))
}

/// Two lines give one person the same habilitation on the same days.
#[must_use]
pub fn overlaps_line(asked: Period, line: usize, known: Period) -> String {
    format!(
        "La période {} recoupe celle de la ligne {line}, {}, pour la même habilitation",
        days(asked),
        days(known)
    )
}

/// How files write a duty.
#[must_use]
pub const fn duty_words(duty: Duty) -> &'static [&'static str] {
    match duty {
        Duty::Mandataire => &["mandataire"],
        Duty::Controleur => &["contrôleur", "contrôleuse", "contrôle", "controleur"],
        Duty::Epsp => {
            &["formateur epsp", "formatrice epsp", "formation epsp", "epsp", "formateur", "formatrice"]
        }
    }
}

/// How files write what binds an expert to the work.
#[must_use]
pub const fn status_words(status: Situation) -> &'static [&'static str] {
    match status {
        Situation::Employee => &["salarié", "salariée", "employee", "salarié d’une structure"],
        Situation::Staff => {
            &["salarié du certificateur", "salariée du certificateur", "permanent", "permanente", "staff"]
        }
        Situation::Independent => &["indépendant", "indépendante", "independent", "activité indépendante"],
        Situation::Volunteer => &["bénévole", "volunteer", "bénévolat"],
        Situation::Retired => &["retraité", "retraitée", "retired", "retraite"],
    }
}

/// The columns of a file of experts: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("family_name", &["nom", "nom de famille"], true),
    ("first_names", &["prénom", "prénoms"], true),
    ("email", &["courriel", "email", "e-mail", "mail", "mél", "adresse électronique"], true),
    ("phone", &["téléphone", "tel", "tél", "portable"], false),
    ("employer", &["employeur", "structure", "organisme"], false),
    ("status", &["statut", "situation"], true),
    ("department", &["département", "dpt", "dépt", "code département"], true),
    ("territories", &["régions d’intervention", "secteurs d’intervention"], false),
    ("travel_km", &["rayon de déplacement", "rayon", "déplacement", "kilomètres", "km"], false),
    ("languages", &["langues", "langue", "langues parlées"], false),
    ("duty", &["fonction", "rôle", "habilitation"], false),
    ("starts_on", &["début", "du", "depuis", "date de début", "starts_on"], false),
    ("ends_on", &["fin", "au", "jusqu’au", "date de fin", "échéance", "ends_on"], false),
    ("certification", &["certification", "cqp"], false),
    ("regions", &["régions", "région", "territoire"], false),
];
