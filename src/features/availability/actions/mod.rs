//! The changes of the time of an expert, one per file. The row of the expert is locked first: two declarations made
//! at once follow each other.

mod add_absence;
mod add_rhythm;
mod ask;
mod cancel_absence;
mod declare;
mod end_rhythm;
mod like_last_month;
mod set_school_year;

pub use add_absence::add_absence;
pub use add_rhythm::add_rhythm;
pub use ask::ask;
pub use cancel_absence::cancel_absence;
pub use declare::declare;
pub use end_rhythm::end_rhythm;
pub use like_last_month::like_last_month;
pub use set_school_year::set_school_year;

use entity::availability_day::HalfDay;
use entity::ids::ExpertId;
use entity::{availability, availability_day, expert};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use time::Date;

use super::AvailabilityError;
use super::events::{OnBehalf, Whose};
use super::input::Wish;
use super::queries::local_day;
use crate::authz::{Facts, Grant, Permission};
use crate::db::Tx;

/// The time of an expert, locked for a change, and the right to make it.
struct Opened {
    expert: expert::Model,
    grant: Grant,
    head: Option<availability::Model>,
    /// The day that it is where the expert lives.
    today: Date,
}

async fn open(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    permission: Permission,
) -> Result<Opened, AvailabilityError> {
    let found = expert::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let expert = found.ok_or(AvailabilityError::NotFound)?;
    let grant = tx.authorize(permission, &Facts::of_expert(&expert))?;
    let head = availability::Entity::find_by_id(id).one(tx.conn()).await?;
    if seen.is_some_and(|seen| seen != head.as_ref().map_or(0, |head| head.version)) {
        return Err(AvailabilityError::Stale);
    }
    let today = local_day(&expert, tx.now());
    Ok(Opened { expert, grant, head, today })
}

impl Opened {
    /// Writes that something was declared now, its version grown.
    async fn save(&self, tx: &Tx) -> Result<(), AvailabilityError> {
        let row = availability::Model {
            expert_id: self.expert.id,
            declared_at: tx.instant(),
            version: self.head.as_ref().map_or(1, |head| head.version + 1),
        };
        let active = row.into_active_model().reset_all();
        if self.head.is_some() {
            availability::Entity::update(active).exec(tx.conn()).await?;
        } else {
            availability::Entity::insert(active).exec_without_returning(tx.conn()).await?;
        }
        Ok(())
    }

    /// Whose time it is; the expert is written to when someone else declares it.
    fn whose(&self, tx: &Tx) -> Whose {
        let someone_else = tx.actor().account_id().is_some() && tx.actor().expert() != Some(self.expert.id);
        let on_behalf = someone_else.then(|| self.notice(tx));
        Whose { expert: self.expert.clone(), on_behalf }
    }

    fn notice(&self, tx: &Tx) -> OnBehalf {
        OnBehalf { day: self.today, link: tx.app().url("/disponibilites") }
    }

    /// Keeps or wipes single dates.
    async fn keep(&self, tx: &Tx, changes: &[Wish]) -> Result<(), AvailabilityError> {
        for wish in changes {
            self.wipe(tx, wish.day, wish.day, &[wish.half]).await?;
            if let Some(available) = wish.available {
                let row = availability_day::Model {
                    id: tx.new_id(),
                    expert_id: self.expert.id,
                    day: wish.day,
                    half_day: wish.half,
                    available,
                };
                let insert = availability_day::Entity::insert(row.into_active_model().reset_all());
                insert.exec_without_returning(tx.conn()).await?;
            }
        }
        Ok(())
    }

    async fn wipe(
        &self,
        tx: &Tx,
        from: Date,
        until: Date,
        halves: &[HalfDay],
    ) -> Result<(), AvailabilityError> {
        use availability_day::Column;
        availability_day::Entity::delete_many()
            .filter(Column::ExpertId.eq(self.expert.id))
            .filter(Column::Day.gte(from))
            .filter(Column::Day.lte(until))
            .filter(Column::HalfDay.is_in(halves.iter().copied()))
            .exec(tx.conn())
            .await?;
        Ok(())
    }
}
