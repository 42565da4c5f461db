//! Records an habilitation given before Parchemin, or elsewhere than through the path: an import, a take-over.

use entity::habilitation::{self, HabilitationState};
use entity::ids::ExpertId;
use entity::{certification, dated_right, expert};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::ExpertEvent;
use super::super::input::TypedHabilitation;
use super::super::{ExpertError, labels};
use super::habilitation::blank;
use super::open;
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::rights::actions::NewRight;
use crate::features::rights::{self, Holder, RightKind, RightState, Source, SourceKind};
use crate::rules::deadline::day_in_zone;
use crate::rules::period::Period;
use crate::rules::right::Span;

/// Records an habilitation, active or, when its last day is behind, expired: nobody is written to about an end of the
/// past. Two of the same duty on the same certification share no day, and one on every certification is on each.
///
/// # Errors
/// Every fault, [`ExpertError::Overlap`], [`ExpertError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn record(
    tx: &mut Tx,
    id: ExpertId,
    seen: Option<i32>,
    typed: &TypedHabilitation,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::ExpertEdit).await?;
    let new = typed.read()?;
    if let Some(certification) = new.certification
        && certification::Entity::find_by_id(certification).one(tx.conn()).await?.is_none()
    {
        return Err(ExpertError::Invalid(vec![Fault::new(
            "/certification_id",
            "unknown",
            labels::faults::UNKNOWN_CERTIFICATION,
        )]));
    }
    let over = new.period.until() < day_in_zone(tx.now(), &opened.expert.zone);
    let state = if over { HabilitationState::Expired } else { HabilitationState::Active };
    let row = blank(tx.new_id(), id, new.duty, state, new.certification, &new.regions);
    let insert = habilitation::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let right = hold(tx, &opened.grant, &opened.expert, &row, new.period).await?;
    if over {
        rights::actions::close(tx, &opened.grant, right.id).await?;
    }
    opened.save(tx).await?;
    let event = ExpertEvent::Recorded {
        expert: opened.expert,
        habilitation: Box::new(row.clone()),
        period: new.period,
    };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}

/// The right that an habilitation gives over a period. One on every certification is on each, and the database cannot
/// know it.
pub(super) async fn hold(
    tx: &Tx,
    grant: &Grant,
    expert: &expert::Model,
    row: &habilitation::Model,
    period: Period,
) -> Result<dated_right::Model, ExpertError> {
    let duty = row.duty.word();
    let certification = row.certification_id.map_or_else(|| rights::WHOLE.to_owned(), |id| id.to_string());
    let span = Span { from: period.from(), until: Some(period.until()) };
    let holder = Holder::expert(row.expert_id);
    let same_duty = |held: &rights::Held| {
        let mut words = held.scope();
        held.right.kind == RightKind::Habilitation
            && held.right.state != RightState::Void
            && words.next() == Some(&duty)
            && words.next().is_some_and(|on| {
                on == rights::WHOLE || certification == rights::WHOLE || on == certification
            })
    };
    for held in rights::queries::of_holder(tx.conn(), holder).await?.iter().filter(|held| same_duty(held)) {
        let known = rights::queries::span(&held.right);
        if known.overlaps(span) {
            return Err(ExpertError::Overlap { asked: span, known: Some(known) });
        }
    }
    let new = NewRight {
        holder,
        kind: RightKind::Habilitation,
        scope: rights::scope(&[&duty, &certification]),
        reference: expert.number.clone(),
        span,
        pending: false,
        source: Source::new(SourceKind::Habilitation, row.id),
    };
    Ok(rights::actions::hold(tx, grant, new).await?)
}
