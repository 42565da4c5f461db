//! Calls everybody of a session at once: whoever is confirmed and was not called yet. What the dry run shows is what is done.

use entity::ids::TrainingSessionId;
use entity::training_document::PaperKind;
use entity::{enrolment, training_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::issue::issue_one;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::seats::Seats;
use crate::features::papers::PaperError;
use crate::features::papers::gather::Material;
use crate::features::papers::queries::plan::{Becomes, plan};

/// Calls people; each is sent their convocation, and the representative of a minor the same. Gives how many were called.
///
/// # Errors
/// [`PaperError::Lacking`] with what lacks when nobody can be called for that, [`PaperError::Nobody`], the refusal of the
/// policy, what the database answers.
pub async fn summon(tx: &mut Tx, session: TrainingSessionId) -> Result<usize, PaperError> {
    let _seats = Seats::lock(tx, session).await?;
    let material = Material::read(tx.app(), tx.conn(), session).await?;
    let grant = tx.authorize(Permission::PaperIssue, &material.facts())?;
    let planned = plan(tx.conn(), &material).await?;
    let mut lacking = Vec::new();
    let mut called = Vec::new();
    for one in planned {
        match one.becomes {
            Becomes::Called => {
                let person = one.enrolment;
                called.push(person.id);
                if material.has_guardian(&person) {
                    let kind = PaperKind::GuardianNotice;
                    let notice = material.of_person(tx.conn(), kind, person.clone(), false).await?;
                    Box::pin(issue_one(tx, &grant, &material, notice)).await?;
                }
                let gathered = material.of_person(tx.conn(), PaperKind::Summons, person, false).await?;
                Box::pin(issue_one(tx, &grant, &material, gathered)).await?;
            }
            Becomes::Lacking(mentions) => lacking.extend(mentions),
            Becomes::Already | Becomes::NotConfirmed => {}
        }
    }
    if called.is_empty() {
        lacking.sort_by_key(|mention| mention.label());
        lacking.dedup();
        return Err(if lacking.is_empty() { PaperError::Nobody } else { PaperError::Lacking(lacking) });
    }
    let count = called.len();
    let now = Expr::value(Some(tx.instant()));
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::SummonedAt, now.clone())
        .filter(enrolment::Column::Id.is_in(called))
        .exec(tx.conn())
        .await?;
    training_session::Entity::update_many()
        .col_expr(training_session::Column::SummonedAt, now)
        .filter(training_session::Column::Id.eq(session))
        .exec(tx.conn())
        .await?;
    Ok(count)
}
