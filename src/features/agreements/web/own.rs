//! `/notre-agrement`: where the structure stands, what it must still do and until when.

use askama::Template;
use entity::agreement_request::{RequestKind, RequestState};
use entity::ids::StructureId;
use entity::{agreement, certification_version};
use poem::{Response, Result, handler};
use time::OffsetDateTime;

use super::outcomes::{ReservePart, reserve};
use super::parts::Eyes;
use super::steps;
use crate::authz::{self, Denied, Facts, Permission};
use crate::db::PageRequest;
use crate::features::agreements::queries::registers::{self, RightsAround};
use crate::features::agreements::queries::{self, Attachments, RequestFilter};
use crate::features::agreements::{AgreementError, Dossier, labels, state};
use crate::features::settings;
use crate::http::web::component::{Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::deadline::{add_months, day_in_zone};
use crate::rules::territory::PARIS;

/// Requests shown at most; the list holds them all.
const MOST: u64 = 20;

/// A right of the structure.
#[derive(Clone, Debug)]
pub struct OwnRight {
    /// Number.
    pub number: String,
    /// Certification.
    pub certification: String,
    /// Service.
    pub role: &'static str,
    /// State.
    pub status: Status,
    /// Period.
    pub period: String,
    /// Time left, in words.
    pub left: String,
    /// Reserves.
    pub reserves: Vec<ReservePart>,
    /// From when a renewal may be asked; empty once it may.
    pub renewal_from: String,
    /// Address that asks for it; empty before, and while one is under way.
    pub renewal: String,
    /// The request under way for the same certification.
    pub underway: Option<Link>,
    /// Number and days of the agreement that follows it; empty while there is none.
    pub next: String,
    /// It is time to renew, and no version of the certification takes requests.
    pub closed: bool,
    /// The file that gave it.
    pub file: Link,
    /// Its convention waits for the structure: what this person may do about it; empty otherwise.
    pub to_sign: &'static str,
}

/// A request of the structure.
#[derive(Clone, Debug)]
pub struct OwnRequest {
    /// Number.
    pub reference: String,
    /// Certification.
    pub certification: String,
    /// State.
    pub status: Status,
    /// What it waits for, until when.
    pub awaited: String,
    /// What the structure can do now.
    pub action: Option<Link>,
    /// Documents of the file.
    pub letters: Vec<Link>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/own.html")]
pub struct OwnPage {
    /// The shell.
    pub shell: Shell,
    /// Rights, newest first.
    pub rights: Vec<OwnRight>,
    /// Requests under way.
    pub current: Vec<OwnRequest>,
    /// Requests that ended.
    pub past: Vec<OwnRequest>,
}

#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let own = page.actor().structures().next();
    let own = own.ok_or_else(|| WebError::from(Denied::Hidden(Permission::AgreementView)))?;
    let built = build(&page, own).await.map_err(WebError::from)?;
    page.answer(&built)
}

async fn build(page: &Page, own: StructureId) -> std::result::Result<OwnPage, AgreementError> {
    let (conn, now) = (page.app.db.read(), page.app.now());
    let filter = RequestFilter { structure: Some(own), ..RequestFilter::default() };
    let wanted = PageRequest::first(MOST);
    let lines = queries::requests(conn, page.actor(), &filter, &wanted).await?;
    let (mut current, mut past, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    let mut underway = Vec::new();
    // a structure has a handful of requests: reading each in turn keeps one way to read a file
    for line in lines.items {
        let dossier = queries::request(conn, page.actor(), line.id).await?;
        let around = queries::attachments(conn, &dossier.request).await?;
        let controller = registers::controller(conn, dossier.request.controller_id).await?;
        numbers.push((line.id, dossier.reference().to_owned()));
        if is_underway(&dossier) {
            let link = Link::new(dossier.reference().to_owned(), dossier.path());
            underway.push((dossier.version.certification_id, link));
        }
        let over = state::is_over(line.state) && line.state != RequestState::Refused;
        let shown = own_request(&dossier, &around, controller.as_ref(), now);
        if over { past.push(shown) } else { current.push(shown) }
    }
    let filter = queries::RightFilter { structure: Some(own), ..queries::RightFilter::default() };
    let rights = queries::agreements(conn, page.actor(), &filter, &wanted).await?;
    let around = RightsAround::of(conn, &rights.items).await?;
    let delays = settings::agreement_delays(conn).await?;
    let versions = registers::open_versions(conn, day_in_zone(now, PARIS)).await?;
    let facts = Facts { structure: Some(own), ..Facts::default() };
    let signs = authz::may(page.actor(), Permission::AgreementSignStructure, &facts);
    let rights = rights.items.iter().map(|right| {
        let zone = around.structure(right).map_or("Europe/Paris", |one| one.zone.as_str());
        let today = day_in_zone(now, zone);
        let from = add_months(right.ends_on, -i32::from(delays.renewal_from_months));
        let number =
            numbers.iter().find(|(id, _)| *id == right.request_id).map(|(_, number)| number.as_str());
        let alive = right.ended_at.is_none() && right.activated_at.is_some();
        let certification = around.version(right).map(|one| one.certification_id);
        let current = underway.iter().find(|(of, _)| alive && Some(*of) == certification);
        let current = current.map(|(_, link)| link.clone());
        let next = next_of(right, &rights.items, &around);
        let open = alive && current.is_none() && next.is_none();
        let renewable = open && from <= today;
        let version = versions
            .iter()
            .filter(|one| renewable && Some(one.certification_id) == certification)
            .max_by_key(|one| one.valid_from);
        OwnRight {
            number: right.number.clone(),
            certification: labels::certification(around.certification(right)),
            role: labels::role(right.role),
            status: labels::right_state_on(right, today),
            period: french::date_range(right.starts_on, right.ends_on),
            left: if alive { french::relative_days(right.ends_on, today) } else { String::new() },
            reserves: around
                .reserves
                .iter()
                .filter(|one| one.agreement_id == Some(right.id))
                .map(|one| reserve(one, today))
                .collect(),
            renewal_from: if open && from > today { french::date(from) } else { String::new() },
            renewal: version.map(|version| renewal_of(right, version)).unwrap_or_default(),
            closed: renewable && version.is_none(),
            next: next.filter(|_| alive).map(days_of).unwrap_or_default(),
            underway: current,
            file: Link::new(
                "Ouvrir le dossier",
                number.map_or_else(String::new, |number| format!("/agrements/{number}")),
            ),
            to_sign: match right.signed_by_structure_at.or(right.activated_at).or(right.ended_at) {
                Some(_) => "",
                None if signs => labels::convention::TO_SIGN,
                None => labels::convention::TO_BE_SIGNED,
            },
        }
    });
    Ok(OwnPage { shell: page.shell("Notre agrément"), rights: rights.collect(), current, past })
}

/// The agreement that follows another for the same certification: given later, signed or to be signed.
fn next_of<'a>(
    right: &agreement::Model,
    all: &'a [agreement::Model],
    around: &RightsAround,
) -> Option<&'a agreement::Model> {
    let of = |one: &agreement::Model| around.version(one).map(|version| version.certification_id);
    let counts = |one: &agreement::Model| one.activated_at.is_some() || one.ended_at.is_none();
    all.iter().filter(|one| one.id > right.id && of(one) == of(right)).find(|one| counts(one))
}

