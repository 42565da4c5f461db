//! A draw: its rules are written, published with the seed, and only later is it drawn, from what was published.

use entity::agreement_request::VisitMode;
use entity::draw::{self, DrawState, DrawSubject};
use entity::ids::{AgreementId, DrawId};
use entity::inspection::{self, Trigger};
use entity::{audit_seal, draw_pick};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use time::Date;

use crate::authz::{Facts, Grant, Permission};
use crate::db::{Tx, next_number};
use crate::events::canonical_text;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::{DrawEvent, DrawWhat};
use crate::features::inspections::input::{DrawInput, DrawRules, PlanInput, SeedInput, text};
use crate::features::inspections::state::draw::{DrawStep, TABLE};
use crate::features::inspections::{labels, population};
use crate::rules::draw as rule;
use crate::rules::fold::searchable;
use crate::rules::transitions::Told;

/// Writes the rules of a draw.
///
/// # Errors
/// Every fault; the refusals of every act.
pub async fn prepare(tx: &mut Tx, input: &DrawInput) -> Result<draw::Model, InspectionError> {
    let grant = tx.authorize(Permission::DrawManage, &Facts::default())?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let line = TABLE.next(None, DrawStep::Prepare)?;
    let number = next_number(tx, "TIR", tx.now().year()).await?;
    let title = input.title.trim().to_owned();
    let row = draw::Model {
        id: tx.new_id(),
        search: searchable(&format!("{number} {title}")),
        number,
        subject: input.subject,
        inspection_id: input.inspection_id,
        title,
        state: line.to,
        algorithm: rule::ALGORITHM.to_owned(),
        size: i32::try_from(input.size).unwrap_or(i32::MAX),
        rules: canonical_text(&input.rules).map_err(|_| unreadable("rules"))?,
        population_on: input.population_on,
        seed: None,
        seed_source: String::new(),
        published_at: None,
        published_by: None,
        inputs: None,
        inputs_hash: None,
        result: None,
        result_hash: None,
        drawn_at: None,
        drawn_by: None,
        document_id: None,
        closing: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
    };
    let row = row.into_active_model().reset_all().insert(tx.conn()).await?;
    record(tx, &grant, &row, line.event, None).await?;
    Ok(row)
}

/// Publishes the rules and the seed: that of somebody, or the head of the journal, which nobody chooses.
///
/// # Errors
/// Every fault of the seed; a journal without a seal; the refusals of every act.
pub async fn publish(
    tx: &mut Tx,
    id: DrawId,
    seen: Option<i32>,
    typed: Option<&SeedInput>,
) -> Result<draw::Model, InspectionError> {
    let (grant, row) = open(tx, id, seen).await?;
    let line = TABLE.next(Some(row.state), DrawStep::Publish)?;
    let (seed, source) = match typed {
        Some(typed) => {
            let faults = typed.faults();
            if !faults.is_empty() {
                return Err(InspectionError::Invalid(faults));
            }
            (typed.seed.trim().to_owned(), typed.source.trim().to_owned())
        }
        None => head(tx).await?,
    };
    let before = row.state;
    let row = draw::Model {
        state: line.to,
        seed: Some(seed),
        seed_source: source,
        published_at: Some(tx.instant()),
        published_by: tx.actor().account_id(),
        ..row
    };
    let row = save(tx, row).await?;
    record(tx, &grant, &row, line.event, Some(before)).await?;
    Ok(row)
}

/// Draws, at a later instant than the publication. Its inputs and its result are kept as they were, with their hashes.
///
/// # Errors
/// A draw that was published at this very instant; a population from which nothing can be drawn; the refusals of every act.
pub async fn run(tx: &mut Tx, id: DrawId, seen: Option<i32>) -> Result<draw::Model, InspectionError> {
    let (grant, row) = open(tx, id, seen).await?;
    let line = TABLE.next(Some(row.state), DrawStep::Run)?;
    if row.published_at.is_none_or(|at| *at >= *tx.instant()) {
        let detail = labels::refusals::PUBLISHED_NOW;
        return Err(InspectionError::blocked("draw-too-soon", detail, Vec::new()));
    }
    let rules: DrawRules = serde_json::from_str(&row.rules).map_err(|_| unreadable("rules"))?;
    let population = population::read(tx.conn(), &row, rules).await?;
    let drawn = rule::draw(&population.inputs).map_err(|faults| {
        let blocking = faults.iter().map(rule::DrawFault::message).collect();
        InspectionError::blocked("draw-impossible", labels::refusals::NOTHING_TO_DRAW, blocking)
    })?;
    let inputs = canonical_text(&population.inputs).map_err(|_| unreadable("inputs"))?;
    let result = canonical_text(&drawn).map_err(|_| unreadable("result"))?;
    for (at, pick) in drawn.picks.iter().enumerate() {
        let key = population.keys.iter().find(|(number, _)| *number == pick.key).map(|(_, key)| *key);
        let picked = draw_pick::Model {
            id: tx.new_id(),
            draw_id: row.id,
            position: i32::try_from(at + 1).unwrap_or(i32::MAX),
            subject_id: key.ok_or_else(|| unreadable("pick"))?,
            label: pick.key.clone(),
            stratum: pick.stratum.clone(),
            ticket: pick.ticket.clone(),
            inspection_id: None,
        };
        let picked = picked.into_active_model().reset_all();
        draw_pick::Entity::insert(picked).exec_without_returning(tx.conn()).await?;
    }
    let before = row.state;
    let row = draw::Model {
        state: line.to,
        inputs_hash: Some(hash(&inputs)),
        inputs: Some(inputs),
        result_hash: Some(hash(&result)),
        result: Some(result),
        drawn_at: Some(tx.instant()),
        drawn_by: tx.actor().account_id(),
        ..row
    };
    let row = save(tx, row).await?;
    record(tx, &grant, &row, line.event, Some(before)).await?;
    Ok(row)
}

