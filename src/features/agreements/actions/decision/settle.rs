//! Someone who did not decide answers the appeal, with reasons (row 25).

use entity::agreement_request;
use entity::appeal::{self, AppealOutcome};
use entity::ids::{AgreementRequestId, CommitteeId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::put_on_agenda::open_committee;
use crate::authz::{Facts, Permission};
use crate::db::{Error, Tx};
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};

/// Settles the appeal; an overturned refusal goes back to a committee.
///
/// # Errors
/// The person who decided or inspected; empty reasons; no committee for an overturned refusal; the refusals of
/// every act.
pub async fn settle(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    outcome: AppealOutcome,
    reasons: &str,
    committee: Option<CommitteeId>,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let decided_by = dossier.last_decision(tx.conn()).await?.map(|decision| decision.decided_by);
    let facts = Facts { decided_by, ..dossier.facts() };
    let grant = tx.authorize(Permission::RequestSettle, &facts)?;
    dossier.check_version(version)?;
    let step = if outcome == AppealOutcome::Upheld { Step::Uphold } else { Step::Overturn };
    state::TABLE.next(dossier.request.state, step)?;
    let reasons = required("/reasons", reasons, "Écrivez les motifs de la réponse")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let committee = match (outcome, committee) {
        (AppealOutcome::Upheld, _) => None,
        (AppealOutcome::Overturned, Some(id)) => Some(open_committee(tx, id).await?.id),
        (AppealOutcome::Overturned, None) => {
            return Err(AgreementError::fault(
                "/committee_id",
                "committee-missing",
                "Choisissez la commission qui examinera de nouveau le dossier",
            ));
        }
    };
    let lodged_at = close(tx, id, outcome, &reasons).await?;
    let line = dossier
        .step(tx, step, |row| {
            if let Some(committee) = committee {
                row.committee_id = Set(Some(committee));
                row.decided_at = Set(None);
            }
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Settled { outcome, reasons: &reasons, lodged_at }).await?;
    Ok(dossier.request)
}

async fn close(
    tx: &Tx,
    id: AgreementRequestId,
    outcome: AppealOutcome,
    reasons: &str,
) -> Result<time::OffsetDateTime, AgreementError> {
    let open = appeal::Entity::find()
        .filter(appeal::Column::RequestId.eq(id))
        .filter(appeal::Column::SettledAt.is_null())
        .order_by_desc(appeal::Column::Id)
        .one(tx.conn())
        .await?;
    let open = open.ok_or_else(|| Error::Inconsistent {
        table: "appeal",
        id: id.to_string(),
        what: "no open appeal",
    })?;
    let lodged_at = *open.lodged_at;
    let mut row: appeal::ActiveModel = open.into();
    row.outcome = Set(Some(outcome));
    row.reasons = Set(Some(reasons.to_owned()));
    row.settled_by = Set(tx.actor().account_id());
    row.settled_at = Set(Some(tx.instant()));
    row.update(tx.conn()).await?;
    Ok(lodged_at)
}
