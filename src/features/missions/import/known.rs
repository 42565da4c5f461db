//! What a file of past missions may name: the people, the structures and their sites, the certifications, and what is
//! already recorded. Read once, however many lines there are.

use std::collections::{HashMap, HashSet};

use entity::ids::{CertificationId, ExpertId};
use entity::{expert, mission, site, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use super::super::MissionError;
use crate::features::availability::engagements;
use crate::features::certifications;
use crate::features::experts::queries::{self as people, Habilitation};
use crate::rules::engagement::Slot;
use crate::rules::fold::fold;

/// What lines are read against.
#[derive(Debug)]
pub struct Known {
    /// The people, by number and by address, in lower case.
    pub(super) people: HashMap<String, expert::Model>,
    /// What each of them holds or held.
    pub(super) habilitations: HashMap<ExpertId, Vec<Habilitation>>,
    /// The half-days that each of them gave.
    pub(super) taken: HashMap<ExpertId, HashSet<Slot>>,
    /// The structures, by SIREN.
    pub(super) structures: HashMap<String, structure::Model>,
    /// The sites, by SIRET.
    pub(super) sites: HashMap<String, site::Model>,
    /// The certifications, by what a file calls them, folded.
    pub(super) certifications: HashMap<String, CertificationId>,
    /// The missions that came from a file, by reference.
    pub(super) recorded: HashMap<String, mission::Model>,
    /// Now.
    pub(super) now: OffsetDateTime,
}

impl Known {
    /// Nothing recorded yet.
    pub(super) fn nothing(now: OffsetDateTime) -> Self {
        Self {
            people: HashMap::new(),
            habilitations: HashMap::new(),
            taken: HashMap::new(),
            structures: HashMap::new(),
            sites: HashMap::new(),
            certifications: HashMap::new(),
            recorded: HashMap::new(),
            now,
        }
    }

    /// Reads it all. `named` are the people whom the file names: nobody else is looked at closely.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn read(
        conn: &impl ConnectionTrait,
        named: &HashSet<String>,
        now: OffsetDateTime,
    ) -> Result<Self, MissionError> {
        let mut known = Self::nothing(now);
        for row in expert::Entity::find().all(conn).await? {
            for key in [row.number.to_lowercase(), row.email.to_lowercase()] {
                if named.contains(&key) {
                    known.people.insert(key, row.clone());
                }
            }
        }
        let ids: Vec<ExpertId> = known.people.values().map(|row| row.id).collect();
        known.habilitations = people::habilitations_of(conn, &ids).await?;
        known.taken = engagements::given(conn, &ids).await?;
        let structures = structure::Entity::find().all(conn).await?;
        known.structures = structures.into_iter().map(|row| (row.siren.clone(), row)).collect();
        let sites = site::Entity::find().all(conn).await?;
        known.sites = sites.into_iter().map(|row| (row.siret.clone(), row)).collect();
        for found in certifications::queries::all(conn).await? {
            known.certifications.insert(fold(&found.certification.code), found.certification.id);
            known.certifications.insert(fold(&found.certification.short_title), found.certification.id);
        }
        let from_files = mission::Entity::find().filter(mission::Column::ExternalRef.is_not_null());
        let recorded = from_files.all(conn).await?.into_iter();
        known.recorded = recorded.filter_map(|row| Some((row.external_ref.clone()?, row))).collect();
        Ok(known)
    }
}
