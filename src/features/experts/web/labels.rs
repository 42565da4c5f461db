//! French words of the page of an expert: missions, twelve months, how an habilitation was obtained.

pub(super) mod export;

use entity::expert_piece::PieceCode;
use entity::habilitation::{Duty, HabilitationState};
use entity::habilitation_step::StepKind;
use entity::mission::{self, MissionState};
use entity::mission_offer::OfferState;
use time::Date;

use crate::features::experts::labels::path::step;
use crate::features::experts::labels::{duty_of, piece};
use crate::features::experts::queries::{Habilitation, Year};
use crate::http::web::component::{Color, Fact, Status};
use crate::render::french;
use crate::rules::calendar::written;
use crate::rules::habilitation_path::PathRules;

/// Fault of a form.
pub(super) const WHICH_PIECE: &str = "Choisissez la pièce à laquelle joindre ce fichier";
/// Fault of a form.
pub(super) const FILE_WANTED: &str = "Choisissez un fichier";

/// Whether the person can sign in.
pub(super) const ACCOUNT: &str = "Compte";
/// The person cannot.
pub(super) const NO_ACCOUNT: &str = "aucun";
/// What that means.
pub(super) const NO_ACCOUNT_NOTE: &str = "Répond aux missions, aux visites et aux réunions par le lien des courriels\u{202f}; un compte s’ouvre dans les paramètres, «\u{202f}Utilisateurs\u{202f}».";

/// « CV du 6 octobre 2025 ».
#[must_use]
pub(super) fn dated_piece(code: PieceCode, on: Date) -> String {
    format!("{} du {}", piece(code), written(on))
}

/// What comes of a mission.
#[must_use]
pub(super) const fn outcome(state: MissionState) -> Status {
    use MissionState as S;
    match state {
        S::Proposed => Status::new("Proposition à l’étude", "envoi", Color::Ciel),
        S::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        S::InProgress => Status::new("En cours", "horloge", Color::Ciel),
        S::Done => Status::new("Compte rendu attendu", "horloge", Color::Ocre),
        S::ReportReceived | S::ExpensesClaimed | S::Settled => {
            Status::new("Compte rendu reçu", "doc", Color::Pre)
        }
        S::Declined | S::Expired | S::Withdrawn | S::Cancelled => {
            Status::new("Sans suite", "croix", Color::Ardoise)
        }
    }
}

/// How long the report of a mission took: « en 2 jours »; empty before.
#[must_use]
pub(super) fn reported_in(row: &mission::Model) -> String {
    let days = row.reported_at.map(|at| (*at - *row.ends_at).whole_days().max(0));
    days.map(in_days).unwrap_or_default()
}

fn in_days(days: i64) -> String {
    if days == 0 {
        "le jour même".to_owned()
    } else {
        format!("en {}", french::plural(days, "jour", "jours"))
    }
}

/// The link to every mission.
#[must_use]
pub(super) fn every_mission(total: u64) -> String {
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    if total == 1 { "La mission".to_owned() } else { format!("Les {} missions", french::integer(total)) }
}

/// The twelve months, and the mean of the network in tenths when it is shown.
#[must_use]
pub(super) fn year(year: &Year, mean_tenths: Option<u64>) -> Vec<Fact> {
    let missions = i64::try_from(year.missions).unwrap_or(i64::MAX);
    let mean = mean_tenths
        .map(|tenths| format!("{},{} en moyenne par personne habilitée", tenths / 10, tenths % 10))
        .unwrap_or_default();
    let reports = year.mean_report_days().map_or_else(
        || "aucun".to_owned(),
        |days| if days == 0 { in_days(days) } else { format!("{} en moyenne", in_days(days)) },
    );
    vec![
        Fact::new("Missions", french::plural(missions, "mission tenue", "missions tenues")).with_note(mean),
        Fact::new("Comptes rendus", reports),
        Fact::new("Propositions", offers(year)),
    ]
}

