//! The rows of a sheet. A draft is written whole each time: it is small, and its keys matter once it is published.

use entity::ids::{ProgrammeId, ProgrammeModuleId, ProgrammeVersionId};
use entity::programme_version::{self, VersionState};
use entity::{programme_module, programme_price, programme_skill};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::queries::Target;
use crate::db::{self, Tx};
use crate::rules::training::programme::Document;

/// The row of a draft.
pub(super) fn new_version(
    tx: &Tx,
    programme: ProgrammeId,
    number: i32,
    sheet: &Document,
) -> programme_version::Model {
    let row = programme_version::Model {
        id: tx.new_id(),
        programme_id: programme,
        number,
        state: VersionState::Draft,
        title: String::new(),
        goal: String::new(),
        audience: String::new(),
        prerequisites: String::new(),
        objectives: String::new(),
        duration_minutes: None,
        half_days: None,
        rhythm: String::new(),
        modality: sheet.modality,
        places: String::new(),
        group_min: None,
        group_max: None,
        methods: String::new(),
        trainer_profile: String::new(),
        assessment_entry: String::new(),
        assessment_during: String::new(),
        assessment_end: String::new(),
        sanction: sheet.sanction,
        certification_version_id: None,
        blocs: String::new(),
        equivalences: String::new(),
        bridges: String::new(),
        follow_ups: String::new(),
        outlets: String::new(),
        access_procedure: String::new(),
        access_delay: String::new(),
        vat: sheet.vat,
        funding_hints: String::new(),
        accessibility: String::new(),
        disability_contact: String::new(),
        contact: String::new(),
        remote_needs: String::new(),
        legal_notes: String::new(),
        nsf: String::new(),
        formacodes: String::new(),
        rome: String::new(),
        results_note: String::new(),
        updated_on: tx.app().today(),
        published_by: None,
        published_at: None,
        superseded_at: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
    };
    filled(row, sheet)
}

/// The row with what the sheet says.
pub(super) fn filled(row: programme_version::Model, sheet: &Document) -> programme_version::Model {
    let sheet = sheet.clone();
    programme_version::Model {
        title: sheet.title,
        goal: sheet.goal,
        audience: sheet.audience,
        prerequisites: sheet.prerequisites,
        objectives: sheet.objectives.join("\n"),
        duration_minutes: sheet.duration_minutes,
        half_days: sheet.half_days,
        rhythm: sheet.rhythm,
        modality: sheet.modality,
        places: sheet.places,
        group_min: sheet.group_min,
        group_max: sheet.group_max,
        methods: sheet.methods,
        trainer_profile: sheet.trainer_profile,
        assessment_entry: sheet.assessment_entry,
        assessment_during: sheet.assessment_during,
        assessment_end: sheet.assessment_end,
        sanction: sheet.sanction,
        certification_version_id: sheet.certification_version_id,
        blocs: sheet.blocs.join(","),
        equivalences: sheet.equivalences,
        bridges: sheet.bridges,
        follow_ups: sheet.follow_ups,
        outlets: sheet.outlets,
        access_procedure: sheet.access_procedure,
        access_delay: sheet.access_delay,
        vat: sheet.vat,
        funding_hints: sheet.funding_hints,
        accessibility: sheet.accessibility,
        disability_contact: sheet.disability_contact,
        contact: sheet.contact,
        remote_needs: sheet.remote_needs,
        legal_notes: sheet.legal_notes,
        nsf: sheet.nsf,
        formacodes: sheet.formacodes.join(","),
        rome: sheet.rome.join(","),
        results_note: sheet.results_note,
        ..row
    }
}

/// Writes a new version with its parts.
pub(super) async fn insert(
    tx: &Tx,
    row: programme_version::Model,
    sheet: &Document,
    target: &Target,
) -> Result<(), db::Error> {
    let id = row.id;
    let insert = programme_version::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    insert_parts(tx, id, sheet, target).await
}

/// Writes a known version with its parts in place of those it had.
pub(super) async fn update(
    tx: &Tx,
    row: &programme_version::Model,
    sheet: &Document,
    target: &Target,
) -> Result<(), db::Error> {
    delete_parts(tx, row.id).await?;
    let update = row.clone().into_active_model().reset_all();
    programme_version::Entity::update(update).exec(tx.conn()).await?;
    insert_parts(tx, row.id, sheet, target).await
}

/// Takes a draft away.
pub(super) async fn delete(tx: &Tx, id: ProgrammeVersionId) -> Result<(), db::Error> {
    delete_parts(tx, id).await?;
    programme_version::Entity::delete_by_id(id).exec(tx.conn()).await?;
    Ok(())
}

async fn delete_parts(tx: &Tx, id: ProgrammeVersionId) -> Result<(), db::Error> {
    let conn = tx.conn();
    let own = programme_module::Entity::find()
        .filter(programme_module::Column::ProgrammeVersionId.eq(id))
        .all(conn)
        .await?;
    let modules: Vec<ProgrammeModuleId> = own.iter().map(|row| row.id).collect();
    programme_skill::Entity::delete_many()
        .filter(programme_skill::Column::ModuleId.is_in(modules))
        .exec(conn)
        .await?;
    programme_module::Entity::delete_many()
        .filter(programme_module::Column::ProgrammeVersionId.eq(id))
        .exec(conn)
        .await?;
    programme_price::Entity::delete_many()
        .filter(programme_price::Column::ProgrammeVersionId.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

async fn insert_parts(
    tx: &Tx,
    id: ProgrammeVersionId,
    sheet: &Document,
    target: &Target,
) -> Result<(), db::Error> {
    let price = |price: &crate::rules::training::programme::Price| programme_price::Model {
        id: tx.new_id(),
        programme_version_id: id,
        payer: price.payer,
        unit: price.unit,
        amount_cents: price.amount_cents,
        note: price.note.clone(),
    };
    let prices: Vec<_> = sheet.prices.iter().map(|one| price(one).into_active_model().reset_all()).collect();
    if !prices.is_empty() {
        programme_price::Entity::insert_many(prices).exec_without_returning(tx.conn()).await?;
    }
    let mut modules = Vec::new();
    let mut cells = Vec::new();
    for (rank, module) in sheet.modules.iter().enumerate() {
        let row = programme_module::Model {
            id: tx.new_id(),
            programme_version_id: id,
            position: i32::try_from(rank).unwrap_or(i32::MAX),
            title: module.title.clone(),
            content: module.content.clone(),
            duration_minutes: module.duration_minutes,
        };
        let skills = module.skills.iter().filter_map(|code| target.skill(code));
        cells.extend(skills.map(|skill_id| {
            let cell = programme_skill::Model { id: tx.new_id(), module_id: row.id, skill_id };
            cell.into_active_model().reset_all()
        }));
        modules.push(row.into_active_model().reset_all());
    }
    if !modules.is_empty() {
        programme_module::Entity::insert_many(modules).exec_without_returning(tx.conn()).await?;
    }
    if !cells.is_empty() {
        programme_skill::Entity::insert_many(cells).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
