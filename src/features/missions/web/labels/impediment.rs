//! Words of the pages where somebody cannot come any more.

use time::Date;

use super::super::super::labels;
use super::super::super::queries::Touched;
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of the page of an impediment.
pub(in crate::features::missions::web) const TITLE: &str = "Signaler un empêchement";
/// The link of a mission that leads there.
pub(in crate::features::missions::web) const MORE: &str =
    "Signaler un empêchement sur plusieurs jours ou plusieurs engagements";
/// The question before it is recorded.
pub(in crate::features::missions::web) const ASKED: &str = "Enregistrer cet empêchement\u{202f}?";
/// The button that does.
pub(in crate::features::missions::web) const DO: &str = "Enregistrer l’empêchement";
/// The button that does not.
pub(in crate::features::missions::web) const KEEP: &str = "Ne rien changer";

/// Whose impediment, nobody’s name for one’s own, and what follows.
#[must_use]
pub(in crate::features::missions::web) fn intro(
    name: Option<&str>,
    starts_on: Date,
    ends_on: Date,
) -> String {
    let days = french::date_range(starts_on, ends_on);
    let who = name.map_or_else(|| "Vous ne pouvez".to_owned(), |name| format!("{name} ne peut"));
    format!("{who} pas venir {days}. À l’enregistrement\u{202f}:")
}

/// What an impediment touches, as a list by itself.
#[must_use]
pub(in crate::features::missions::web) fn touched_lines(touched: &[Touched]) -> Vec<String> {
    let end = |rank: usize| if rank + 1 == touched.len() { "." } else { "\u{202f};" };
    touched.iter().enumerate().map(|(rank, one)| format!("{}{}", labels::touched(one), end(rank))).collect()
}

/// Everything that an impediment changes and everyone who is told.
#[must_use]
pub(in crate::features::missions::web) fn effects(
    touched: &[Touched],
    recipients: &[serde_json::Value],
) -> Vec<String> {
    let mut effects: Vec<String> =
        touched.iter().map(|one| format!("{}\u{202f};", labels::touched(one))).collect();
    if touched.is_empty() {
        effects.push("aucune mission, visite ou réunion n’est touchée\u{202f};".to_owned());
    }
    effects.push("l’absence est déclarée dans les disponibilités\u{202f};".to_owned());
    let group = |one: &serde_json::Value| match one["to"].as_str() {
        Some("expert") => "aux intervenants",
        Some("structure") => "aux structures",
        _ => "à l’équipe certification",
    };
    for whom in ["aux intervenants", "aux structures", "à l’équipe certification"] {
        let count = recipients.iter().filter(|one| group(one) == whom).count();
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            effects.push(format!("{} {whom}\u{202f};", french::plural(count, "message", "messages")));
        }
    }
    effects.push("chaque acte est inscrit au journal.".to_owned());
    effects
}

/// Said once it is recorded.
#[must_use]
pub(in crate::features::missions::web) fn impeded() -> Flash {
    Flash::done(
        "Empêchement enregistré.",
        "Ce qui est à confier à d’autres est dans «\u{202f}À faire\u{202f}».",
    )
}
