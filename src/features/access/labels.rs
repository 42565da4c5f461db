//! French words of the requests for access.

use entity::access_request::AccessState;

use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;

/// Why the person who asks is written to.
pub const WHY_ASKED: &str =
    "Vous recevez ce message parce que cette adresse a été saisie pour demander un compte de structure.";

/// Fault of a refusal.
pub const REASON_WANTED: &str = "Indiquez le motif\u{202f}: la personne le lit";
/// Fault of a refusal.
pub const REASON_INVISIBLE: &str = "Ce texte contient un caractère invisible\u{202f}: saisissez-le à nouveau";
/// Fault of a refusal.
pub const REASON_LONG: &str = "Ce motif est trop long\u{202f}: 2\u{202f}000 caractères au plus";

/// Title of the form.
pub const ASK: &str = "Demander un compte";
/// Above the faults of the form.
pub const NOT_SENT: &str = "Votre demande n’est pas encore envoyée";
/// Title of the neutral answer.
pub const SENT: &str = "Consultez votre messagerie";
/// Title of the page of a link.
pub const CONFIRM: &str = "Confirmer votre demande";
/// Title of the page of a link that was used.
pub const CONFIRMED: &str = "Demande reçue";
/// Title of the page of a link that does not work.
pub const LINK_OVER: &str = "Ce lien ne fonctionne plus";
/// Title of the list.
pub const REQUESTS: &str = "Demandes de compte";
/// Above the faults of a refusal.
pub const NOT_REFUSED: &str = "La demande n’est pas encore refusée";

/// Term of a fact.
pub const FACT_SIRET: &str = "SIRET du siège";
/// Term of a fact.
pub const FACT_PLACE: &str = "Adresse";
/// Term of a fact.
pub const FACT_PERSON: &str = "Personne";
/// Term of a fact.
pub const FACT_EMAIL: &str = "Adresse électronique, confirmée";
/// Term of a fact.
pub const FACT_PHONE: &str = "Téléphone";
/// Term of a fact.
pub const FACT_ASKED: &str = "Demande confirmée le";
/// Term of a fact.
pub const FACT_SETTLED: &str = "Réponse donnée le";

/// Where a request stands.
#[must_use]
pub const fn state(state: AccessState) -> Status {
    match state {
        AccessState::Unconfirmed => Status::new("Adresse à confirmer", "cercle", Color::Ardoise),
        AccessState::Pending => Status::new("À examiner", "horloge", Color::Ocre),
        AccessState::Accepted => Status::new("Acceptée", "coche", Color::Pre),
        AccessState::Refused => Status::new("Refusée", "croix", Color::Garance),
    }
}

/// What accepting does, line by line: the page shows it above the button.
#[must_use]
pub fn effects(structure: Option<&str>, person: &str, email: &str) -> Vec<String> {
    let place = structure.map_or_else(
        || "la structure est enregistrée, avec son siège\u{202f};".to_owned(),
        |known| {
            format!(
                "la structure est déjà enregistrée sous le nom {known}\u{202f}: rien n’y est changé\u{202f};"
            )
        },
    );
    vec![
        place,
        format!("{person} reçoit une invitation à l’adresse {email}\u{202f};"),
        "l’acte est inscrit au journal.".to_owned(),
    ]
}

/// How many people of a known structure have an account already.
#[must_use]
pub fn colleagues(count: u64) -> Option<&'static str> {
    match count {
        0 => None,
        1 => Some(
            "Une personne a déjà un compte pour cette structure. Vérifiez auprès d’elle avant d’accepter\u{202f}: la personne invitée verra tous ses dossiers.",
        ),
        _ => Some(
            "Plusieurs personnes ont déjà un compte pour cette structure. Vérifiez auprès d’elles avant d’accepter\u{202f}: la personne invitée verra tous leurs dossiers.",
        ),
    }
}

/// Said once accepted.
#[must_use]
pub fn accepted(person: &str) -> Flash {
    Flash::done("Demande acceptée.", format!("{person} reçoit une invitation."))
}

/// Said once refused.
#[must_use]
pub fn refused(person: &str) -> Flash {
    Flash::done("Demande refusée.", format!("{person} reçoit le motif."))
}

/// Said when it did not happen.
#[must_use]
pub fn not_settled(detail: &str) -> Flash {
    Flash::problem("La demande n’a pas changé.", detail)
}
