//! French words of the links that answer an invitation without an account.

use entity::meeting_guest::GuestAnswer;

use crate::features::meetings::queries::Invitation;
use crate::http::web::by_link::Said;

/// Title of the page that asks.
pub const ASKED: &str = "Répondre à une invitation";
/// Where whoever is signed in finds the rest.
pub const OWN: &str = "Voir mes réunions";

/// What is said to whoever has just answered.
#[must_use]
pub const fn thanks(coming: bool) -> Said {
    if coming {
        Said {
            title: "Votre présence est notée",
            text: "Merci d’avoir répondu\u{202f}: nous comptons sur vous.",
            next: "La date est dans le message d’invitation, pour votre agenda. En cas d’empêchement, répondez à ce message.",
        }
    } else {
        Said {
            title: "Votre absence est notée",
            text: "Merci d’avoir répondu.",
            next: "Le compte rendu vous sera envoyé. Vous n’avez rien d’autre à faire.",
        }
    }
}

/// What is said when a link asks nothing more.
#[must_use]
pub const fn over(found: &Invitation) -> Said {
    match found {
        Invitation::Answered(GuestAnswer::Coming) => Said {
            title: "Réponse déjà enregistrée",
            text: "Merci\u{202f}: votre présence à cette réunion est déjà notée.",
            next: "Pour changer votre réponse, connectez-vous, ou répondez au message d’invitation.",
        },
        Invitation::Answered(_) => Said {
            title: "Réponse déjà enregistrée",
            text: "Merci\u{202f}: votre absence à cette réunion est déjà notée.",
            next: "Pour changer votre réponse, connectez-vous, ou répondez au message d’invitation.",
        },
        Invitation::Unknown => Said {
            title: "Lien inconnu",
            text: "Ce lien n’est pas reconnu.",
            next: "Ouvrez celui du dernier message reçu, ou connectez-vous.",
        },
        Invitation::Over | Invitation::Open(_) => Said {
            title: "Lien terminé",
            text: "Cette réunion n’attend plus de réponse par ce lien.",
            next: "Elle a commencé, elle est annulée ou déplacée, ou votre habilitation n’est pas valide ce jour-là. Merci de votre attention.",
        },
    }
}
