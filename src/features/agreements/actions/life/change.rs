//! A structure declares a change, and the certifier says what comes of it (A11).

use entity::agreement;
use entity::ids::{AgreementId, RightChangeId};
use entity::right_change::{self, ChangeState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::{open, open_partner_update, record};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LifeWhat;
use crate::features::agreements::input::life::{ChangeInput, ReviewInput};
use crate::features::agreements::input::required;
use crate::features::agreements::labels;
use crate::features::agreements::state::{RIGHT_TABLE, RightStep};
use crate::rules::deadline::add_days;

/// Declares a change.
///
/// # Errors
/// Every fault of what was typed; an agreement that is over; the refusals of every act.
pub async fn declare_change(
    tx: &mut Tx,
    id: AgreementId,
    input: &ChangeInput,
) -> Result<right_change::Model, AgreementError> {
    let opened = open(tx, id, None, Permission::AgreementDeclare).await?;
    let line = RIGHT_TABLE.next(opened.agreement.state, RightStep::DeclareChange)?;
    let faults = input.faults(opened.today);
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    let change = right_change::Model {
        id: tx.new_id(),
        agreement_id: id,
        topic: input.topic,
        happened_on: input.happened_on,
        text: input.text.trim().to_owned(),
        document_id: None,
        state: ChangeState::Declared,
        declared_by: Some(opened.by),
        declared_at: tx.instant(),
        review_due_on: add_days(opened.today, opened.delays.change_review_days.into()),
        reviewed_by: None,
        reviewed_at: None,
        review: None,
        answer: None,
        inspection_id: None,
        version: 1,
    };
    let row = change.clone().into_active_model().reset_all();
    right_change::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let what = LifeWhat::Declared { change: &change, document: None };
    record(tx, &opened.grant, (&opened.agreement, &opened.dossier), line.event, (None, None), what).await?;
    Ok(change)
}

/// Says what comes of a declared change; the list of partners is to be updated when the convention is amended.
///
/// # Errors
/// No answer; a change that was reviewed; the refusals of every act.
pub async fn review_change(
    tx: &mut Tx,
    id: AgreementId,
    change: RightChangeId,
    seen: Option<i32>,
    input: &ReviewInput,
) -> Result<right_change::Model, AgreementError> {
    let opened = open(tx, id, None, Permission::AgreementReview).await?;
    let found = right_change::Entity::find_by_id(change).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.agreement_id == id).ok_or(AgreementError::NotFound)?;
    if seen.is_some_and(|seen| seen != found.version) {
        return Err(AgreementError::Stale);
    }
    if found.state == ChangeState::Reviewed {
        return Err(AgreementError::blocked("change-reviewed", labels::act::REVIEWED, Vec::new()));
    }
    let answer = required("/answer", &input.answer, "Écrivez la réponse à la structure")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let reviewed = right_change::Model {
        state: ChangeState::Reviewed,
        reviewed_by: Some(opened.by),
        reviewed_at: Some(tx.instant()),
        review: Some(input.review),
        answer: Some(answer),
        version: found.version + 1,
        ..found
    };
    let reviewed = reviewed.into_active_model().reset_all().update(tx.conn()).await?;
    let line = ("agreement.change_reviewed", "AGREMENT_CHANGE_REVIEWED");
    let what = LifeWhat::Reviewed { change: &reviewed };
    record(tx, &opened.grant, (&opened.agreement, &opened.dossier), line, (None, None), what).await?;
    if input.review == right_change::ChangeReview::Amendment {
        let change = labels::act::topic(reviewed.topic);
        open_partner_update(tx, &opened.grant, &opened.agreement, &opened.dossier, change).await?;
    }
    Ok(reviewed)
}
