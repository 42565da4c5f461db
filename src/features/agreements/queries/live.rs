//! What a structure already has for a certification, whatever its version: the request being examined, one at a time,
//! the agreements that it holds or held, which make a request a first one or a renewal, and its last control. What a
//! grant would meet is of one version, site by site.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use entity::agreement_request::{self, RequestKind, RequestState};
use entity::ids::{CertificationId, StructureId};
use entity::{agreement, certification_version, dated_right};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::features::agreements::decision_rules::{Followed, Ground};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::state;
use crate::features::rights::{self, Held, HolderKind, RightKind, RightState};
use crate::rules::right::Span;

/// The request of a structure that is neither a draft nor over, for any version of a certification.
///
/// # Errors
/// What the database answers.
pub async fn live_request(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .filter(Column::State.is_in(RequestState::all().filter(|state| state::is_live(*state))))
        .one(conn)
        .await?;
    Ok(found)
}

/// Refuses when such a request exists, and names it.
///
/// # Errors
/// [`AgreementError::LiveRequest`], or what the database answers.
pub async fn refuse_second(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
) -> Result<(), AgreementError> {
    match live_request(conn, structure, certification).await? {
        Some(other) => {
            Err(AgreementError::LiveRequest { number: other.number.unwrap_or(other.draft_number) })
        }
        None => Ok(()),
    }
}

/// Refuses a renewal of what the structure never held, or that another agreement already follows on a day; and a first
/// request for what it holds. What is there is named.
///
/// An agreement counts once its convention is signed; it is held until it ends, suspended or not. One that waits for its
/// signatures, or that begins later, follows the one in force.
///
/// # Errors
/// A fault of the kind of the request, or what the database answers.
pub async fn refuse_kind(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    certification: CertificationId,
    kind: RequestKind,
    today: Date,
) -> Result<(), AgreementError> {
    use agreement::Column;
    let all = agreement::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .order_by_desc(Column::EndsOn)
        .all(conn)
        .await?;
    let signed = |right: &&agreement::Model| right.activated_at.is_some();
    let mut open = all.iter().filter(|right| right.ended_at.is_none());
    match kind {
        RequestKind::First => open
            .find(signed)
            .map_or(Ok(()), |held| Err(AgreementError::already_held(&held.number, held.ends_on))),
        RequestKind::Renewal if !all.iter().any(|right| signed(&right)) => Err(AgreementError::never_held()),
        RequestKind::Renewal => {
            open.find(|right| !signed(right) || right.starts_on > today).map_or(Ok(()), |next| {
                let (from, until) = (next.starts_on, next.ends_on);
                Err(AgreementError::already_followed(&next.number, from, until, signed(&next)))
            })
        }
    }
}

/// The rights on the sites of a request that an agreement would meet on some days: those for the same version that share
/// a service with it, signed or to be signed.
///
/// # Errors
/// What the database answers.
pub async fn in_the_way(
    conn: &impl ConnectionTrait,
    dossier: &Dossier,
    days: Span,
) -> Result<Vec<dated_right::Model>, AgreementError> {
    let sites: Vec<_> = dossier.sites.iter().map(|site| site.id.0).collect();
    let held = rights::queries::of_holders(conn, HolderKind::Site, &sites).await?;
    Ok(met(dossier, &held, days).cloned().collect())
}

/// Of what sites hold, what an agreement of a request would meet on some days.
fn met<'a>(
    dossier: &'a Dossier,
    held: &'a HashMap<Uuid, Vec<Held>>,
    days: Span,
) -> impl Iterator<Item = &'a dated_right::Model> {
    let scope = rights::scope(&[&dossier.version.id.to_string(), &dossier.request.role.word()]);
    let scopes = rights::rivals(RightKind::Agreement, &scope);
    let own = dossier.sites.iter().filter_map(|site| held.get(&site.id.0)).flatten().map(|held| &held.right);
    own.filter(move |right| {
        right.kind == RightKind::Agreement
            && right.state != RightState::Void
            && scopes.contains(&right.scope)
            && rights::queries::span(right).overlaps(days)
    })
}

/// Of those rights, the one in force that ends last.
#[must_use]
pub fn last_in_force<'a>(met: impl IntoIterator<Item = &'a dated_right::Model>) -> Option<Followed> {
    let held = met.into_iter().filter(|right| right.state == RightState::InForce);
    let last = held.max_by_key(|right| (right.ends_on.is_none(), right.ends_on))?;
    Some(Followed { number: last.reference.clone(), span: rights::queries::span(last) })
}

/// What the grants of these requests start from today, in their order: read in a few queries, however many they are.
///
/// # Errors
/// What the database answers.
pub async fn grounds(
    conn: &impl ConnectionTrait,
    dossiers: &[&Dossier],
    now: OffsetDateTime,
) -> Result<Vec<Ground>, AgreementError> {
    let sites: Vec<_> = dossiers.iter().flat_map(|one| one.sites.iter().map(|site| site.id.0)).collect();
    let held = rights::queries::of_holders(conn, HolderKind::Site, &sites).await?;
    let mut certified = HashMap::new();
    // a committee decides about a handful of certifications
    for one in dossiers {
        if let Entry::Vacant(place) = certified.entry(one.version.id) {
            place.insert(super::certified(conn, &one.version).await?);
        }
    }
    let ground = |one: &&Dossier| {
        let days = Span { from: one.today(now), until: None };
        let certified = certified.get(&one.version.id).cloned().unwrap_or_default();
        Ground { certified, followed: last_in_force(met(one, &held, days)) }
    };
    Ok(dossiers.iter().map(ground).collect())
}

/// Whether a signed agreement follows another: same structure, same version of the certification, begun later.
///
/// # Errors
/// What the database answers.
pub async fn is_followed(
    conn: &impl ConnectionTrait,
    agreement: &agreement::Model,
) -> Result<bool, AgreementError> {
    use agreement::Column;
    let next = agreement::Entity::find()
        .filter(Column::StructureId.eq(agreement.structure_id))
        .filter(Column::CertificationVersionId.eq(agreement.certification_version_id))
        .filter(Column::StartsOn.gt(agreement.starts_on))
        .filter(Column::ActivatedAt.is_not_null())
        .filter(Column::EndedAt.is_null())
        .one(conn)
        .await?;
    Ok(next.is_some())
}

/// The last request of the same structure, for any version of a certification, that was visited: this one apart.
///
/// # Errors
/// What the database answers.
pub async fn last_control(
    conn: &impl ConnectionTrait,
    request: &agreement_request::Model,
    certification: CertificationId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(request.structure_id))
        .filter(Column::CertificationVersionId.in_subquery(versions_of(certification)))
        .filter(Column::Id.ne(request.id))
        .filter(Column::VisitedAt.is_not_null())
        .order_by_desc(Column::VisitedAt)
        .one(conn)
        .await?;
    Ok(found)
}

fn versions_of(certification: CertificationId) -> SelectStatement {
    certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification))
        .into_query()
}
