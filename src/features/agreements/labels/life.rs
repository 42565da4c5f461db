//! Words of the pages on which the life of a right is read and acted upon.

use entity::right_act::ActKind;

use crate::events::Recipient;
use crate::features::agreements::consequences::Consequences;
use crate::features::agreements::labels;
use crate::render::french;

/// The columns of the list of partners.
pub const PARTNER_COLUMNS: [&str; 10] = [
    "SIRET",
    "Structure",
    "Site",
    "Numéro de fiche",
    "Certification",
    "Habilitation",
    "État",
    "Premier jour",
    "Dernier jour",
    "Agrément",
];

/// What the list says of a partner, as the public data write it.
#[must_use]
pub const fn partner_state(listed: bool) -> &'static str {
    if listed { "Actif" } else { "Supprimé" }
}

/// What cannot be done yet.
pub const NOT_DONE: &str = "Rien n’est encore enregistré";

/// What happens to a site of the right.
const fn of_rights(kind: ActKind) -> (&'static str, &'static str) {
    match kind {
        ActKind::Suspension => ("site ne peut plus inscrire", "sites ne peuvent plus inscrire"),
        ActKind::Reinstatement => ("site peut de nouveau inscrire", "sites peuvent de nouveau inscrire"),
        ActKind::Withdrawal | ActKind::Renouncement => ("site perd l’agrément", "sites perdent l’agrément"),
    }
}

/// What happens to the juries ahead.
const fn of_juries(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Suspension => "à confirmer avant sa date",
        ActKind::Reinstatement => "se tient comme prévu",
        ActKind::Withdrawal | ActKind::Renouncement => "ne se tient pas dans cette structure",
    }
}

/// What happens to the candidates who are enrolled.
const fn of_candidates(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Suspension => "gardent leur parcours",
        ActKind::Reinstatement => "poursuivent leur parcours",
        ActKind::Withdrawal | ActKind::Renouncement => "gardent le droit à un jury organisé ailleurs",
    }
}

/// Everything that an act changes and everyone who is told, one line each.
#[must_use]
pub fn effects(kind: ActKind, touched: &Consequences) -> Vec<String> {
    let mut lines = Vec::new();
    if !touched.rights.is_empty() {
        let (one, several) = of_rights(kind);
        lines.push(format!("{}\u{202f};", french::plural(count(touched.rights.len()), one, several)));
    }
    let of = of_juries(kind);
    lines.extend(touched.juries.iter().map(|jury| format!("jury {}, {of}\u{202f};", jury.number)));
    if !touched.candidates.is_empty() {
        let many =
            french::plural(count(touched.candidates.len()), "personne inscrite", "personnes inscrites");
        let numbers: Vec<_> = touched.candidates.iter().map(|one| one.number.as_str()).collect();
        lines.push(format!("{many} ({}), qui {}\u{202f};", numbers.join(", "), of_candidates(kind)));
    }
    let missions = touched.missions.iter();
    lines.extend(missions.map(|one| format!("mission {}, à revoir\u{202f};", one.number)));
    let inspections = touched.inspections.iter();
    lines.extend(inspections.map(|one| format!("contrôle {}, en cours\u{202f};", one.number)));
    lines.extend(told(&touched.recipients));
    lines.push("l’acte est inscrit au journal. Il pourra être complété, jamais effacé.".to_owned());
    lines
}

/// Who is written to, each kind once.
fn told(recipients: &[Recipient]) -> Vec<String> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for to in recipients {
        let label = who(to);
        match kinds.iter_mut().find(|(known, _)| *known == label) {
            Some((_, times)) => *times += 1,
            None => kinds.push((label, 1)),
        }
    }
    let line = |(label, times): (&str, usize)| match times {
        1 => format!("un courriel part à {label}\u{202f};"),
        many => format!("{many} courriels partent à {}\u{202f};", several(label)),
    };
    kinds.into_iter().map(line).collect()
}

/// The same people, when they are several.
fn several(label: &str) -> String {
    label
        .replace("une personne", "des personnes")
        .replace("qui siège", "qui siègent")
        .replace("inscrite", "inscrites")
}

/// Who a mail of an act goes to.
const fn who(to: &Recipient) -> &'static str {
    match to {
        Recipient::Expert { .. } => "une personne qui siège dans ces jurys",
        Recipient::Candidate { .. } => "une personne inscrite",
        other => labels::mail::recipient(other),
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_act_changes_is_told_line_by_line() {
        let nothing = effects(ActKind::Suspension, &Consequences::default());
        assert_eq!(nothing.len(), 1, "{nothing:?}");
        let told = Consequences {
            recipients: vec![Recipient::Managers, Recipient::Managers],
            ..Consequences::default()
        };
        assert!(effects(ActKind::Renouncement, &told)[0].starts_with("2 courriels partent à"));
    }
}
