//! French words of the agreement desk: one place for each state, sign and colour (see `ui.md`, 4.1).

pub mod act;
pub mod convention;
mod journal;
pub mod life;
pub mod mail;
pub mod pieces;
pub mod steps;

use entity::agreement::AgreementState;
use entity::agreement_request::{AgreementRole, Opinion, RequestKind, RequestState, VisitMode};
use entity::decision::Outcome;
use entity::grid_score::Score;
use time::Date;

use self::convention::PROLONGED;
pub use self::journal::{document, history, letter, told};
use crate::http::web::component::{Color, Status};
use crate::render::french;

/// A change of the list of partners: a site of the agreement has another number.
pub const SIRET_CHANGED: &str = "SIRET du site changé";
/// The meeting of a committee, in an agenda.
pub const COMMITTEE: &str = "Commission d’agrément";

/// Word, sign and colour of a state of a request.
#[must_use]
pub const fn state(state: RequestState) -> Status {
    use RequestState as S;
    match state {
        S::Draft => Status::new("Brouillon", "cercle", Color::Ardoise),
        S::Submitted => Status::new("Déposée", "envoi", Color::Ciel),
        S::Incomplete => Status::new("Incomplète", "horloge", Color::Ocre),
        S::Complete => Status::new("Complète", "coche", Color::Ciel),
        S::VisitToSchedule => Status::new("Visite à planifier", "cal", Color::Ocre),
        S::VisitScheduled => Status::new("Visite planifiée", "cal", Color::Ciel),
        S::VisitDone => Status::new("Visite réalisée", "oeil", Color::Ciel),
        S::Adversarial => Status::new("Contradictoire", "horloge", Color::Ocre),
        S::OpinionGiven => Status::new("Avis rendu", "doc", Color::Ciel),
        S::InCommittee => Status::new("En commission", "groupe", Color::Ciel),
        S::Granted => Status::new("Accordée", "coche", Color::Pre),
        S::GrantedWithReserves => Status::new("Accordée sous réserve", "drapeau", Color::Ocre),
        S::Adjourned => Status::new("Ajournée", "cal", Color::Ocre),
        S::Refused => Status::new("Refusée", "croix", Color::Garance),
        S::RefusedFinal => Status::new("Refus confirmé", "croix", Color::Garance),
        S::Appeal => Status::new("Recours", "plume", Color::Prune),
        S::Withdrawn => Status::new("Retirée", "moins", Color::Ardoise),
        S::Abandoned => Status::new("Abandonnée", "moins", Color::Ardoise),
        S::ClosedIdle => Status::new("Sans suite", "moins", Color::Ardoise),
    }
}

/// Word, sign and colour of a state of the right.
#[must_use]
pub const fn right_state(state: AgreementState) -> Status {
    use AgreementState as S;
    match state {
        S::Pending => Status::new("Convention à signer", "plume", Color::Ocre),
        S::Active => Status::new("Actif", "coche", Color::Pre),
        S::ActiveWithReserves => Status::new("Actif sous réserve", "drapeau", Color::Ocre),
        S::Suspended => Status::new("Suspendu", "pause", Color::Prune),
        S::Withdrawn => Status::new("Retiré", "croix", Color::Garance),
        S::Renounced => Status::new("Renonciation", "moins", Color::Ardoise),
        S::Expired => Status::new("Expiré", "moins", Color::Ardoise),
    }
}

/// Word, sign and colour of a right on a day: one that is signed does not count before its first day, and one that is
/// alive after its last day waits for the decision on its renewal.
#[must_use]
pub fn right_state_on(right: &entity::agreement::Model, today: Date) -> Status {
    match right.state {
        AgreementState::Active if today < right.starts_on => {
            Status::new("Accordé, à venir", "horloge", Color::Ciel)
        }
        AgreementState::ActiveWithReserves if today < right.starts_on => {
            Status::new("Accordé sous réserve, à venir", "horloge", Color::Ocre)
        }
        AgreementState::Active | AgreementState::ActiveWithReserves if right.ends_on < today => {
            Status::new(PROLONGED, "horloge", Color::Ciel)
        }
        state => right_state(state),
    }
}

/// Word, sign and colour of a score.
#[must_use]
pub const fn score(score: Score) -> Status {
    match score {
        Score::Conforming => Status::new("Conforme", "coche", Color::Pre),
        Score::Minor => Status::new("Écart mineur", "alerte", Color::Ocre),
        Score::Major => Status::new("Écart majeur", "croix", Color::Garance),
        Score::NotApplicable => Status::new("Sans objet", "moins", Color::Ardoise),
    }
}