/// « AGT-2026-0011, du 18 mars 2027 au 17 mars 2030 ».
fn days_of(right: &agreement::Model) -> String {
    format!("{}, {}", right.number, french::date_range(right.starts_on, right.ends_on))
}

/// Whether a request stands in the way of another renewal of the same certification.
fn is_underway(dossier: &Dossier) -> bool {
    let request = &dossier.request;
    let renewing = request.kind == RequestKind::Renewal && request.state == RequestState::Draft;
    renewing || state::is_live(request.state)
}

/// Where a right is renewed, for this version of its certification and the same service.
fn renewal_of(right: &agreement::Model, version: &certification_version::Model) -> String {
    let parameters = [
        ("nature", RequestKind::Renewal.word()),
        ("version", version.id.to_string()),
        ("prestation", right.role.word()),
    ];
    let parameters = parameters.each_ref().map(|(name, value)| (*name, value.as_str()));
    address::with_query("/agrements/nouveau", &parameters)
}

fn own_request(
    dossier: &Dossier,
    around: &Attachments,
    controller: Option<&entity::expert::Model>,
    now: OffsetDateTime,
) -> OwnRequest {
    use RequestState as S;
    let path = dossier.path();
    let request = &dossier.request;
    let open = |at: Option<entity::Instant>| at.is_none_or(|at| *at >= now);
    let action = match request.state {
        S::Draft => Some(Link::new("Reprendre le brouillon", format!("{path}/brouillon"))),
        S::Incomplete => Some(Link::new("Compléter le dossier", format!("{path}/brouillon?etape=pieces"))),
        S::Adversarial if open(request.comments_due_at) => {
            Some(Link::new("Répondre au rapport", path.clone()))
        }
        S::Adjourned => Some(Link::new("Apporter ce qui manque", format!("{path}#fournir"))),
        S::Refused if open(request.appeal_until) => Some(Link::new("Former un recours", path.clone())),
        _ => None,
    };
    let letters = super::traces::documents(around, &dossier.structure.zone, Eyes::Structure);
    OwnRequest {
        reference: dossier.reference().to_owned(),
        certification: labels::certification(dossier.certification()),
        status: labels::state(request.state),
        awaited: steps::awaited(dossier, around, controller, Eyes::Structure),
        action,
        letters: letters.into_iter().map(|one| Link::new(one.title, one.href)).collect(),
    }
}
