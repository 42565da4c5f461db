//! What an expert is refunded: a scale for kilometres, ceilings for nights and meals, a ceiling for the whole.
use entity::expense_line::ExpenseKind;

use super::missions::MissionRules;

/// One expense, as claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expense {
    /// What it is.
    pub kind: ExpenseKind,
    /// Kilometres, nights, meals; one for the others.
    pub quantity: u32,
    /// What was paid; kilometres are worth the scale, whatever is written here.
    pub amount_cents: i64,
    /// What it was exactly.
    pub label: String,
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

/// What one expense is worth.
#[must_use]
pub fn worth(expense: &Expense, rules: &MissionRules) -> i64 {
    match expense.kind {
        ExpenseKind::Mileage => i64::from(expense.quantity) * i64::from(rules.mileage_cents_per_km),
        _ => expense.amount_cents,
    }
}

/// What the expenses are worth together.
#[must_use]
pub fn total(expenses: &[Expense], rules: &MissionRules) -> i64 {
    expenses.iter().map(|one| worth(one, rules)).sum()
}

/// Every ceiling that a claim goes above: it then wants a reason. A whole ceiling of zero means that there is none.
#[must_use]
pub fn excesses(expenses: &[Expense], whole_ceiling_cents: i64, rules: &MissionRules) -> Vec<Excess> {
    let mut found = Vec::new();
    for (kind, each) in
        [(ExpenseKind::Night, rules.night_ceiling_cents), (ExpenseKind::Meal, rules.meal_ceiling_cents)]
    {
        let same = || expenses.iter().filter(|one| one.kind == kind);
        let ceiling: i64 = same().map(|one| i64::from(one.quantity) * i64::from(each)).sum();
        let claimed: i64 = same().map(|one| one.amount_cents).sum();
        if claimed > ceiling {
            found.push(Excess { kind: Some(kind), ceiling_cents: ceiling, claimed_cents: claimed });
        }
    }
    let claimed = total(expenses, rules);
    if whole_ceiling_cents > 0 && claimed > whole_ceiling_cents {
        found.push(Excess { kind: None, ceiling_cents: whole_ceiling_cents, claimed_cents: claimed });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expense(kind: ExpenseKind, quantity: u32, amount_cents: i64) -> Expense {
        Expense { kind, quantity, amount_cents, label: String::new() }
    }

    #[test]
    fn kilometres_follow_the_scale_and_the_rest_what_was_paid() {
        let rules = MissionRules::default();
        let expenses = [expense(ExpenseKind::Mileage, 100, 1), expense(ExpenseKind::Meal, 1, 1_850)];
        assert_eq!(total(&expenses, &rules), 5_300 + 1_850);
        assert!(excesses(&expenses, 0, &rules).is_empty());
    }

    #[test]
    fn every_ceiling_gone_above_is_told() {
        let rules = MissionRules::default();
        let expenses = [
            expense(ExpenseKind::Night, 2, 23_000),
            expense(ExpenseKind::Meal, 2, 4_000),
            expense(ExpenseKind::Transport, 1, 9_000),
        ];
        let found = excesses(&expenses, 30_000, &rules);
        assert_eq!(
            found,
            [
                Excess { kind: Some(ExpenseKind::Night), ceiling_cents: 22_000, claimed_cents: 23_000 },
                Excess { kind: None, ceiling_cents: 30_000, claimed_cents: 36_000 },
            ]
        );
    }
}
