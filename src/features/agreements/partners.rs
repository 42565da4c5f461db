//! The list of partners as France compétences keeps it, as a file: a line for each site and certification that is registered.

use std::collections::HashMap;
use std::sync::Arc;

use entity::agreement::{self, AgreementState};
use entity::agreement_request::AgreementRole;
use entity::ids::{AgreementRequestId, CertificationVersionId, SiteId};
use entity::registration::{self, Register};
use entity::{request_site, site};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::error::AgreementError;
use super::labels::life as words;
use super::queries::registers::RightsAround;
use super::queries::{self, RightFilter};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::{List, PageRequest, record_taken};
use crate::render::spreadsheet;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// Name of the file.
pub const FILE: &str = "liste-des-partenaires.csv";

/// The code of a service in the public data.
#[must_use]
pub const fn role_code(role: AgreementRole) -> &'static str {
    match role {
        AgreementRole::Train => "HABILITATION_FORMER",
        AgreementRole::Organise => "HABILITATION_ORGANISER",
        AgreementRole::TrainAndOrganise => "HABILITATION_ORGA_FORM",
    }
}

/// What the list says of a partner; none while nobody is one yet. One that is set aside is not to be found in it.
#[must_use]
pub const fn listed(state: AgreementState) -> Option<bool> {
    match state {
        AgreementState::Pending => None,
        AgreementState::Active | AgreementState::ActiveWithReserves => Some(true),
        AgreementState::Suspended
        | AgreementState::Withdrawn
        | AgreementState::Renounced
        | AgreementState::Expired => Some(false),
    }
}

/// The file; that it was taken is in the journal.
///
/// # Errors
/// When the actor may not, or what the database answers.
pub async fn export(app: &Arc<App>, actor: &Actor) -> Result<Vec<u8>, AgreementError> {
    authz::allows_somewhere(actor, Permission::PartnerUpdate, &Facts::default())?;
    let today = day_in_zone(app.now(), PARIS);
    let lines = lines(app.db.read(), actor, today).await?;
    let count = lines.len();
    let file = spreadsheet::csv(&words::PARTNER_COLUMNS, lines);
    record_taken(app, actor, Permission::PartnerUpdate, (List::Partners, file.as_slice(), count)).await?;
    Ok(file)
}

async fn lines(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Vec<String>>, AgreementError> {
    let registered = registered(conn, today).await?;
    let mut wanted = PageRequest::first(PageRequest::MOST);
    let mut lines = Vec::new();
    loop {
        let found = queries::agreements(conn, actor, &RightFilter::default(), &wanted).await?;
        let rights: Vec<_> = found.items.into_iter().filter(|right| right.activated_at.is_some()).collect();
        let around = RightsAround::of(conn, &rights).await?;
        let sites = sites(conn, &rights).await?;
        for right in &rights {
            let number = registered.get(&right.certification_version_id);
            let (Some(number), Some(listed)) = (number, listed(right.state)) else { continue };
            for site in sites.get(&right.request_id).into_iter().flatten() {
                lines.push(line(right, &around, site, (number, listed)));
            }
        }
        if found.next.is_none() {
            return Ok(lines);
        }
        wanted.after = found.next;
    }
}

fn line(
    right: &agreement::Model,
    around: &RightsAround,
    site: &site::Model,
    (number, listed): (&String, bool),
) -> Vec<String> {
    vec![
        site.siret.clone(),
        around.structure(right).map(|one| one.name.clone()).unwrap_or_default(),
        site.label.clone(),
        number.clone(),
        around.version(right).map(|one| one.title.clone()).unwrap_or_default(),
        role_code(right.role).to_owned(),
        words::partner_state(listed).to_owned(),
        iso(right.starts_on),
        iso(right.ends_on),
        right.number.clone(),
    ]
}

/// The number under which each version of a certification is registered on a day.
async fn registered(
    conn: &impl ConnectionTrait,
    on: Date,
) -> Result<HashMap<CertificationVersionId, String>, AgreementError> {
    let rows = registration::Entity::find()
        .filter(registration::Column::Register.ne(Register::None))
        .filter(registration::Column::StartsOn.lte(on))
        .order_by_asc(registration::Column::StartsOn)
        .all(conn)
        .await?;
    let current = rows.into_iter().filter(|row| row.ends_on.is_none_or(|end| end >= on));
    Ok(current.map(|row| (row.certification_version_id, row.number.unwrap_or_default())).collect())
}

/// The sites of the requests that gave these rights, by SIRET.
async fn sites(
    conn: &impl ConnectionTrait,
    rights: &[agreement::Model],
) -> Result<HashMap<AgreementRequestId, Vec<site::Model>>, AgreementError> {
    let named = request_site::Entity::find()
        .filter(request_site::Column::RequestId.is_in(rights.iter().map(|right| right.request_id)))
        .all(conn)
        .await?;
    let rows = site::Entity::find()
        .filter(site::Column::Id.is_in(named.iter().map(|row| row.site_id)))
        .order_by_asc(site::Column::Siret)
        .all(conn)
        .await?;
    let of = |id: SiteId| named.iter().filter(move |row| row.site_id == id).map(|row| row.request_id);
    let mut sites: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        for request in of(row.id) {
            sites.entry(request).or_default().push(row.clone());
        }
    }
    Ok(sites)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_is_listed_while_its_right_holds() {
        use AgreementState as S;
        for (state, expected) in [
            (S::Pending, None),
            (S::Active, Some(true)),
            (S::ActiveWithReserves, Some(true)),
            (S::Suspended, Some(false)),
            (S::Withdrawn, Some(false)),
            (S::Renounced, Some(false)),
            (S::Expired, Some(false)),
        ] {
            assert_eq!(listed(state), expected, "{state}");
        }
    }
}
