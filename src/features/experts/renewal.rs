//! The conditions of a renewal (domain reference, 3.4), met or not, with the numbers behind.
//!
//! What counts comes from [`sources`]: each gives the days of one kind of evidence. To count something new (missions,
//! meetings), add its read there; the conditions do not change.

mod acts;
pub(super) mod labels;
mod reports;
mod sources;

use std::collections::HashMap;

use entity::habilitation;
use entity::ids::{ExpertId, HabilitationId};
use sea_orm::ConnectionTrait;
use time::Date;
use uuid::Uuid;

use super::ExpertError;
use crate::features::rights::{self, Held, RightState, SourceKind};
use crate::features::ties;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::period::Period;
use crate::rules::renewal::RenewalRules;
use crate::rules::right::{self, Span};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// Enough missions in the year that begins on that day.
    Missions,
    /// Enough meetings in that year.
    Meetings,
    /// Enough observations of practice in the period.
    Observations,
    /// Enough reports in time in the period, of those due.
    Reports {
        /// How many were due.
        due: usize,
        /// Days within which each was.
        days: u16,
    },
    /// What people say of the missions of the period: the mean of their scores, in tenths of a point.
    Satisfaction {
        /// How many missions were given a score.
        rated: usize,
    },
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
    /// Whether it is met. What is not measured stands in the way of nothing.
    pub met: bool,
    /// Whether there was anything to measure.
    pub measured: bool,
}

impl Condition {
    /// Whether each year of the period asks for it.
    const fn is_yearly(&self) -> bool {
        matches!(self.kind, ConditionKind::Missions | ConditionKind::Meetings)
    }
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
    let mut found = conditions_of(conn, std::slice::from_ref(file), today, rules).await?;
    Ok(found.remove(&file.id).unwrap_or_default())
}

/// The same for several files, in the same number of queries.
///
/// # Errors
/// What the database answers.
pub async fn conditions_of(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    today: Date,
    rules: &RenewalRules,
) -> Result<HashMap<HabilitationId, Vec<Condition>>, ExpertError> {
    let ids: Vec<Uuid> = files.iter().map(|file| file.id.0).collect();
    let people: Vec<ExpertId> = files.iter().map(|file| file.expert_id).collect();
    let rights = rights::queries::of_sources(conn, SourceKind::Habilitation, &ids).await?;
    let periods: HashMap<_, _> =
        rights.into_iter().filter_map(|(id, held)| Some((id, period(&held, today)?))).collect();
    let Some(since) = periods.values().map(|period| period.from).min() else { return Ok(HashMap::new()) };
    let mut starts = acts::Starts::new();
    for file in files {
        let Some(period) = periods.get(&file.id.0) else { continue };
        let start = starts.entry(file.expert_id).or_insert(period.from);
        *start = period.from.min(*start);
    }
    let declared = async { Ok::<_, ExpertError>(ties::queries::declared_by(conn, &people, today).await?) };
    let (acts, meetings, observations, declared) = tokio::try_join!(
        acts::since(conn, files, &starts),
        sources::meetings(conn, files, (since, today)),
        sources::observations(conn, files),
        declared
    )?;
    let missions = sources::missions(files, &acts);
    let scores = sources::scores(files, &acts);
    let reports = reports::due(files, &acts, today, rules.report_days);
    let mut found = HashMap::with_capacity(files.len());
    for file in files {
        let Some(period) = periods.get(&file.id.0).copied() else { continue };
        let evidence = |days: &sources::Days| -> Vec<Date> {
            let days = days.get(&file.id).into_iter().flatten().copied();
            days.filter(|day| *day <= today).collect()
        };
        let evidence = Evidence {
            missions: evidence(&missions),
            meetings: evidence(&meetings),
            observations: evidence(&observations),
            reports: reports.get(&file.id).cloned().unwrap_or_default(),
            scores: scores.get(&file.id).cloned().unwrap_or_default(),
        };
        let declared = declared.contains_key(&file.expert_id);
        found.insert(file.id, weighed(file, period, &evidence, declared, today, *rules));
    }
    Ok(found)
}

/// What was found for one file until the day.
struct Evidence {
    missions: Vec<Date>,
    meetings: Vec<Date>,
    observations: Vec<Date>,
    reports: Vec<reports::Report>,
    scores: Vec<(Date, u16)>,
}

/// The days of the last right that had begun on a day, or of the last one before any has.
fn period(held: &[Held], today: Date) -> Option<Span> {
    let counts = || held.iter().filter(|held| held.right.state != RightState::Void);
    let begun = counts().rfind(|held| held.right.starts_on <= today);
    begun.or_else(|| counts().next_back()).map(|held| rights::queries::span(&held.right))
}

