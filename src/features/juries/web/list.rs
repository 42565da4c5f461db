//! `/jurys`: the sessions that the visitor may see; `/jurys.ics`: their dates.

use askama::Template;
use entity::ids::{CertificationVersionId, StructureId};
use entity::jury_session::JuryState;
use poem::http::header;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::queries::{self, Filter, Found};
use super::super::{labels, wording};
use crate::authz::{Facts, Permission, allows_somewhere, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::events::{Invitation, InvitationMethod};
use crate::features::certifications;
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::ics;
use crate::rules::deadline::{add_days, instant};
use crate::rules::territory::{PARIS, regions};
use crate::rules::typed_date;

const ROWS: u64 = 30;
/// In place of a year: the juries that figures count, whatever their year.
pub const EVERY_YEAR: &str = "toutes";

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its structure.
    pub structure: String,
    /// Its certification.
    pub certification: String,
    /// « mardi 3 mars 2026 »; empty before it is planned.
    pub day: String,
    /// « 9 h à 12 h », at the hour of the place.
    pub hours: String,
    /// « heure de Cayenne (13 h à Paris) »; empty where the clocks agree.
    pub clock: String,
    /// Who presides; empty while nobody does.
    pub president: String,
    /// « 5 candidats ».
    pub candidates: String,
    /// Where it stands.
    pub status: Status,
}

/// `/jurys`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/list.html")]
pub struct JuriesPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `etat`, `region`, `du`, `au`, `annee`, and those of the figures that lead here.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// Filters that only an address sets, by name and value.
    pub kept: Vec<(&'static str, String)>,
    /// Regions; none for whoever sees their own sessions alone.
    pub regions: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The sessions: those that wait for their date, then the latest day first.
    pub rows: Vec<JuryRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may see the planning.
    pub planning: bool,
    /// Where a session is recorded or asked for; none for whoever may not.
    pub ask: Option<(&'static str, &'static str)>,
}

/// The filters, as the address says them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    region: String,
    du: String,
    au: String,
    annee: String,
    certification: String,
    version: String,
    structure: String,
    suite: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        let starts = |day| instant(day, time::Time::MIDNIGHT, PARIS).ok();
        Filter {
            q: self.q.clone(),
            state: JuryState::from_word(&self.etat),
            region: Some(self.region.clone()).filter(|region| !region.is_empty()),
            from: typed_date::parse(&self.du).and_then(starts),
            before: typed_date::parse(&self.au).map(|day| add_days(day, 1)).and_then(starts),
            held_in: self.annee.trim().parse().ok(),
            held: self.annee == EVERY_YEAR,
            certification: Some(self.certification.clone()).filter(|code| !code.is_empty()),
            version: self.version.parse().ok().map(CertificationVersionId),
            structure: self.structure.parse().ok().map(StructureId),
            ..Filter::default()
        }
    }

    fn address(&self, next: &str) -> String {
        let parameters = [
            ("q", self.q.as_str()),
            ("etat", &self.etat),
            ("region", &self.region),
            ("du", &self.du),
            ("au", &self.au),
            ("annee", &self.annee),
            ("certification", &self.certification),
            ("version", &self.version),
            ("structure", &self.structure),
            ("suite", next),
        ];
        with_query("/jurys", &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let filter = asked.filter();
    let found = queries::by_day(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let certifications = certifications::queries::all(page.app.db.read()).await.map_err(WebError::from)?;
    let certification = |one: &certifications::queries::Described| {
        Choice::new(one.certification.code.clone(), one.certification.short_title.clone())
    };
    let staff = page.actor().is_staff();
    let may_ask = if staff {
        may_somewhere(page.actor(), Permission::JuryRequest)
    } else {
        page.actor().held.iter().any(|held| held.structure.is_some())
    };
    let place = if staff { ("/jurys/nouveau", labels::NEW_JURY) } else { ("/jurys/demander", labels::ASK) };
    let context = JuriesPage {
        shell: page.shell(labels::JURIES),
        states: JuryState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        regions: if staff {
            regions().iter().map(|one| Choice::new(one.code, one.name)).collect()
        } else {
            Vec::new()
        },
        certifications: certifications.iter().map(certification).collect(),
        kept: [("version", asked.version.clone()), ("structure", asked.structure.clone())]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        filtered: filter != Filter::default(),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        planning: may_somewhere(page.actor(), Permission::JuryPanelView),
        ask: may_ask.then_some(place),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("region", asked.region.clone()),
            ("du", asked.du.clone()),
            ("au", asked.au.clone()),
            ("annee", asked.annee.clone()),
            ("certification", asked.certification.clone()),
            ("version", asked.version.clone()),
            ("structure", asked.structure.clone()),
        ]),
    };
    page.answer(&context)
}

fn row(found: &Found) -> JuryRow {
    let session = &found.session;
    let (hours, clock) = wording::hours(session);
    JuryRow {
        href: format!("/jurys/{}", session.number),
        number: session.number.clone(),
        structure: found.structure_name.clone(),
        certification: found.certification.short_title.clone(),
        day: wording::long_day(session),
        hours,
        clock,
        president: found.president.clone().unwrap_or_default(),
        candidates: labels::candidates(found.candidates),
        status: labels::state(session.state),
    }
}

/// The dates to come of the sessions that the visitor may see, for their calendar; nobody is named.
#[handler]
pub(super) async fn calendar(page: Page) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::JuryView, &own(&page)).map_err(WebError::from)?;
    let now = page.app.now();
    let found = queries::dated(page.app.db.read(), page.actor(), now).await.map_err(WebError::from)?;
    let dates: Vec<_> = found.iter().filter_map(date).collect();
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header(header::CACHE_CONTROL, "private, no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(ics::feed(labels::JURIES, &dates, now)))
}

/// The ties of the visitor, for a list that is theirs.
fn own(page: &Page) -> Facts {
    Facts {
        structure: page.actor().held.iter().find_map(|held| held.structure),
        expert: page.actor().expert(),
        ..Facts::default()
    }
}

fn date(found: &Found) -> Option<Invitation> {
    let session = &found.session;
    let (starts_at, ends_at) = session.starts_at.zip(session.ends_at)?;
    Some(Invitation {
        uid: wording::uid(session),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method: InvitationMethod::Request,
        starts_at: *starts_at,
        lasts: *ends_at - *starts_at,
        zone: session.zone.clone(),
        summary: format!("{} {} ({})", labels::JURY, found.certification.short_title, session.number),
        location: wording::place(session),
        description: format!(
            "{}. {}.",
            labels::state(session.state).word,
            labels::candidates(found.candidates)
        ),
    })
}
