//! The time of the experts: most have habits, some an absence to come, a few declared nothing.

use entity::availability_day::HalfDay;
use entity::expert;
use sea_orm::{EntityTrait, QueryOrder};

use super::Stage;
use super::people::Controllers;
use crate::authz::Actor;
use crate::features::availability::actions::{add_absence, add_rhythm};
use crate::features::availability::input::{TypedAbsence, TypedRhythm};
use crate::rules::deadline::add_days;
use crate::rules::typed_date::iso;

use HalfDay::{Afternoon, Morning};

/// Half-days of the week, by the rank of the expert; the first ones declare nothing.
const HABITS: [&[(u8, HalfDay)]; 5] = [
    &[],
    &[(2, Morning), (2, Afternoon), (4, Morning)],
    &[(1, Morning), (2, Morning), (3, Morning), (4, Morning), (5, Morning)],
    &[(3, Morning), (3, Afternoon), (4, Morning), (4, Afternoon)],
    &[(1, Morning), (1, Afternoon), (2, Morning), (2, Afternoon)],
];

/// Declares it all; an expert who has an account does it, the program for the others.
pub(super) async fn declare(stage: &Stage<'_>, controllers: &Controllers) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let experts = expert::Entity::find().order_by_asc(expert::Column::Number).all(conn).await?;
    for (rank, expert) in experts.iter().enumerate() {
        let own = controllers.get(&expert.number).map(|(_, actor)| actor.clone());
        let actor = own.unwrap_or_else(|| Actor::system("demo.load"));
        let slots = HABITS[(rank + 3) % HABITS.len()];
        if !slots.is_empty() {
            let every_weeks = if rank % HABITS.len() == 1 { "2" } else { "1" };
            let typed = TypedRhythm {
                slots: slots.to_vec(),
                every_weeks: every_weeks.to_owned(),
                ..TypedRhythm::default()
            };
            let mut tx = stage.app.begin(actor.clone()).await?;
            add_rhythm(&mut tx, expert.id, None, &typed).await?;
            tx.commit().await?;
        }
        if rank % 4 == 0 {
            let first = add_days(stage.today, 10 + i32::try_from(rank % 9).unwrap_or_default());
            let typed =
                TypedAbsence { starts_on: iso(first), ends_on: iso(add_days(first, 6)), reason: None };
            let mut tx = stage.app.begin(actor).await?;
            add_absence(&mut tx, expert.id, None, &typed).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
