//! The rows of a referential. A draft is written whole each time: it is small, and keys matter once it is published.

use std::collections::HashMap;

use entity::ids::{BlocId, EpreuveId, ReferentialId, SkillId};
use entity::{access_route, bloc, epreuve, epreuve_cover, jury_rules, result_rules, skill};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::db::{self, Tx};
use crate::rules::referential::{Document, Epreuve, JuryRules, ResultRules};

/// Takes away every part of a draft.
pub(super) async fn delete(tx: &Tx, id: ReferentialId) -> Result<(), db::Error> {
    let conn = tx.conn();
    let own = epreuve::Entity::find().filter(epreuve::Column::ReferentialId.eq(id)).all(conn).await?;
    let epreuves: Vec<EpreuveId> = own.iter().map(|row| row.id).collect();
    epreuve_cover::Entity::delete_many()
        .filter(epreuve_cover::Column::EpreuveId.is_in(epreuves))
        .exec(conn)
        .await?;
    epreuve::Entity::delete_many().filter(epreuve::Column::ReferentialId.eq(id)).exec(conn).await?;
    skill::Entity::delete_many().filter(skill::Column::ReferentialId.eq(id)).exec(conn).await?;
    bloc::Entity::delete_many().filter(bloc::Column::ReferentialId.eq(id)).exec(conn).await?;
    access_route::Entity::delete_many().filter(access_route::Column::ReferentialId.eq(id)).exec(conn).await?;
    jury_rules::Entity::delete_by_id(id).exec(conn).await?;
    result_rules::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// Writes every part of a draft.
pub(super) async fn insert(tx: &Tx, id: ReferentialId, document: &Document) -> Result<(), db::Error> {
    let blocs = insert_blocs(tx, id, document).await?;
    let skills = insert_skills(tx, id, document, &blocs).await?;
    for (rank, epreuve) in document.epreuves.iter().enumerate() {
        insert_epreuve(tx, id, position(rank), epreuve, &blocs, &skills).await?;
    }
    let routes: Vec<_> = document
        .routes
        .iter()
        .map(|route| access_route::Model {
            id: tx.new_id(),
            referential_id: id,
            way: route.way,
            allowed: route.allowed,
        })
        .map(|row| row.into_active_model().reset_all())
        .collect();
    if !routes.is_empty() {
        access_route::Entity::insert_many(routes).exec_without_returning(tx.conn()).await?;
    }
    let jury = jury_row(id, &document.jury).into_active_model().reset_all();
    jury_rules::Entity::insert(jury).exec_without_returning(tx.conn()).await?;
    let results = result_row(id, &document.results).into_active_model().reset_all();
    result_rules::Entity::insert(results).exec_without_returning(tx.conn()).await?;
    Ok(())
}

fn position(rank: usize) -> i32 {
    i32::try_from(rank).unwrap_or(i32::MAX)
}

async fn insert_blocs<'a>(
    tx: &Tx,
    id: ReferentialId,
    document: &'a Document,
) -> Result<HashMap<&'a str, BlocId>, db::Error> {
    let rows: Vec<bloc::Model> = document
        .blocs
        .iter()
        .enumerate()
        .map(|(rank, one)| bloc::Model {
            id: tx.new_id(),
            referential_id: id,
            position: position(rank),
            code: one.code.clone(),
            title: one.title.clone(),
            optional: one.optional,
        })
        .collect();
    let keys = document.blocs.iter().zip(&rows).map(|(one, row)| (one.code.as_str(), row.id)).collect();
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
        bloc::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(keys)
}

