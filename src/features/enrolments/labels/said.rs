//! What is said once an act on an enrolment is done.

use entity::enrolment::EnrolmentState;

use crate::http::web::layout::Flash;

/// Said once people are enrolled.
#[must_use]
pub fn enrolled(held: usize, waiting: usize) -> Flash {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let what = super::allotted(count(held), count(waiting));
    Flash::done("Inscription enregistrée.", format!("{what}. Chaque personne reçoit un message."))
}

/// Said once a request is recorded.
#[must_use]
pub fn requested() -> Flash {
    Flash::done("Demande enregistrée.", "L’équipe la regarde avant de garder une place.")
}

/// Said once somebody who had no seat has one, or waits.
#[must_use]
pub fn taken_in(state: EnrolmentState) -> Flash {
    if state == EnrolmentState::Held {
        Flash::done("Place gardée.", "La personne reçoit un message pour la confirmer.")
    } else {
        Flash::done(
            "Personne en liste d’attente.",
            "La session est complète\u{202f}: son rang lui est écrit.",
        )
    }
}

/// Said once a request is refused.
#[must_use]
pub fn refused() -> Flash {
    Flash::done("Demande refusée.", "La personne reçoit la décision et son motif.")
}

/// Said once the contract is signed.
#[must_use]
pub fn contracted(state: EnrolmentState) -> Flash {
    if state == EnrolmentState::Confirmed {
        Flash::done("Inscription confirmée.", "La convocation peut partir.")
    } else {
        Flash::done("Contrat enregistré.", "L’inscription est confirmée à la fin du délai de rétractation.")
    }
}

/// Said once an enrolment is cancelled.
#[must_use]
pub fn cancelled() -> Flash {
    Flash::done("Inscription annulée.", "La place est proposée à la personne suivante de la liste d’attente.")
}

/// Said once somebody else has the seat.
#[must_use]
pub fn replaced() -> Flash {
    Flash::done("Personne remplacée.", "Les deux personnes reçoivent un message.")
}

/// Said once the person goes to another session.
#[must_use]
pub fn moved(state: EnrolmentState) -> Flash {
    if state == EnrolmentState::Held {
        Flash::done("Session changée.", "Une place est gardée dans la nouvelle session.")
    } else {
        Flash::done(
            "Session changée.",
            "La nouvelle session est complète\u{202f}: la personne y est en liste d’attente.",
        )
    }
}

/// Said once the offer is taken back.
#[must_use]
pub fn recalled() -> Flash {
    Flash::done("Proposition reprise.", "La personne est de nouveau première de la liste d’attente.")
}

/// Said once somebody gave up.
#[must_use]
pub fn dropped_out() -> Flash {
    Flash::done("Abandon enregistré.", "")
}

/// Said once the need is written.
#[must_use]
pub fn need_recorded() -> Flash {
    Flash::done("Besoin et positionnement enregistrés.", "")
}

/// Said once the contact changed.
#[must_use]
pub fn contact_changed() -> Flash {
    Flash::done("Coordonnées enregistrées.", "")
}

/// Said once the link is sent.
#[must_use]
pub fn link_sent() -> Flash {
    Flash::done("Lien envoyé.", "Les liens plus anciens fonctionnent jusqu’à leur terme.")
}

/// Said once seats are offered.
#[must_use]
pub fn offered(seats: usize) -> Flash {
    if seats == 0 {
        Flash::done("Aucune place à proposer.", "Personne n’attend, ou aucune place n’est libre.")
    } else {
        let seats = i64::try_from(seats).unwrap_or(i64::MAX);
        let what = crate::render::french::plural(seats, "place proposée", "places proposées");
        Flash::done(format!("{what}."), "Chaque personne reçoit un message.")
    }
}

/// Said once a measure is agreed.
#[must_use]
pub fn adaptation_agreed() -> Flash {
    Flash::done("Mesure enregistrée.", "")
}

/// Said once a measure ended.
#[must_use]
pub fn adaptation_ended() -> Flash {
    Flash::done("Mesure terminée.", "")
}
