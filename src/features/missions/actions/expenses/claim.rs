//! The expert claims the fee and what was spent, once, or again when the claim came back.

use entity::expense_claim;
use entity::ids::{DocumentId, MissionId};
use entity::{document, expense_line, mission};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::super::{record, step};
use super::typed::{TypedEmployer, TypedExpense, expenses};
use super::{claim_of, save_claim};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::state::Step;
use crate::features::missions::state::claim::{self as claims, ClaimStep};
use crate::features::missions::{MissionError, documents, input, labels, wording};
use crate::features::settings;
use crate::rules::expenses::{Days, Expense, excesses, total, worth};
use crate::rules::missions::MissionRules;

/// Claims. The fee is that of the mission; above a ceiling, a reason is wanted. It is paid to the employer when one is named.
///
/// # Errors
/// Every fault of the lines and of the employer, a receipt that is not named among them; a ceiling without a reason; the refusals of every
/// act.
pub async fn claim(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    typed: &[TypedExpense],
    reason: &str,
    employer: Option<&TypedEmployer>,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionClaim, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Claim)?;
    let rules = settings::mission_rules(tx.conn()).await?;
    let receipts = receipts(tx, id).await?;
    let lines = expenses(typed, days(&dossier.mission, &rules), &receipts);
    let (lines, employer) = match (lines, employer.map(TypedEmployer::read).transpose()) {
        (Ok(lines), Ok(employer)) => (lines, employer.unzip()),
        (lines, employer) => {
            let faults = lines.err().into_iter().chain(employer.err());
            return Err(MissionError::Invalid(faults.flatten().collect()));
        }
    };
    let reason = justified(&dossier.mission, &lines, reason, &rules)?;
    let known = claim_of(tx, id).await?;
    let refused = |_| MissionError::ClaimState(dossier.mission.number.clone());
    let moved =
        claims::TABLE.next(known.as_ref().map(|claim| claim.state), ClaimStep::Submit).map_err(refused)?;
    let row = expense_claim::Model {
        id: known.as_ref().map_or_else(|| tx.new_id(), |claim| claim.id),
        mission_id: id,
        state: moved.to,
        fee_cents: dossier.mission.fee_cents,
        expenses_cents: total(&lines, &rules),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        return_reason: None,
        submitted_at: tx.instant(),
        certified_at: None,
        certified_by: None,
        paid_on: None,
        payment: None,
        employer_name: employer.0,
        employer_siret: employer.1,
    };
    keep(tx, &row, known.is_some()).await?;
    write(tx, &row, &lines, &rules).await?;
    let line = step(tx, &mut dossier, Step::Claim, |_| {}).await?;
    record(tx, &grant, &dossier, line, What::Claimed { claim: &row }).await?;
    Ok(dossier.mission)
}

/// The days of the mission and of its travel, where it takes place.
fn days(mission: &mission::Model, rules: &MissionRules) -> Days {
    let day = |at: entity::Instant| wording::local_date(*at, &mission.zone);
    Days::around(day(mission.starts_at), day(mission.ends_at), rules)
}

/// What is written about the ceilings, once every excess has its reason.
fn justified(
    mission: &mission::Model,
    lines: &[Expense],
    reason: &str,
    rules: &MissionRules,
) -> Result<String, MissionError> {
    let mut faults = Faults::default();
    let reason = faults.read("/reason", input::text(reason), |_| "too-long");
    let above = excesses(lines, mission.expenses_ceiling_cents, rules);
    if !above.is_empty() && reason.as_deref() == Some("") {
        faults.push("/reason", "above-ceiling", labels::faults::above(&above));
    }
    Ok(faults.or(reason)?)
}

/// The claim, new or written over the one that came back.
async fn keep(tx: &Tx, row: &expense_claim::Model, known: bool) -> Result<(), MissionError> {
    if known {
        save_claim(tx, row).await?;
        expense_line::Entity::delete_many()
            .filter(expense_line::Column::ClaimId.eq(row.id))
            .exec(tx.conn())
            .await?;
    } else {
        let insert = expense_claim::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

async fn write(
    tx: &Tx,
    claim: &expense_claim::Model,
    lines: &[Expense],
    rules: &MissionRules,
) -> Result<(), MissionError> {
    for (line, position) in lines.iter().zip(1..) {
        let row = expense_line::ActiveModel {
            id: Set(tx.new_id()),
            claim_id: Set(claim.id),
            position: Set(position),
            spent_on: Set(line.spent_on),
            kind: Set(line.kind),
            quantity: Set(i32::try_from(line.quantity).unwrap_or(i32::MAX)),
            amount_cents: Set(worth(line, rules)),
            label: Set(line.label.clone()),
            receipt_id: Set(line.receipt),
        };
        expense_line::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// The receipts of the mission.
async fn receipts(tx: &Tx, mission: MissionId) -> Result<Vec<DocumentId>, MissionError> {
    let found = document::Entity::find()
        .select_only()
        .column(document::Column::Id)
        .filter(document::Column::SubjectKind.eq("mission"))
        .filter(document::Column::SubjectId.eq(mission.0))
        .filter(document::Column::Kind.eq(documents::RECEIPT))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(found)
}
