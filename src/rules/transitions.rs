//! The life of an object as a table: from a state, a step leads to another one, and an event tells it.
//!
//! Each feature has its own states, steps and rows in its `state.rs`; how a table is read is here. What begins has no
//! state before: the states before of such a table are options.

/// Name of an event in the journal, and its code in the domain reference.
pub type Told = (&'static str, &'static str);

/// One row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<Before, Step, After = Before, Event = Told> {
    /// State before.
    pub from: Before,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: After,
    /// What tells it.
    pub event: Event,
}

impl<Before, Step, After, Event> Row<Before, Step, After, Event> {
    /// The row of a step.
    #[must_use]
    pub const fn new(from: Before, step: Step, to: After, event: Event) -> Self {
        Self { from, step, to, event }
    }
}

impl<Before, Step, After> Row<Before, Step, After> {
    /// Name of the event in the journal.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.event.0
    }

    /// Code of the event.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.event.1
    }
}

/// A row that writes the name and the code of its event.
#[must_use]
pub const fn line<Before, Step, After>(
    from: Before,
    step: Step,
    to: After,
    name: &'static str,
    code: &'static str,
) -> Row<Before, Step, After> {
    Row { from, step, to, event: (name, code) }
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct Refused<Before, Step> {
    /// The state.
    pub from: Before,
    /// What was asked.
    pub step: Step,
}

/// Every row.
#[derive(Clone, Copy, Debug)]
pub struct Table<Before: 'static, Step: 'static, After: 'static = Before, Event: 'static = Told>(
    pub &'static [Row<Before, Step, After, Event>],
);

impl<Before, Step, After, Event> Table<Before, Step, After, Event>
where
    Before: Copy + PartialEq + 'static,
    Step: Copy + PartialEq + 'static,
    After: Copy + 'static,
    Event: Copy + 'static,
{
    /// The rows, in their order.
    pub fn iter(self) -> std::slice::Iter<'static, Row<Before, Step, After, Event>> {
        self.0.iter()
    }

    /// The row of a step from a state.
    ///
    /// # Errors
    /// [`Refused`] when there is none.
    pub fn next(
        self,
        from: Before,
        step: Step,
    ) -> Result<&'static Row<Before, Step, After, Event>, Refused<Before, Step>> {
        self.iter().find(|row| row.from == from && row.step == step).ok_or(Refused { from, step })
    }

    /// Whether a step is possible from a state.
    #[must_use]
    pub fn can(self, from: impl Into<Before>, step: Step) -> bool {
        self.next(from.into(), step).is_ok()
    }

    /// What is possible from a state, in the order of the rows.
    pub fn steps(self, from: impl Into<Before>) -> impl Iterator<Item = Step> {
        let from = from.into();
        self.iter().filter(move |row| row.from == from).map(|row| row.step)
    }

    /// Whether no step has two outcomes from one state.
    #[cfg(test)]
    #[must_use]
    pub fn has_one_outcome(self) -> bool {
        self.iter().all(|row| self.steps(row.from).filter(|step| *step == row.step).count() == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Door {
        Open,
        Shut,
        Locked,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Act {
        Build,
        Shut,
        Lock,
        Open,
    }

    const DOORS: Table<Option<Door>, Act, Door> = Table(&[
        line(None, Act::Build, Door::Open, "door.built", "DOOR_BUILT"),
        line(Some(Door::Open), Act::Shut, Door::Shut, "door.shut", "DOOR_SHUT"),
        line(Some(Door::Shut), Act::Lock, Door::Locked, "door.locked", "DOOR_LOCKED"),
        line(Some(Door::Shut), Act::Open, Door::Open, "door.opened", "DOOR_OPENED"),
    ]);

    #[test]
    fn a_step_from_a_state_leads_where_its_row_says_or_is_refused() {
        for (from, step, to) in [
            (None, Act::Build, Some((Door::Open, "door.built", "DOOR_BUILT"))),
            (None, Act::Lock, None),
            (Some(Door::Open), Act::Shut, Some((Door::Shut, "door.shut", "DOOR_SHUT"))),
            (Some(Door::Open), Act::Lock, None),
            (Some(Door::Open), Act::Build, None),
            (Some(Door::Shut), Act::Lock, Some((Door::Locked, "door.locked", "DOOR_LOCKED"))),
            (Some(Door::Shut), Act::Open, Some((Door::Open, "door.opened", "DOOR_OPENED"))),
            (Some(Door::Locked), Act::Open, None),
        ] {
            let found = DOORS.next(from, step).map(|row| (row.to, row.name(), row.code()));
            assert_eq!(found, to.ok_or(Refused { from, step }), "{step:?} {from:?}");
            assert_eq!(DOORS.can(from, step), to.is_some(), "{step:?} {from:?}");
        }
    }

    #[test]
    fn the_steps_of_a_state_are_those_of_its_rows_in_their_order() {
        for (from, expected) in [
            (None, vec![Act::Build]),
            (Some(Door::Open), vec![Act::Shut]),
            (Some(Door::Shut), vec![Act::Lock, Act::Open]),
            (Some(Door::Locked), vec![]),
        ] {
            assert_eq!(DOORS.steps(from).collect::<Vec<_>>(), expected, "{from:?}");
        }
        assert!(DOORS.can(Door::Shut, Act::Lock), "a state is given as it is");
    }

    #[test]
    fn a_refusal_says_what_was_asked_of_which_state() {
        let refused = DOORS.next(Some(Door::Locked), Act::Open).unwrap_err();
        assert_eq!(refused.to_string(), "Open is not possible from Some(Locked)");
    }

    #[test]
    fn two_outcomes_of_one_step_are_seen() {
        const TWICE: Table<Door, Act> = Table(&[
            line(Door::Shut, Act::Open, Door::Open, "door.opened", "DOOR_OPENED"),
            line(Door::Shut, Act::Open, Door::Locked, "door.locked", "DOOR_LOCKED"),
        ]);
        assert!(DOORS.has_one_outcome() && !TWICE.has_one_outcome());
    }
}
