//! French words of a file of past missions.

use entity::mission::MissionObject;
use time::macros::time;
use time::{Date, Time};

use crate::features::missions::labels;
use crate::rules::calendar::written;

/// Title of the page.
pub const TITLE: &str = "Importer des missions passées";
/// What a line is.
pub const LEAD: &str = "Une ligne par mission passée. Elle est enregistrée comme soldée, personne n’en est averti, et elle compte dans les liens, la charge et le renouvellement. Une ligne dont la référence est déjà enregistrée ne change rien\u{202f}: un fichier peut être chargé à nouveau.";

/// What a column holds.
#[must_use]
pub fn note(key: &str) -> &'static str {
    match key {
        "reference" => "la référence de la mission dans vos registres, différente sur chaque ligne",
        "object" => "jury, contrôle, appui, session, réunion ou observation",
        "expert" => "numéro ou adresse électronique d’une personne déjà enregistrée",
        "structure" => {
            "SIRET du site ou SIREN de la structure, déjà enregistrée\u{202f}; vide si la mission était ailleurs"
        }
        "starts_on" => "premier jour, par exemple 14/03/2021",
        "ends_on" => "dernier jour compris\u{202f}; le premier si rien n’est indiqué",
        "part" => "matin ou après-midi\u{202f}; toute la journée si rien n’est indiqué",
        "result" => "ce qu’il en est advenu, gardé comme compte rendu",
        "certification" => "code ou nom de la certification",
        "place" => "adresse\u{202f}; celle de la structure si rien n’est indiqué",
        "department" => "code du département du lieu\u{202f}; celui de la structure si rien n’est indiqué",
        "title" => "composé de l’objet et de la structure si rien n’est indiqué",
        _ => "",
    }
}

/// A line without a reference.
pub const REFERENCE_WANTED: &str = "Indiquez la référence de la mission dans vos registres";
/// No such object.
pub const UNKNOWN_OBJECT: &str =
    "Cet objet n’est pas connu\u{202f}: jury, contrôle, appui, session, réunion ou observation";
/// No such person.
pub const UNKNOWN_PERSON: &str =
    "Aucune personne enregistrée n’a ce numéro ni cette adresse\u{202f}: enregistrez-la d’abord";
/// No such structure.
pub const UNKNOWN_PLACE: &str =
    "Aucune structure enregistrée n’a ce SIREN, ni aucun site ce SIRET\u{202f}: enregistrez-la d’abord";
/// No such half of a day.
pub const UNKNOWN_PART: &str = "Écrivez matin, après-midi ou journée";
/// No such department.
pub const UNKNOWN_DEPARTMENT: &str = "Indiquez le code d’un département, par exemple 21, 2A ou 974";
/// The last day comes first.
pub const REVERSED: &str = "Le dernier jour vient avant le premier";
/// Longer than any mission.
pub const TOO_LONG: &str = "Une mission dure un mois au plus";
/// Not over yet.
pub const NOT_OVER: &str =
    "Cette mission n’est pas encore passée\u{202f}: proposez-la depuis la fiche de la personne";
/// One reference for two missions, written at the same instant by somebody else.
pub const RECORDED_MEANWHILE: &str = "Cette référence vient d’être enregistrée par quelqu’un d’autre";

/// A reference that the file gives twice.
#[must_use]
pub fn twice_in_file(first: usize) -> String {
    format!("Cette référence figure déjà à la ligne {first}")
}

/// A reference that is recorded, for something else.
#[must_use]
pub fn recorded_otherwise(number: &str) -> String {
    format!(
        "Cette référence est celle de la mission {number}, enregistrée avec une autre personne, un autre objet, un autre lieu ou un autre jour"
    )
}

/// Two lines take one half-day from one person.
#[must_use]
pub fn taken_by_line(line: usize, day: Date) -> String {
    format!("Cette personne est déjà prise le {} par la ligne {line}", written(day))
}

/// What a mission is called when the file does not say it.
#[must_use]
pub fn title(object: MissionObject, structure: Option<&str>) -> String {
    let object = labels::object(object);
    structure.map_or_else(|| object.to_owned(), |name| format!("{object}, {name}"))
}

/// How files write an object.
#[must_use]
pub const fn object_words(object: MissionObject) -> &'static [&'static str] {
    match object {
        MissionObject::Jury => &["jury", "présidence de jury", "jury CQP SP"],
        MissionObject::Inspection => &["contrôle", "contrôle d’agrément", "inspection"],
        MissionObject::Support => &["appui", "appui pédagogique", "support"],
        MissionObject::Session => &["session", "session de formation", "formation"],
        MissionObject::Meeting => &["réunion", "réunion de travail", "meeting"],
        MissionObject::Observation => &["observation"],
    }
}

/// How files write the part of a day.
pub const PARTS: [&str; 3] = ["matin", "après-midi", "journée"];

/// The hours of a mission of which only the part of the day is known.
#[must_use]
pub fn hours(folded: &str) -> Option<(Time, Time)> {
    match folded {
        "" | "journee" | "jour" => Some((time!(9:00), time!(17:00))),
        "matin" | "matinee" => Some((time!(9:00), time!(12:00))),
        "apres midi" => Some((time!(14:00), time!(17:00))),
        _ => None,
    }
}

/// The columns of a file of past missions: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("reference", &["référence", "réf", "référence externe", "external_ref"], true),
    ("object", &["objet", "nature", "acte"], true),
    ("expert", &["intervenant", "intervenante", "personne", "expert"], true),
    ("structure", &["structure", "site", "siret", "siren"], false),
    ("starts_on", &["jour", "date", "du", "début"], true),
    ("ends_on", &["dernier jour", "au", "fin"], false),
    ("part", &["moment", "demi-journée"], false),
    ("result", &["résultat", "compte rendu"], false),
    ("certification", &["certification", "cqp"], false),
    ("place", &["lieu", "adresse"], false),
    ("department", &["département", "dpt", "dépt", "code département"], false),
    ("title", &["titre", "intitulé"], false),
];
