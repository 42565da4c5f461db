//! What an expert is refunded: a scale for kilometres, ceilings for nights and meals, a ceiling for the whole, and the days
//! on which a mission may cost something. Amounts are in cents.
use entity::expense_line::ExpenseKind;
use entity::ids::DocumentId;
use time::Date;

use super::deadline::add_days;
use super::missions::MissionRules;

/// One expense, as claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expense {
    /// The day, where the mission takes place.
    pub spent_on: Date,
    /// What it is.
    pub kind: ExpenseKind,
    /// Kilometres, nights, meals; one for the others.
    pub quantity: u32,
    /// What was paid; kilometres are worth the scale, whatever is written here.
    pub amount_cents: i64,
    /// What it was exactly.
    pub label: String,
    /// What proves it; none for kilometres.
    pub receipt: Option<DocumentId>,
}

/// A ceiling that a claim goes above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which expense, none for the whole.
    pub kind: Option<ExpenseKind>,
    /// The ceiling.
    pub ceiling_cents: i64,
    /// What is claimed.
    pub claimed_cents: i64,
}

/// The days on which a mission may cost something, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Days {
    /// Those of a mission and of its travel.
    #[must_use]
    pub fn around(first: Date, last: Date, rules: &MissionRules) -> Self {
        let margin = i32::from(rules.expense_margin_days);
        Self { first: add_days(first, -margin), last: add_days(last, margin) }
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn hold(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

/// Whether an expense is refunded on a receipt only.
#[must_use]
pub const fn wants_receipt(kind: ExpenseKind) -> bool {
    !matches!(kind, ExpenseKind::Mileage)
}

/// What one expense is worth.
#[must_use]
pub fn worth(expense: &Expense, rules: &MissionRules) -> i64 {
    match expense.kind {
        ExpenseKind::Mileage => i64::from(expense.quantity) * i64::from(rules.mileage_cents_per_km),
        ExpenseKind::Night | ExpenseKind::Meal | ExpenseKind::Transport | ExpenseKind::Other => {
            expense.amount_cents
        }
    }
}

/// What the expenses are worth together.
#[must_use]
pub fn total(expenses: &[Expense], rules: &MissionRules) -> i64 {
    expenses.iter().map(|one| worth(one, rules)).sum()
}

/// The ceiling of one expense, when its kind has one.
fn ceiling(expense: &Expense, rules: &MissionRules) -> Option<i64> {
    let each = match expense.kind {
        ExpenseKind::Night => rules.night_ceiling_cents,
        ExpenseKind::Meal => rules.meal_ceiling_cents,
        ExpenseKind::Mileage | ExpenseKind::Transport | ExpenseKind::Other => return None,
    };
    Some(i64::from(expense.quantity) * i64::from(each))
}

/// Every ceiling that a claim goes above, line by line then as a whole: it then wants a reason. A whole ceiling of zero
/// means that there is none.
#[must_use]
pub fn excesses(expenses: &[Expense], whole_ceiling_cents: i64, rules: &MissionRules) -> Vec<Excess> {
    let of_line = |one: &Expense| {
        let (ceiling_cents, claimed_cents) = (ceiling(one, rules)?, one.amount_cents);
        (claimed_cents > ceiling_cents).then_some(Excess {
            kind: Some(one.kind),
            ceiling_cents,
            claimed_cents,
        })
    };
    let mut found: Vec<_> = expenses.iter().filter_map(of_line).collect();
    let claimed_cents = total(expenses, rules);
    if whole_ceiling_cents > 0 && claimed_cents > whole_ceiling_cents {
        found.push(Excess { kind: None, ceiling_cents: whole_ceiling_cents, claimed_cents });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    fn expense(kind: ExpenseKind, quantity: u32, amount_cents: i64) -> Expense {
        let spent_on = date!(2025 - 10 - 20);
        Expense { spent_on, kind, quantity, amount_cents, label: String::new(), receipt: None }
    }

    #[test]
    fn kilometres_follow_the_scale_and_the_rest_what_was_paid() {
        let rules = MissionRules::default();
        for (expenses, expected) in [
            (vec![], 0),
            (vec![expense(ExpenseKind::Mileage, 100, 0)], 5_300),
            (vec![expense(ExpenseKind::Mileage, 100, 99_999)], 5_300),
            (vec![expense(ExpenseKind::Meal, 1, 1_850)], 1_850),
            (vec![expense(ExpenseKind::Night, 3, 27_000), expense(ExpenseKind::Other, 1, 250)], 27_250),
            (vec![expense(ExpenseKind::Mileage, 100, 1), expense(ExpenseKind::Transport, 1, 9_010)], 14_310),
        ] {
            assert_eq!(total(&expenses, &rules), expected, "{expenses:?}");
        }
    }

    #[test]
    fn every_ceiling_gone_above_is_told() {
        let rules = MissionRules::default();
        let above = |kind, ceiling_cents, claimed_cents| Excess { kind, ceiling_cents, claimed_cents };
        for (expenses, whole, expected) in [
            (vec![expense(ExpenseKind::Meal, 1, 2_000)], 0, vec![]),
            (
                vec![expense(ExpenseKind::Meal, 1, 2_001)],
                0,
                vec![above(Some(ExpenseKind::Meal), 2_000, 2_001)],
            ),
            (vec![expense(ExpenseKind::Meal, 2, 4_000)], 4_000, vec![]),
            (vec![expense(ExpenseKind::Transport, 1, 90_000)], 0, vec![]),
            // A cheap meal does not pay for a dear one of another day.
            (
                vec![expense(ExpenseKind::Meal, 1, 1_000), expense(ExpenseKind::Meal, 1, 2_500)],
                0,
                vec![above(Some(ExpenseKind::Meal), 2_000, 2_500)],
            ),
            (
                vec![expense(ExpenseKind::Night, 2, 23_000), expense(ExpenseKind::Mileage, 200, 0)],
                30_000,
                vec![above(Some(ExpenseKind::Night), 22_000, 23_000), above(None, 30_000, 33_600)],
            ),
        ] {
            assert_eq!(excesses(&expenses, whole, &rules), expected, "{expenses:?}");
        }
    }

    #[test]
    fn a_mission_costs_on_its_days_and_on_those_of_its_travel() {
        let rules = MissionRules::default();
        let days = Days::around(date!(2025 - 12 - 31), date!(2026 - 01 - 01), &rules);
        for (day, expected) in [
            (date!(2025 - 12 - 29), false),
            (date!(2025 - 12 - 30), true),
            (date!(2025 - 12 - 31), true),
            (date!(2026 - 01 - 02), true),
            (date!(2026 - 01 - 03), false),
        ] {
            assert_eq!(days.hold(day), expected, "{day}");
        }
        let strict = MissionRules { expense_margin_days: 0, ..rules };
        assert!(!Days::around(days.first, days.last, &strict).hold(date!(2025 - 12 - 29)));
    }

    fn any_expense() -> impl Strategy<Value = Expense> {
        let kinds = ExpenseKind::all().collect::<Vec<_>>();
        (0..kinds.len(), 1u32..10_000, 0i64..10_000_000)
            .prop_map(move |(kind, quantity, amount)| expense(kinds[kind], quantity, amount))
    }

    proptest! {
        #[test]
        fn a_total_is_the_sum_of_its_parts_whatever_their_order(
            mut expenses in prop::collection::vec(any_expense(), 0..20),
            at in 0usize..20,
        ) {
            let rules = MissionRules::default();
            let whole = total(&expenses, &rules);
            let (before, after) = expenses.split_at(at.min(expenses.len()));
            prop_assert_eq!(total(before, &rules) + total(after, &rules), whole);
            expenses.reverse();
            prop_assert_eq!(total(&expenses, &rules), whole);
            prop_assert!(whole >= 0);
        }

        #[test]
        fn a_claim_within_its_ceilings_is_never_told_above_them(
            expenses in prop::collection::vec(any_expense(), 0..20),
        ) {
            let rules = MissionRules::default();
            let within = |one: &Expense| ceiling(one, &rules).is_none_or(|most| one.amount_cents <= most);
            let modest: Vec<_> = expenses.iter().filter(|one| within(one)).cloned().collect();
            prop_assert!(excesses(&modest, total(&modest, &rules), &rules).is_empty());
            let told = excesses(&expenses, 0, &rules);
            prop_assert_eq!(told.len(), expenses.len() - modest.len());
            prop_assert!(told.iter().all(|one| one.claimed_cents > one.ceiling_cents));
        }
    }
}
