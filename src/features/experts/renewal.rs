//! The conditions of a renewal (domain reference, 3.4), met or not, with the numbers behind.
//!
//! What counts comes from [`sources`]: each gives the days of one kind of evidence. To count something new (missions,
//! meetings), add its read there; the conditions do not change.

mod sources;

use entity::habilitation;
use sea_orm::ConnectionTrait;
use time::Date;

use super::{ExpertError, labels};
use crate::features::rights::{self, RightState, Source, SourceKind};
use crate::features::ties;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::renewal::RenewalRules;
use crate::rules::right::Span;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// Enough missions in the year that begins on that day.
    Missions,
    /// Enough meetings in that year.
    Meetings,
    /// Enough observations of practice in the period.
    Observations,
    /// The declaration of interests is up to date.
    Declaration,
    /// The charter is signed.
    Charter,
}

/// One condition and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is asked for.
    pub kind: ConditionKind,
    /// The days looked at; none for what is true or not on the day.
    pub span: Option<Span>,
    /// How many are wanted.
    pub wanted: usize,
    /// How many were found.
    pub found: usize,
    /// Whether it is met.
    pub met: bool,
}

/// The sentence of a condition, with its numbers.
#[must_use]
pub fn sentence(condition: &Condition) -> String {
    labels::condition(condition)
}

/// Every condition of a file on a day: year by year over the period that runs, years not ended yet included.
///
/// # Errors
/// What the database answers.
pub async fn conditions(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
    today: Date,
    rules: &RenewalRules,
) -> Result<Vec<Condition>, ExpertError> {
    let source = Source::new(SourceKind::Habilitation, file.id);
    let held = rights::queries::of_source(conn, source).await?;
    let counts = held.iter().filter(|held| held.right.state != RightState::Void);
    let Some(period) = counts.map(|held| rights::queries::span(&held.right)).next_back() else {
        return Ok(Vec::new());
    };
    let missions = sources::missions(conn, file).await?;
    let meetings = sources::meetings(conn, file).await?;
    let observations = sources::observations(conn, file, period).await?;
    let mut found = Vec::new();
    for year in years(period, today) {
        found.push(counted(ConditionKind::Missions, year, rules.missions_per_year, &missions));
        found.push(counted(ConditionKind::Meetings, year, rules.meetings_per_year, &meetings));
    }
    found.push(counted(ConditionKind::Observations, period, rules.observations_per_period, &observations));
    let declared = ties::queries::declared_until(conn, file.expert_id, today).await?.is_some();
    for (kind, met) in
        [(ConditionKind::Declaration, declared), (ConditionKind::Charter, file.charter_signed_at.is_some())]
    {
        found.push(Condition { kind, span: None, wanted: 1, found: usize::from(met), met });
    }
    Ok(found)
}

fn counted(kind: ConditionKind, span: Span, wanted: u16, days: &[Date]) -> Condition {
    let found = days.iter().filter(|day| span.contains(**day)).count();
    let wanted = usize::from(wanted);
    Condition { kind, span: Some(span), wanted, found, met: found >= wanted }
}

/// The years of a period that began before that day, from its first day.
fn years(period: Span, today: Date) -> Vec<Span> {
    let mut years = Vec::new();
    let mut from = period.from;
    while from <= today && period.until.is_none_or(|until| from <= until) {
        let next = add_months(from, 12);
        let last = add_days(next, -1);
        years.push(Span { from, until: Some(period.until.map_or(last, |until| until.min(last))) });
        from = next;
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_period_is_looked_at_year_by_year() {
        let period = Span { from: date!(2023 - 03 - 01), until: Some(date!(2026 - 02 - 28)) };
        let found = years(period, date!(2025 - 10 - 06));
        let days: Vec<_> = found.iter().map(|year| (year.from, year.until.unwrap())).collect();
        assert_eq!(
            days,
            [
                (date!(2023 - 03 - 01), date!(2024 - 02 - 29)),
                (date!(2024 - 03 - 01), date!(2025 - 02 - 28)),
                (date!(2025 - 03 - 01), date!(2026 - 02 - 28)),
            ]
        );
        assert!(years(period, date!(2023 - 02 - 28)).is_empty());
    }

    #[test]
    fn a_condition_counts_the_days_of_its_span() {
        let span = Span { from: date!(2025 - 01 - 01), until: Some(date!(2025 - 12 - 31)) };
        let days = [date!(2024 - 12 - 31), date!(2025 - 01 - 01), date!(2025 - 12 - 31)];
        let found = counted(ConditionKind::Missions, span, 2, &days);
        assert_eq!((found.found, found.met), (2, true));
        assert!(!counted(ConditionKind::Missions, span, 3, &days).met);
    }
}
