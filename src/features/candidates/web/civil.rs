//! The fields of a civil status, and the search of a commune by its name, which needs no script: the form comes back with
//! the communes of that name, to choose from.

use entity::access_route::Way;
use entity::candidate::{Contract, IdentityDocument};
use poem::http::StatusCode;
use time::Date;
use time::macros::date;

use super::super::input::{TypedContact, TypedIdentity, TypedSeen};
use super::super::labels;
use crate::error::Fault;
use crate::http::web::FormData;
use crate::http::web::component::Choice;
use crate::http::web::form::{FieldErrors, FormState};
use crate::rules::civil_status::birthplace::Named;
use crate::rules::civil_status::communes::{self, Commune};
use crate::rules::civil_status::{BirthDate, TypedCivilStatus, countries};
use crate::rules::fold::fold;

/// Communes proposed at most.
const MOST: usize = 20;
/// The first day of the list of communes.
const OLDEST: Date = date!(1900 - 01 - 01);

/// What the fields of a person choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CivilChoices {
    /// Communes of the name that was looked for.
    pub communes: Vec<Choice>,
    /// Countries, by name.
    pub countries: Vec<Choice>,
    /// Identity documents.
    pub documents: Vec<Choice>,
    /// Contracts.
    pub contracts: Vec<Choice>,
    /// Ways of access.
    pub ways: Vec<Choice>,
    /// Sexes of the civil status.
    pub sexes: Vec<Choice>,
}

impl CivilChoices {
    /// Everything, with these communes.
    #[must_use]
    pub fn with(communes: Vec<Choice>) -> Self {
        let mut countries: Vec<_> =
            countries::all().iter().map(|one| Choice::new(one.code, one.name)).collect();
        countries.sort_by_key(|one| fold(&one.label));
        let documents = IdentityDocument::all().filter(|one| *one != IdentityDocument::None);
        Self {
            communes,
            countries,
            documents: documents.map(|one| Choice::new(one.word(), labels::person::document(one))).collect(),
            contracts: Contract::all()
                .map(|one| Choice::new(one.word(), labels::person::contract(one)))
                .collect(),
            ways: Way::all().map(|one| Choice::new(one.word(), labels::person::way(one))).collect(),
            sexes: vec![Choice::new("F", labels::person::FEMALE), Choice::new("M", labels::person::MALE)],
        }
    }
}

/// A person as typed, and what is to be asked again about the commune of birth.
pub(super) struct Typed {
    /// Who.
    pub(super) identity: TypedIdentity,
    /// Communes of the name that was looked for.
    pub(super) communes: Vec<Choice>,
    /// Why the form comes back before anything is recorded; none when nothing is asked.
    pub(super) asked: Option<Vec<Fault>>,
}

impl Typed {
    /// Reads the fields of the civil status. A commune that is named and not chosen is looked for.
    pub(super) fn of(form: &FormData, today: Date) -> Self {
        let mut civil = TypedCivilStatus {
            birth_name: field(form, "birth_name"),
            has_no_birth_name: form.ticked("civil_status/has_no_birth_name"),
            usual_name: field(form, "usual_name"),
            first_names: [
                field(form, "first_names/0"),
                field(form, "first_names/1"),
                field(form, "first_names/2"),
            ],
            other_first_names: field(form, "other_first_names"),
            has_no_first_name: form.ticked("civil_status/has_no_first_name"),
            sex: field(form, "sex"),
            birth_date: field(form, "birth_date"),
            birth_country: field(form, "birth_country"),
            birth_commune: field(form, "birth_commune"),
            birth_locality: String::new(),
        };
        let named = form.text("commune");
        // abroad, the name typed is that of the town
        let abroad = !matches!(civil.birth_country.as_str(), "" | countries::FRANCE);
        let mut communes = Vec::new();
        let mut asked = None;
        if abroad {
            named.clone_into(&mut civil.birth_locality);
        } else if !named.is_empty() {
            let found = found(named, &civil.birth_date, today);
            let chosen = found.iter().any(|one| one.code == civil.birth_commune);
            let exact: Vec<&Commune> = found.iter().filter(|one| fold(one.name) == fold(named)).collect();
            communes = found.iter().map(choice).collect();
            if !chosen {
                match (exact.as_slice(), communes::is_code(&named.to_uppercase())) {
                    ([only], _) => only.code.clone_into(&mut civil.birth_commune),
                    (_, true) => civil.birth_commune = named.to_uppercase(),
                    _ => {
                        civil.birth_commune = String::new();
                        asked = Some(vec![to_choose(found.is_empty())]);
                    }
                }
            }
        } else if !civil.birth_commune.is_empty() {
            // chosen before: its name was erased, and so is the choice
            civil.birth_commune = String::new();
        }
        if form.ticked("chercher") && asked.is_none() {
            asked = Some(Vec::new());
        }
        let seen = TypedSeen {
            document: form.text("identity/document").to_owned(),
            on: form.text("identity/seen_on").to_owned(),
            by: form.text("identity/seen_by").to_owned(),
        };
        Self { identity: TypedIdentity { civil, seen }, communes, asked }
    }

