//! Sessions that another body delivers.

use entity::ids::TrainingSessionId;
use entity::{site, structure};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::requests::Story;
use super::Ground;
use crate::features::training::actions;
use crate::features::training::input::TypedSubcontract;
use crate::rules::siret::Siret;
use crate::rules::typed_date::iso;

/// Another body delivers the session: a structure of the register, or a regional association that is not in it.
pub(super) async fn entrust(
    story: &Story<'_>,
    ground: &Ground,
    id: TrainingSessionId,
    body: Option<&structure::Model>,
) -> anyhow::Result<()> {
    let known = &ground.file.subcontract;
    let seat = match body {
        Some(body) => {
            let seats = site::Entity::find()
                .filter(site::Column::StructureId.eq(body.id))
                .filter(site::Column::IsSeat.eq(true));
            seats.one(story.stage.app.db.bookkeeping()).await?
        }
        None => None,
    };
    let typed = TypedSubcontract {
        structure: body.map(|body| body.id),
        party: body.map_or_else(|| known.party.clone(), |body| body.name.clone()),
        siret: seat.map_or_else(|| Siret::with_check_digits(known.siren, 1).to_string(), |seat| seat.siret),
        nda: known.nda.clone(),
        contact: if body.is_some() { String::new() } else { known.contact.clone() },
        missions: known.missions.clone(),
        means: known.means.clone(),
        follow_up: known.follow_up.clone(),
        amount: "1200".to_owned(),
        checked_on: iso(story.stage.today),
        ..TypedSubcontract::default()
    };
    let mut tx = story.stage.app.begin(story.people.manager.clone()).await?;
    Box::pin(actions::record_subcontract(&mut tx, id, None, &typed)).await?;
    Ok(tx.commit().await?)
}
