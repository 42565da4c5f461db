//! French words of the conditions of a renewal.

use super::{Condition, ConditionKind};
use crate::features::experts::labels::path::met;
use crate::render::french;

/// A condition of the renewal, with its numbers.
#[must_use]
pub fn condition(condition: &Condition) -> String {
    let days = condition_days(condition);
    format!("{}{days}\u{202f}: {}", condition_name(condition), condition_standing(condition))
}

/// The same in two parts: what is asked for, then its numbers and the days looked at.
#[must_use]
pub fn condition_parts(condition: &Condition) -> (String, String) {
    let days = condition_days(condition);
    (condition_name(condition), format!("{}{days}", condition_standing(condition)))
}

fn condition_days(condition: &Condition) -> String {
    condition.span.map(|span| format!(", {span}")).unwrap_or_default()
}

fn condition_name(condition: &Condition) -> String {
    let name = match condition.kind {
        ConditionKind::Missions => "Missions",
        ConditionKind::Meetings => "Réunions trimestrielles",
        ConditionKind::Observations => "Observations de la pratique",
        ConditionKind::Reports { due: 0, .. } => "Comptes rendus remis dans les délais",
        ConditionKind::Reports { days, .. } => return format!("Comptes rendus remis sous {days}\u{a0}jours"),
        ConditionKind::Satisfaction { .. } => "Satisfaction",
        ConditionKind::Declaration => "Déclaration d’intérêts de l’année",
        ConditionKind::Charter => "Charte d’impartialité",
    };
    name.to_owned()
}

fn condition_standing(condition: &Condition) -> String {
    let (found, wanted, met) = (condition.found, condition.wanted, condition.met);
    match condition.kind {
        ConditionKind::Missions | ConditionKind::Meetings | ConditionKind::Observations => {
            format!("{found} sur {wanted}")
        }
        ConditionKind::Reports { due: 0, .. } => "non mesuré, aucun n’était attendu".to_owned(),
        ConditionKind::Reports { due, .. } => {
            let plural = if wanted > 1 { "s" } else { "" };
            format!("{found} sur {due}, {wanted} au moins attendu{plural}")
        }
        ConditionKind::Satisfaction { rated: 0 } => "non mesurée, aucune mission n’a été notée".to_owned(),
        ConditionKind::Satisfaction { rated } => format!(
            "{} sur 5 en moyenne ({}), {} au moins attendu",
            tenths(found),
            french::plural(i64::try_from(rated).unwrap_or(i64::MAX), "mission notée", "missions notées"),
            tenths(wanted)
        ),
        ConditionKind::Declaration => {
            let word = if met { "à jour" } else { "à faire" };
            word.to_owned()
        }
        ConditionKind::Charter => {
            let word = if met { "signée" } else { "non signée" };
            word.to_owned()
        }
    }
}

/// « 4,2 ».
fn tenths(value: usize) -> String {
    format!("{},{}", value / 10, value % 10)
}

/// Met, not met, or not measured.
#[must_use]
pub const fn weighed(condition: &Condition) -> &'static str {
    if condition.measured { met(condition.met) } else { "Non mesurée" }
}
