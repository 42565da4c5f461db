//! What people type about attendance; every fault at once.

use entity::attendance::Presence;
use entity::attendance_proof::ProofKind;
use entity::ids::EnrolmentId;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::line;
use crate::rules::training::attendance::counted;

/// Fault of a form.
pub const PRESENCE_WANTED: &str = "Indiquez si la personne était là";
/// Fault of a form.
pub const MINUTES_WANTED: &str = "Indiquez un nombre de minutes entre 1 et la durée de la demi-journée";
/// Fault of a form.
pub const REASON_WANTED: &str = "Indiquez le motif de la correction";
/// Fault of a form.
pub const SOMEBODY_WANTED: &str = "Indiquez la présence d’une personne au moins";

/// The presence of somebody, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPresence {
    /// A word of [`Presence`].
    pub presence: String,
    /// Minutes of a partial presence; may be empty.
    pub minutes: String,
}

/// The presence of somebody, and the minutes that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether they were there.
    pub presence: Presence,
    /// Minutes that count.
    pub minutes: i32,
}

/// The presence of somebody on a half-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub enrolment: EnrolmentId,
    /// What is known of them.
    pub known: Known,
}

impl TypedPresence {
    /// Reads it for a half-day of some minutes; `at` is where its faults are told, `/lines/3` for instance.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self, at: &str, slot_minutes: u32) -> Result<Known, Vec<Fault>> {
        let Some(presence) = Presence::from_word(self.presence.trim()) else {
            return Err(vec![Fault::new(format!("{at}/presence"), "missing", PRESENCE_WANTED)]);
        };
        let wrong = || vec![Fault::new(format!("{at}/minutes"), "minutes", MINUTES_WANTED)];
        let typed = self.minutes.trim();
        // Minutes left in the field of somebody who was there the whole time, or not at all, say nothing.
        let told = if presence == Presence::Partial && !typed.is_empty() {
            Some(typed.parse::<u32>().map_err(|_| wrong())?)
        } else {
            None
        };
        let minutes = counted(presence, told, slot_minutes).ok_or_else(wrong)?;
        Ok(Known { presence, minutes: i32::try_from(minutes).unwrap_or(i32::MAX) })
    }
}

/// Something that proves a sequence, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedProof {
    /// A word of [`ProofKind`].
    pub kind: String,
    /// What it is, in words.
    pub note: String,
    /// Its day.
    pub dated_on: String,
}

/// Something that proves a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProof {
    /// What it is.
    pub kind: ProofKind,
    /// In words.
    pub note: String,
    /// Its day.
    pub dated_on: Date,
}

impl TypedProof {
    /// Reads it.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(&self, today: Date) -> Result<NewProof, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = ProofKind::from_word(self.kind.trim());
        if kind.is_none() {
            faults.push("/kind", "missing", "Indiquez de quelle preuve il s’agit");
        }
        let note = line::wanted(&self.note, 1000, "Décrivez cette preuve");
        let note = faults.read("/note", note, |error| error.code());
        let dated_on = faults.required_date("/dated_on", &self.dated_on);
        if dated_on.is_some_and(|day| day > today) {
            faults.push("/dated_on", "future", "Une preuve ne peut pas dater de demain");
        }
        let read = kind.zip(note).zip(dated_on);
        faults.or(read.map(|((kind, note), dated_on)| NewProof { kind, note, dated_on }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_presence_says_how_long() {
        let cases = [
            ("present", "", Some((Presence::Present, 210))),
            ("present", "90", Some((Presence::Present, 210))),
            ("partial", "90", Some((Presence::Partial, 90))),
            ("partial", "", None),
            ("partial", "210", None),
            ("partial", "une heure", None),
            ("absent", "30", Some((Presence::Absent, 0))),
            ("absent_excused", "", Some((Presence::AbsentExcused, 0))),
            ("ailleurs", "", None),
        ];
        for (presence, minutes, expected) in cases {
            let typed = TypedPresence { presence: presence.to_owned(), minutes: minutes.to_owned() };
            let read = typed.read("/lines/0", 210).ok().map(|known| (known.presence, known.minutes));
            assert_eq!(read, expected, "{presence} {minutes}");
        }
    }

    #[test]
    fn every_fault_of_a_proof_is_told() {
        let proof = TypedProof { dated_on: "2026-03-04".to_owned(), ..TypedProof::default() };
        assert_eq!(proof.read(date!(2026 - 03 - 03)).unwrap_err().len(), 3);
    }
}
