//! French words of a file of programmes.

use entity::programme::{Theme, TrainerRight};
use entity::programme_version::{Modality, Sanction};

/// Title of the page.
pub const TITLE: &str = "Importer des formations";
/// What a line is.
pub const LEAD: &str = "Une ligne par formation. Une formation nouvelle est enregistrée avec une fiche en préparation\u{202f}; pour un code déjà connu, ce que la ligne indique est reporté dans sa fiche en préparation. Rien n’est publié.";

/// What a column holds.
#[must_use]
pub fn note(key: &str) -> &'static str {
    match key {
        "code" => "code de la formation, différent sur chaque ligne",
        "theme" => "réglementaire, santé et sécurité, management ou métiers de l’insertion",
        "certification" => "code de la certification préparée, par exemple CQP_EPSP",
        "trainer_right" => "EPSP si la formation ne peut être animée qu’avec cette habilitation",
        "recycling_months" => "nombre de mois après lequel la formation est à renouveler",
        "objectives" => "un objectif par ligne de la cellule",
        "duration" => "en heures, par exemple 14 ou 12,5",
        "modality" => "présence, distance, distance à son rythme, mixte ou AFEST",
        "sanction" => "attestation, certification ou aucune",
        "modules" => "un module par ligne de la cellule\u{202f}: son intitulé, deux points, son contenu",
        "formacodes" => "cinq au plus, séparés par des virgules",
        "rome" => "codes séparés par des virgules",
        "price_employer" | "price_opco" | "price_individual" | "price_member" | "price_public" => {
            "par personne, hors taxes, par exemple 350"
        }
        _ => "",
    }
}

/// No such theme.
pub const UNKNOWN_THEME: &str = "Ce thème n’est pas connu\u{202f}: réglementaire, santé et sécurité, management ou métiers de l’insertion";
/// No such modality.
pub const UNKNOWN_MODALITY: &str =
    "Cette modalité n’est pas connue\u{202f}: présence, distance, distance à son rythme, mixte ou AFEST";
/// No such end.
pub const UNKNOWN_SANCTION: &str =
    "Cette sanction n’est pas connue\u{202f}: attestation, certification ou aucune";
/// No such right.
pub const UNKNOWN_RIGHT: &str = "Écrivez EPSP, ou laissez la cellule vide";
/// No duration.
pub const NO_DURATION: &str = "Indiquez un nombre d’heures, par exemple 14 ou 12,5";
/// No number.
pub const NO_NUMBER: &str = "Indiquez un nombre entier";
/// No amount.
pub const NO_AMOUNT: &str = "Indiquez une somme en euros, par exemple 350 ou 1\u{202f}240,50";

/// A code that the file gives twice.
#[must_use]
pub fn twice_in_file(first: usize) -> String {
    format!("Ce code figure déjà à la ligne {first}")
}

/// How files write a theme.
#[must_use]
pub const fn theme_words(theme: Theme) -> &'static [&'static str] {
    match theme {
        Theme::Regulatory => &["réglementaire", "regulatory"],
        Theme::HealthSafety => &["santé et sécurité", "santé sécurité", "prévention", "health safety"],
        Theme::Management => &["management"],
        Theme::Sector => &["métiers de l’insertion", "métier", "secteur", "sector"],
    }
}

/// How files write a modality.
#[must_use]
pub const fn modality_words(modality: Modality) -> &'static [&'static str] {
    match modality {
        Modality::OnSite => &["présence", "en présence", "présentiel", "on site"],
        Modality::Remote => &["distance", "à distance", "distanciel", "classe virtuelle", "remote"],
        Modality::RemoteAsync => {
            &["distance à son rythme", "à distance, à son rythme", "e-learning", "remote async"]
        }
        Modality::Mixed => &["mixte", "en présence et à distance", "hybride", "mixed"],
        Modality::Afest => &["AFEST", "en situation de travail"],
    }
}

/// How files write what ends a programme.
#[must_use]
pub const fn sanction_words(sanction: Sanction) -> &'static [&'static str] {
    match sanction {
        Sanction::Attestation => &["attestation", "attestation de fin de formation"],
        Sanction::Certification => &["certification", "certifiante"],
        Sanction::None => &["aucune", "sans", "none"],
    }
}

/// How files write what whoever teaches must hold.
#[must_use]
pub const fn right_words(right: TrainerRight) -> &'static [&'static str] {
    match right {
        TrainerRight::None => &["aucune", "non", "none"],
        TrainerRight::Epsp => &["EPSP", "formateur EPSP", "oui"],
    }
}

/// The columns of a file of programmes: name for the program, names in files, whether they are needed.
pub const IMPORT_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("code", &["code", "code interne", "référence interne"], true),
    ("title", &["intitulé", "titre", "formation"], true),
    ("theme", &["thème", "famille", "domaine"], true),
    ("slug", &["adresse", "adresse dans le catalogue"], false),
    ("certification", &["certification", "cqp"], false),
    ("trainer_right", &["habilitation du formateur", "habilitation"], false),
    ("recycling_months", &["recyclage en mois", "recyclage"], false),
    ("external_ref", &["référence", "identifiant"], false),
    ("goal", &["but", "accroche"], false),
    ("audience", &["public visé", "public"], false),
    ("prerequisites", &["prérequis"], false),
    ("objectives", &["objectifs", "objectifs opérationnels"], false),
    ("modules", &["modules", "programme", "contenu"], false),
    ("duration", &["durée en heures", "durée", "heures"], false),
    ("half_days", &["demi-journées"], false),
    ("rhythm", &["rythme"], false),
    ("modality", &["modalité"], false),
    ("places", &["lieux", "lieu"], false),
    ("group_min", &["effectif minimal", "effectif min"], false),
    ("group_max", &["effectif maximal", "effectif max"], false),
    ("methods", &["méthodes et moyens", "méthodes"], false),
    ("trainer_profile", &["profil des formateurs", "intervenants"], false),
    ("assessment_entry", &["évaluation à l’entrée", "positionnement"], false),
    ("assessment_during", &["évaluation pendant"], false),
    ("assessment_end", &["évaluation à la fin", "évaluation finale"], false),
    ("sanction", &["sanction"], false),
    ("access_procedure", &["modalités d’accès"], false),
    ("access_delay", &["délai d’accès"], false),
    ("funding_hints", &["financements", "financement"], false),
    ("accessibility", &["accessibilité"], false),
    ("disability_contact", &["référent handicap"], false),
    ("contact", &["contact"], false),
    ("remote_needs", &["matériel à distance"], false),
    ("legal_notes", &["mentions", "mentions légales"], false),
    ("nsf", &["NSF", "code NSF"], false),
    ("formacodes", &["formacodes", "formacode"], false),
    ("rome", &["ROME", "code ROME"], false),
    ("price_employer", &["tarif employeur", "tarif"], false),
    ("price_opco", &["tarif OPCO"], false),
    ("price_individual", &["tarif particulier"], false),
    ("price_member", &["tarif adhérent"], false),
    ("price_public", &["tarif financeur public"], false),
];
