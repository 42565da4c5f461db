//! `/structures/{siren}` and `/notre-structure`: one structure.

use askama::Template;
use entity::{site, structure_contact};
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::queries::{self, Found, Standing};
use super::super::{StructureError, labels};
use super::filings::{self, Filings};
use super::list::grouped;
use crate::authz::{Facts, Permission, may};
use crate::features::rights::{self, Held};
use crate::features::ties;
use crate::http::web::component::{AsOf, Fact, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::phone;
use crate::rules::right::Standing as OnDay;
use crate::rules::siret::Siret;
use crate::rules::territory;
use crate::rules::typed_date;

/// One site of the page.
#[derive(Clone, Debug)]
pub struct SiteRow {
    /// What people call it.
    pub label: String,
    /// SIRET, in groups.
    pub siret: String,
    /// Street, postal code, commune.
    pub place: String,
    /// Seat, open or closed.
    pub state: Status,
    /// Where it is changed; empty when it may not be.
    pub href: String,
    /// Said while the address that its structure declared waits to be looked at; otherwise empty.
    pub moved: String,
    /// Where the team says that it was; empty when the visitor may not.
    pub review: String,
}

/// One contact of the page.
#[derive(Clone, Debug)]
pub struct ContactRow {
    /// First and family name.
    pub name: String,
    /// For what, and what the person is called.
    pub duty: String,
    /// Address.
    pub email: String,
    /// Number, in groups; may be empty.
    pub phone: String,
    /// Where it is changed; empty when it may not be.
    pub href: String,
}

/// One account of the page.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What the person does here.
    pub role: &'static str,
    /// Open or closed.
    pub state: Status,
}

/// One structure.
#[derive(Template, Clone, Debug)]
#[template(path = "web/structures/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// Said when the day looked at is not today: what is shown of it cannot be changed.
    pub past: Option<AsOf>,
    /// What is not of that day.
    pub of_today: &'static str,
    /// The form that chooses the day, and where it leads.
    pub dates: FormState,
    /// The address of this page.
    pub address: String,
    /// Whether this is the visitor's own structure.
    pub own: bool,
    /// SIREN, for the addresses.
    pub siren: String,
    /// SIREN, in groups.
    pub reference: String,
    /// Where it stands.
    pub standing: Status,
    /// Contact, region, hour: in the margin.
    pub margin: Vec<Fact>,
    /// Its requests and agreements; none on another day and for its own people, who have a page for them.
    pub filings: Option<Filings>,
    /// Identity.
    pub identity: Vec<Fact>,
    /// Said when its State convention has ended and none follows.
    pub lapsed: Option<Flash>,
    /// Its State convention that day.
    pub convention: Vec<Fact>,
    /// Sites.
    pub sites: Vec<SiteRow>,
    /// Contacts, the one who receives the mails first.
    pub contacts: Vec<ContactRow>,
    /// Whether the visitor may add one.
    pub may_add_contact: bool,
    /// Accounts, when the visitor may see them.
    pub accounts: Option<Vec<AccountRow>>,
    /// Where accounts are managed.
    pub colleagues: String,
    /// Whether the visitor may change it.
    pub may_edit: bool,
    /// The people tied with it, for those who may see them.
    pub ties: Option<ties::web::Panel>,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) au: String,
}

/// The page of a SIREN.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(siren): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let found = queries::by_siren(page.app.db.read(), page.actor(), &siren).await.map_err(WebError::from)?;
    answer(&page, found, format!("/structures/{siren}"), &asked).await
}

/// The page of the visitor's structure.
#[handler]
pub(super) async fn mine(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let structure =
        page.actor().structures().next().ok_or(StructureError::NotFound).map_err(WebError::from)?;
    let found = queries::get(page.app.db.read(), page.actor(), structure).await.map_err(WebError::from)?;
    answer(&page, found, "/notre-structure".to_owned(), &asked).await
}

