//! Makes the declaration of interests of the year: nothing to tell, or the list is complete; and what no structure
//! tells, in words.

use entity::ids::ExpertId;
use entity::{interest_declaration, structure};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::TieError;
use super::super::events::TieEvent;
use super::super::input;
use super::super::ledger::{Origin, Scope, ledger};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Declares for the current year. Whoever says that there is nothing has no tie that runs, whether they declared it
/// or their file tells it. The answer may change during the year.
///
/// # Errors
/// Every fault, [`TieError::TiesRunning`], [`TieError::AlreadyDeclared`], the refusal of the policy, what the
/// database answers.
pub async fn declare_year(
    tx: &mut Tx,
    id: ExpertId,
    nothing: bool,
    note: &str,
) -> Result<interest_declaration::Model, TieError> {
    use interest_declaration::{Column, Entity};
    let (expert, grant) = open(tx, id, Permission::InterestEdit).await?;
    let note = input::note(note)?;
    let today = tx.app().today();
    if nothing {
        let structures = running(tx, id, today).await?;
        if !structures.is_empty() {
            return Err(TieError::TiesRunning { structures });
        }
    }
    let before = Entity::find().filter(Column::ExpertId.eq(id)).filter(Column::Year.eq(today.year()));
    let before = before.one(tx.conn()).await?;
    if before.as_ref().is_some_and(|row| (row.nothing, &row.note) == (nothing, &note)) {
        return Err(TieError::AlreadyDeclared { year: today.year() });
    }
    let known = before.is_some();
    let row = interest_declaration::Model {
        id: before.map_or_else(|| tx.new_id(), |row| row.id),
        expert_id: id,
        year: today.year(),
        declared_on: today,
        nothing,
        note,
    };
    let active = row.clone().into_active_model().reset_all();
    if known {
        Entity::update(active).exec(tx.conn()).await?;
    } else {
        Entity::insert(active).exec_without_returning(tx.conn()).await?;
    }
    tx.record(&grant, &TieEvent::YearDeclared { expert, declaration: row.clone() }).await?;
    Ok(row)
}

/// Names of the structures with which a declared tie or an employment runs.
async fn running(tx: &Tx, id: ExpertId, today: time::Date) -> Result<Vec<String>, TieError> {
    let known = ledger(tx.conn(), &Scope::of_expert(id)).await?;
    let runs = known.iter().filter(|one| {
        matches!(one.origin, Origin::Declared | Origin::Employment)
            && one.tie.until.is_none_or(|until| until >= today)
            && one.tie.since.is_none_or(|since| since <= today)
    });
    let with = structure::Entity::find().filter(structure::Column::Id.is_in(runs.map(|one| one.structure)));
    let mut names: Vec<String> =
        with.all(tx.conn()).await?.into_iter().map(|structure| structure.name).collect();
    names.sort();
    Ok(names)
}
