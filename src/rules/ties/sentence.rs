//! The words of a finding: what the tie is, when it was, where it is known from, what follows.
use super::{DatedTie, Duty, Severity, Tie};
use crate::rules::calendar::written;
use time::Date;

/// Narrow no-break space, before high punctuation.
const THIN: char = '\u{202f}';

/// What the tie is; nouns, which suit everybody.
fn tie_words(tie: Tie) -> &'static str {
    match tie {
        Tie::EmployeeBoardOrProvider => "Emploi, mandat ou prestation dans la structure",
        Tie::Board => "Mandat au conseil d’administration de la structure",
        Tie::Shares => "Parts détenues dans la structure",
        Tie::Family => "Lien familial avec une personne de la structure",
        Tie::ControllerThisPeriod => "Contrôle de la structure pendant la période d’agrément en cours",
        Tie::SupportExpert => "Appui pédagogique à la structure",
        Tie::EpspTrainerOfTeam => "Formation EPSP de l’équipe",
        Tie::Supervised => "Encadrement ou tutorat d’une personne de l’équipe",
        Tie::JuryPresident => "Présidence d’un jury dans la structure",
        Tie::SameGroup => "Emploi, mandat ou prestation dans une structure du même groupe",
    }
}

/// What the person is wanted for, after « confier ».
fn duty_words(duty: Duty) -> &'static str {
    match duty {
        Duty::JuryPresident => "la présidence du jury",
        Duty::Controller => "le contrôle",
        Duty::SupportExpert => "l’appui pédagogique",
        Duty::TeamTrainer => "la formation de l’équipe",
    }
}

fn dates(tie: &DatedTie, on: Date) -> String {
    match (tie.since, tie.until) {
        (Some(since), Some(until)) if since == until => format!("le {}", written(since)),
        (Some(since), Some(until)) => format!("du {} au {}", written(since), written(until)),
        (None, Some(until)) if until < on => format!("jusqu’au {}", written(until)),
        (None, Some(until)) => format!("en cours, jusqu’au {}", written(until)),
        (Some(since), None) => format!("depuis le {}, toujours en cours", written(since)),
        (None, None) => "toujours en cours".into(),
    }
}

fn months_words(months: u16) -> String {
    format!("{months} mois")
}

/// The sentence of a tie that counts by itself.
pub(super) fn of_tie(
    tie: &DatedTie,
    duty: Duty,
    severity: Severity,
    months: Option<u16>,
    frees_on: Option<Date>,
    on: Date,
) -> String {
    let detail = if tie.detail.is_empty() { String::new() } else { format!(" ({})", tie.detail) };
    let fact = format!("{}{detail}, {} (source{THIN}: {}).", tie_words(tie.tie), dates(tie, on), tie.source);
    let duty = duty_words(duty);
    let consequence = match (severity, months) {
        (Severity::Blocking, None) => {
            format!("Ce lien interdit de confier {duty} à cette personne, quelle que soit sa date.")
        }
        (Severity::Warning, None) => {
            format!("À prendre en compte avant de confier {duty} à cette personne.")
        }
        (Severity::Blocking, Some(months)) => {
            format!(
                "Il faut {} après la fin de ce lien pour confier {duty} à cette personne",
                months_words(months)
            ) + &free_words(frees_on)
        }
        (Severity::Warning, Some(months)) => {
            format!(
                "Il est conseillé d’attendre {} après la fin de ce lien pour confier {duty} à cette personne",
                months_words(months)
            ) + &free_words(frees_on)
        }
    };
    format!("{fact} {consequence}")
}

fn free_words(frees_on: Option<Date>) -> String {
    frees_on.map_or_else(|| ".".into(), |day| format!("{THIN}: à partir du {}.", written(day)))
}

/// The sentence of a turn that is complete.
pub(super) fn of_rotation(kind: Tie, duty: Duty, count: u16, ties: &[&DatedTie]) -> String {
    let last = ties.iter().max_by_key(|tie| (tie.until.is_none(), tie.until, tie.since));
    let latest = last.map_or_else(String::new, |tie| {
        let day = tie.until.or(tie.since).map_or_else(String::new, |day| format!(", le {}", written(day)));
        format!(" (dernière fois{day}{THIN}; source{THIN}: {})", tie.source)
    });
    format!(
        "{}{THIN}: {} fois{latest}. Au-delà de {count}, il est conseillé de confier {} à une autre personne.",
        tie_words(kind),
        ties.len(),
        duty_words(duty)
    )
}