/// First request or renewal.
#[must_use]
pub const fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::First => "Première demande",
        RequestKind::Renewal => "Renouvellement",
    }
}

/// A certification everywhere it is named: its usual name, then the official title of the version when it says something
/// else, and which version it is. « CQP Salarié polyvalent — Socle de compétences transversales (version 2025) ».
#[must_use]
pub fn certification([usual, title, version]: [&str; 3]) -> String {
    let official = short(title);
    let told =
        if official == usual || usual.is_empty() { official } else { format!("{usual} — {official}") };
    if version.is_empty() { told } else { format!("{told} (version {version})") }
}

/// An official title without its first words: « CQP Salarié polyvalent ».
fn short(title: &str) -> String {
    title.strip_prefix("Certificat de qualification professionnelle ").map_or_else(
        || title.to_owned(),
        |rest| {
            format!(
                "CQP {}",
                rest.trim_start_matches(['«', '\u{202f}', '\u{a0}', ' '])
                    .trim_end_matches(['»', '\u{202f}', '\u{a0}', ' '])
            )
        },
    )
}

/// The service.
#[must_use]
pub const fn role(role: AgreementRole) -> &'static str {
    match role {
        AgreementRole::Train => "Former",
        AgreementRole::Organise => "Organiser l’évaluation",
        AgreementRole::TrainAndOrganise => "Former et organiser l’évaluation",
    }
}

/// How a visit is made.
#[must_use]
pub const fn visit_mode(mode: VisitMode) -> &'static str {
    match mode {
        VisitMode::OnSite => "Sur place",
        VisitMode::Video => "En visioconférence",
        VisitMode::Documents => "Sur pièces",
    }
}

/// An opinion, as an adjective.
#[must_use]
pub const fn opinion(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Favourable => "favorable",
        Opinion::FavourableWithReserve => "favorable sous réserve",
        Opinion::Unfavourable => "défavorable",
    }
}

/// Word, sign and colour of an opinion.
#[must_use]
pub const fn opinion_status(opinion: Opinion) -> Status {
    match opinion {
        Opinion::Favourable => Status::new("Favorable", "coche", Color::Pre),
        Opinion::FavourableWithReserve => Status::new("Favorable sous réserve", "drapeau", Color::Ocre),
        Opinion::Unfavourable => Status::new("Défavorable", "croix", Color::Garance),
    }
}

/// What was decided.
#[must_use]
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Grant => "Accordé",
        Outcome::GrantWithReserves => "Accordé sous réserve",
        Outcome::Adjourn => "Ajourné",
        Outcome::Refuse => "Refusé",
    }
}

/// "trois ans", or the months when it is not whole years.
#[must_use]
pub fn duration(starts_on: Option<Date>, ends_on: Option<Date>) -> String {
    const YEARS: [&str; 6] = ["", "un an", "deux ans", "trois ans", "quatre ans", "cinq ans"];
    let (Some(from), Some(until)) = (starts_on, ends_on.and_then(Date::next_day)) else {
        return String::new();
    };
    let months = (until.year() - from.year()) * 12 + i32::from(u8::from(until.month()))
        - i32::from(u8::from(from.month()));
    let whole_years = months % 12 == 0 && until.day() == from.day();
    let years = usize::try_from(months / 12).unwrap_or_default();
    match YEARS.get(years) {
        Some(words) if whole_years && years > 0 => (*words).to_owned(),
        _ => french::date_range(from, ends_on.unwrap_or(from)),
    }
}

/// Said before a visit is fixed on a half-day that its contrôleur does not give.
#[must_use]
pub fn beware(name: &str, said: &str) -> String {
    format!("attention\u{202f}: {name} {said}\u{202f};")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_certification_bears_its_usual_name_wherever_it_is_named() {
        let usual = "CQP Salarié polyvalent";
        for (title, version, expected) in [
            ("Socle de compétences", "2025", "CQP Salarié polyvalent — Socle de compétences (version 2025)"),
            (
                "Certificat de qualification professionnelle Salarié polyvalent",
                "2013",
                "CQP Salarié polyvalent (version 2013)",
            ),
        ] {
            assert_eq!(certification([usual, title, version]), expected);
        }
    }

    #[test]
    fn a_whole_number_of_years_is_said_in_words() {
        let from = Some(date!(2024 - 01 - 18));
        assert_eq!(duration(from, Some(date!(2027 - 01 - 17))), "trois ans");
        assert!(duration(from, Some(date!(2026 - 06 - 30))).contains("2026"));
    }
}
