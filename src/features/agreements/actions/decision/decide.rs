//! The committee decides (rows 18, 19, 20 and 22). A decision is a row that is added, never overwritten.

use entity::decision::{self, Outcome};
use entity::ids::AgreementRequestId;
use entity::reserve::{self, ReserveState};
use entity::{agreement_request, committee};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use time::Date;

use crate::authz::{Denied, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::{record_step, right};
use crate::features::agreements::decision_rules::{self, Decided};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::DecisionInput;
use crate::features::agreements::queries;
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::{add_months, day_in_zone};
use crate::rules::territory::PARIS;

/// Decides. A grant prepares the agreement and its convention.
///
/// # Errors
/// The person who inspected; a committee that did not meet yet; every fault of the decision at once; a period that
/// overlaps another agreement, unless it replaces it; the refusals of every act.
pub async fn decide(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    input: DecisionInput,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestDecide, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, step_of(&input))?;
    let in_paris = day_in_zone(tx.now(), PARIS);
    decision_rules::once_met(meets_on(tx, &dossier).await?, in_paris)?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    let certified = queries::certified(tx.conn(), &dossier.version).await?;
    let replaces = matches!(input, DecisionInput::Grant { replaces: true, .. });
    let decided =
        decision_rules::check(input, &delays, today, &certified).map_err(AgreementError::Invalid)?;
    let decision = keep(tx, &dossier, &decided).await?;
    let reserves = keep_reserves(tx, &dossier, &decided).await?;
    let appeal_until = (decision.outcome == Outcome::Refuse).then(|| {
        let until = add_months(today, i32::from(delays.appeal_months));
        dossier.end_of(until)
    });
    let now = tx.instant();
    let line = dossier
        .step(tx, step_of_outcome(decision.outcome), |row| {
            row.decided_at = Set(Some(now));
            row.adjourned_until = Set(decision.due_on);
            row.missing_text = Set((decision.outcome == Outcome::Adjourn).then(|| decision.text.clone()));
            row.appeal_until = Set(appeal_until.map(Into::into));
        })
        .await?;
    let what = What::Decided { decision: &decision, reserves: &reserves, appeal_until };
    record_step(tx, &grant, &dossier, line, what).await?;
    if let (Some(starts_on), Some(ends_on)) = (decision.starts_on, decision.ends_on) {
        Box::pin(right::prepare(tx, &grant, &dossier, (starts_on, ends_on), &reserves, replaces)).await?;
    }
    Ok(dossier.request)
}

/// The day of the committee that examines the file.
async fn meets_on(tx: &Tx, dossier: &Dossier) -> Result<Option<Date>, AgreementError> {
    let Some(id) = dossier.request.committee_id else { return Ok(None) };
    let found = committee::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(found.map(|committee| committee.meets_on))
}

fn step_of(input: &DecisionInput) -> Step {
    match input {
        DecisionInput::Grant { reserves, .. } if reserves.is_empty() => Step::Grant,
        DecisionInput::Grant { .. } => Step::GrantWithReserves,
        DecisionInput::Adjourn { .. } => Step::Adjourn,
        DecisionInput::Refuse { .. } => Step::Refuse,
    }
}

fn step_of_outcome(outcome: Outcome) -> Step {
    match outcome {
        Outcome::Grant => Step::Grant,
        Outcome::GrantWithReserves => Step::GrantWithReserves,
        Outcome::Adjourn => Step::Adjourn,
        Outcome::Refuse => Step::Refuse,
    }
}

async fn keep(tx: &Tx, dossier: &Dossier, decided: &Decided) -> Result<decision::Model, AgreementError> {
    let (starts_on, ends_on): (Option<Date>, Option<Date>) =
        decided.period.map_or((None, None), |(from, until)| (Some(from), Some(until)));
    let row = decision::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(dossier.request.id),
        committee_id: Set(dossier.request.committee_id),
        outcome: Set(decided.outcome),
        text: Set(decided.text.clone()),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        due_on: Set(decided.due_on),
        decided_by: Set(tx.actor().account_id().ok_or(Denied::Anonymous)?),
        decided_at: Set(tx.instant()),
    };
    Ok(row.insert(tx.conn()).await?)
}

async fn keep_reserves(
    tx: &Tx,
    dossier: &Dossier,
    decided: &Decided,
) -> Result<Vec<reserve::Model>, AgreementError> {
    let mut kept = Vec::new();
    for (position, input) in decided.reserves.iter().enumerate() {
        kept.push(reserve::Model {
            id: tx.new_id(),
            request_id: dossier.request.id,
            agreement_id: None,
            position: i32::try_from(position).unwrap_or_default() + 1,
            text: input.text.clone(),
            due_on: input.due_on,
            state: ReserveState::Open,
            closed_at: None,
            evidence: None,
            proof_document_id: None,
            proof_note: None,
            proof_at: None,
            warned: 0,
        });
    }
    if !kept.is_empty() {
        let rows = kept.iter().cloned().map(|row| {
            let row: reserve::ActiveModel = row.into();
            row.reset_all()
        });
        reserve::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(kept)
}
