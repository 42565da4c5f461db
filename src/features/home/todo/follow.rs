//! What a note of the team changes to a task: who has it, and until when it leaves the list. Pure.
//!
//! A task whose date is a deadline is never postponed beyond it, and comes back on that day whatever was noted before the
//! date moved. A task whose date only says since when it waits is postponed by a month at most at once.

pub mod labels;

use entity::account_role::Role;
use entity::ids::AccountId;
use time::Date;

use super::{Kind, Task, When};
use crate::authz::Actor;
use crate::rules::deadline::add_days;

/// Days by which a task without a deadline is postponed at most.
pub const MOST_DAYS: i32 = 31;

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Their account.
    pub id: AccountId,
    /// Their name.
    pub name: String,
}

/// A task put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postponed {
    /// The day on which it comes back.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who put it off; empty for an account that is no more.
    pub by: String,
}

/// What the team said of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Who has it.
    pub taken_by: Option<Colleague>,
    /// Who handed it over to them; none when they took it themselves.
    pub handed_by: Option<String>,
    /// Until when it was put off, maybe to a day that has come.
    pub postponed: Option<Postponed>,
    /// Version of the note; zero while there is none.
    pub version: i32,
}

impl Kind {
    /// Whether the team does it, hence may share it out.
    #[must_use]
    pub fn is_of_team(self) -> bool {
        self.business().0.iter().any(|role| matches!(role, Role::Admin | Role::Manager | Role::Officer))
    }

    /// Whether its date is the last day on which it may be done; otherwise it says since when it waits.
    #[must_use]
    pub const fn has_deadline(self) -> bool {
        !matches!(
            self,
            Self::ChaseReturn
                | Self::ChaseDate
                | Self::ChaseReport
                | Self::ChaseOpinion
                | Self::ChaseMissionReport
                | Self::FinishAction
                | Self::FailedMails
                | Self::RelayAway
                | Self::RedoDocuments
                | Self::RetryCertificates
                | Self::ConfirmRevocation
                | Self::SettleNotice
                | Self::SettleWithdrawal
                | Self::ConfirmAgreementWithdrawal
                | Self::SettleSupport
                | Self::ScheduleSupport
                | Self::CloseSupport
        )
    }
}

impl Task {
    /// The page where it is taken, handed over or put off.
    #[must_use]
    pub fn follow_page(&self) -> String {
        format!("/a-faire/{}/{}", self.kind.name(), self.subject)
    }

    /// The last day to which it may be put off; none when it may not be.
    #[must_use]
    pub fn latest(&self, today: Date) -> Option<Date> {
        let latest = if self.kind.has_deadline() { self.due_on } else { add_days(today, MOST_DAYS) };
        Some(latest).filter(|day| *day > today)
    }

    /// How it is put off on a day.
    #[must_use]
    pub fn postponed_on(&self, today: Date) -> Option<&Postponed> {
        let comes = self.kind.has_deadline() && self.due_on <= today;
        self.follow.postponed.as_ref().filter(|put_off| !comes && today < put_off.until)
    }

    /// Whether it is the business of everybody but this person.
    #[must_use]
    pub(super) fn is_not_for(&self, actor: &Actor) -> bool {
        self.except.is_some() && self.except == actor.account_id()
    }
}

/// Whose tasks are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holder {
    /// Whoever has them, or nobody.
    #[default]
    Anyone,
    /// Those that nobody took.
    Nobody,
    /// Those of this person.
    Person(AccountId),
}

/// What is looked for among tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Who has them.
    pub holder: Holder,
    /// Where they stand.
    pub when: Option<When>,
}

impl Wanted {
    /// Whether a task is looked for.
    #[must_use]
    pub fn keeps(&self, task: &Task, today: Date) -> bool {
        let taken_by = task.follow.taken_by.as_ref().map(|person| person.id);
        let held = match self.holder {
            Holder::Anyone => true,
            Holder::Nobody => taken_by.is_none(),
            Holder::Person(id) => taken_by == Some(id),
        };
        held && self.when.is_none_or(|when| task.when(today) == when)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date!(2026 - 03 - 20);

    fn task(kind: Kind, due_on: Date, until: Option<Date>) -> Task {
        let postponed =
            until.map(|until| Postponed { until, reason: "Attendu".to_owned(), by: String::new() });
        Task { follow: Follow { postponed, ..Follow::default() }, ..Task::new(kind, Uuid::nil(), due_on) }
    }

    #[test]
    fn a_task_is_put_off_until_its_deadline_and_a_reminder_for_a_month() {
        for (kind, due_on, expected) in [
            (Kind::Examine, date!(2026 - 03 - 25), Some(date!(2026 - 03 - 25))),
            (Kind::Examine, TODAY, None),
            (Kind::Settle, date!(2026 - 03 - 01), None),
            (Kind::ChaseReport, date!(2026 - 03 - 01), Some(date!(2026 - 04 - 20))),
            (Kind::FailedMails, TODAY, Some(date!(2026 - 04 - 20))),
        ] {
            assert_eq!(task(kind, due_on, None).latest(TODAY), expected, "{kind:?} {due_on}");
        }
    }

    #[test]
    fn a_task_put_off_comes_back_on_its_day_and_never_after_its_deadline() {
        let (far, tomorrow) = (date!(2026 - 04 - 10), date!(2026 - 03 - 21));
        for (kind, due_on, until, expected) in [
            (Kind::Examine, far, None, When::Coming),
            (Kind::Examine, far, Some(tomorrow), When::Postponed),
            (Kind::Examine, far, Some(TODAY), When::Coming),
            // The date moved after the note.
            (Kind::Examine, TODAY, Some(far), When::Today),
            (Kind::Examine, date!(2026 - 03 - 19), Some(far), When::Late),
            (Kind::ChaseReport, date!(2026 - 03 - 01), Some(far), When::Postponed),
            (Kind::ChaseReport, date!(2026 - 03 - 01), Some(TODAY), When::Late),
        ] {
            assert_eq!(task(kind, due_on, until).when(TODAY), expected, "{kind:?} {due_on} {until:?}");
        }
    }

    #[test]
    fn tasks_are_looked_for_by_who_has_them_and_where_they_stand() {
        let me = AccountId::from(Uuid::from_u128(1));
        let mut own = task(Kind::Examine, TODAY, None);
        own.follow.taken_by = Some(Colleague { id: me, name: String::new() });
        let free = task(Kind::ChaseReport, TODAY, Some(date!(2026 - 04 - 01)));
        for (holder, when, expected) in [
            (Holder::Anyone, None, (true, true)),
            (Holder::Nobody, None, (false, true)),
            (Holder::Person(me), None, (true, false)),
            (Holder::Anyone, Some(When::Postponed), (false, true)),
            (Holder::Person(me), Some(When::Postponed), (false, false)),
        ] {
            let wanted = Wanted { holder, when };
            assert_eq!((wanted.keeps(&own, TODAY), wanted.keeps(&free, TODAY)), expected, "{wanted:?}");
        }
    }

    #[test]
    fn what_experts_and_structures_do_is_not_shared_out() {
        for (kind, expected) in [
            (Kind::Examine, true),
            (Kind::Decide, true),
            (Kind::Prepare, true),
            (Kind::Visit, false),
            (Kind::MeetReserve, false),
        ] {
            assert_eq!(kind.is_of_team(), expected, "{kind:?}");
        }
    }
}
