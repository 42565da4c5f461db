//! The decisions are validated (S20), or this is taken back before anybody is told.

use entity::certificate;
use entity::ids::JurySessionId;
use entity::jury_minutes::MinutesState;
use entity::jury_session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::input::{self, TypedValidation};
use super::super::load::Book;
use super::super::{MinutesError, documents, queries};
use super::{keep, open, record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::juries::deadlines::day;
use crate::features::juries::state::{Event, InvalidStep};
use crate::features::juries::{JuryError, What};

/// Sets the day of delivery; where the rules ask for it, says when the joint body of the branch validated which list.
///
/// # Errors
/// The faults, [`MinutesError::NotForBranch`], the state, a stale version, the refusal of the policy, what the database
/// answers.
pub async fn validate(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedValidation,
) -> Result<jury_session::Model, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesValidate, Book::facts).await?;
    let current = opened.book.current().map(|record| record.row.clone());
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    whole.next(Event::Validate)?;
    let current = current.ok_or(MinutesError::NotFound)?;
    if !queries::signs_for_branch(tx.conn(), tx.actor(), &whole.rules).await? {
        return Err(MinutesError::NotForBranch);
    }
    let today = tx.app().today();
    let jury = day(&whole.session).unwrap_or(today);
    let validation = typed.read(jury, today, whole.rules.cpnef_validation)?;
    let delivered_on = validation.delivered_on;
    let minutes = keep(tx, &current, |row| {
        row.state = MinutesState::Checked;
        row.validated_on = validation.validated_on;
        row.validated_list = validation.list;
    })
    .await?;
    let by = tx.actor().account_id();
    let line = step(tx, &mut whole, Event::Validate, |session| {
        session.delivered_on = Some(delivered_on);
        session.validated_by = by;
    })
    .await?;
    let jobs = vec![documents::decisions(&whole.session, &minutes)];
    record(tx, &grant, &whole, line, What::Validated { delivered_on }, jobs).await?;
    Ok(whole.session)
}

/// Takes a validation back, as long as no certificate went out.
///
/// # Errors
/// No reason, the state, a stale version, the refusal of the policy, what the database answers.
pub async fn take_back(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    why: &str,
) -> Result<jury_session::Model, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesValidate, Book::facts).await?;
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    whole.next(Event::TakeBack)?;
    let reason = input::reason(why)?;
    let delivered = certificate::Entity::find().filter(certificate::Column::SessionId.eq(id));
    if delivered.one(tx.conn()).await?.is_some() {
        let refused = InvalidStep { from: Some(whole.session.state), step: Event::TakeBack };
        return Err(JuryError::from(refused).into());
    }
    let line = step(tx, &mut whole, Event::TakeBack, |session| {
        session.delivered_on = None;
        session.validated_by = None;
    })
    .await?;
    let what = What::ValidationTakenBack { reason: &reason };
    record(tx, &grant, &whole, line, what, Vec::new()).await?;
    Ok(whole.session)
}
