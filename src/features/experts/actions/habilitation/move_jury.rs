//! Moves the jury of a file that was presented, or calls it off: the file then goes back to its path, from which it is
//! presented again. The calendars of those who were invited follow.

use entity::habilitation;
use entity::ids::HabilitationId;
use time::{PrimitiveDateTime, Time};

use super::jury::{USUAL, check_day, hour};
use super::{JuryMember, Opened, open, reason};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::rules::territory::PARIS;
use crate::rules::{deadline, line};

/// Another date for the same jury, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JuryMove {
    /// Day on which it sits.
    pub on: String,
    /// Hour, where the certifier is; that of before when empty.
    pub time: String,
    /// Place, or address of the video; that of before when empty.
    pub place: String,
    /// Why it moves.
    pub reason: String,
}

/// Moves the jury; the same people sit.
///
/// # Errors
/// Every fault, a date that is already that of the jury; the refusals of every act.
pub async fn move_jury(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &JuryMove,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::MoveJury)?;
    let mut faults = Faults::default();
    let jury_on = faults.required_date("/jury_on", &typed.on);
    check_day(tx, id, jury_on, &mut faults).await?;
    let time = match typed.time.trim() {
        "" => Some(known_time(&opened.before)),
        typed => faults.read("/jury_time", hour(typed), |_| "time"),
    };
    let place = faults.read("/jury_place", line::optional(&typed.place, 200), |error| error.code());
    let ((jury_on, time), place) = faults.or(jury_on.zip(time).zip(place))?;
    let reason = reason(&typed.reason, "Dites pourquoi le jury est déplacé")?;
    opened.file.jury_on = Some(jury_on);
    opened.file.jury_at = deadline::instant(jury_on, time, PARIS).ok().map(Into::into);
    if !place.is_empty() {
        opened.file.jury_place = Some(place);
    }
    let date = |file: &habilitation::Model| (file.jury_on, file.jury_at, file.jury_place.clone());
    if date(&opened.file) == date(&opened.before) {
        let detail = "Le jury se tient déjà à cette date et dans ce lieu.";
        return Err(ExpertError::blocked("habilitation-jury-same-date", detail, Vec::new()));
    }
    let members = members(&opened)?;
    opened.step(tx, Step::MoveJury, What::JuryMoved { jury_on, members, reason }).await
}

/// Calls the jury off. What the path holds is kept.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn cancel_jury(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &str,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::CancelJury)?;
    let reason = reason(typed, "Dites pourquoi le jury est annulé")?;
    let members = members(&opened)?;
    let jury_on = opened.file.jury_on.take();
    opened.file.jury_at = None;
    opened.file.jury_place = None;
    opened.file.jury_version = None;
    opened.file.jury.clear();
    opened.step(tx, Step::CancelJury, What::JuryCancelled { jury_on, members, reason }).await
}

/// The hour at which the jury sits, in Paris.
fn known_time(file: &habilitation::Model) -> Time {
    let at = file.jury_at.and_then(|at| deadline::local(*at, PARIS).ok());
    at.map_or(USUAL, PrimitiveDateTime::time)
}

/// Who was called to sit.
fn members(opened: &Opened) -> Result<Vec<JuryMember>, ExpertError> {
    match opened.before.jury.as_str() {
        "" => Ok(Vec::new()),
        known => Ok(serde_json::from_str(known).map_err(crate::db::Error::from)?),
    }
}
