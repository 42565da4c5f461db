//! The demonstration data set: invented structures, experts and people, and three years of an agreement desk.
//!
//! Everything is done by the actions of the features, so that what a visitor sees could have happened, with its
//! journal lines and its mails. [`load`] tells the story in the order of time: the clock of the demonstration is
//! moved back before each act, then released.

mod attendance;
mod availability;
mod candidates;
mod certifier;
mod clock;
mod data;
mod declaration;
mod enrolments;
mod expenses;
mod history;
mod juries;
mod labels;
mod meetings;
mod missions;
mod notices;
mod papers;
mod past;
mod paths;
mod people;
mod programmes;
mod referential;
mod renewals;
mod requests;
mod sessions;
mod steps;
mod structures;
mod surveys;

pub use clock::DemoClock;

use std::sync::Arc;

use anyhow::Context;
use time::{Date, Duration};

use crate::app::App;
use crate::features::home::paris_day;
use crate::features::{certifications, programmes as offer};
use crate::rules::calendar::Calendar;
use crate::rules::siret::Siret;

/// Days before the first act of a request at which structures, experts and people are recorded.
const HEAD_START_DAYS: i64 = 30;
/// First digits of the SIREN of the body in charge of the certifications, a legal unit that does not exist.
const CERTIFIER: u32 = 99_900_064;
/// The holidays of the certifier, who sits in Paris.
const WORK: Calendar = Calendar::Metropolitan;

/// Fills a fresh database. The application must have been built with this clock; nothing may be recorded before.
///
/// # Errors
/// When the data does not follow the rules of the actions, or the database refuses.
pub async fn load(app: &Arc<App>, clock: &DemoClock) -> anyhow::Result<()> {
    let mut data = data::read()?;
    let stage = Stage { app, clock, today: paris_day(clock.real_now()) };
    renewals::renew(&mut data.experts, stage.today).context("habilitations")?;
    let requests = data.requests.request.iter().flat_map(|request| &request.timeline);
    let paths = data.paths.path.iter().flat_map(|path| &path.act).map(|act| act.days_ago);
    let oldest = requests.map(|step| step.days_ago).chain(paths);
    let start = oldest.max().unwrap_or_default() + HEAD_START_DAYS;
    stage.set(start, 6 * 60);
    let certifier = Siret::with_check_digits(CERTIFIER, 1);
    certifications::preload_with(app, Some(certifier)).await.context("certifications")?;
    offer::preload(app).await.context("programmes")?;
    let people = people::staff(&stage, &data.people).await.context("staff")?;
    referential::prepare(&stage, &people).await.context("referential")?;
    let structures = structures::load(&stage, &people, &data.structures).await.context("structures")?;
    let (controllers, mut later) =
        people::experts(&stage, &people, &data.experts, &data.structures).await.context("experts")?;
    later.extend(paths::record(&stage, &people, &data.paths).await.context("paths")?);
    history::load(&stage).await.context("history")?;
    notices::choose(&stage, &people).await.context("notices")?;
    let mut story = requests::Story::new(&stage, people, structures, controllers).await?;
    Box::pin(story.tell(&data.requests, &data.missions, &later)).await?;
    candidates::load(&story).await.context("candidates")?;
    Box::pin(juries::load(&story, &data.experts)).await.context("juries")?;
    declaration::record(&stage, &story.people).await.context("declaration of activity")?;
    Box::pin(sessions::load(&story)).await.context("training sessions")?;
    Box::pin(enrolments::load(&story)).await.context("enrolments")?;
    attendance::load(&story).await.context("attendance")?;
    surveys::load(&stage).await.context("surveys")?;
    Box::pin(papers::load(&story)).await.context("papers")?;
    past::put_away(&stage).await.context("mails and documents of the past")?;
    clock.release();
    Ok(())
}

/// Where the story is told: the application, its clock, the day of the loading.
pub(crate) struct Stage<'a> {
    app: &'a Arc<App>,
    clock: &'a DemoClock,
    today: Date,
}

impl Stage<'_> {
    /// Sets the clock to a minute of a day, counted in days before today.
    fn set(&self, days_ago: i64, minute: i64) {
        let day = self.day(days_ago);
        self.clock.set(day.midnight().assume_utc() + Duration::minutes(minute));
    }

    /// The day so many days ago.
    fn day(&self, days_ago: i64) -> Date {
        self.today.saturating_sub(Duration::days(days_ago))
    }

    /// A day on which the certifier works, so many days ago: that one or the first that follows.
    fn working_day(&self, days_ago: i64) -> Date {
        working_day(self.day(days_ago), self.today)
    }
}

/// The first working day from a day on. What is past stays so: where no working day has come since, the last one
/// before it.
fn working_day(day: Date, today: Date) -> Date {
    let next = WORK.next_working_day(day);
    if next <= today || day > today { next } else { last_working_day(day) }
}

/// The last working day until a day.
fn last_working_day(day: Date) -> Date {
    WORK.previous_working_day(day)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_desk_meets_on_working_days_and_the_past_stays_past() {
        let sunday = date!(2026 - 05 - 03);
        for (day, today, expected) in [
            (date!(2026 - 04 - 30), sunday, date!(2026 - 04 - 30)),
            (date!(2026 - 04 - 25), sunday, date!(2026 - 04 - 27)),
            (date!(2026 - 04 - 04), sunday, date!(2026 - 04 - 07)),
            (date!(2026 - 05 - 02), sunday, date!(2026 - 04 - 30)),
            (sunday, sunday, date!(2026 - 04 - 30)),
            (date!(2026 - 05 - 08), sunday, date!(2026 - 05 - 11)),
        ] {
            assert_eq!(working_day(day, today), expected, "{day}");
        }
    }
}
