//! What the pages of programmes say of themselves: titles, terms, confirmations, what is said once done.

use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version;

use crate::http::web::layout::Flash;
use crate::render::french::{THIN, date, money_cents, plural};
use crate::rules::training::results::Results;

/// Title of the list.
pub const PROGRAMMES: &str = "Formations";
/// Title of the form.
pub const NEW: &str = "Enregistrer une formation";
/// Title of the form of what stands beside sheets.
pub const IDENTITY: &str = "Modifier l’identité de la formation";
/// Title of the matrix.
pub const COVERAGE: &str = "Compétences couvertes";
/// Above the faults of something new.
pub const NOTHING_RECORDED: &str = "Rien n’est encore enregistré";
/// Above what lacks to publish.
pub const NOT_PUBLISHED: &str = "La fiche n’est pas encore publiée";
/// The way back from a question.
pub const KEEP: &str = "Revenir à la formation";
/// A question.
pub const PUBLISH: &str = "Publier cette fiche\u{202f}?";
/// Its button.
pub const PUBLISH_ACT: &str = "Publier";
/// A question.
pub const DISCARD: &str = "Abandonner la version en préparation\u{202f}?";
/// Its button.
pub const DISCARD_ACT: &str = "Abandonner";
/// What it does.
pub const DISCARD_EFFECT: &str =
    "Ce qui a été saisi dans cette version est effacé\u{202f}; le journal en garde la trace.";
/// A question.
pub const RETIRE: &str = "Retirer cette formation du catalogue\u{202f}?";
/// Its button.
pub const RETIRE_ACT: &str = "Retirer du catalogue";
/// What every act of a question comes after.
pub const INTRO: &str = "Si vous confirmez\u{202f}:";

/// What the publication does.
#[must_use]
pub fn publication(before: Option<&programme_version::Model>) -> Vec<String> {
    let mut effects = vec!["La fiche est visible de tous dans le catalogue.".to_owned()];
    if let Some(before) = before {
        effects.push(format!(
            "Elle remplace la version {}\u{202f}; les sessions déjà créées gardent la fiche sur laquelle elles ont été proposées.",
            before.number
        ));
    }
    effects
        .push("Elle ne change plus\u{202f}: un changement se prépare dans une nouvelle version.".to_owned());
    effects
}

/// What retiring does.
#[must_use]
pub fn retirement(sessions: u64) -> Vec<String> {
    let mut effects = vec![
        "La formation n’est plus proposée, et aucune session ne peut plus être créée.".to_owned(),
        "Sa fiche ne sera publiée à nouveau qu’après avoir été relue.".to_owned(),
    ];
    if sessions > 0 {
        let count = plural(i64::try_from(sessions).unwrap_or(i64::MAX), "session", "sessions");
        effects
            .push(format!("{count} à venir ou en cours\u{202f}: elles sont maintenues, annulez-les à part."));
    }
    effects
}

/// « Version 3 ».
#[must_use]
pub fn version(number: i32) -> String {
    format!("Version {number}")
}

/// « Version 3, mise à jour le 14 mars 2026 ».
#[must_use]
pub fn version_of(row: &programme_version::Model) -> String {
    format!("{}, mise à jour le {}", version(row.number), date(row.updated_on))
}

/// « Employeur, par personne ».
#[must_use]
pub fn price_name(payer: Payer, unit: PriceUnit) -> String {
    format!("{}, {}", super::payer(payer), super::unit(unit))
}

/// « 350,00 € hors taxes ».
#[must_use]
pub fn price(cents: i64, exempt: bool) -> String {
    let amount = money_cents(cents);
    if exempt { amount } else { format!("{amount} hors taxes") }
}

/// Said once a programme is recorded.
#[must_use]
pub fn created() -> Flash {
    Flash::done("Formation enregistrée.", "Complétez sa fiche avant de la publier.")
}

/// Said once something was changed.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Modification enregistrée.", "")
}

/// Said once a draft is opened.
#[must_use]
pub fn opened() -> Flash {
    Flash::done("Nouvelle version ouverte.", "Elle part de la précédente, qui reste publiée jusque-là.")
}

/// Said once a draft is thrown away.
#[must_use]
pub fn discarded() -> Flash {
    Flash::done("Version en préparation abandonnée.", "")
}

/// Said once a sheet is published.
#[must_use]
pub fn published() -> Flash {
    Flash::done("Fiche publiée.", "Elle est visible dans le catalogue.")
}

/// Said once a programme is retired.
#[must_use]
pub fn retired() -> Flash {
    Flash::done("Formation retirée du catalogue.", "")
}

/// Said once a programme is prepared again.
#[must_use]
pub fn restored() -> Flash {
    Flash::done("Formation remise en préparation.", "Relisez sa fiche, puis publiez-la.")
}

/// « du 1er mars 2025 au 28 février 2026 ».
#[must_use]
pub fn span(results: &Results) -> String {
    format!("du {} au {}", date(results.from), date(results.until))
}