async fn answer(page: &Page, found: Found, address: String, asked: &Asked) -> Result<Response> {
    let conn = page.app.db.read();
    let today = page.app.today();
    let day = typed_date::parse(&asked.au).unwrap_or(today);
    let past = AsOf::of(day, today, address.clone());
    let on = past.as_ref().map(|past| past.day);
    let row = &found.structure;
    let facts = Facts { structure: Some(row.id), region: Some(row.region.clone()), ..Facts::default() };
    let may_edit = past.is_none() && may(page.actor(), Permission::StructureEdit, &facts);
    let may_add_contact = past.is_none() && may(page.actor(), Permission::StructureContacts, &facts);
    let may_review = past.is_none() && may(page.actor(), Permission::RequestReview, &facts);
    let standings = queries::standings(conn, &[row.id], on).await.map_err(WebError::from)?;
    let accounts = if past.is_none() && may(page.actor(), Permission::ColleagueView, &facts) {
        let rows = queries::accounts(conn, row.id).await.map_err(WebError::from)?;
        Some(rows.into_iter().map(account).collect())
    } else {
        None
    };
    let conventions = queries::conventions(conn, row.id).await.map_err(WebError::from)?;
    let ties = if past.is_none() {
        let panel = ties::web::panel_of_structure(page, row.id, &row.region, &row.siren).await;
        panel.map_err(WebError::from)?
    } else {
        None
    };
    let own = page.actor().structures().any(|structure| structure == row.id);
    let filings = if past.is_none() && !own {
        Some(Box::pin(filings::of_structure(page, row.id, today)).await?)
    } else {
        None
    };
    let context = ShowPage {
        shell: page.shell(row.name.clone()),
        past,
        of_today: labels::OF_TODAY,
        dates: FormState::filled([("au", typed_date::iso(day))]),
        address,
        own,
        siren: row.siren.clone(),
        reference: grouped(&row.siren),
        standing: labels::standing(standings.get(&row.id).copied().unwrap_or(Standing::Neither)),
        margin: margin(&found),
        filings,
        identity: identity(&found),
        lapsed: lapsed(&conventions, day),
        convention: convention(&conventions, day),
        sites: found
            .sites
            .iter()
            .map(|one| SiteRow {
                review: if may_review && one.moved_at.is_some() {
                    format!("/structures/{}/sites/{}/examiner", row.siren, one.id)
                } else {
                    String::new()
                },
                ..site(one, &row.siren, may_edit, on)
            })
            .collect(),
        contacts: contacts(&found, may_edit, may_add_contact),
        may_add_contact,
        accounts,
        colleagues: format!("/compte/collegues?structure={}", row.id),
        may_edit,
        ties,
    };
    page.answer(&context)
}

fn margin(found: &Found) -> Vec<Fact> {
    let row = &found.structure;
    let mut facts =
        vec![Fact::new(labels::CONTACT, row.contact_name.clone()).with_note(row.contact_title.clone())];
    facts.push(
        Fact::new(labels::EMAIL, row.contact_email.clone()).to(format!("mailto:{}", row.contact_email)),
    );
    if let Some(phone) = &row.contact_phone {
        facts.push(Fact::new(labels::PHONE, phone::grouped(phone)).to(format!("tel:{phone}")).mono());
    }
    let department = territory::department(&row.department).map_or("", |department| department.name);
    let region = territory::region(&row.region).map_or("", |region| region.name);
    facts.push(Fact::new(labels::DEPARTMENT, department).with_note(region));
    if row.zone != territory::PARIS {
        facts.push(Fact::new(labels::HOUR, territory::zone_place(&row.zone).unwrap_or(&row.zone)));
    }
    facts
}

