//! What is said once an act of a link is done, or was not.

/// Said once an address changed.
pub const CONTACT_SAVED: &str = "Coordonnées enregistrées.";
/// What goes with it when the address is another.
pub const CONTACT_TO_CONFIRM: &str =
    "Un lien part à la nouvelle adresse\u{202f}: ouvrez-le pour la confirmer.";
/// Said when a button of a link did nothing.
pub const NOT_DONE: &str = "Rien n’a changé.";
/// Said when an enrolment has ended, or has begun.
pub const NOTHING_TO_CANCEL: &str = "Cette inscription ne peut plus être annulée depuis cette page.";
/// Said once an address is confirmed.
pub const CONFIRMED: (&str, &str) =
    ("Adresse confirmée.", "Les prochains messages vous diront quoi signer et quand venir.");
/// Said once a seat is taken.
pub const ACCEPTED: (&str, &str) = (
    "Place acceptée.",
    "Elle est à vous\u{202f}: les prochains messages vous diront quoi signer et quand venir.",
);
/// Said once a seat is left.
pub const DECLINED: (&str, &str) =
    ("Place laissée à une autre personne.", "Vous pouvez vous inscrire à une autre session.");
/// Said once an enrolment has ended.
pub const CANCELLED: (&str, &str) =
    ("Inscription annulée.", "Un courriel le confirme. Votre place revient à la personne suivante.");