    /// What is asked about the commune, in its place among the other faults of the form.
    pub(super) fn asked_among(&self, others: Vec<Fault>) -> FieldErrors {
        let after =
            |fault: &Fault| ["/identity", "/contact"].iter().any(|part| fault.pointer.starts_with(part));
        let (later, mut faults): (Vec<Fault>, Vec<Fault>) = others.into_iter().partition(after);
        faults.extend(self.asked.iter().flatten().cloned());
        faults.extend(later);
        self.beside(faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect())
    }

    /// The faults of the place of birth, moved beside the field in which it was typed.
    pub(super) fn beside(&self, mut errors: FieldErrors) -> FieldErrors {
        errors.rename("/civil_status/birth_locality", "/commune");
        if self.communes.is_empty() {
            errors.rename("/civil_status/birth_commune", "/commune");
        }
        errors
    }

    /// The status of the form that comes back: looking for a commune is no fault.
    pub(super) fn status(faults: &[Fault], searched: bool) -> StatusCode {
        if searched && faults.iter().all(|fault| fault.code == "to-choose") {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

fn field(form: &FormData, name: &str) -> String {
    form.text(&format!("civil_status/{name}")).to_owned()
}

/// The communes of a name on the day of birth, or at any time when it is not known.
fn found(named: &str, born: &str, today: Date) -> Vec<Commune> {
    let born = BirthDate::parse(born).ok();
    let (first, last) = born.map_or((OLDEST, today), |born| (born.first_day(), born.last_day()));
    communes::named(named, first, last, MOST)
}

fn choice(one: &Commune) -> Choice {
    Choice::new(one.code, Named(*one).to_string())
}

fn to_choose(nothing: bool) -> Fault {
    let (code, message) = if nothing {
        ("unknown-commune", labels::faults::COMMUNE_UNKNOWN)
    } else {
        ("to-choose", labels::faults::COMMUNE_TO_CHOOSE)
    };
    Fault::new(if nothing { "/commune" } else { "/civil_status/birth_commune" }, code, message)
}

/// How somebody is reached, as typed.
pub(super) fn contact(form: &FormData) -> TypedContact {
    let text = |name: &str| form.text(&format!("contact/{name}")).to_owned();
    TypedContact {
        email: text("email"),
        phone: text("phone"),
        postal_address: text("postal_address"),
        detained: form.ticked("contact/detained"),
        guardian: text("guardian"),
        contract: text("contract"),
        employer: text("employer"),
        referent: text("referent"),
    }
}

/// The fields of a civil status that is known.
pub(super) fn fields(typed: &TypedIdentity) -> Vec<(&'static str, String)> {
    let civil = &typed.civil;
    let [first, second, third] = &civil.first_names;
    let ticked = |yes: bool| if yes { "oui".to_owned() } else { String::new() };
    vec![
        ("civil_status/birth_name", civil.birth_name.clone()),
        ("civil_status/has_no_birth_name", ticked(civil.has_no_birth_name)),
        ("civil_status/usual_name", civil.usual_name.clone()),
        ("civil_status/first_names/0", first.clone()),
        ("civil_status/first_names/1", second.clone()),
        ("civil_status/first_names/2", third.clone()),
        ("civil_status/other_first_names", civil.other_first_names.clone()),
        ("civil_status/has_no_first_name", ticked(civil.has_no_first_name)),
        ("civil_status/sex", civil.sex.clone()),
        ("civil_status/birth_date", civil.birth_date.clone()),
        ("civil_status/birth_country", civil.birth_country.clone()),
        ("civil_status/birth_commune", civil.birth_commune.clone()),
        ("commune", civil.birth_locality.clone()),
        ("identity/document", typed.seen.document.clone()),
        ("identity/seen_on", typed.seen.on.clone()),
        ("identity/seen_by", typed.seen.by.clone()),
    ]
}

/// The fields of a contact that is known.
pub(super) fn contact_fields(typed: &TypedContact) -> Vec<(&'static str, String)> {
    vec![
        ("contact/email", typed.email.clone()),
        ("contact/phone", typed.phone.clone()),
        ("contact/postal_address", typed.postal_address.clone()),
        ("contact/detained", if typed.detained { "oui".to_owned() } else { String::new() }),
        ("contact/guardian", typed.guardian.clone()),
        ("contact/contract", typed.contract.clone()),
        ("contact/employer", typed.employer.clone()),
        ("contact/referent", typed.referent.clone()),
    ]
}

/// The commune of a form that is filled, to choose from.
pub(super) fn known(form: &FormState) -> Vec<Choice> {
    let code = form.value("civil_status/birth_commune");
    communes::of_code(code).iter().next_back().map(choice).into_iter().collect()
}