/// The contact who receives the mails is changed with the structure, the others alone.
fn contacts(found: &Found, may_edit: bool, may_change_others: bool) -> Vec<ContactRow> {
    let row = &found.structure;
    let path = format!("/structures/{}", row.siren);
    let main = ContactRow {
        name: row.contact_name.clone(),
        duty: labels::with_title(labels::MAIN_CONTACT, &row.contact_title),
        email: row.contact_email.clone(),
        phone: row.contact_phone.as_deref().map(phone::grouped).unwrap_or_default(),
        href: if may_edit { format!("{path}/modifier#contact") } else { String::new() },
    };
    let other = |one: &structure_contact::Model| ContactRow {
        name: one.name.clone(),
        duty: labels::with_title(labels::contact_duty(one.duty), &one.title),
        email: one.email.clone(),
        phone: one.phone.as_deref().map(phone::grouped).unwrap_or_default(),
        href: if may_change_others { format!("{path}/contacts/{}", one.id) } else { String::new() },
    };
    std::iter::once(main).chain(found.contacts.iter().map(other)).collect()
}

fn identity(found: &Found) -> Vec<Fact> {
    let row = &found.structure;
    let text = |term: &str, value: &str| (!value.is_empty()).then(|| Fact::new(term, value));
    let number =
        |term: &str, value: Option<i32>| value.map(|count| Fact::new(term, french::integer(count.into())));
    let facts = [
        Some(Fact::new(labels::SIREN, grouped(&row.siren)).mono()),
        text(labels::LEGAL_FORM, &row.legal_form),
        row.rna.as_ref().map(|rna| Fact::new(labels::RNA, rna.clone()).mono()),
        row.idcc.as_ref().map(|idcc| Fact::new(labels::IDCC, idcc.clone()).mono()),
        row.nda.as_ref().map(|nda| Fact::new(labels::NDA, nda.clone()).mono()),
        text(labels::ACTIVITIES, &row.activities),
        number(labels::HEADCOUNT, row.headcount),
        number(labels::INSERTION_POSTS, row.insertion_posts),
    ];
    facts.into_iter().flatten().collect()
}

/// The State convention that holds that day, else the next one, else the last one.
fn convention(held: &[Held], day: Date) -> Vec<Fact> {
    let current = held.iter().find(|held| held.valid_on(day));
    let next = || held.iter().find(|held| held.right.starts_on > day);
    let shown = current.or_else(next).or_else(|| held.last());
    let mut facts = vec![match shown {
        Some(held) => {
            let days = rights::queries::span(&held.right).to_string();
            Fact::new(labels::CONVENTION, days)
                .with_note(rights::labels::standing(held.standing_on(day)).word)
        }
        None => Fact::new(labels::CONVENTION, labels::NO_CONVENTION),
    }];
    if let Some(held) = shown {
        facts.push(Fact::new(labels::CONVENTION_REFERENCE, held.right.reference.clone()).mono());
    }
    facts
}

/// Whether the State convention has ended, and none holds or is to come.
fn lapsed(held: &[Held], day: Date) -> Option<Flash> {
    let last = held.iter().map(|held| held.right.ends_on).max()??;
    let over = last < day && held.iter().all(|held| held.standing_on(day) == OnDay::Ended);
    over.then(|| labels::convention_lapsed(last))
}

fn site(row: &site::Model, siren: &str, may_edit: bool, on: Option<Date>) -> SiteRow {
    let siret = Siret::parse(&row.siret).map_or_else(|_| row.siret.clone(), Siret::grouped);
    let changeable = may_edit && row.closed_on.is_none();
    SiteRow {
        label: row.label.clone(),
        siret,
        place: format!("{}, {} {}", row.address, row.postal_code, row.commune),
        state: labels::site(
            row.is_seat,
            row.closed_on.is_some_and(|closed| on.is_none_or(|day| closed <= day)),
        ),
        href: if changeable { format!("/structures/{siren}/sites/{}", row.id) } else { String::new() },
        moved: row
            .moved_at
            .filter(|_| on.is_none())
            .map(|at| labels::moved_on(day_in_zone(*at, territory::PARIS)))
            .unwrap_or_default(),
        review: String::new(),
    }
}

fn account(found: queries::StructureAccount) -> AccountRow {
    AccountRow {
        name: found.name,
        email: found.email,
        role: labels::colleague(found.is_admin),
        state: labels::account(found.active),
    }
}
