//! What is said once an act is done.

use crate::http::web::layout::Flash;
use crate::render::french;

/// Said once a deliberation is closed.
#[must_use]
pub fn closed() -> Flash {
    Flash::done("Délibération close.", "Le texte est figé. Chaque membre peut maintenant le signer.")
}

/// Said once a code is sent.
#[must_use]
pub fn code_sent(name: &str) -> Flash {
    Flash::done("Code envoyé.", format!("{name} le reçoit par courriel. Il est valable quinze minutes."))
}

/// Said once somebody answered.
#[must_use]
pub fn answer_kept(refused: bool, last: bool) -> Flash {
    let title = if refused { "Refus enregistré." } else { "Signature enregistrée." };
    let next = if last {
        "Tous les membres ont répondu. L’équipe certification contrôle le procès-verbal."
    } else {
        ""
    };
    Flash::done(title, next)
}

/// Said once minutes are checked.
#[must_use]
pub fn checked(conform: bool) -> Flash {
    if conform {
        Flash::done("Procès-verbal conforme.", "Les décisions peuvent être validées.")
    } else {
        Flash::done("Procès-verbal renvoyé.", "La présidence du jury est prévenue.")
    }
}

/// Said once minutes are corrected.
#[must_use]
pub fn rectified() -> Flash {
    Flash::done("Procès-verbal rectifié.", "L’original est conservé. Chaque membre signe le nouveau texte.")
}

/// Said once decisions are validated.
#[must_use]
pub fn validated() -> Flash {
    Flash::done("Décisions validées.", "Rien n’est encore envoyé\u{202f}: annoncez maintenant les résultats.")
}

/// Said once a validation is taken back.
#[must_use]
pub fn taken_back() -> Flash {
    Flash::done("Validation reprise.", "Personne n’avait été prévenu.")
}

/// Said once results are told; how many certificates wait.
#[must_use]
pub fn published(waiting: usize) -> Flash {
    const SOON: &str = "Les courriers et les certificats sont produits dans un instant.";
    let said = match i64::try_from(waiting).unwrap_or(i64::MAX) {
        0 => SOON.to_owned(),
        count => {
            let what = french::plural(count, "certificat attend", "certificats attendent");
            format!("{SOON} {what} un état civil complet.")
        }
    };
    Flash::done("Résultats annoncés.", said)
}

/// Said once an appeal is lodged.
#[must_use]
pub fn appealed() -> Flash {
    Flash::done("Recours enregistré.", "L’équipe certification en accuse réception sous huit jours.")
}

/// Said once an appeal is acknowledged.
#[must_use]
pub fn acknowledged() -> Flash {
    Flash::done("Accusé de réception envoyé.", "")
}

/// Said once an appeal is settled.
#[must_use]
pub fn settled() -> Flash {
    Flash::done("Réponse envoyée.", "La personne candidate est prévenue.")
}
