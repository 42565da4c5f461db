//! What the forms of the month do.

use entity::absence::AbsenceReason;
use entity::availability_day::HalfDay;
use entity::ids::{AbsenceId, RecurringHalfDayId};
use poem::http::StatusCode;
use poem::{Response, Result, handler};
use time::{Date, Weekday};

use super::super::input::{TypedAbsence, TypedRhythm, Wish};
use super::super::{AvailabilityError, actions, labels};
use super::month::{Asked, answer, first_of, month_word};
use super::target::Target;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Flash;
use crate::http::web::{FormData, WebError, flash};
use crate::rules::deadline::add_days;
use crate::rules::half_day::{HALVES, first_of_month, month};
use crate::rules::period::Period;
use crate::rules::typed_date::{iso, parse};

/// The month that a form was shown for.
fn shown(form: &FormData) -> Asked {
    Asked {
        mois: form.optional("mois").map(str::to_owned),
        semaine: form.optional("semaine").map(str::to_owned),
    }
}

fn back(target: &Target, asked: &Asked, said: &Flash) -> Response {
    let month = asked.mois.as_deref().and_then(first_of).map(month_word);
    let month = month.map(|month| format!("?mois={month}")).unwrap_or_default();
    flash::redirect(&format!("{}{month}", target.base), said)
}

async fn settled(
    target: &Target,
    form: &FormData,
    kind: &'static str,
    done: Result<Flash, AvailabilityError>,
) -> Result<Response> {
    let asked = shown(form);
    match done {
        Ok(said) => Ok(back(target, &asked, &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let errors = FieldErrors::of(&error);
            let state = FormState::filled(form.fields()).with_errors(errors).with_prefix(kind);
            answer(target, StatusCode::UNPROCESSABLE_ENTITY, &asked, kind, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Saves the month: every half-day that is shown and to come is free when ticked, and taken otherwise.
#[handler]
pub(super) async fn save(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let wrong = || AvailabilityError::Invalid(vec![Fault::new("", "past", labels::MONTH_OVER)]);
        let first = first_of(form.text("mois")).ok_or_else(wrong)?;
        let last = month(first).last().unwrap_or(first);
        let today = super::super::queries::local_day(&target.expert, target.page.app.now());
        let range = Period::new(first.max(today), last).map_err(|_| wrong())?;
        let ticked = form.all("libre");
        if !ticked.iter().all(|value| is_half_day(value)) {
            return Err(AvailabilityError::Invalid(vec![Fault::new(
                "",
                "unknown",
                labels::UNKNOWN_HALF_DAY,
            )]));
        }
        let weekend = form.text("semaine") == "7";
        let chosen = |today: Date| wishes(range, today, weekend, &ticked);
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        actions::declare(&mut tx, target.expert.id, form.version(), range, chosen).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::recorded(first))
    };
    let done = done.await;
    settled(&target, &form, "", done).await
}

/// Whether a box is one of a half-day, `2026-03-31-morning`.
fn is_half_day(value: &str) -> bool {
    let Some((day, half)) = value.split_at_checked(10) else { return false };
    parse(day).is_some() && half.strip_prefix('-').and_then(HalfDay::from_word).is_some()
}

fn wishes(range: Period, today: Date, weekend: bool, ticked: &[&str]) -> Vec<Wish> {
    let days =
        (0..range.days()).filter_map(|day| i32::try_from(day).ok()).map(|day| add_days(range.from(), day));
    let shown = days.filter(|day| {
        *day >= today && (weekend || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
    });
    let wish = |day: Date, half: HalfDay| {
        let value = format!("{}-{}", iso(day), half.word());
        Wish { day, half, available: Some(ticked.contains(&value.as_str())) }
    };
    shown.flat_map(|day| HALVES.map(|half| wish(day, half))).collect()
}

/// « Comme le mois dernier ».
#[handler]
pub(super) async fn repeat(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let today = super::super::queries::local_day(&target.expert, target.page.app.now());
        let first = first_of(form.text("mois")).unwrap_or_else(|| first_of_month(today));
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        let count = actions::like_last_month(&mut tx, target.expert.id, form.version(), first).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::repeated(count))
    };
    let done = done.await;
    settled(&target, &form, "", done).await
}

/// Adds a habit.
#[handler]
pub(super) async fn add_rhythm(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let slot = |text: &str| {
            let (number, half) = text.split_once('-')?;
            Some((number.parse().ok()?, HalfDay::from_word(half)?))
        };
        let typed = TypedRhythm {
            slots: form.all("half_days").into_iter().filter_map(slot).collect(),
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            every_weeks: form.text("every_weeks").to_owned(),
        };
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        actions::add_rhythm(&mut tx, target.expert.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::changed())
    };
    let done = done.await;
    settled(&target, &form, "rythme", done).await
}

/// Stops a habit.
#[handler]
pub(super) async fn end_rhythm(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let id = RecurringHalfDayId(target.id.ok_or(AvailabilityError::NotFound)?);
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        actions::end_rhythm(&mut tx, target.expert.id, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::changed())
    };
    let done = done.await;
    settled(&target, &form, "", done).await
}

/// Declares an absence.
#[handler]
pub(super) async fn add_absence(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let typed = TypedAbsence {
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            reason: form.optional("reason").and_then(AbsenceReason::from_word),
        };
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        let row = actions::add_absence(&mut tx, target.expert.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(row.starts_on)
    };
    match done.await {
        // The month where it begins: an engagement that falls inside is told there.
        Ok(from) => {
            let asked = Asked { mois: Some(month_word(first_of_month(from))), semaine: shown(&form).semaine };
            Ok(back(&target, &asked, &labels::changed()))
        }
        Err(error) => settled(&target, &form, "absence", Err(error)).await,
    }
}

/// Gives up an absence.
#[handler]
pub(super) async fn cancel_absence(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let id = AbsenceId(target.id.ok_or(AvailabilityError::NotFound)?);
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        actions::cancel_absence(&mut tx, target.expert.id, id, form.version()).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::changed())
    };
    let done = done.await;
    settled(&target, &form, "", done).await
}

/// Asks the expert to declare their time.
#[handler]
pub(super) async fn ask(target: Target, form: FormData) -> Result<Response> {
    let done = async {
        let mut tx = target.page.app.begin(target.page.actor().clone()).await?;
        actions::ask(&mut tx, target.expert.id).await?;
        tx.commit().await?;
        Ok::<_, AvailabilityError>(labels::asked())
    };
    let done = done.await;
    settled(&target, &form, "", done).await
}
