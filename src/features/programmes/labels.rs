//! French words of programmes: states, choices, terms, faults. What pages say of themselves is in [`pages`].

pub mod import;
pub mod pages;

use entity::programme::{ProgrammeState, Theme, TrainerRight};
use entity::programme_price::{Payer, PriceUnit};
use entity::programme_version::{Modality, Sanction, Vat, VersionState};
use entity::training_handbook::HandbookKind;

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::render::french::{THIN, plural};

/// Two programmes of one code.
pub const SAME_CODE: &str = "Une autre formation porte déjà ce code";
/// Two programmes of one address.
pub const SAME_SLUG: &str = "Une autre formation porte déjà cette adresse";
/// Two programmes of one reference.
pub const SAME_REFERENCE: &str = "Une autre formation porte déjà cette référence";
/// No such certification.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// No such version of a certification.
pub const UNKNOWN_VERSION: &str = "Cette version de certification n’existe pas";
/// A version of another certification.
pub const OTHER_CERTIFICATION: &str =
    "Cette version n’est pas celle de la certification que prépare la formation";
/// A version while the programme prepares no certification.
pub const CERTIFICATION_FIRST: &str =
    "La formation ne prépare aucune certification\u{202f}: indiquez-la d’abord dans son identité";
/// A draft aims at another certification.
pub const DRAFT_AIMS: &str =
    "La fiche en préparation vise une version de la certification actuelle\u{202f}: changez-la d’abord";

/// A file without a kind.
pub const HANDBOOK_WANTED: &str = "Choisissez le document";
/// A form without a file.
pub const FILE_WANTED: &str = "Choisissez un fichier";

/// What everybody is given before they enrol.
#[must_use]
pub const fn handbook(kind: HandbookKind) -> &'static str {
    match kind {
        HandbookKind::WelcomeBooklet => "Livret d’accueil",
        HandbookKind::HouseRules => "Règlement intérieur",
        HandbookKind::Terms => "Conditions générales",
    }
}

/// Where a programme stands.
#[must_use]
pub const fn state(state: ProgrammeState) -> Status {
    match state {
        ProgrammeState::Draft => Status::new("En préparation", "plume", Color::Ocre),
        ProgrammeState::Published => Status::new("Publiée", "coche", Color::Pre),
        ProgrammeState::Retired => Status::new("Retirée du catalogue", "cercle", Color::Ardoise),
    }
}

/// Where a version of a sheet stands.
#[must_use]
pub const fn version_state(state: VersionState) -> Status {
    match state {
        VersionState::Draft => Status::new("En préparation", "plume", Color::Ocre),
        VersionState::Published => Status::new("Publiée", "coche", Color::Pre),
        VersionState::Superseded => Status::new("Remplacée", "cercle", Color::Ardoise),
    }
}

/// What may happen to a programme.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Create => "Enregistrer",
        Step::Publish => "Publier la fiche",
        Step::Retire => "Retirer du catalogue",
        Step::Restore => "Préparer à nouveau",
    }
}

/// What a programme is about.
#[must_use]
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Regulatory => "Réglementaire",
        Theme::HealthSafety => "Santé et sécurité",
        Theme::Management => "Management",
        Theme::Sector => "Métiers de l’insertion",
    }
}

/// What whoever teaches must hold.
#[must_use]
pub const fn trainer_right(right: TrainerRight) -> &'static str {
    match right {
        TrainerRight::None => "Aucune habilitation particulière",
        TrainerRight::Epsp => "Habilitation de formateur EPSP le jour de la session",
    }
}

/// How it is followed.
#[must_use]
pub const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::OnSite => "En présence",
        Modality::Remote => "À distance",
        Modality::RemoteAsync => "À distance, à son rythme",
        Modality::Mixed => "En présence et à distance",
        Modality::Afest => "En situation de travail",
    }
}

