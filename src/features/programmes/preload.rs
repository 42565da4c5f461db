//! Records the offer of the network at first start, from the file that comes with the program: as drafts, with the durations
//! that are known. What is not known is not made up: the certifier completes each sheet, then publishes it.
//!
//! A programme whose code is known is left as it is: what the certifier changed stays.

use std::sync::Arc;

use entity::ids::CertificationId;
use entity::programme;
use sea_orm::{EntityTrait, QuerySelect};
use serde::Deserialize;

use super::ProgrammeError;
use super::actions::create;
use super::input::TypedProgramme;
use crate::app::App;
use crate::authz::Actor;
use crate::features::certifications;
use crate::rules::training::programme::Document;

const SHIPPED: &str = include_str!("data/programmes.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    programme: Vec<ShippedProgramme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedProgramme {
    code: String,
    #[serde(default)]
    slug: String,
    title: String,
    theme: String,
    #[serde(default)]
    trainer_right: String,
    #[serde(default)]
    certification: String,
    #[serde(default)]
    recycling_months: Option<i32>,
    #[serde(default)]
    sheet: Document,
}

fn shipped() -> Result<Vec<ShippedProgramme>, ProgrammeError> {
    let read: Result<Shipped, _> = toml::from_str(SHIPPED);
    read.map(|file| file.programme).map_err(|error| ProgrammeError::Shipped(error.to_string()))
}

/// Records what is not known yet; how many programmes were recorded. Doing it twice changes nothing. Certifications are
/// recorded before.
///
/// # Errors
/// What the database answers.
pub async fn preload(app: &Arc<App>) -> Result<usize, ProgrammeError> {
    let known: Vec<String> = programme::Entity::find()
        .select_only()
        .column(programme::Column::Code)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let new: Vec<ShippedProgramme> =
        shipped()?.into_iter().filter(|one| !known.contains(&one.code)).collect();
    if new.is_empty() {
        return Ok(0);
    }
    let certifications = certifications::queries::all(app.db.read()).await?;
    let mut recorded = 0;
    for one in new {
        let described = certifications.iter().find(|known| known.certification.code == one.certification);
        let latest = described.and_then(|known| known.versions.last()).map(|found| found.version.id);
        let typed = typed(&one, described.map(|known| known.certification.id));
        let sheet = Document { certification_version_id: latest, ..one.sheet };
        let mut tx = app.begin(Actor::system("programmes.preload")).await?;
        match Box::pin(create(&mut tx, &typed, sheet)).await {
            Ok(_) => tx.commit().await?,
            // another process started at the same time
            Err(error) if is_known(&error) => continue,
            Err(error) => return Err(error),
        }
        recorded += 1;
    }
    Ok(recorded)
}

/// Whether the code or the address is taken, by whoever.
fn is_known(error: &ProgrammeError) -> bool {
    match error {
        ProgrammeError::Invalid(faults) => faults.iter().all(|fault| fault.code == "duplicate"),
        _ => false,
    }
}

fn typed(one: &ShippedProgramme, certification: Option<CertificationId>) -> TypedProgramme {
    TypedProgramme {
        code: one.code.clone(),
        slug: one.slug.clone(),
        title: one.title.clone(),
        theme: one.theme.clone(),
        trainer_right: one.trainer_right.clone(),
        certification,
        recycling_months: one.recycling_months.map(|months| months.to_string()).unwrap_or_default(),
        external_ref: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::training::programme::{Aimed, read};
    use std::collections::BTreeSet;

    #[test]
    fn the_offer_that_comes_with_the_program_may_be_recorded() {
        let offer = shipped().unwrap();
        let codes: BTreeSet<_> = offer.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((codes.len(), offer.len()), (15, 15));
        let mut slugs = BTreeSet::new();
        for one in &offer {
            let head = typed(one, None).read().unwrap();
            assert_eq!(head.code, one.code);
            assert!(slugs.insert(head.slug), "{}", one.code);
            assert!(read(&one.sheet, &Aimed::default()).is_ok(), "{}", one.code);
        }
    }

    #[test]
    fn durations_are_those_that_are_known_and_no_other() {
        let known: Vec<_> = shipped()
            .unwrap()
            .into_iter()
            .filter_map(|one| Some((one.code, one.sheet.duration_minutes?, one.sheet.half_days?)))
            .collect();
        let expected = [("CSE-1", 2_100, 10), ("CSE-R", 1_260, 6)];
        assert_eq!(known, expected.map(|(code, minutes, half_days)| (code.to_owned(), minutes, half_days)));
        let communication = shipped().unwrap().into_iter().find(|one| one.code == "MARKETING-ESA").unwrap();
        assert_eq!(communication.sheet.duration_minutes, Some(750), "12.5 h, in days that are not told");
    }
}
