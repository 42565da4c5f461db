//! Where past juries are held, under which version, and who may preside over each: what the story told before.

use std::collections::HashMap;

use anyhow::Context;
use entity::agreement_request::AgreementRole;
use entity::dated_right::{HolderKind, RightKind};
use entity::habilitation::Duty;
use entity::ids::{CertificationVersionId, ExpertId, StructureId};
use entity::{certification, certification_version, expert, site, structure};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use uuid::Uuid;

use super::super::data;
use super::CODE;
use super::blocs::Blocs;
use crate::features::rights::queries::{Held, of_holders};
use crate::features::settings;
use crate::features::ties::ledger::{Scope, ledger};
use crate::rules::ties::{self, DatedTie, Duty as TiedDuty, Matrix};

/// A structure and its seat.
pub(super) struct Plot {
    pub(super) structure: structure::Model,
    pub(super) site: site::Model,
}

/// Somebody who may preside, where and when.
struct President {
    id: ExpertId,
    regions: Vec<String>,
    from: Date,
    until: Date,
}

/// Where and by whom juries are held.
pub(super) struct Ground {
    pub(super) plots: Vec<Plot>,
    presidents: Vec<President>,
    versions: Vec<certification_version::Model>,
    blocs: HashMap<CertificationVersionId, Blocs>,
    matrix: Matrix,
    ties: HashMap<(ExpertId, StructureId), Vec<DatedTie>>,
    /// The agreements that allow to organise juries, by structure.
    agreements: HashMap<StructureId, Vec<Held>>,
}

impl Ground {
    /// What the story told before.
    pub(super) async fn read(conn: &DatabaseConnection, known: &data::Experts) -> anyhow::Result<Self> {
        let seats = site::Entity::find().filter(site::Column::IsSeat.eq(true)).all(conn).await?;
        let mut seats: HashMap<StructureId, site::Model> =
            seats.into_iter().map(|row| (row.structure_id, row)).collect();
        let structures = structure::Entity::find().order_by_asc(structure::Column::Siren).all(conn).await?;
        let plot = |structure: structure::Model| Some(Plot { site: seats.remove(&structure.id)?, structure });
        let plots: Vec<Plot> = structures.into_iter().filter_map(plot).collect();
        anyhow::ensure!(!plots.is_empty(), "no structure");
        let own = certification::Entity::find().filter(certification::Column::Code.eq(CODE));
        let own = own.one(conn).await?.context(CODE)?;
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::CertificationId.eq(own.id))
            .order_by_asc(certification_version::Column::ValidFrom)
            .all(conn)
            .await?;
        let mut blocs = HashMap::new();
        for version in &versions {
            if let Some(found) = Blocs::read(conn, version.id).await? {
                blocs.insert(version.id, found);
            }
        }
        let presidents = presidents(conn, known).await?;
        let mut ties: HashMap<_, Vec<DatedTie>> = HashMap::new();
        for one in ledger(conn, &Scope::default()).await? {
            ties.entry((one.expert, one.structure)).or_default().push(one.tie);
        }
        let matrix = settings::tie_matrix(conn).await?;
        let agreements = agreements(conn, &versions).await?;
        Ok(Self { plots, presidents, versions, blocs, matrix, ties, agreements })
    }

    /// Whether a structure holds an agreement that allows it to organise juries on a day.
    pub(super) fn agreed(&self, plot: &Plot, day: Date) -> bool {
        let own = self.agreements.get(&plot.structure.id);
        own.is_some_and(|own| own.iter().any(|held| held.valid_on(day)))
    }

    /// The structures of the region of one of them, itself included.
    pub(super) fn around(&self, near: &Plot) -> impl Iterator<Item = &Plot> {
        self.plots.iter().filter(move |plot| plot.site.region == near.site.region)
    }

    /// The version in force on a day.
    pub(super) fn version(&self, day: Date) -> anyhow::Result<CertificationVersionId> {
        let begun = self.versions.iter().rev().find(|one| one.valid_from <= day);
        Ok(begun.or(self.versions.first()).context("no version")?.id)
    }

    /// The blocs of a version, when it is made of them.
    pub(super) fn blocs(&self, version: CertificationVersionId) -> Option<&Blocs> {
        self.blocs.get(&version)
    }

    /// Who may preside in a structure on a day: an habilitation holds there, and no tie stands in the way.
    pub(super) fn able(&self, plot: &Plot, day: Date) -> Vec<ExpertId> {
        let region = &plot.site.region;
        let active = |one: &&President| one.from <= day && day <= one.until;
        let here = |one: &&President| one.regions.is_empty() || one.regions.contains(region);
        let all = self.presidents.iter().filter(active).filter(here);
        all.map(|one| one.id).filter(|id| self.independent(*id, plot.structure.id, day)).collect()
    }

    fn independent(&self, expert: ExpertId, structure: StructureId, day: Date) -> bool {
        let own = self.ties.get(&(expert, structure)).map_or(&[][..], Vec::as_slice);
        ties::assess(&self.matrix, TiedDuty::JuryPresident, own, day).is_empty()
    }
}

/// Those that hold the right, when some do; the others only when none does.
pub(super) fn entitled<T: Copy>(among: &[T], otherwise: &[T], holds: impl Fn(T) -> bool) -> Vec<T> {
    let found: Vec<T> = among.iter().copied().filter(|one| holds(*one)).collect();
    if found.is_empty() { otherwise.to_vec() } else { found }
}

/// The agreements to organise juries under these versions, on any site, by structure.
async fn agreements(
    conn: &DatabaseConnection,
    versions: &[certification_version::Model],
) -> anyhow::Result<HashMap<StructureId, Vec<Held>>> {
    let versions: Vec<String> = versions.iter().map(|one| one.id.to_string()).collect();
    let train = AgreementRole::Train.word();
    let counts = |held: &Held| {
        let mut scope = held.scope();
        let own = scope.next().is_some_and(|version| versions.iter().any(|known| known == version));
        held.right.kind == RightKind::Agreement && own && scope.next().is_some_and(|role| role != train)
    };
    let sites = site::Entity::find().all(conn).await?;
    let owners: HashMap<Uuid, StructureId> =
        sites.into_iter().map(|row| (row.id.0, row.structure_id)).collect();
    let ids: Vec<Uuid> = owners.keys().copied().collect();
    let mut found: HashMap<StructureId, Vec<Held>> = HashMap::new();
    for (site, held) in of_holders(conn, HolderKind::Site, &ids).await? {
        if let Some(owner) = owners.get(&site) {
            found.entry(*owner).or_default().extend(held.into_iter().filter(&counts));
        }
    }
    Ok(found)
}

async fn presidents(conn: &DatabaseConnection, known: &data::Experts) -> anyhow::Result<Vec<President>> {
    let rows = expert::Entity::find().all(conn).await?;
    let keys: HashMap<_, _> = rows.into_iter().map(|row| (row.number, row.id)).collect();
    let mut found = Vec::new();
    for one in &known.expert {
        let Some(id) = keys.get(&one.number) else { continue };
        for held in one.habilitation.iter().filter(|held| held.duty == Duty::Mandataire) {
            let (from, until) = held.days()?;
            found.push(President { id: *id, regions: held.regions.clone(), from, until });
        }
    }
    Ok(found)
}
