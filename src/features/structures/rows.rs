//! From validated values to rows, and back to what the forms show.

use entity::ids::{SiteId, StructureContactId, StructureId};
use entity::{site, structure, structure_contact};

use super::input::{
    Contact, Identity, NewStructure, OtherContact, Site, TypedContact, TypedIdentity, TypedOtherContact,
    TypedSite,
};
use crate::rules::fold::{fold, joined_names};

/// The row of a new structure; its search text waits for its sites.
pub(super) fn structure(
    id: StructureId,
    new: &NewStructure,
    created_at: entity::Instant,
) -> structure::Model {
    let mut row = structure::Model {
        id,
        siren: new.seat.siret.siren().to_string(),
        name: String::new(),
        search: String::new(),
        legal_form: String::new(),
        rna: None,
        idcc: None,
        nda: None,
        activities: String::new(),
        headcount: None,
        insertion_posts: None,
        contact_name: String::new(),
        contact_title: String::new(),
        contact_email: String::new(),
        contact_phone: None,
        address: String::new(),
        postal_code: String::new(),
        commune: String::new(),
        department: String::new(),
        region: String::new(),
        zone: String::new(),
        created_at,
        version: 1,
    };
    set_identity(&mut row, &new.identity);
    set_contact(&mut row, &new.contact);
    row
}

/// Writes an identity into a row.
pub(super) fn set_identity(row: &mut structure::Model, identity: &Identity) {
    row.name.clone_from(&identity.name);
    row.legal_form.clone_from(&identity.legal_form);
    row.rna = identity.rna.as_ref().map(ToString::to_string);
    row.idcc = identity.idcc.as_ref().map(ToString::to_string);
    row.nda = identity.nda.as_ref().map(ToString::to_string);
    row.activities.clone_from(&identity.activities);
    row.headcount = identity.headcount;
    row.insertion_posts = identity.insertion_posts;
}

/// Writes a contact into a row.
pub(super) fn set_contact(row: &mut structure::Model, contact: &Contact) {
    contact.name.as_str().clone_into(&mut row.contact_name);
    row.contact_title.clone_from(&contact.title);
    contact.email.as_str().clone_into(&mut row.contact_email);
    row.contact_phone = contact.phone.as_ref().map(|phone| phone.as_str().to_owned());
}

/// The row of another contact.
pub(super) fn contact(
    id: StructureContactId,
    structure: StructureId,
    contact: &OtherContact,
) -> structure_contact::Model {
    let person = &contact.person;
    structure_contact::Model {
        id,
        structure_id: structure,
        duty: contact.duty,
        name: person.name.as_str().to_owned(),
        title: person.title.clone(),
        email: person.email.as_str().to_owned(),
        phone: person.phone.as_ref().map(|phone| phone.as_str().to_owned()),
    }
}

/// The row of a site.
pub(super) fn site(id: SiteId, structure: StructureId, site: &Site, is_seat: bool) -> site::Model {
    site::Model {
        id,
        structure_id: structure,
        siret: site.siret.to_string(),
        label: site.label.clone(),
        address: site.address.clone(),
        postal_code: site.postal_code.clone(),
        commune: site.commune.clone(),
        department: site.department.code.to_owned(),
        region: site.region().to_owned(),
        zone: site.department.zone.to_owned(),
        is_seat,
        closed_on: None,
        moved_at: None,
    }
}

/// What follows from the sites: the place of the structure is that of its seat, and every open site can be searched, as
/// can the contact.
pub(super) fn follow_sites(row: &mut structure::Model, sites: &[site::Model]) {
    if let Some(seat) = sites.iter().find(|site| site.is_seat) {
        row.address.clone_from(&seat.address);
        row.postal_code.clone_from(&seat.postal_code);
        row.commune.clone_from(&seat.commune);
        row.department.clone_from(&seat.department);
        row.region.clone_from(&seat.region);
        row.zone.clone_from(&seat.zone);
    }
    let mut words = vec![fold(&row.name), row.siren.clone()];
    for site in sites.iter().filter(|site| site.closed_on.is_none()) {
        for word in [site.siret.clone(), fold(&site.commune), fold(&site.label)] {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words.push(fold(&row.contact_name));
    words.push(joined_names(&format!("{} {}", row.name, row.contact_name)));
    words.retain(|word| !word.is_empty());
    row.search = words.join(" ");
}

/// The identity as a form shows it.
#[must_use]
pub fn typed_identity(row: &structure::Model) -> TypedIdentity {
    TypedIdentity {
        name: row.name.clone(),
        legal_form: row.legal_form.clone(),
        rna: row.rna.clone().unwrap_or_default(),
        idcc: row.idcc.clone().unwrap_or_default(),
        nda: row.nda.clone().unwrap_or_default(),
        activities: row.activities.clone(),
        headcount: row.headcount.map(|count| count.to_string()).unwrap_or_default(),
        insertion_posts: row.insertion_posts.map(|count| count.to_string()).unwrap_or_default(),
    }
}

/// The contact as a form shows it.
#[must_use]
pub fn typed_contact(row: &structure::Model) -> TypedContact {
    TypedContact {
        name: row.contact_name.clone(),
        title: row.contact_title.clone(),
        email: row.contact_email.clone(),
        phone: row.contact_phone.clone().unwrap_or_default(),
    }
}

/// Another contact as a form shows it.
#[must_use]
pub fn typed_other_contact(row: &structure_contact::Model) -> TypedOtherContact {
    TypedOtherContact {
        duty: row.duty.word(),
        person: TypedContact {
            name: row.name.clone(),
            title: row.title.clone(),
            email: row.email.clone(),
            phone: row.phone.clone().unwrap_or_default(),
        },
    }
}

/// The site as a form shows it.
#[must_use]
pub fn typed_site(row: &site::Model) -> TypedSite {
    TypedSite {
        siret: row.siret.clone(),
        label: row.label.clone(),
        address: row.address.clone(),
        postal_code: row.postal_code.clone(),
        commune: row.commune.clone(),
        department: row.department.clone(),
    }
}
