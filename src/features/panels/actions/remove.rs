//! Takes a seat back from somebody, and gives it to somebody else.

use entity::ids::{JuryMemberId, JurySessionId};
use entity::jury_member::{self, MemberState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{assign, open, touch};
use crate::db::Tx;
use crate::features::missions::actions as missions;
use crate::features::panels::events::What;
use crate::features::panels::input::{Assignment, removal};
use crate::features::panels::{PanelError, PanelEvent};

/// Takes a seat back. The mission is withdrawn, which tells the person and their calendar.
///
/// # Errors
/// No reason; somebody who does not sit; the refusals of the mission and of every act.
pub async fn remove(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    member: JuryMemberId,
    why: &str,
) -> Result<jury_member::Model, PanelError> {
    let (mut panel, grant) = open(tx, id, seen).await?;
    let mut row = panel.member(member)?.row.clone();
    let reason = removal(why)?;
    if let Some(mission) = row.mission_id {
        missions::withdraw(tx, mission, None, &reason).await?;
    }
    row.state = MemberState::Removed;
    row.reason = Some(reason.clone());
    jury_member::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    touch(tx, &mut panel).await?;
    let event = PanelEvent { session: panel.session, member: row, what: What::Removed { reason } };
    tx.record(&grant, &event).await?;
    Ok(event.member)
}

/// Takes a seat back from somebody and asks somebody else, in one act.
///
/// # Errors
/// As [`remove`] and [`assign`].
pub async fn replace(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    member: JuryMemberId,
    why: &str,
    wanted: &Assignment,
) -> Result<jury_member::Model, PanelError> {
    let left = remove(tx, id, seen, member, why).await?;
    let wanted = Assignment { seat: left.seat, ..wanted.clone() };
    Box::pin(assign(tx, id, None, &wanted)).await
}
