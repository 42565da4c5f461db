//! French words of what a structure follows.

use entity::training_document::{self, PaperState};
use entity::training_session;

use crate::features::attendance::labels::{duration, half_days};
use crate::features::papers::labels as papers;
use crate::features::papers::record::reference;
use crate::rules::training::attendance::Attended;

/// Title of the page.
pub const TITLE: &str = "Nos personnes en formation";

/// « 3 demi-journées suivies, 10 h 30 sur 14 h »; nothing before the first half-day is known.
#[must_use]
pub fn attended(found: Attended) -> String {
    if found.present + found.absent == 0 {
        return String::new();
    }
    let (done, planned) = (duration(found.done), duration(found.planned));
    let followed = if found.present > 1 { "suivies" } else { "suivie" };
    format!("{} {followed}, {done} sur {planned}", half_days(found.present))
}

/// « 1 demi-journée d’absence »; nothing when there is none.
#[must_use]
pub fn missed(found: Attended) -> String {
    if found.absent == 0 { String::new() } else { format!("{} d’absence", half_days(found.absent)) }
}

/// « Contrat de formation, à signer ».
#[must_use]
pub fn paper(row: &training_document::Model) -> String {
    let kind = papers::kind(row.kind);
    if row.state == PaperState::ToSign { format!("{kind}, à signer") } else { kind.to_owned() }
}

/// What people call a paper.
#[must_use]
pub fn number(session: &training_session::Model, row: &training_document::Model) -> String {
    reference(session, row.seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_days_are_told_once_they_are_known() {
        let nothing = Attended { planned: 840, unknown: 4, ..Attended::default() };
        assert_eq!((attended(nothing), missed(nothing)), (String::new(), String::new()));
        let some = Attended { done: 210, planned: 840, present: 1, absent: 1, unknown: 2 };
        let told = format!("{} suivie, 3\u{a0}h\u{a0}30 sur 14\u{a0}h", half_days(1));
        assert_eq!(attended(some), told);
        assert_eq!(missed(some), format!("{} d’absence", half_days(1)));
    }
}