async fn insert_skills<'a>(
    tx: &Tx,
    id: ReferentialId,
    document: &'a Document,
    blocs: &HashMap<&str, BlocId>,
) -> Result<HashMap<&'a str, SkillId>, db::Error> {
    let rows: Vec<skill::Model> = document
        .skills
        .iter()
        .enumerate()
        .map(|(rank, one)| skill::Model {
            id: tx.new_id(),
            referential_id: id,
            bloc_id: one.bloc.as_deref().and_then(|code| blocs.get(code).copied()),
            position: position(rank),
            code: one.code.clone(),
            wording: one.wording.clone(),
            family: one.family.clone(),
            criteria: one.criteria.join("\n"),
        })
        .collect();
    let keys = document.skills.iter().zip(&rows).map(|(one, row)| (one.code.as_str(), row.id)).collect();
    if !rows.is_empty() {
        let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
        skill::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(keys)
}

async fn insert_epreuve(
    tx: &Tx,
    id: ReferentialId,
    position: i32,
    one: &Epreuve,
    blocs: &HashMap<&str, BlocId>,
    skills: &HashMap<&str, SkillId>,
) -> Result<(), db::Error> {
    let row = epreuve::Model {
        id: tx.new_id(),
        referential_id: id,
        position,
        code: one.code.clone(),
        title: one.title.clone(),
        kind: one.kind,
        scale: one.scale,
        threshold: one.threshold,
        out_of: one.out_of,
        lasts_minutes: one.minutes,
        assessors: one.assessors,
    };
    let epreuve_id = row.id;
    epreuve::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    let cover = |bloc_id: Option<BlocId>, skill_id: Option<SkillId>| epreuve_cover::Model {
        id: tx.new_id(),
        epreuve_id,
        bloc_id,
        skill_id,
    };
    let of_blocs = one.blocs.iter().filter_map(|code| blocs.get(code.as_str()));
    let of_skills = one.skills.iter().filter_map(|code| skills.get(code.as_str()));
    let covers: Vec<epreuve_cover::Model> = of_blocs
        .map(|bloc| cover(Some(*bloc), None))
        .chain(of_skills.map(|skill| cover(None, Some(*skill))))
        .collect();
    if !covers.is_empty() {
        let rows = covers.into_iter().map(|row| row.into_active_model().reset_all());
        epreuve_cover::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

fn jury_row(id: ReferentialId, rules: &JuryRules) -> jury_rules::Model {
    jury_rules::Model {
        referential_id: id,
        president: rules.president,
        employers_min: rules.employers_min,
        employees_min: rules.employees_min,
        others_max: rules.others_max,
        observers_max: rules.observers_max,
        quorum_employers: rules.quorum_employers,
        quorum_employees: rules.quorum_employees,
        quorum_total: rules.quorum_total,
        majority: rules.majority,
        casting_vote: rules.casting_vote,
        abstention_counts: rules.abstention_counts,
        max_per_half_day: rules.max_per_half_day,
        minutes_per_candidate: rules.minutes_per_candidate,
        rotation_limit: rules.rotation_limit,
        president_days: rules.president_days,
        members_days: rules.members_days,
        candidates_days: rules.candidates_days,
        files_days: rules.files_days,
        remote_allowed: rules.remote_allowed,
        remote_in_quorum: rules.remote_in_quorum,
        cpnef_validation: rules.cpnef_validation,
        cpnef_signer: rules.cpnef_signer.clone(),
    }
}

/// 0 years is "for life" and "without limit": nothing in the database.
fn result_row(id: ReferentialId, rules: &ResultRules) -> result_rules::Model {
    let years = |years: i32| Some(years).filter(|years| *years > 0);
    result_rules::Model {
        referential_id: id,
        combine: rules.combine,
        partial_allowed: rules.partial_allowed,
        bloc_validity_years: years(rules.bloc_validity_years),
        resit_years: years(rules.resit_years),
        resit_gap_months: rules.resit_gap_months,
        resit_missing_only: rules.resit_missing_only,
        appeal_months: rules.appeal_months,
        appeal_ack_days: rules.appeal_ack_days,
        appeal_answer_months: rules.appeal_answer_months,
        grades_printed: rules.grades_printed,
    }
}
