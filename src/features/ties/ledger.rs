//! The ledger: what every source tells, and what follows from the groups of structures. Nothing is kept from one
//! reading to the next.

use std::collections::{BTreeSet, HashMap};

use entity::ids::{DeclaredInterestId, EmploymentId, ExpertId, StructureId};
use entity::{structure, structure_group};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{closings, labels, sources};
use crate::db;
use crate::rules::ties::{DatedTie, Tie};

/// Which ties are looked for; nothing given = whoever, wherever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only of these people.
    pub experts: Option<Vec<ExpertId>>,
    /// Only with these structures.
    pub structures: Option<Vec<StructureId>>,
}

impl Scope {
    /// The ties of one person with everybody.
    #[must_use]
    pub fn of_expert(id: ExpertId) -> Self {
        Self { experts: Some(vec![id]), structures: None }
    }

    /// The ties of everybody with one structure.
    #[must_use]
    pub fn of_structure(id: StructureId) -> Self {
        Self { experts: None, structures: Some(vec![id]) }
    }

    /// The ties of some people with one structure.
    #[must_use]
    pub fn between(experts: Vec<ExpertId>, structure: StructureId) -> Self {
        Self { experts: Some(experts), structures: Some(vec![structure]) }
    }

    /// Limits a select to the people and the structures looked for.
    pub(super) fn within<E: EntityTrait, C: ColumnTrait>(
        &self,
        select: Select<E>,
        expert: C,
        structure: C,
    ) -> Select<E> {
        let mut select = select;
        if let Some(experts) = &self.experts {
            select = select.filter(expert.is_in(experts.iter().copied()));
        }
        if let Some(structures) = &self.structures {
            select = select.filter(structure.is_in(structures.iter().copied()));
        }
        select
    }
}

/// The kind of data that tells a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The person said so.
    Declared,
    /// The structure employs them or did.
    Employment,
    /// They visited it.
    Visit,
    /// They did a mission there.
    Mission,
    /// A tie with another structure of its group.
    Group,
}

/// A tie that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub expert: ExpertId,
    /// With which structure.
    pub structure: StructureId,
    /// The kind of data that tells it.
    pub origin: Origin,
    /// When Parchemin learnt it, where that can be told.
    pub learned_at: Option<OffsetDateTime>,
    /// What it is, its dates, where it is known from.
    pub tie: DatedTie,
    /// Whether a declaration tells it, by itself or through a group: for the manager and the person alone.
    pub declared: bool,
    /// The words of the declaration.
    pub detail: String,
    /// The employment that tells it.
    pub employment: Option<EmploymentId>,
    /// The declaration that tells it by itself.
    pub interest: Option<DeclaredInterestId>,
}

/// When a key was made: keys are UUID version 7.
pub(super) fn made_at(id: Uuid) -> Option<OffsetDateTime> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    let seconds = i64::try_from(seconds).ok()?;
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    Some(at + time::Duration::nanoseconds(nanoseconds.into()))
}

/// Every tie known within a scope.
///
/// # Errors
/// What the database answers.
pub async fn ledger(conn: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Known>, db::Error> {
    let groups = Groups::around(conn, scope.structures.as_deref()).await?;
    let wider = Scope { experts: scope.experts.clone(), structures: groups.widened(scope) };
    let mut direct = sources::all(conn, &wider).await?;
    closings::close(conn, &mut direct).await?;
    let mut known = follow(&direct, &groups);
    known.extend(direct);
    if let Some(wanted) = &scope.structures {
        known.retain(|one| wanted.contains(&one.structure));
    }
    Ok(known)
}

/// Groups of structures, and the names of those that are in one.
struct Groups {
    of: HashMap<StructureId, structure_group::Model>,
    names: HashMap<StructureId, String>,
}

impl Groups {
    /// The groups that hold these structures, whole; every group when none is named.
    async fn around(conn: &impl ConnectionTrait, some: Option<&[StructureId]>) -> Result<Self, db::Error> {
        use structure_group::{Column, Entity};
        let mut select = Entity::find();
        if let Some(structures) = some {
            let own = Entity::find().filter(Column::StructureId.is_in(structures.iter().copied()));
            let named: BTreeSet<String> = own.all(conn).await?.into_iter().map(|row| row.folded).collect();
            if named.is_empty() {
                return Ok(Self { of: HashMap::new(), names: HashMap::new() });
            }
            select = select.filter(Column::Folded.is_in(named));
        }
        let of: HashMap<_, _> =
            select.all(conn).await?.into_iter().map(|row| (row.structure_id, row)).collect();
        let names: Vec<(StructureId, String)> = structure::Entity::find()
            .filter(structure::Column::Id.is_in(of.keys().copied()))
            .select_only()
            .columns([structure::Column::Id, structure::Column::Name])
            .into_tuple()
            .all(conn)
            .await?;
        Ok(Self { of, names: names.into_iter().collect() })
    }

    /// The structures to read: those wanted and the others of their groups.
    fn widened(&self, scope: &Scope) -> Option<Vec<StructureId>> {
        let wanted = scope.structures.as_ref()?;
        let all: BTreeSet<_> = wanted.iter().chain(self.of.keys()).copied().collect();
        Some(all.into_iter().collect())
    }

    /// The other structures of the group of one.
    fn others<'a>(
        &'a self,
        own: &'a structure_group::Model,
    ) -> impl Iterator<Item = &'a structure_group::Model> + 'a {
        self.of.values().filter(move |row| row.folded == own.folded && row.structure_id != own.structure_id)
    }
}

/// Who works for a structure, or sits on its board, is tied with every other of its group.
fn follow(direct: &[Known], groups: &Groups) -> Vec<Known> {
    let mut found = Vec::new();
    for one in direct.iter().filter(|one| one.tie.tie.serves()) {
        let Some(own) = groups.of.get(&one.structure) else { continue };
        let name = groups.names.get(&one.structure).map_or("", String::as_str);
        for other in groups.others(own) {
            let joined = Some((*own.grouped_at).max(*other.grouped_at));
            found.push(Known {
                structure: other.structure_id,
                origin: Origin::Group,
                learned_at: one.learned_at.max(joined),
                tie: DatedTie {
                    tie: Tie::SameGroup,
                    source: labels::through_group(&other.name, name, &one.tie.source),
                    ..one.tie.clone()
                },
                detail: String::new(),
                employment: None,
                interest: None,
                ..one.clone()
            });
        }
    }
    found.sort_by_key(|one| one.structure);
    found
}
