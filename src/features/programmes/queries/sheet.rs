//! The whole of sheets, and what they lack: three queries, however many they are.

use std::collections::HashMap;

use entity::ids::{ProgrammeModuleId, ProgrammeVersionId, SkillId};
use entity::{programme_module, programme_price, programme_skill, programme_version, skill};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::coverage::Target;
use crate::db;
use crate::error::Fault;
use crate::rules::training::programme::{Document, Module, Price};
use crate::rules::training::sheet::{Beside, missing};

/// What each of these versions says.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    rows: &[programme_version::Model],
) -> Result<HashMap<ProgrammeVersionId, Document>, db::Error> {
    let ids: Vec<ProgrammeVersionId> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut prices = prices(conn, &ids).await?;
    let mut modules = modules(conn, &ids).await?;
    let one = |row: &programme_version::Model| {
        let prices = prices.remove(&row.id).unwrap_or_default();
        let modules = modules.remove(&row.id).unwrap_or_default();
        (row.id, document(row, prices, modules))
    };
    Ok(rows.iter().map(one).collect())
}

async fn prices(
    conn: &impl ConnectionTrait,
    ids: &[ProgrammeVersionId],
) -> Result<HashMap<ProgrammeVersionId, Vec<Price>>, db::Error> {
    use programme_price::Column;
    let rows = programme_price::Entity::find()
        .filter(Column::ProgrammeVersionId.is_in(ids.to_vec()))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<ProgrammeVersionId, Vec<Price>> = HashMap::new();
    for row in rows {
        found.entry(row.programme_version_id).or_default().push(Price {
            payer: row.payer,
            unit: row.unit,
            amount_cents: row.amount_cents,
            note: row.note,
        });
    }
    Ok(found)
}

async fn modules(
    conn: &impl ConnectionTrait,
    ids: &[ProgrammeVersionId],
) -> Result<HashMap<ProgrammeVersionId, Vec<Module>>, db::Error> {
    use programme_module::Column;
    let rows = programme_module::Entity::find()
        .filter(Column::ProgrammeVersionId.is_in(ids.to_vec()))
        .order_by_asc(Column::Position)
        .all(conn)
        .await?;
    let mut codes = codes(conn, rows.iter().map(|row| row.id).collect()).await?;
    let mut found: HashMap<ProgrammeVersionId, Vec<Module>> = HashMap::new();
    for row in rows {
        found.entry(row.programme_version_id).or_default().push(Module {
            title: row.title,
            content: row.content,
            duration_minutes: row.duration_minutes,
            skills: codes.remove(&row.id).unwrap_or_default(),
        });
    }
    Ok(found)
}

/// Codes of the skills that each module covers, in the order of the referential.
async fn codes(
    conn: &impl ConnectionTrait,
    modules: Vec<ProgrammeModuleId>,
) -> Result<HashMap<ProgrammeModuleId, Vec<String>>, db::Error> {
    let mut found: HashMap<ProgrammeModuleId, Vec<String>> = HashMap::new();
    if modules.is_empty() {
        return Ok(found);
    }
    let links = programme_skill::Entity::find()
        .filter(programme_skill::Column::ModuleId.is_in(modules))
        .all(conn)
        .await?;
    if links.is_empty() {
        return Ok(found);
    }
    let skills = skill::Entity::find()
        .filter(skill::Column::Id.is_in(links.iter().map(|link| link.skill_id).collect::<Vec<_>>()))
        .all(conn)
        .await?;
    let known: HashMap<SkillId, &skill::Model> = skills.iter().map(|row| (row.id, row)).collect();
    let mut cells: Vec<(ProgrammeModuleId, &skill::Model)> =
        links.iter().filter_map(|link| Some((link.module_id, *known.get(&link.skill_id)?))).collect();
    cells.sort_by_key(|(_, skill)| skill.position);
    for (module, skill) in cells {
        found.entry(module).or_default().push(skill.code.clone());
    }
    Ok(found)
}

fn parts(text: &str, separator: char) -> Vec<String> {
    text.split(separator).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn document(row: &programme_version::Model, prices: Vec<Price>, modules: Vec<Module>) -> Document {
    Document {
        title: row.title.clone(),
        goal: row.goal.clone(),
        audience: row.audience.clone(),
        prerequisites: row.prerequisites.clone(),
        objectives: parts(&row.objectives, '\n'),
        duration_minutes: row.duration_minutes,
        half_days: row.half_days,
        rhythm: row.rhythm.clone(),
        modality: row.modality,
        places: row.places.clone(),
        group_min: row.group_min,
        group_max: row.group_max,
        methods: row.methods.clone(),
        trainer_profile: row.trainer_profile.clone(),
        assessment_entry: row.assessment_entry.clone(),
        assessment_during: row.assessment_during.clone(),
        assessment_end: row.assessment_end.clone(),
        sanction: row.sanction,
        certification_version_id: row.certification_version_id,
        blocs: parts(&row.blocs, ','),
        equivalences: row.equivalences.clone(),
        bridges: row.bridges.clone(),
        follow_ups: row.follow_ups.clone(),
        outlets: row.outlets.clone(),
        access_procedure: row.access_procedure.clone(),
        access_delay: row.access_delay.clone(),
        vat: row.vat,
        funding_hints: row.funding_hints.clone(),
        accessibility: row.accessibility.clone(),
        disability_contact: row.disability_contact.clone(),
        contact: row.contact.clone(),
        remote_needs: row.remote_needs.clone(),
        legal_notes: row.legal_notes.clone(),
        nsf: row.nsf.clone(),
        formacodes: parts(&row.formacodes, ','),
        rome: parts(&row.rome, ','),
        results_note: row.results_note.clone(),
        prices,
        modules,
    }
}

/// Everything that a version lacks to be published, as faults of its fields.
#[must_use]
pub fn gaps(row: &programme_version::Model, document: &Document, target: &Target) -> Vec<Fault> {
    let told = |module: &&Module| !module.title.is_empty() && !module.content.is_empty();
    let beside = Beside {
        modules: document.modules.iter().filter(told).count(),
        prices: document.prices.len(),
        uncovered: super::coverage(target, document).uncovered(),
    };
    let lacks = missing(row, beside).into_iter();
    lacks.map(|lack| Fault::new(format!("/{}", lack.field), "missing", lack.label)).collect()
}
