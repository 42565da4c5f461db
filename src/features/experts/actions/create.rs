//! Records an expert.

use entity::expert;
use entity::ids::ExpertId;
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::ExpertError;
use super::super::events::ExpertEvent;
use super::super::input::Expert;
use super::set;
use crate::authz::{Facts, Grant, Permission, expert_regions};
use crate::db::{self, Tx};
use crate::error::Fault;

/// Records an expert under the next number, `INT-0001`.
///
/// # Errors
/// An address that somebody else has, the refusal of the policy, what the database answers.
pub async fn create(tx: &mut Tx, new: &Expert) -> Result<expert::Model, ExpertError> {
    let grant = tx.authorize(Permission::ExpertEdit, &facts(new))?;
    check_address(tx, None, new).await?;
    insert(tx, &grant, new).await
}

/// Refuses the address of somebody else: an import tells people apart by it, and their mails go there. Whose it is stays
/// untold: whoever types may not know them.
pub(super) async fn check_address(tx: &Tx, of: Option<ExpertId>, typed: &Expert) -> Result<(), ExpertError> {
    let same = SimpleExpr::from(Func::lower(Expr::col(expert::Column::Email))).eq(typed.email.key());
    let known = expert::Entity::find().filter(same).all(tx.conn()).await?;
    if known.iter().any(|row| Some(row.id) != of) {
        let message = "Une autre personne est enregistrée à cette adresse\u{202f}: ouvrez sa fiche, ou donnez l’adresse propre à celle-ci";
        return Err(vec![Fault::new("/email", "taken", message)].into());
    }
    Ok(())
}

/// What the policy looks at of somebody who is not recorded yet.
pub(in super::super) fn facts(new: &Expert) -> Facts {
    let own = new.department.region.unwrap_or_default();
    Facts { regions: expert_regions(&new.territories.join(","), own), ..Facts::default() }
}

/// Writes an expert under a right already given: an import gives it once.
pub(in super::super) async fn insert(
    tx: &mut Tx,
    grant: &Grant,
    new: &Expert,
) -> Result<expert::Model, ExpertError> {
    let mut row = expert::Model {
        id: tx.new_id(),
        number: db::next_number_ever(tx, "INT").await?,
        family_name: String::new(),
        first_names: String::new(),
        search: String::new(),
        email: String::new(),
        phone: None,
        employer: None,
        status: String::new(),
        department: String::new(),
        region: String::new(),
        zone: String::new(),
        territories: String::new(),
        travel_km: None,
        languages: String::new(),
        created_at: tx.instant(),
        version: 1,
    };
    set(&mut row, new);
    let insert = expert::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    tx.record(grant, &ExpertEvent::Created(row.clone())).await?;
    Ok(row)
}
