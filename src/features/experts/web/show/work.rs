//! What the page of an expert says of their work: missions, twelve months, what ends and what it lacks.

use time::Date;

use crate::authz::{Facts, Permission, may};
use crate::features::experts::labels;
use crate::features::experts::queries::{self, Found, Habilitation};
use crate::features::experts::web::labels as words;
use crate::features::experts::{ExpertError, renewal};
use crate::features::settings;
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::{Page, address};
use crate::render::french;
use crate::rules::deadline::day_in_zone;

/// One mission of the page.
#[derive(Clone, Debug)]
pub struct MissionRow {
    /// Its day, where it takes place.
    pub day: String,
    /// Title, and the structure when there is one.
    pub title: String,
    /// Number.
    pub number: String,
    /// What comes of it.
    pub status: Status,
    /// How long the report took; may be empty.
    pub note: String,
}

/// The work of a person.
#[derive(Clone, Debug)]
pub struct WorkPanel {
    /// The missions nearest to today.
    pub missions: Vec<MissionRow>,
    /// How many there are.
    pub total: u64,
    /// The list of all of them; none when there is none.
    pub every: Option<Link>,
    /// Twelve months; empty for those who may not see them.
    pub year: Vec<Fact>,
}

/// An habilitation that ends soon.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Which, and in how long.
    pub title: String,
    /// What its renewal lacks.
    pub lacks: Vec<String>,
    /// Its page.
    pub href: String,
}

/// The work of a person; none for those who may see none of their missions. Twelve months are for the person and for those
/// who follow the network; the mean for the latter only.
pub(super) async fn panel(page: &Page, found: &Found) -> Result<Option<WorkPanel>, ExpertError> {
    let (conn, now) = (page.app.db.read(), page.app.now());
    let (person, actor) = (&found.expert, page.actor());
    let own = Facts::of_expert(person);
    if !may(actor, Permission::MissionView, &own) {
        return Ok(None);
    }
    let nearest = queries::nearest(conn, actor, person.id, now).await?;
    let follows = may(actor, Permission::NetworkView, &own);
    let year = if follows || actor.expert() == Some(person.id) {
        let year = queries::year(conn, person.id, now).await?;
        let mean = if follows { queries::mean_missions(conn, page.app.today(), now).await? } else { None };
        words::year(&year, mean)
    } else {
        Vec::new()
    };
    let every = if actor.is_staff() {
        address::with_query("/missions", &[("intervenant", person.number.as_str())])
    } else {
        "/missions".to_owned()
    };
    Ok(Some(WorkPanel {
        missions: nearest.lines.iter().map(row).collect(),
        total: nearest.total,
        every: (nearest.total > 0).then(|| Link::new(words::every_mission(nearest.total), every)),
        year,
    }))
}

fn row(line: &queries::Line) -> MissionRow {
    let mission = &line.mission;
    MissionRow {
        day: french::date(day_in_zone(*mission.starts_at, &mission.zone)),
        title: match &line.structure {
            Some(name) => format!("{}, {name}", mission.title),
            None => mission.title.clone(),
        },
        number: mission.number.clone(),
        status: words::outcome(mission.state),
        note: words::reported_in(mission),
    }
}

/// The habilitations that end soon, and what their renewal lacks.
pub(super) async fn endings(page: &Page, found: &Found, today: Date) -> Result<Vec<Ending>, ExpertError> {
    let soon: Vec<&Habilitation> =
        found.habilitations.iter().filter(|one| labels::ends_soon(one, today)).collect();
    if soon.is_empty() {
        return Ok(Vec::new());
    }
    let conn = page.app.db.read();
    let rules = settings::renewal_rules(conn).await?;
    let files: Vec<_> = soon.iter().map(|one| one.file.clone()).collect();
    let conditions = renewal::conditions_of(conn, &files, today, &rules).await?;
    let ending = |one: &&Habilitation| {
        let weighed = conditions.get(&one.file.id).into_iter().flatten();
        Some(Ending {
            title: words::ending(one.file.duty, one.ends_on()?, today),
            lacks: weighed.filter(|condition| !condition.met).map(renewal::sentence).collect(),
            href: format!("/intervenants/{}/habilitations/{}", found.expert.number, one.file.id),
        })
    };
    Ok(soon.iter().filter_map(ending).collect())
}