/// What ends it.
#[must_use]
pub const fn sanction(sanction: Sanction) -> &'static str {
    match sanction {
        Sanction::Attestation => "Attestation de fin de formation",
        Sanction::Certification => "Certification",
        Sanction::None => "Aucune",
    }
}

/// Whether the tax is due.
#[must_use]
pub const fn vat(vat: Vat) -> &'static str {
    match vat {
        Vat::Exempt => "Exonérée (article 261-4-4° a du CGI)",
        Vat::Standard => "Taux normal",
    }
}

/// Who pays.
#[must_use]
pub const fn payer(payer: Payer) -> &'static str {
    match payer {
        Payer::Employer => "Employeur",
        Payer::Opco => "OPCO",
        Payer::Individual => "Particulier",
        Payer::Member => "Structure adhérente",
        Payer::Public => "Financeur public",
    }
}

/// What a price is for.
#[must_use]
pub const fn unit(unit: PriceUnit) -> &'static str {
    match unit {
        PriceUnit::Person => "par personne",
        PriceUnit::Group => "par groupe",
        PriceUnit::Day => "par jour",
        PriceUnit::Hour => "par heure",
    }
}

/// « 12 h 30 », « 7 h », « 45 min ».
#[must_use]
pub fn minutes(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, left) => format!("{left}{THIN}min"),
        (hours, 0) => format!("{hours}{THIN}h"),
        (hours, left) => format!("{hours}{THIN}h{THIN}{left:02}"),
    }
}

/// « 7 h, 2 demi-journées »; empty while nothing is told.
#[must_use]
pub fn duration(length: Option<i32>, half_days: Option<i32>) -> String {
    let half_days = half_days.map(|count| plural(count.into(), "demi-journée", "demi-journées"));
    let parts: Vec<String> = length.map(minutes).into_iter().chain(half_days).collect();
    parts.join(", ")
}

/// « de 4 à 10 personnes »; empty while nothing is told.
#[must_use]
pub fn group(fewest: Option<i32>, most: Option<i32>) -> String {
    match (fewest, most) {
        (Some(fewest), Some(most)) if fewest == most => plural(most.into(), "personne", "personnes"),
        (Some(fewest), Some(most)) => {
            format!("de {fewest} à {}", plural(most.into(), "personne", "personnes"))
        }
        (Some(fewest), None) => format!("{} au moins", plural(fewest.into(), "personne", "personnes")),
        (None, Some(most)) => format!("{} au plus", plural(most.into(), "personne", "personnes")),
        (None, None) => String::new(),
    }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "created" => "formation enregistrée",
        "changed" => "identité de la formation modifiée",
        "draft_opened" => "nouvelle version de la fiche ouverte",
        "draft_changed" => "fiche en préparation modifiée",
        "draft_discarded" => "fiche en préparation abandonnée",
        "published" => "fiche publiée",
        "retired" => "formation retirée du catalogue",
        "restored" => "formation préparée à nouveau",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::programmes::state::TABLE;

    #[test]
    fn every_event_has_its_words() {
        for row in TABLE.iter() {
            let ending = row.name().strip_prefix("programme.").unwrap();
            assert!(happened(ending).is_some(), "{ending}");
        }
        assert_eq!(happened("cooked"), None);
    }

    #[test]
    fn durations_and_groups_are_read_as_french() {
        for (length, half_days, expected) in [
            (Some(750), Some(4), "12\u{202f}h\u{202f}30, 4 demi-journées"),
            (Some(420), None, "7\u{202f}h"),
            (Some(45), Some(1), "45\u{202f}min, 1 demi-journée"),
            (None, None, ""),
        ] {
            assert_eq!(duration(length, half_days), expected);
        }
        assert_eq!(group(Some(4), Some(10)), "de 4 à 10 personnes");
        assert_eq!(group(Some(8), Some(8)), "8 personnes");
        assert_eq!(
            (group(Some(4), None), group(None, None)),
            ("4 personnes au moins".to_owned(), String::new())
        );
    }
}
