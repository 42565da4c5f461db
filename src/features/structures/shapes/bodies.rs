//! What a call of the API sends about a structure and its sites.

use poem_openapi::Object;
use poem_openapi::types::MaybeUndefined;
use time::Date;

use super::super::actions::{Change, SiteChange};
use super::super::input::{TypedContact, TypedIdentity, TypedOtherContact, TypedSite, TypedStructure};
use super::words::ContactDutyWord;
use crate::http::api::ShortText;

/// The person to write to.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ContactIn {
    /// First and family name.
    pub name: ShortText,
    /// Function.
    #[oai(default)]
    pub title: ShortText,
    /// Address.
    pub email: ShortText,
    /// Number, as typed or in the international form.
    pub phone: Option<ShortText>,
}

/// A site.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SiteIn {
    /// SIRET, spaces ignored.
    pub siret: ShortText,
    /// What people call it.
    pub label: ShortText,
    /// Street.
    pub address: ShortText,
    /// Postal code.
    pub postal_code: ShortText,
    /// Commune.
    pub commune: ShortText,
    /// INSEE code of the department, when the postal code does not tell it.
    pub department: Option<ShortText>,
}

/// A new structure.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureIn {
    /// SIRET of the seat, spaces ignored.
    pub siret: ShortText,
    /// Name of the legal entity.
    pub name: ShortText,
    /// Legal form.
    #[oai(default)]
    pub legal_form: ShortText,
    /// Number of the association.
    pub rna: Option<ShortText>,
    /// Collective agreement, four digits.
    pub idcc: Option<ShortText>,
    /// Declaration of activity as a training organisation.
    pub nda: Option<ShortText>,
    /// Supports of production.
    #[oai(default)]
    pub activities: crate::http::api::LongText,
    /// People employed.
    pub headcount: Option<i32>,
    /// Posts on integration contracts.
    pub insertion_posts: Option<i32>,
    /// The person to write to.
    pub contact: ContactIn,
    /// Name of the seat; « Siège » unless given.
    #[oai(default)]
    pub seat_label: ShortText,
    /// Street of the seat.
    pub address: ShortText,
    /// Postal code of the seat.
    pub postal_code: ShortText,
    /// Commune of the seat.
    pub commune: ShortText,
    /// INSEE code of the department, when the postal code does not tell it.
    pub department: Option<ShortText>,
    /// The other sites.
    #[oai(default)]
    pub sites: Vec<SiteIn>,
}

/// What changes in the contact.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ContactChangeIn {
    /// First and family name.
    pub name: Option<ShortText>,
    /// Function.
    pub title: Option<ShortText>,
    /// Address.
    pub email: Option<ShortText>,
    /// Number.
    pub phone: Option<ShortText>,
}

/// Somebody else to write to, for one matter.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureContactIn {
    /// The matter.
    pub duty: ContactDutyWord,
    /// First and family name.
    pub name: ShortText,
    /// What the person is called there.
    #[oai(default)]
    pub title: ShortText,
    /// Address.
    pub email: ShortText,
    /// Number, as typed or in the international form.
    pub phone: Option<ShortText>,
}

/// What changes in another contact; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureContactChangeIn {
    /// The matter.
    pub duty: Option<ContactDutyWord>,
    /// First and family name.
    pub name: Option<ShortText>,
    /// What the person is called there; an empty text clears.
    pub title: Option<ShortText>,
    /// Address.
    pub email: Option<ShortText>,
    /// Number; an empty text clears.
    pub phone: Option<ShortText>,
}

/// What changes in a structure; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StructureChangeIn {
    /// Name of the legal entity.
    pub name: Option<ShortText>,
    /// Legal form.
    pub legal_form: Option<ShortText>,
    /// Number of the association.
    pub rna: Option<ShortText>,
    /// Collective agreement.
    pub idcc: Option<ShortText>,
    /// Declaration of activity.
    pub nda: Option<ShortText>,
    /// Supports of production.
    pub activities: Option<crate::http::api::LongText>,
    /// People employed; null clears.
    pub headcount: MaybeUndefined<i32>,
    /// Posts on integration contracts; null clears.
    pub insertion_posts: MaybeUndefined<i32>,
    /// The person to write to.
    pub contact: Option<ContactChangeIn>,
}

