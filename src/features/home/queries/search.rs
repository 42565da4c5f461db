//! The search of the header: requests, structures and experts that the person may see.

use entity::agreement_request::RequestState;
use entity::{agreement_request, expert, structure};
use sea_orm::{Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::{Actor, visible};
use crate::db::{self, contains_words};
use crate::rules::siret::Siret;

/// Most results of each kind.
pub const MOST: usize = 20;

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the file, SIREN or number of the expert.
    pub reference: String,
    /// Name.
    pub name: String,
    /// Place; may be empty.
    pub place: String,
    /// State, for a request.
    pub state: Option<RequestState>,
}

/// Results of each kind, [`MOST`] at most, with one more when there are others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Requests.
    pub requests: Vec<Hit>,
    /// Structures.
    pub structures: Vec<Hit>,
    /// Experts.
    pub experts: Vec<Hit>,
}

impl Hits {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.structures.is_empty() && self.experts.is_empty()
    }
}

/// Looks for words, a number or a SIRET; nothing typed finds nothing.
///
/// # Errors
/// What the database answers.
pub async fn search(conn: &impl ConnectionTrait, actor: &Actor, q: &str) -> Result<Hits, db::Error> {
    if q.trim().is_empty() {
        return Ok(Hits::default());
    }
    let limit = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    let requests = requests(conn, actor, q, limit).await?;
    let structures = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(contains_words(structure::Column::Search, q))
        .order_by_asc(structure::Column::Search)
        .limit(limit)
        .all(conn)
        .await?;
    let experts = expert::Entity::find()
        .filter(visible::experts(actor))
        .filter(contains_words(expert::Column::Search, q))
        .order_by_asc(expert::Column::Search)
        .limit(limit)
        .all(conn)
        .await?;
    let structure = |row: structure::Model| Hit {
        reference: row.siren,
        name: row.name,
        place: place(&row.commune, &row.department),
        state: None,
    };
    let expert = |row: expert::Model| Hit {
        name: row.name(),
        reference: row.number,
        place: String::new(),
        state: None,
    };
    Ok(Hits {
        requests,
        structures: structures.into_iter().map(structure).collect(),
        experts: experts.into_iter().map(expert).collect(),
    })
}

type RequestHit = (Option<String>, String, RequestState, String, String, String);

async fn requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    q: &str,
    limit: u64,
) -> Result<Vec<Hit>, db::Error> {
    use agreement_request::Column;
    let structure: sea_orm::RelationDef = agreement_request::Entity::belongs_to(structure::Entity)
        .from(Column::StructureId)
        .to(structure::Column::Id)
        .into();
    // A request is found by the SIREN of its structure, which alone knows the SIRET of its sites.
    let mut found = Condition::any().add(contains_words(Column::Search, q));
    if Siret::parse(q).is_ok() {
        found = found.add(contains_words(structure::Column::Search, q));
    }
    let rows: Vec<RequestHit> = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(found)
        .join(JoinType::InnerJoin, structure)
        .order_by_desc(Column::Id)
        .limit(limit)
        .select_only()
        .columns([Column::Number, Column::DraftNumber, Column::State])
        .columns([structure::Column::Name, structure::Column::Commune, structure::Column::Department])
        .into_tuple()
        .all(conn)
        .await?;
    let hit = |(number, draft, state, name, commune, department): RequestHit| Hit {
        reference: number.unwrap_or(draft),
        name,
        place: place(&commune, &department),
        state: Some(state),
    };
    Ok(rows.into_iter().map(hit).collect())
}

fn place(commune: &str, department: &str) -> String {
    format!("{commune} ({department})")
}
