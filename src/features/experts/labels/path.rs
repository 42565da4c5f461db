//! Words of the path to an habilitation: its steps, its pieces, its jury.

use entity::expert_piece::PieceCode;
use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use time::{Date, OffsetDateTime};

use super::super::actions::habilitation::{JuryMember, Quality};
use super::super::path::{self, Progress};
use super::piece;
use crate::render::french;
use crate::rules::deadline::day_in_zone;

/// The name of a step of the path.
#[must_use]
pub const fn step(duty: Duty, kind: StepKind) -> &'static str {
    match (kind, duty) {
        (StepKind::Interview, _) => "Entretien",
        (StepKind::Theory, Duty::Epsp) => "Théorie\u{202f}: référentiel, outils, règles d’évaluation",
        (StepKind::Theory, Duty::Mandataire) => {
            "Théorie\u{202f}: règlement, impartialité, procès-verbal, données"
        }
        (StepKind::Theory, Duty::Controleur) => {
            "Théorie\u{202f}: grille, contradictoire, rédaction du rapport"
        }
        (StepKind::Observation, Duty::Epsp) => "Fond de salle\u{202f}: session entière observée",
        (StepKind::Observation, Duty::Mandataire) => "Fond de salle\u{202f}: jury observé sans voix",
        (StepKind::Observation, Duty::Controleur) => "Contrôle en tandem",
        (StepKind::CoAnimation, _) => "Session coanimée",
        (StepKind::Supervised, Duty::Epsp) => "Session animée sous supervision",
        (StepKind::Supervised, Duty::Mandataire) => "Jury présidé avec une personne expérimentée",
        (StepKind::Supervised, Duty::Controleur) => "Contrôle conduit avec une personne expérimentée",
        (StepKind::Accompaniment, _) => "Accompagnement individuel\u{202f}: entretien daté",
    }
}

/// Records the piece that follows another.
pub const NEXT_PIECE: &str = "Enregistrer la suivante";

/// A mission to choose.
#[must_use]
pub fn observed(number: &str, day: Date) -> String {
    format!("{number}, {}", french::date(day))
}

/// An observation of the practice of someone habilitated.
pub const PRACTICE: &str = "Observation de la pratique";

/// The name of a step done.
#[must_use]
pub fn step_done(file: &habilitation::Model, done: &habilitation_step::Model) -> &'static str {
    if path::is_practice(file, done) { PRACTICE } else { step(file.duty, done.kind) }
}

/// The name of a step whatever the duty.
#[must_use]
pub const fn step_word(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Interview => "Entretien",
        StepKind::Theory => "Théorie",
        StepKind::Observation => "Fond de salle",
        StepKind::CoAnimation => "Session coanimée",
        StepKind::Supervised => "Pratique accompagnée",
        StepKind::Accompaniment => "Accompagnement individuel",
    }
}

/// Several steps, in a sentence.
#[must_use]
pub fn step_list(duty: Duty, kinds: &[StepKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| step(duty, *kind)).collect();
    names.join("\u{202f}; ")
}

/// What is missing of a step, with its name.
#[must_use]
pub fn step_lack(duty: Duty, progress: &Progress) -> String {
    format!("{}, {}", step(duty, progress.kind), step_count(progress))
}

/// How much of a step is done.
#[must_use]
pub fn step_count(progress: &Progress) -> String {
    if progress.is_complete() || progress.done < progress.wanted {
        return format!("{} sur {}", progress.done, progress.wanted);
    }
    "à refaire à la demande du jury".to_owned()
}

/// Whether a piece that is asked for is there.
#[must_use]
pub const fn piece_held(held: bool) -> &'static str {
    if held { "Présente" } else { "Manquante" }
}

/// The pieces that an application to a duty asks for.
#[must_use]
pub fn asked_pieces(duty: Duty, codes: &[PieceCode]) -> String {
    let names: Vec<_> = codes.iter().map(|code| piece(*code)).collect();
    format!("{}\u{202f}: {}", super::duty(duty), names.join("\u{202f}; "))
}

/// What is missing before a grant.
#[must_use]
pub fn grant_lacks(charter: bool, declared: bool) -> Vec<String> {
    let mut lacks = Vec::new();
    if !charter {
        lacks.push("Charte d’impartialité signée".to_owned());
    }
    if !declared {
        lacks.push("Déclaration d’intérêts à jour".to_owned());
    }
    lacks
}

/// Who must sit in a jury.
#[must_use]
pub const fn jury_wanted(duty: Duty) -> &'static str {
    match duty {
        Duty::Epsp => {
            "Le jury réunit la personne responsable de la certification, une personne expérimentée et une personne extérieure"
        }
        Duty::Mandataire | Duty::Controleur => {
            "La commission réunit la personne responsable de la certification et une autre personne au moins"
        }
    }
}

/// As what someone sits in a jury.
#[must_use]
pub const fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Manager => "Responsable de la certification",
        Quality::Senior => "Personne expérimentée dans la fonction",
        Quality::External => "Personne extérieure",
    }
}

/// Who sits in a jury, and as what.
#[must_use]
pub fn jury_member(member: &JuryMember) -> String {
    format!("{} ({})", member.name, quality(member.quality).to_lowercase())
}

/// Met or not.
#[must_use]
pub const fn met(met: bool) -> &'static str {
    if met { "Remplie" } else { "Non remplie" }
}

/// When a jury that has not sat yet does.
#[must_use]
pub fn jury_day(day: Date) -> String {
    format!("Le jury siège le {}", french::date(day))
}

/// The last day that a period may have.
#[must_use]
pub fn longest(last: Date) -> String {
    format!("L’habilitation finit au plus tard le {}", french::date(last))
}

/// « lundi 20 octobre 2025 à 9 h », where the person is, with the hour of Paris when it differs.
#[must_use]
pub fn jury_at(at: OffsetDateTime, zone: &str) -> String {
    let day = french::long_date(day_in_zone(at, zone));
    format!("{day} à {}", french::local_and_paris(at, zone))
}

/// The jury in a calendar: the number says whose file it is, without a name.
#[must_use]
pub fn jury_title(number: &str) -> String {
    format!("Jury d’habilitation ({number})")
}
