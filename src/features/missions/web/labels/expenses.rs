//! Words of the pages of expense notes.

use entity::expense_line::ExpenseKind;

use crate::http::web::component::Choice;
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of the list of what is to be paid.
pub(in crate::features::missions::web) const PAYABLE: &str = "Missions à payer";
/// Title of the page of a claim.
pub(in crate::features::missions::web) const EXPENSES: &str = "Frais de la mission";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_SCALE: &str = "Barème, par kilomètre";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_NIGHT: &str = "Plafond d’une nuit";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_MEAL: &str = "Plafond d’un repas";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_TOTAL: &str = "Total";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_EXCESS: &str = "Dépassement";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_RETURNED: &str = "À corriger";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_PAYMENT: &str = "Paiement";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_PAYEE: &str = "Payer à";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_MORE: &str = "Versé en plus";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_BACK: &str = "Repris";
/// Term of a fact.
pub(in crate::features::missions::web) const FACT_PAID: &str = "Payé en tout";
/// The sense of a correction that pays more.
pub(in crate::features::missions::web) const MORE: &str = "plus";
/// The sense of a correction that takes back.
pub(in crate::features::missions::web) const BACK: &str = "moins";
/// The claim is to be paid to the person.
pub(in crate::features::missions::web) const TO_PERSON: &str = "personne";
/// The claim is to be paid to the employer.
pub(in crate::features::missions::web) const TO_EMPLOYER: &str = "employeur";

/// When, how many, and what exactly.
#[must_use]
pub(in crate::features::missions::web) fn expense_note(
    day: &str,
    kind: ExpenseKind,
    quantity: i32,
    label: &str,
) -> String {
    let count = i64::from(quantity);
    let count = match kind {
        ExpenseKind::Mileage => format!("{}\u{202f}km", french::integer(count)),
        ExpenseKind::Night => french::plural(count, "nuit", "nuits"),
        ExpenseKind::Meal => french::plural(count, "repas", "repas"),
        ExpenseKind::Transport | ExpenseKind::Other => String::new(),
    };
    let parts = [day, count.as_str(), label];
    let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(", ")
}

/// A payment, on the page of the mission.
#[must_use]
pub(in crate::features::missions::web) fn payment(day: &str, reference: &str) -> String {
    format!("le {day}, {reference}")
}

/// The senses of a correction.
#[must_use]
pub(in crate::features::missions::web) fn senses() -> Vec<Choice> {
    vec![Choice::new(MORE, "Somme versée en plus"), Choice::new(BACK, "Somme reprise")]
}

/// To whom a claim may be paid.
#[must_use]
pub(in crate::features::missions::web) fn payees() -> Vec<Choice> {
    vec![Choice::new(TO_PERSON, "À moi"), Choice::new(TO_EMPLOYER, "À mon employeur")]
}

/// An employer to be paid.
#[must_use]
pub(in crate::features::missions::web) fn employer(name: &str, siret: &str) -> String {
    format!("{name}, SIRET {siret}")
}

/// A correction: when, under which reference, why.
#[must_use]
pub(in crate::features::missions::web) fn correction(day: &str, reference: &str, reason: &str) -> String {
    format!("le {day}, {reference}\u{202f}: {reason}")
}

/// Said once a claim left.
#[must_use]
pub(in crate::features::missions::web) fn claimed() -> Flash {
    Flash::done("Frais déposés.", "L’équipe certification les vérifie, puis atteste le service fait.")
}

/// Said once missions are settled.
#[must_use]
pub(in crate::features::missions::web) fn paid(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let title = format!("{}.", french::plural(count, "mission soldée", "missions soldées"));
    Flash::done(title, "Chaque personne reçoit un message.")
}