fn offers(year: &Year) -> String {
    let words = [
        (OfferState::Accepted, "acceptée", "acceptées"),
        (OfferState::Declined, "déclinée", "déclinées"),
        (OfferState::Expired, "sans réponse", "sans réponse"),
        (OfferState::DroppedOut, "désistement", "désistements"),
    ];
    let said: Vec<String> = words
        .into_iter()
        .map(|(state, one, many)| (year.offers_in(state), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| french::plural(count, one, many))
        .collect();
    if said.is_empty() { "aucune".to_owned() } else { said.join(", ") }
}

/// How an habilitation was obtained, or where its path stands.
#[must_use]
pub(super) fn obtained(rules: &PathRules, found: &Habilitation, steps: &[StepKind]) -> String {
    let (duty, state) = (found.file.duty, found.file.state);
    if state == HabilitationState::Applied {
        return String::new();
    }
    if steps.is_empty() && found.starts_on().is_some() {
        return "Reprise d’une habilitation déjà délivrée".to_owned();
    }
    let kinds = rules.steps(duty).into_iter();
    let said: Vec<String> = if found.starts_on().is_some() {
        kinds.filter_map(|(kind, _)| done(duty, kind, count(steps, kind))).collect()
    } else {
        kinds
            .map(|(kind, times)| (kind, count(steps, kind), times))
            .filter(|(_, done, times)| done < times)
            .map(|(kind, done, times)| format!("{}, {done} sur {times}", short(duty, kind)))
            .collect()
    };
    said.join("\u{202f}; ")
}

fn count(steps: &[StepKind], kind: StepKind) -> usize {
    steps.iter().filter(|one| **one == kind).count()
}

fn done(duty: Duty, kind: StepKind, times: usize) -> Option<String> {
    match times {
        0 => None,
        1 => Some(short(duty, kind).to_owned()),
        many => Some(format!("{} ({many})", short(duty, kind))),
    }
}

/// The name of a step, without what it is about.
fn short(duty: Duty, kind: StepKind) -> &'static str {
    let name = step(duty, kind);
    name.split_once('\u{202f}').map_or(name, |(short, _)| short)
}

/// « L’habilitation de mandataire s’arrête dans 45 jours. »
#[must_use]
pub(super) fn ending(duty: Duty, on: Date, today: Date) -> String {
    format!(
        "L’habilitation «\u{202f}{}\u{202f}» s’arrête {}.",
        duty_of(duty),
        french::relative_days(on, today)
    )
}

/// « Mandataire depuis 2018 ».
#[must_use]
pub(super) fn since(duty: &str, starts_on: Option<Date>) -> String {
    starts_on.map_or_else(|| duty.to_owned(), |day| format!("{duty} depuis {}", day.year()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::features::experts::actions::blank_file;
    use uuid::Uuid;

    #[test]
    fn twelve_months_are_told_beside_the_mean() {
        let year_of = Year {
            missions: 7,
            report_days: vec![1, 3],
            offers: HashMap::from([
                (OfferState::Accepted, 5),
                (OfferState::Declined, 1),
                (OfferState::Sent, 1),
            ]),
        };
        let facts = year(&year_of, Some(42));
        let said: Vec<_> = facts.iter().map(|fact| (fact.value.as_str(), fact.note.as_str())).collect();
        assert_eq!(
            said,
            [
                ("7 missions tenues", "4,2 en moyenne par personne habilitée"),
                ("en 2 jours en moyenne", ""),
                ("5 acceptées, 1 déclinée", ""),
            ]
        );
        let facts = year(&Year::default(), None);
        let said: Vec<_> = facts.iter().map(|fact| fact.value.as_str()).collect();
        assert_eq!(said, ["0 mission tenue", "aucun", "aucune"]);
        assert!(facts[0].note.is_empty());
    }

    #[test]
    fn a_path_says_what_is_left_of_it() {
        let mut file = blank_file(Uuid::nil().into(), Uuid::nil().into(), Duty::Controleur);
        file.state = HabilitationState::InTraining;
        let found = Habilitation { file, rights: Vec::new(), followed: false };
        let steps = [StepKind::Interview, StepKind::Theory, StepKind::Observation, StepKind::Accompaniment];
        let expected =
            "Contrôle en tandem, 1 sur 2\u{202f}; Contrôle conduit avec une personne expérimentée, 0 sur 1";
        assert_eq!(obtained(&PathRules::default(), &found, &steps), expected);
    }
}