/// The results, in terms and values; what too few people tell is left out.
#[must_use]
pub fn results(results: &Results) -> Vec<(&'static str, String)> {
    let counted = &results.counted;
    let rate = |hundredths: u32| format!("{hundredths}{THIN}%");
    let mut told = vec![
        ("Sessions terminées", counted.sessions.to_string()),
        ("Participants", counted.participants.to_string()),
    ];
    told.extend(results.completion().map(|known| ("Formation suivie jusqu’au bout", rate(known))));
    if counted.dropped_out > 0 {
        told.push(("Abandons", counted.dropped_out.to_string()));
    }
    told.extend(results.satisfaction().map(|known| ("Satisfaction", format!("{known} sur 100"))));
    told.extend(results.response().map(|known| ("Réponses aux enquêtes", rate(known))));
    if counted.presented > 0 {
        told.push(("Présentés à la certification", counted.presented.to_string()));
    }
    told.extend(results.success().map(|known| ("Certification obtenue en entier", rate(known))));
    told
}

/// How many skills no module covers.
#[must_use]
pub fn uncovered(count: usize) -> String {
    if count == 0 {
        return "Toutes les compétences visées sont couvertes.".to_owned();
    }
    let count = plural(i64::try_from(count).unwrap_or(i64::MAX), "compétence", "compétences");
    format!("{count} que rien ne couvre encore.")
}

/// Titles of the parts of a sheet, by their words in addresses.
#[must_use]
pub fn part(word: &str) -> &'static str {
    match word {
        "presentation" => "Présentation",
        "organisation" => "Durée, modalité et lieux",
        "pedagogie" => "Méthodes et évaluation",
        "acces" => "Accès et contacts",
        "sanction" => "Sanction et certification",
        "codes" => "Codes et mentions",
        "tarifs" => "Tarif",
        _ => "Module",
    }
}

/// The buttons that take something away.
#[must_use]
pub fn removal(word: &str) -> &'static str {
    if word == "tarifs" { "Supprimer ce tarif" } else { "Supprimer ce module" }
}

/// A duration that is none.
pub const HOURS: &str = "Indiquez une durée en heures, par exemple 14 ou 12,5, jusqu’à 1\u{202f}000 heures";
/// In the margin.
pub const TERM_THEME: &str = "Thème";
/// In the margin.
pub const TERM_ADDRESS: &str = "Adresse dans le catalogue";
/// In the margin.
pub const TERM_CERTIFICATION: &str = "Certification préparée";
/// In the margin.
pub const TERM_RIGHT: &str = "Qui anime";
/// In the margin.
pub const TERM_RECYCLING: &str = "À renouveler";
/// In the margin.
pub const TERM_SESSIONS: &str = "À venir ou en cours";
/// In the margin.
pub const TERM_RETIRED: &str = "Retirée du catalogue";

/// « tous les 24 mois ».
#[must_use]
pub fn recycling(months: i32) -> String {
    if months == 1 { "tous les mois".to_owned() } else { format!("tous les {months} mois") }
}

/// The name of a field of the sheet.
#[must_use]
pub fn term(field: &str) -> &'static str {
    match field {
        "title" => "Intitulé",
        "goal" => "But en une phrase",
        "audience" => "Public visé",
        "prerequisites" => "Prérequis",
        "objectives" => "Objectifs opérationnels",
        "duration_minutes" => "Durée",
        "half_days" => "Demi-journées",
        "rhythm" => "Rythme",
        "modality" => "Modalité",
        "places" => "Lieux",
        "group_min" => "Effectif minimal",
        "group_max" => "Effectif maximal",
        "remote_needs" => "Matériel nécessaire à distance",
        "methods" => "Méthodes et moyens pédagogiques",
        "trainer_profile" => "Profil des formateurs",
        "assessment_entry" => "Évaluation à l’entrée",
        "assessment_during" => "Évaluation pendant la formation",
        "assessment_end" => "Évaluation à la fin",
        "access_procedure" => "Modalités d’accès",
        "access_delay" => "Délai d’accès",
        "accessibility" => "Accessibilité aux personnes handicapées",
        "disability_contact" => "Référent handicap",
        "contact" => "Contact",
        "vat" => "TVA",
        "funding_hints" => "Financements possibles",
        "sanction" => "Sanction",
        "certification_version_id" => "Certification visée",
        "blocs" => "Blocs visés",
        "equivalences" => "Équivalences",
        "bridges" => "Passerelles",
        "follow_ups" => "Suites de parcours",
        "outlets" => "Débouchés",
        "nsf" => "Code NSF",
        "formacodes" => "Formacodes",
        "rome" => "Codes ROME",
        "legal_notes" => "Mentions",
        _ => "Résultats, tant qu’aucun chiffre n’est connu",
    }
}

/// Title of the page of what everybody is given.
pub const HANDBOOKS: &str = "Livrets et règlements";

/// Said once a version is added.
#[must_use]
pub fn handbook_added() -> Flash {
    Flash::done(
        "Version ajoutée.",
        "Les sessions créées à partir de ce jour la remettent à leurs participants.",
    )
}
