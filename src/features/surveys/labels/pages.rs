//! Words of the pages of surveys.

use entity::survey;

use crate::features::enrolments::labels::instant;
use crate::features::surveys::questions::{Form, Tally};
use crate::http::web::by_link::Said;
use crate::render::french;
use crate::rules::territory::PARIS;

use super::asked::{SCALE, YES_NO};

/// Title of a page.
pub const SURVEYS: &str = "Enquêtes";
/// Title of a page.
pub const ASK: &str = "Interroger des partenaires";
/// Title of a page.
pub const ANSWER: &str = "Votre avis";
/// Title of what did not work.
pub const NOT_SENT: &str = "Votre réponse n’est pas encore envoyée";
/// Title of what did not work.
pub const NOT_ASKED: &str = "L’enquête n’est pas encore envoyée";
/// When a survey is that is not about a session.
pub const THIS_YEAR: &str = "cette année";
/// A term of a list.
pub const KIND: &str = "Public";
/// A term of a list.
pub const SESSION: &str = "Session";
/// A term of a list.
pub const OPENS: &str = "Ouverture";
/// A term of a list.
pub const CLOSES: &str = "Clôture";
/// A term of a list.
pub const RATE: &str = "Réponses";
/// Where whoever is signed in finds the rest.
pub const HOME: &str = "Revenir à l’accueil";

/// What closes a survey.
pub const CLOSE: &str = "Clore l’enquête";
/// What leaves it open.
pub const KEEP: &str = "La laisser ouverte";

/// Said to whoever answered.
pub const THANKS: Said = Said {
    title: "Merci de votre avis",
    text: "Votre réponse est enregistrée, sans votre nom.",
    next: "Elle sert à améliorer les formations. Vous pouvez fermer cette page.",
};
/// Said to whoever does not wish to be asked.
pub const LEFT_ALONE: Said = Said {
    title: "C’est noté",
    text: "Vous ne recevrez plus d’enquête ni de rappel sur cette formation.",
    next: "Vos documents et vos droits ne changent pas. Vous pouvez fermer cette page.",
};
/// Said to whoever opens a link that was used.
pub const ANSWERED: Said = Said {
    title: "Vous avez déjà répondu",
    text: "Votre réponse est enregistrée, sans votre nom. Elle ne peut donc plus être modifiée.",
    next: "Merci. Vous pouvez fermer cette page.",
};
/// Said to whoever opens a link too late.
pub const OVER: Said = Said {
    title: "Enquête close",
    text: "Cette enquête n’attend plus de réponse.",
    next: "Pour nous dire quelque chose, répondez au message que vous avez reçu.",
};
/// Said to whoever opens a link that leads nowhere.
pub const UNKNOWN: Said = Said {
    title: "Lien inconnu",
    text: "Ce lien ne mène à aucune enquête.",
    next: "Vérifiez que l’adresse du message est entière.",
};

/// When a survey opens or closes.
#[must_use]
pub fn at(when: time::OffsetDateTime, zone: Option<&str>) -> String {
    instant(when, zone.unwrap_or(PARIS))
}

/// Why no answer is shown.
#[must_use]
pub fn hidden(row: &survey::Model, smallest: u16) -> String {
    format!(
        "Les réponses sont montrées à partir de {}, pour que personne ne soit reconnu. Il y en a {} pour le moment.",
        french::integer(i64::from(smallest)),
        french::integer(i64::from(row.answered))
    )
}

/// The counts of a question, worst first: « Tout à fait 12, Plutôt 3 ».
#[must_use]
pub fn counts(tally: &Tally) -> Vec<(String, u32)> {
    let words: Vec<&str> = match tally.question.form {
        Form::Scale => SCALE.iter().map(|(_, word)| *word).collect(),
        Form::YesNo => YES_NO.iter().map(|(_, word)| *word).collect(),
        Form::Text => Vec::new(),
    };
    words.iter().zip(&tally.counts).rev().map(|(word, count)| ((*word).to_owned(), *count)).collect()
}

/// « 87 sur 100 ».
#[must_use]
pub fn mean(mean: u32) -> String {
    format!("{} sur 100", french::integer(i64::from(mean)))
}

/// What is asked before a survey is closed: the question, what it is about, what it changes.
#[must_use]
pub fn closing(row: &survey::Model) -> (&'static str, String, Vec<String>) {
    let waiting = (row.invited - row.answered).max(0);
    let people = french::plural(i64::from(waiting), "personne n’a", "personnes n’ont");
    (
        "Clore cette enquête\u{202f}?",
        super::rate(row.answered, row.invited),
        vec![
            format!("{people} pas répondu\u{202f}: aucune réponse ne sera plus acceptée."),
            "Les liens des messages diront que l’enquête est close.".to_owned(),
            "Elle pourra être rouverte.".to_owned(),
        ],
    )
}
