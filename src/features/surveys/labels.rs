//! French words of surveys.

use entity::survey::{SurveyKind, SurveyState};

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;

pub mod asked;
pub mod faults;
pub mod pages;

/// The beginning, in the drawing of the states.
pub const BEGIN: &str = "Prévoir";
/// Why somebody receives a message.
pub const WHY_ASKED: &str =
    "Vous recevez ce message parce que vous avez participé à une formation, l’avez financée ou animée.";

/// What a state looks like.
#[must_use]
pub const fn state(state: SurveyState) -> Status {
    match state {
        SurveyState::Planned => Status::new("Prévue", "cal", Color::Ardoise),
        SurveyState::Open => Status::new("Ouverte", "horloge", Color::Ciel),
        SurveyState::Closed => Status::new("Close", "coche", Color::Pre),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Plan => BEGIN,
        Step::Open => "Ouvrir",
        Step::Close => "Clore",
        Step::Reopen => "Rouvrir",
    }
}

/// Who is asked.
#[must_use]
pub const fn kind(kind: SurveyKind) -> &'static str {
    match kind {
        SurveyKind::Hot => "Stagiaires, à chaud",
        SurveyKind::Cold => "Stagiaires, à froid",
        SurveyKind::Trainers => "Formatrices et formateurs",
        SurveyKind::Funders => "Financeurs",
        SurveyKind::Companies => "Entreprises",
    }
}

/// What a survey that is not about a session is about.
#[must_use]
pub const fn about(kind: SurveyKind) -> &'static str {
    match kind {
        SurveyKind::Funders => "Les formations que vous financez",
        _ => "Les formations de votre équipe",
    }
}

/// « 12 réponses sur 20, 60 % ».
#[must_use]
pub fn rate(answered: i32, invited: i32) -> String {
    let number = |count: i32| u64::try_from(count).unwrap_or_default();
    let answers = french::plural(i64::from(answered), "réponse", "réponses");
    if invited == 0 {
        return answers;
    }
    format!(
        "{answers} sur {}, {}",
        french::integer(i64::from(invited)),
        french::percent(number(answered), number(invited))
    )
}

/// Said once an act is done.
#[must_use]
pub fn done(act: &str) -> Flash {
    match act {
        "clore" => Flash::done("Enquête close.", ""),
        "rouvrir" => Flash::done("Enquête rouverte.", "Les liens des messages fonctionnent à nouveau."),
        "relancer" => Flash::done("Rappels envoyés.", "Aux personnes qui n’ont pas répondu."),
        _ => Flash::done("Enquête envoyée.", "Chaque personne reçoit son lien."),
    }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "planned" => "enquête prévue",
        "opened" => "enquête ouverte",
        "closed" => "enquête close",
        "reopened" => "enquête rouverte",
        "reminded" => "rappel d’enquête",
        "answered" => "réponse à une enquête",
        "declined" => "refus d’être interrogé",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::surveys::state::TABLE;

    #[test]
    fn every_step_has_its_words() {
        for line in TABLE.iter() {
            let ending = line.name().strip_prefix("survey.").unwrap();
            assert!(happened(ending).is_some(), "{ending}");
        }
    }
}
