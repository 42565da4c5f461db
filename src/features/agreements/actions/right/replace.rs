//! A signed agreement takes the place of those that it meets: each ends on its eve, site by site, and the journal says
//! by which one. One whose last day is then behind is over at once; the others end in their time.

use entity::agreement;
use entity::ids::AgreementId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::{close_rights, locked, open_partner_update, record, rights_of};
use crate::authz::Grant;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::RightWhat;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::features::agreements::{deadlines, labels};
use crate::features::rights::{self, Holder, RightState};
use crate::features::settings;
use crate::rules::right::Span;

/// Makes room for an agreement that starts.
pub(super) async fn make_room(
    tx: &mut Tx,
    grant: &Grant,
    by: &agreement::Model,
) -> Result<(), AgreementError> {
    let days = Span { from: by.starts_on, until: Some(by.ends_on) };
    let mut touched: Vec<AgreementId> = Vec::new();
    for held in rights_of(tx, by.id).await? {
        let own = held.right;
        let holder = Holder { kind: own.holder_kind, id: own.holder_id };
        let met = rights::queries::met(tx.conn(), holder, own.kind, &own.scope, days).await?;
        for right in met.iter().filter(|right| right.source_id != by.id.0) {
            rights::actions::make_room(tx, grant, right.id, by.starts_on).await?;
            let id = AgreementId(right.source_id);
            if !touched.contains(&id) {
                touched.push(id);
            }
        }
    }
    for id in touched {
        cut(tx, grant, id, by).await?;
    }
    Ok(())
}

/// Gives an agreement the last day that its rights have left.
async fn cut(
    tx: &mut Tx,
    grant: &Grant,
    id: AgreementId,
    by: &agreement::Model,
) -> Result<(), AgreementError> {
    let (agreement, dossier) = locked(tx, id).await?;
    let line = RIGHT_TABLE.next(agreement.state, RightStep::Replace)?;
    let held = rights_of(tx, id).await?;
    let counted = held.iter().filter(|held| held.right.state != RightState::Void);
    let last = counted.filter_map(|held| held.right.ends_on).max();
    let over = last.is_none_or(|last| last < dossier.today(tx.now()));
    let ends_on = last.unwrap_or(agreement.ends_on);
    let delays = settings::agreement_delays(tx.conn()).await?;
    // Nobody is told that the end of what is already replaced comes near.
    let warned = i32::try_from(delays.expiry_warning_months.len()).unwrap_or(i32::MAX);
    let warned = if ends_on < agreement.ends_on { warned } else { agreement.warned };
    let ahead = agreement::Model { ends_on, warned, ..agreement.clone() };
    let alarm = deadlines::next_right_alarm(&ahead, &dossier.structure.zone, &delays);
    let (before, version) = (agreement.state.word(), agreement.version + 1);
    let mut row: agreement::ActiveModel = agreement.into();
    row.ends_on = Set(ends_on);
    row.warned = Set(warned);
    row.version = Set(version);
    row.deadline_at = Set(alarm.filter(|_| !over).map(|(at, _)| at.into()));
    if over {
        row.state = Set(line.to);
        row.ended_at = Set(Some(tx.instant()));
    }
    let agreement = row.update(tx.conn()).await?;
    if over {
        close_rights(tx, grant, agreement.id).await?;
    }
    let states = if over { (Some(before), Some(line.to.word())) } else { (None, None) };
    let what = RightWhat::Replaced { by: &by.number };
    record(tx, grant, &agreement, &dossier, line.event, states, what).await?;
    open_partner_update(tx, grant, &agreement, &dossier, labels::convention::REPLACED).await
}
