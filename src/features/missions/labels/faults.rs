//! Faults of the forms of missions and of expense notes.

use entity::expense_line::ExpenseKind;
use entity::mission::MissionState;
use time::Date;

use super::super::state::{Step, TABLE};
use super::{state, step};
use crate::render::french;
use crate::rules::expenses::Excess;

/// Fault of a form.
pub const UNKNOWN_EXPERT: &str = "Cette personne n’est pas enregistrée";
/// Fault of a form.
pub const UNKNOWN_STRUCTURE: &str = "Cette structure n’est pas enregistrée";
/// Fault of a form.
pub const UNKNOWN_SITE: &str = "Ce site n’est pas de cette structure";
/// Fault of a form.
pub const UNKNOWN_CERTIFICATION: &str = "Cette certification n’existe pas";
/// Fault of a form.
pub const PLACE_WANTED: &str = "Sans structure, indiquez le lieu, ou «\u{202f}à distance\u{202f}»";
/// Fault of a form.
pub const IN_THE_PAST: &str = "Choisissez une date à venir";
/// Fault of a form.
pub const ANSWER_IN_THE_PAST: &str = "La réponse ne peut pas être attendue pour une date passée";
/// Fault of a form.
pub const ANSWER_AFTER_START: &str = "La réponse est attendue avant le début de la mission";
/// Refusal.
pub const ALREADY_STARTED: &str = "La date de cette mission est passée\u{202f}: annulez-la ou déplacez-la.";
/// Fault of a form.
pub const SCORE_WANTED: &str = "Choisissez une note de 1 à 5";
/// Refusal.
pub const NOT_DONE_YET: &str = "Une mission se note une fois qu’elle a eu lieu.";
/// Refusal.
pub const NOT_TODAY: &str = "Cette mission n’a pas lieu aujourd’hui.";
/// Fault of a form.
pub const WITHDRAWAL_WANTS_REASON: &str = "Dites pourquoi la mission est retirée";
/// Fault of a form.
pub const CANCELLATION_WANTS_CAUSE: &str = "Dites pourquoi la mission est annulée";
/// Fault of a form.
pub const MOVE_WANTS_REASON: &str = "Dites pourquoi la mission est déplacée";
/// Fault of a form.
pub const REPORT_WANTED: &str = "Écrivez le compte rendu";
/// Fault of a form.
pub const NOBODY_CHOSEN: &str = "Choisissez au moins une personne qui peut tenir la mission, vingt au plus";
/// Fault of a form.
pub const SOMEONE_TWICE: &str = "Une personne est nommée deux fois\u{202f}: gardez-la une seule fois";
/// Fault of a form.
pub const SAME_PERSON: &str = "Choisissez une autre personne que celle qui se désiste";
/// Fault of a form.
pub const HOURS_OUT_OF_BOUNDS: &str = "Indiquez un nombre d’heures entre 1 et 240";
/// Habilitated for something else.
pub const OTHER_CERTIFICATION: &str =
    "L’habilitation de cette personne ne porte pas sur cette certification.";
/// Habilitated elsewhere.
pub const OTHER_REGION: &str = "L’habilitation de cette personne ne couvre pas la région de la mission.";

/// Fault of a form.
pub const DEPARTMENT_WANTED: &str =
    "Indiquez le département du lieu, ou choisissez «\u{202f}À distance\u{202f}»";

/// What may be done from a state that refused.
#[must_use]
pub fn wrong_state(from: MissionState) -> String {
    let possible: Vec<_> = Step::ALL.into_iter().filter(|one| TABLE.can(from, *one)).map(step).collect();
    let stands = format!("L’état de la mission est «\u{202f}{}\u{202f}»", state(from).word);
    if possible.is_empty() {
        return format!("{stands}\u{202f}: plus rien ne peut y changer.");
    }
    format!("{stands}. Sont possibles\u{202f}: {}.", possible.join(", "))
}

/// Fault of a form.
pub const RECEIPT_WANTED: &str =
    "Choisissez le justificatif de cette dépense parmi ceux que vous avez déposés";
/// Fault of a form.
pub const RETURN_WANTS_REASON: &str = "Dites ce qui est à corriger";
/// Fault of a form.
pub const REOPEN_WANTS_REASON: &str = "Dites pourquoi la mission n’est pas réalisée";
/// Fault of a form.
pub const CORRECTION_WANTS_REASON: &str = "Dites pourquoi le paiement est corrigé";
/// Fault of a form.
pub const CORRECTION_WANTED: &str = "Indiquez la somme versée en plus, ou reprise, différente de zéro";
/// Fault of a form.
pub const TOO_MUCH_BACK: &str = "La somme reprise dépasse ce qui a été payé";
/// Fault of a form.
pub const RESUMES_UNKNOWN: &str = "Seule une mission annulée, que vous voyez, peut être reprise";
/// Fault of a form.
pub const EMPLOYER_WANTED: &str = "Indiquez le nom de l’employeur à qui payer";
/// Fault of a form.
pub const PAYMENT_WANTED: &str = "Indiquez la référence du paiement";
/// Fault of a form.
pub const PAYMENT_DAY_WANTED: &str = "Indiquez le jour du paiement, par exemple 31/12/2026";
/// Fault of a form.
pub const PAYMENT_IN_THE_FUTURE: &str = "Un paiement se note le jour où il est fait, ou après";
/// A payment that would come before the service was said done.
#[must_use]
pub fn paid_before_service(number: &str, certified: Date) -> String {
    format!(
        "Le service fait de la mission {number} est attesté le {}\u{202f}: le paiement vient après",
        french::date(certified)
    )
}
/// Fault of a form.
pub const NOTHING_CHOSEN: &str = "Choisissez au moins une mission à solder, deux cents au plus";
/// Fault of a form.
pub const NOTHING_OWED_WANTS_REASON: &str = "Dites pourquoi rien n’est à payer";
/// Fault of a form.
pub const FILE_WANTED: &str = "Choisissez un fichier";
/// Fault of a form.
pub const FILE_UNREAD: &str = "Ce fichier n’a pas pu être lu\u{202f}: choisissez-le de nouveau";

/// The ceilings that a claim goes above.
#[must_use]
pub fn above(excesses: &[Excess]) -> String {
    let one = |excess: &Excess| {
        let what = match excess.kind {
            None => "le plafond de la mission",
            Some(ExpenseKind::Night) => "le plafond des nuits",
            Some(_) => "le plafond des repas",
        };
        format!(
            "{what} ({} pour {} demandés)",
            french::money_cents(excess.ceiling_cents),
            french::money_cents(excess.claimed_cents)
        )
    };
    let told: Vec<_> = excesses.iter().map(one).collect();
    format!("Écrivez pourquoi les frais dépassent {}", french::list(&told))
}