fn weighed(
    file: &habilitation::Model,
    period: Span,
    evidence: &Evidence,
    declared: bool,
    today: Date,
    rules: RenewalRules,
) -> Vec<Condition> {
    let mut found = Vec::new();
    for year in years(period, today) {
        found.push(counted(ConditionKind::Missions, year, rules.missions_per_year, &evidence.missions));
        found.push(counted(ConditionKind::Meetings, year, rules.meetings_per_year, &evidence.meetings));
    }
    let observed = &evidence.observations;
    found.push(counted(ConditionKind::Observations, period, rules.observations_per_period, observed));
    found.push(in_time(period, &evidence.reports, rules));
    found.push(satisfying(period, &evidence.scores, rules));
    for (kind, met) in
        [(ConditionKind::Declaration, declared), (ConditionKind::Charter, file.charter_signed_at.is_some())]
    {
        found.push(Condition { kind, span: None, wanted: 1, found: usize::from(met), met, measured: true });
    }
    found
}

fn in_time(period: Span, reports: &[reports::Report], rules: RenewalRules) -> Condition {
    let due: Vec<_> = reports.iter().filter(|report| period.contains(report.day)).collect();
    let found = due.iter().filter(|report| report.in_time).count();
    let wanted = rules.reports_wanted(due.len());
    let kind = ConditionKind::Reports { due: due.len(), days: rules.report_days };
    Condition { kind, span: Some(period), wanted, found, met: found >= wanted, measured: !due.is_empty() }
}

fn satisfying(period: Span, scores: &[(Date, u16)], rules: RenewalRules) -> Condition {
    let given: Vec<u16> =
        scores.iter().filter(|(day, _)| period.contains(*day)).map(|(_, score)| *score).collect();
    let kind = ConditionKind::Satisfaction { rated: given.len() };
    let wanted = usize::from(rules.satisfaction_tenths);
    let mean = RenewalRules::mean_tenths(&given);
    Condition {
        kind,
        span: Some(period),
        wanted,
        found: mean.unwrap_or_default(),
        met: mean.is_none_or(|mean| mean >= wanted),
        measured: mean.is_some(),
    }
}

/// The period that a renewal gives unless another end is asked for: from the day after the last one, or from today when
/// that day is behind.
#[must_use]
pub fn next_period(last: Option<Date>, today: Date, years: u16) -> Period {
    right::next_period(last, today, years.saturating_mul(12))
}

/// Months before the end of a right from which what its whole period wants, and is not met yet, is at risk.
const RISK_MONTHS: i32 = 6;
/// The same, before the end of a year, of what each year wants: earlier, a year that goes as planned would be an alarm.
const YEAR_RISK_MONTHS: i32 = 3;

/// The conditions of a file at risk on a day: not met, and their days are over or nearly. What is true or not on the day
/// (the declaration, the charter) is asked for as the end of the right comes near.
pub fn at_risk(conditions: &[Condition], today: Date) -> impl Iterator<Item = &Condition> {
    let whole = conditions.iter().filter(|one| !one.is_yearly()).find_map(|one| one.span);
    conditions.iter().filter(move |one| {
        let months = if one.is_yearly() { YEAR_RISK_MONTHS } else { RISK_MONTHS };
        let until = one.span.or(whole).and_then(|span| span.until);
        !one.met && until.is_some_and(|until| until <= add_months(today, months))
    })
}

