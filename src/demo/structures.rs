//! Structures with their sites, and the account of the person to write to.

use std::collections::HashMap;

use anyhow::Context;
use entity::account_role::Role;
use entity::ids::{SiteId, StructureId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::people::{People, open_account};
use super::{Stage, data};
use crate::authz::Actor;
use crate::features::accounts::input::RoleInput;
use crate::features::structures::input::{
    TypedContact, TypedIdentity, TypedOtherContact, TypedSite, TypedStructure,
};
use crate::features::structures::{StructureError, actions};
use crate::rules::calendar::Calendar;
use crate::rules::territory;

/// A structure, as the story needs it.
pub(super) struct Known {
    pub(super) id: StructureId,
    /// Who acts for it.
    pub(super) actor: Actor,
    pub(super) contact: data::Contact,
    /// Public holidays of where it is.
    pub(super) calendar: Calendar,
    /// Sites by SIRET: key, zone, address.
    pub(super) sites: HashMap<String, (SiteId, String, String)>,
}

/// The structures, by SIRET of their seat.
pub(super) type Structures = HashMap<String, Known>;

/// Records them.
pub(super) async fn load(
    stage: &Stage<'_>,
    people: &People,
    file: &data::Structures,
) -> anyhow::Result<Structures> {
    let mut known = HashMap::new();
    for one in &file.structure {
        let new = typed(one).read().map_err(StructureError::Invalid);
        let new = new.with_context(|| one.name.clone())?;
        let mut tx = stage.app.begin(people.manager.clone()).await?;
        let row = actions::create(&mut tx, &new).await.with_context(|| one.name.clone())?;
        for contact in &one.contacts {
            let contact =
                TypedOtherContact { duty: contact.duty.clone(), person: typed_contact(&contact.person) };
            let added = actions::add_contact(&mut tx, row.id, None, &contact).await;
            added.with_context(|| one.name.clone())?;
        }
        tx.commit().await?;
        let actor = account(stage, people, one, row.id).await.with_context(|| one.name.clone())?;
        let rows = entity::site::Entity::find()
            .filter(entity::site::Column::StructureId.eq(row.id))
            .all(stage.app.db.bookkeeping())
            .await?;
        let place = |siret: &str| {
            let site = one.sites.iter().find(|site| site.siret == siret);
            site.map(|site| (site.zone.clone(), format!("{}, {}", site.address, site.commune)))
        };
        let sites = rows.into_iter().filter_map(|site| {
            let (zone, address) = place(&site.siret)?;
            Some((site.siret, (site.id, zone, address)))
        });
        let calendar = territory::calendar(&row.department);
        let contact = data::Contact {
            name: one.contact.name.clone(),
            title: one.contact.title.clone(),
            email: one.contact.email.clone(),
            phone: one.contact.phone.clone(),
        };
        known.insert(
            one.siret.clone(),
            Known { id: row.id, actor, contact, calendar, sites: sites.collect() },
        );
    }
    Ok(known)
}

/// The account of the structure: the one of the demonstration where there is one, that of its contact elsewhere.
async fn account(
    stage: &Stage<'_>,
    people: &People,
    one: &data::Structure,
    id: StructureId,
) -> anyhow::Result<Actor> {
    let shown = people.accounts.iter().find(|account| {
        account.role == Role::Structure && account.structure.as_deref() == Some(one.siret.as_str())
    });
    let (email, name) = match shown {
        Some(shown) => (&shown.email, &shown.name),
        None => (&one.contact.email, &one.contact.name),
    };
    open_account(stage, email, name, RoleInput::in_structure(id, true), None).await
}

fn typed_contact(contact: &data::Contact) -> TypedContact {
    TypedContact {
        name: contact.name.clone(),
        title: contact.title.clone(),
        email: contact.email.clone(),
        phone: contact.phone.clone(),
    }
}

fn typed(one: &data::Structure) -> TypedStructure {
    let site = |site: &data::Site| TypedSite {
        siret: site.siret.clone(),
        label: site.label.clone(),
        address: site.address.clone(),
        postal_code: site.postal_code.clone(),
        commune: site.commune.clone(),
        department: site.department.clone(),
    };
    let (seat, others): (Vec<_>, Vec<_>) = one.sites.iter().partition(|site| site.siret == one.siret);
    TypedStructure {
        identity: TypedIdentity {
            name: one.name.clone(),
            legal_form: one.legal_form.clone(),
            rna: one.rna.clone().unwrap_or_default(),
            idcc: one.idcc.clone(),
            nda: String::new(),
            activities: one.activities.join(", "),
            headcount: one.headcount.to_string(),
            insertion_posts: format!("{:.0}", one.etpi.ceil()),
        },
        contact: typed_contact(&one.contact),
        seat: seat.first().map(|seat| site(seat)).unwrap_or_default(),
        others: others.into_iter().map(site).collect(),
    }
}