/// Cancels a draw that was not drawn.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn cancel_draw(
    tx: &mut Tx,
    id: DrawId,
    seen: Option<i32>,
    reason: &str,
) -> Result<draw::Model, InspectionError> {
    let (grant, row) = open(tx, id, seen).await?;
    let line = TABLE.next(Some(row.state), DrawStep::Cancel)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi ce tirage n’a pas lieu") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let before = row.state;
    let row = draw::Model { state: line.to, closing: Some(reason.trim().to_owned()), ..row };
    let row = save(tx, row).await?;
    record(tx, &grant, &row, line.event, Some(before)).await?;
    Ok(row)
}

/// Plans the inspection of a right that was drawn.
///
/// # Errors
/// A rank that was not drawn, or is planned already; a draw of files; the refusals of the plan and of every act.
pub async fn plan_drawn(
    tx: &mut Tx,
    id: DrawId,
    position: i32,
    trigger: Trigger,
    due_on: Option<Date>,
) -> Result<inspection::Model, InspectionError> {
    let (grant, row) = open(tx, id, None).await?;
    let picked = draw_pick::Entity::find()
        .filter(draw_pick::Column::DrawId.eq(id))
        .filter(draw_pick::Column::Position.eq(position))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    let picked = picked.filter(|_| row.subject == DrawSubject::Structures);
    let picked = picked.ok_or(InspectionError::NotFound)?;
    if picked.inspection_id.is_some() {
        let detail = labels::refusals::DRAWN_PLANNED;
        return Err(InspectionError::blocked("draw-pick-planned", detail, Vec::new()));
    }
    let input = PlanInput {
        agreement_id: AgreementId(picked.subject_id),
        site_id: None,
        trigger,
        reason: labels::refusals::drawn(&row.number, position),
        mode: VisitMode::OnSite,
        due_on,
        follows_id: None,
    };
    let planned = Box::pin(super::plan(tx, &input)).await?;
    let picked = draw_pick::Model { inspection_id: Some(planned.id), ..picked };
    picked.into_active_model().reset_all().update(tx.conn()).await?;
    let event = DrawEvent {
        draw: &row,
        line: ("draw.inspection_planned", "DRAW_PLANNED"),
        states: (None, None),
        what: DrawWhat::Planned { number: planned.number.clone() },
    };
    tx.record(&grant, &event).await?;
    Ok(planned)
}

async fn open(tx: &Tx, id: DrawId, seen: Option<i32>) -> Result<(Grant, draw::Model), InspectionError> {
    let grant = tx.authorize(Permission::DrawManage, &Facts::default())?;
    let row = draw::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let row = row.ok_or(InspectionError::NotFound)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(InspectionError::Stale);
    }
    Ok((grant, row))
}

async fn save(tx: &Tx, row: draw::Model) -> Result<draw::Model, InspectionError> {
    let row = draw::Model { version: row.version + 1, ..row };
    Ok(row.into_active_model().reset_all().update(tx.conn()).await?)
}

async fn record(
    tx: &mut Tx,
    grant: &Grant,
    draw: &draw::Model,
    line: Told,
    before: Option<DrawState>,
) -> Result<(), InspectionError> {
    let states = (before.map(DrawState::word), Some(draw.state.word()));
    tx.record(grant, &DrawEvent { draw, line, states, what: DrawWhat::Step }).await?;
    Ok(())
}

/// The root of the last seal of the journal, and what people are told of it.
async fn head(tx: &Tx) -> Result<(String, String), InspectionError> {
    let select = audit_seal::Entity::find().order_by_desc(audit_seal::Column::TreeSize);
    let seal = select.one(tx.conn()).await?.ok_or_else(|| {
        InspectionError::blocked("draw-without-seal", labels::refusals::NO_SEAL, Vec::new())
    })?;
    Ok((hex::encode(&seal.root), labels::refusals::seed_of_seal(seal.tree_size)))
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn unreadable(what: &'static str) -> InspectionError {
    crate::db::Error::Inconsistent { table: "draw", id: String::new(), what }.into()
}
