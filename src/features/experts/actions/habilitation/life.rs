//! Sets an habilitation aside, gives it back, or ends it because the person gives it up.

use entity::habilitation;
use entity::ids::HabilitationId;
use time::Date;

use super::apply::missing;
use super::withdraw::forget;
use super::{Opened, open, reason};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::rights::actions as rights;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Sets aside from a day on, for a reason.
///
/// # Errors
/// No reason, a day already behind; the refusals of every act.
pub async fn suspend(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    on: Option<Date>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Suspend)?;
    let reason = reason(typed, "Dites pourquoi l’habilitation est suspendue")?;
    let on = not_behind(tx, &opened, on)?;
    for held in opened.rights(tx).await? {
        rights::suspend(tx, &opened.grant, held.right.id, on).await?;
    }
    opened.step(tx, Step::Suspend, What::Suspended { on, reason }).await
}

/// Gives back from a day on, the cause being gone.
///
/// # Errors
/// No reason, a day already behind; the refusals of every act.
pub async fn reinstate(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    on: Option<Date>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Reinstate)?;
    let reason = reason(typed, "Dites ce qui permet de rétablir l’habilitation")?;
    let on = not_behind(tx, &opened, on)?;
    for held in opened.rights(tx).await? {
        if held.suspensions.iter().any(|span| span.until.is_none()) {
            rights::resume(tx, &opened.grant, held.right.id, on).await?;
        }
    }
    forget(&mut opened.file);
    opened.step(tx, Step::Reinstate, What::Reinstated { on, reason }).await
}

/// The day from which an act counts, today unless given: what was done under a right on the days behind stays so. It is
/// enough that it is still that day for the certifier or for the person.
fn not_behind(tx: &Tx, opened: &Opened, on: Option<Date>) -> Result<Date, ExpertError> {
    let on = on.unwrap_or(opened.today);
    if on < opened.today.min(day_in_zone(tx.now(), PARIS)) {
        let message = "Ce jour est passé\u{202f}: indiquez aujourd’hui ou un jour à venir";
        return Err(vec![Fault::new("/on", "in-the-past", message)].into());
    }
    Ok(on)
}

/// Ends the habilitation because the person gives it up; the last day counts.
///
/// # Errors
/// A day already behind; the refusals of every act.
pub async fn resign(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    on: Option<Date>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let opened = open(tx, id, seen, Permission::HabilitationResign).await?;
    opened.check(Step::Resign)?;
    let on = on.unwrap_or(opened.today);
    if on < opened.today {
        return Err(vec![missing("/on", "Le dernier jour ne peut pas être passé")].into());
    }
    let reason = typed.trim().to_owned();
    for held in opened.rights(tx).await? {
        if held.right.ends_on.is_none_or(|end| end >= on) {
            rights::end(tx, &opened.grant, held.right.id, on).await?;
        }
    }
    opened.step(tx, Step::Resign, What::Resigned { on, reason }).await
}
