//! French words of notifications.

use entity::notice::NoticeWay;

use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::rules::notices::{Class, Wish};

/// Title of the list.
pub const NOTIFICATIONS: &str = "Notifications";
/// Title of the preferences.
pub const PREFERENCES: &str = "Mes messages";
/// Title of the page of a link.
pub const TURN_OFF: &str = "Ne plus recevoir ces messages";
/// Above the faults.
pub const NOT_RECORDED: &str = "Vos préférences ne sont pas encore enregistrées";
/// Why a digest is received.
pub const WHY: &str =
    "Vous recevez ce message parce que vous avez choisi de réunir vos messages en un seul envoi par jour.";
/// Term of the margin.
pub const ZONE: &str = "Fuseau horaire";
/// Term of the margin.
pub const UNREAD: &str = "Non lues";
/// Choice that follows the certifier.
pub const PROPOSED: &str = "Comme le propose l’organisme";

/// A class of messages.
#[must_use]
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Legal => "Décision, délai ou rendez-vous",
        Class::Security => "Sécurité du compte",
        Class::Work => "Travail",
        Class::Reminder => "Rappel",
        Class::Digest => "Récapitulatif",
    }
}

/// A class of messages, in a sentence.
#[must_use]
pub const fn messages_of(class: Class) -> &'static str {
    match class {
        Class::Reminder => "les rappels d’échéance",
        _ => "les messages de travail",
    }
}

/// What may be wished.
#[must_use]
pub const fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::AtOnce => "Un courriel à chaque fois",
        Wish::Digest => "Réunis en un courriel par jour",
        Wish::Never => "Pas de courriel, ils restent dans mes notifications",
    }
}

/// How a message reached the person.
#[must_use]
pub const fn way(way: NoticeWay) -> Status {
    match way {
        NoticeWay::Mail => Status::new("Envoyé", "envoi", Color::Pre),
        NoticeWay::Digest => Status::new("Dans le récapitulatif", "doc", Color::Ciel),
        NoticeWay::Silent => Status::new("Sans courriel", "pause", Color::Ardoise),
    }
}

/// An hour of the day.
#[must_use]
pub fn hour(hour: u8) -> String {
    format!("{hour}\u{202f}h")
}

/// What the certifier proposes for an hour.
#[must_use]
pub fn proposed(at: u8) -> String {
    format!("{PROPOSED} ({})", hour(at))
}

/// What the certifier proposes for a question answered by yes or no.
#[must_use]
pub fn proposed_answer(yes: bool) -> String {
    format!("{PROPOSED} ({})", if yes { "oui" } else { "non" })
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done(
        "Préférences enregistrées.",
        "Elles valent pour les messages qui partent à partir de maintenant.",
    )
}

/// Said once read.
#[must_use]
pub fn all_read() -> Flash {
    Flash::done("Tout est marqué comme lu.", "")
}

/// Choice.
pub const YES: &str = "Oui";
/// Choice.
pub const NO: &str = "Non";
/// The zone of the person's file.
pub const OWN_ZONE: &str = "Celui de ma fiche";