fn counted(kind: ConditionKind, span: Span, wanted: u16, days: &[Date]) -> Condition {
    let found = days.iter().filter(|day| span.contains(**day)).count();
    let wanted = usize::from(wanted);
    Condition { kind, span: Some(span), wanted, found, met: found >= wanted, measured: true }
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
    fn a_condition_is_told_in_one_sentence_or_in_two_parts() {
        let span = Span { from: date!(2025 - 01 - 01), until: Some(date!(2025 - 12 - 31)) };
        let missions = counted(ConditionKind::Missions, span, 2, &[date!(2025 - 03 - 01)]);
        assert_eq!(labels::condition(&missions), format!("Missions, {span}\u{202f}: 1 sur 2"));
        assert_eq!(labels::condition_parts(&missions), ("Missions".to_owned(), format!("1 sur 2, {span}")));
        let kind = ConditionKind::Reports { due: 1, days: 15 };
        let reports = Condition { kind, wanted: 1, ..missions };
        let (title, note) = labels::condition_parts(&reports);
        assert_eq!(title, "Comptes rendus remis sous 15\u{a0}jours");
        assert!(note.starts_with("1 sur 1, 1 au moins attendu, du"), "{note}");
    }

    #[test]
    fn a_condition_counts_the_days_of_its_span() {
        let span = Span { from: date!(2025 - 01 - 01), until: Some(date!(2025 - 12 - 31)) };
        let days = [date!(2024 - 12 - 31), date!(2025 - 01 - 01), date!(2025 - 12 - 31)];
        let found = counted(ConditionKind::Missions, span, 2, &days);
        assert_eq!((found.found, found.met), (2, true));
        assert!(!counted(ConditionKind::Missions, span, 3, &days).met);
    }

    #[test]
    fn reports_in_time_are_weighed_and_none_due_is_not_measured() {
        let rules = RenewalRules::default();
        let period = Span { from: date!(2025 - 01 - 01), until: Some(date!(2025 - 12 - 31)) };
        let report = |day, in_time| reports::Report { day, in_time };
        let day = date!(2025 - 05 - 05);
        let late = [report(day, true), report(day, false), report(date!(2024 - 12 - 31), false)];
        let found = in_time(period, &late, rules);
        assert_eq!((found.found, found.wanted, found.met, found.measured), (1, 2, false, true));
        assert!(in_time(period, &[report(day, true)], rules).met);
        let none = in_time(period, &late[2..], rules);
        assert_eq!((none.met, none.measured), (true, false));
    }

    #[test]
    fn the_scores_of_the_period_are_weighed_and_none_is_not_measured() {
        let rules = RenewalRules::default();
        let period = Span { from: date!(2025 - 01 - 01), until: Some(date!(2025 - 12 - 31)) };
        let (before, during) = (date!(2024 - 12 - 31), date!(2025 - 12 - 31));
        for (scores, found, met, measured) in [
            (vec![], 0, true, false),
            (vec![(before, 1)], 0, true, false),
            (vec![(before, 1), (during, 3)], 30, true, true),
            (vec![(during, 3), (during, 2)], 25, false, true),
            (vec![(during, 5), (during, 2)], 35, true, true),
        ] {
            let one = satisfying(period, &scores, rules);
            assert_eq!((one.found, one.met, one.measured), (found, met, measured), "{scores:?}");
            assert_eq!(one.wanted, 30);
        }
    }

    #[test]
    fn a_renewal_follows_the_last_day_or_begins_today() {
        let today = date!(2025 - 10 - 06);
        for (last, from, until) in [
            (Some(date!(2025 - 12 - 31)), date!(2026 - 01 - 01), date!(2028 - 12 - 31)),
            (Some(date!(2025 - 10 - 01)), today, date!(2028 - 10 - 05)),
            (None, today, date!(2028 - 10 - 05)),
        ] {
            let period = next_period(last, today, 3);
            assert_eq!((period.from(), period.until()), (from, until), "{last:?}");
        }
    }

    #[test]
    fn what_is_not_met_is_at_risk_when_its_days_are_over_or_nearly() {
        use ConditionKind as K;
        let today = date!(2025 - 10 - 06);
        let until = |until| Some(Span { from: date!(2025 - 01 - 01), until });
        for (kind, span, met, risk) in [
            (K::Missions, until(Some(date!(2025 - 09 - 30))), false, true),
            (K::Missions, until(Some(date!(2026 - 01 - 06))), false, true),
            (K::Missions, until(Some(date!(2026 - 01 - 07))), false, false),
            (K::Observations, until(Some(date!(2026 - 04 - 06))), false, true),
            (K::Observations, until(Some(date!(2026 - 04 - 07))), false, false),
            (K::Meetings, until(Some(date!(2025 - 09 - 30))), true, false),
            (K::Observations, until(None), false, false),
        ] {
            let condition = Condition { kind, span, wanted: 2, found: 1, met, measured: true };
            assert_eq!(at_risk(&[condition], today).count() == 1, risk, "{kind:?} {span:?} {met}");
        }
    }

    #[test]
    fn the_charter_and_the_declaration_are_at_risk_as_the_right_ends() {
        let today = date!(2025 - 10 - 06);
        let seen = Condition {
            kind: ConditionKind::Observations,
            span: None,
            wanted: 1,
            found: 1,
            met: true,
            measured: true,
        };
        for (until, met, risk) in [
            (Some(date!(2026 - 04 - 06)), false, true),
            (Some(date!(2026 - 04 - 06)), true, false),
            (Some(date!(2026 - 04 - 07)), false, false),
            (None, false, false),
        ] {
            let span = Some(Span { from: date!(2023 - 01 - 01), until });
            let charter = Condition { kind: ConditionKind::Charter, met, ..seen };
            let conditions = [Condition { span, ..seen }, charter];
            assert_eq!(at_risk(&conditions, today).count() == 1, risk, "{until:?} {met}");
        }
    }
}