/// What changes in a site; the rest stays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SiteChangeIn {
    /// SIRET.
    pub siret: Option<ShortText>,
    /// What people call it.
    pub label: Option<ShortText>,
    /// Street.
    pub address: Option<ShortText>,
    /// Postal code.
    pub postal_code: Option<ShortText>,
    /// Commune.
    pub commune: Option<ShortText>,
    /// INSEE code of the department.
    pub department: Option<ShortText>,
    /// Makes it the seat.
    pub is_seat: Option<bool>,
}

/// The end of a site.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CloseSiteIn {
    /// First day without it.
    pub closed_on: Date,
}

fn text(value: Option<ShortText>) -> String {
    value.map(String::from).unwrap_or_default()
}

fn duty(word: ContactDutyWord) -> String {
    entity::structure_contact::ContactDuty::from(word).word()
}

impl StructureContactIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedOtherContact {
        TypedOtherContact {
            duty: duty(self.duty),
            person: TypedContact {
                name: self.name.0,
                title: self.title.0,
                email: self.email.0,
                phone: text(self.phone),
            },
        }
    }
}

impl StructureContactChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut TypedOtherContact) {
        if let Some(word) = self.duty {
            typed.duty = duty(word);
        }
        set(&mut typed.person.name, self.name);
        set(&mut typed.person.title, self.title);
        set(&mut typed.person.email, self.email);
        set(&mut typed.person.phone, self.phone);
    }
}

impl SiteIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedSite {
        TypedSite {
            siret: self.siret.0,
            label: self.label.0,
            address: self.address.0,
            postal_code: self.postal_code.0,
            commune: self.commune.0,
            department: text(self.department),
        }
    }
}

impl StructureIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedStructure {
        let number = |count: Option<i32>| count.map(|count| count.to_string()).unwrap_or_default();
        TypedStructure {
            identity: TypedIdentity {
                name: self.name.0,
                legal_form: self.legal_form.0,
                rna: text(self.rna),
                idcc: text(self.idcc),
                nda: text(self.nda),
                activities: one_line(&self.activities.0),
                headcount: number(self.headcount),
                insertion_posts: number(self.insertion_posts),
            },
            contact: TypedContact {
                name: self.contact.name.0,
                title: self.contact.title.0,
                email: self.contact.email.0,
                phone: text(self.contact.phone),
            },
            seat: TypedSite {
                siret: self.siret.0,
                label: self.seat_label.0,
                address: self.address.0,
                postal_code: self.postal_code.0,
                commune: self.commune.0,
                department: text(self.department),
            },
            others: self.sites.into_iter().map(SiteIn::typed).collect(),
        }
    }
}

/// Activities are kept on one line, however they were typed.
pub(in super::super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn set(place: &mut String, value: Option<ShortText>) {
    if let Some(value) = value {
        *place = value.0;
    }
}

fn set_or_clear<T>(place: &mut String, value: MaybeUndefined<T>, write: impl FnOnce(T) -> String) {
    match value {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => place.clear(),
        MaybeUndefined::Value(value) => *place = write(value),
    }
}

impl StructureChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut Change) {
        let identity = &mut typed.identity;
        set(&mut identity.name, self.name);
        set(&mut identity.legal_form, self.legal_form);
        set(&mut identity.rna, self.rna);
        set(&mut identity.idcc, self.idcc);
        set(&mut identity.nda, self.nda);
        if let Some(activities) = self.activities {
            identity.activities = one_line(&activities.0);
        }
        set_or_clear(&mut identity.headcount, self.headcount, |count| count.to_string());
        set_or_clear(&mut identity.insertion_posts, self.insertion_posts, |count| count.to_string());
        let Some(contact) = self.contact else { return };
        set(&mut typed.contact.name, contact.name);
        set(&mut typed.contact.title, contact.title);
        set(&mut typed.contact.email, contact.email);
        set(&mut typed.contact.phone, contact.phone);
    }
}

impl SiteChangeIn {
    /// Applies what is given.
    pub fn apply(self, typed: &mut SiteChange) {
        let site = &mut typed.site;
        set(&mut site.siret, self.siret);
        set(&mut site.label, self.label);
        set(&mut site.address, self.address);
        set(&mut site.postal_code, self.postal_code);
        set(&mut site.commune, self.commune);
        set(&mut site.department, self.department);
        typed.is_seat = self.is_seat.unwrap_or(typed.is_seat);
    }
}
