//! `/intervenants/reseau`: where the network stands on a day, by duty and by region.

use askama::Template;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::labels;
use super::super::queries;
use super::super::sheet::{Line, Network};
use crate::features::experts::labels as words;
use crate::http::web::component::AsOf;
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::rules::territory::Region;
use crate::rules::typed_date;

/// One region as a tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Three letters.
    pub short: &'static str,
    /// French name.
    pub name: &'static str,
    /// « 12 personnes ».
    pub people: String,
    /// « 2 droits finissent sous 90 jours »; empty without any.
    pub ending: String,
    /// « 14 missions et visites sur douze mois ».
    pub load: String,
    /// Whether nobody may act there.
    pub empty: bool,
    /// Those people.
    pub href: String,
}

/// One region of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionRow {
    /// French name.
    pub name: &'static str,
    /// For each duty: what is counted, how many, their list.
    pub counts: Vec<(&'static str, usize, String)>,
    /// Distinct people.
    pub people: usize,
}

/// One person of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Their page.
    pub href: String,
    /// « N’Guyen-d’Arc Zoé ».
    pub name: String,
    /// The last day of the right.
    pub ends: String,
    /// Missions and visits of the twelve months.
    pub load: usize,
    /// Beside the mean; empty when it is near.
    pub beside: &'static str,
    /// How many conditions are at risk, and what presses; empty without any.
    pub at_risk: String,
    /// Those conditions, the most urgent first.
    pub risks: Vec<String>,
}

/// One duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutySection {
    /// Anchor.
    pub id: String,
    /// People of the duty.
    pub title: &'static str,
    /// How many hold it, and their list.
    pub entitled: usize,
    /// Their list.
    pub href: String,
    /// How many rights end within six months.
    pub ending: usize,
    /// Mean load.
    pub mean: String,
    /// How many have a condition at risk.
    pub at_risk: usize,
    /// The people.
    pub rows: Vec<PersonRow>,
}

/// `/intervenants/reseau`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/network/show.html")]
pub struct NetworkPage {
    /// The shell.
    pub shell: Shell,
    /// The day looked at.
    pub day: Date,
    /// Said when that day is not today.
    pub past: Option<AsOf>,
    /// Distinct people.
    pub people: usize,
    /// The day, as typed.
    pub form: FormState,
    /// The same as a file.
    pub file: String,
    /// The regions, as tiles.
    pub tiles: Vec<Tile>,
    /// What the columns of the table count.
    pub columns: Vec<&'static str>,
    /// The regions, as a table.
    pub regions: Vec<RegionRow>,
    /// Each duty.
    pub duties: Vec<DutySection>,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    au: String,
}

impl Asked {
    /// The day looked at, and what is wrong with it when it cannot be read: it is today then.
    pub(super) fn day(&self, today: Date) -> (Date, Option<&'static str>) {
        let typed = self.au.trim();
        match typed_date::read(typed) {
            Ok(day) => (day, None),
            Err(_) if typed.is_empty() => (today, None),
            Err(message) => (today, Some(message)),
        }
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let today = page.app.today();
    let typed = asked.au.trim();
    let (day, wrong) = asked.day(today);
    let form = match wrong {
        None => FormState::filled([("au", typed_date::iso(day))]),
        Some(message) => {
            FormState::filled([("au", typed)]).with_errors([("/au", message)].into_iter().collect())
        }
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let network = queries::network(page.app.db.read(), page.actor(), day).await.map_err(WebError::from)?;
    let context = NetworkPage {
        shell: page.shell(labels::NETWORK).with_errors(wrong.is_some()),
        day,
        past: AsOf::of(day, today, "/intervenants/reseau".to_owned()),
        people: network.people(),
        form,
        file: address::with_query("/intervenants/reseau.csv", &[("au", typed_date::iso(day).as_str())]),
        tiles: network.regions.iter().map(|region| tile(&network, region)).collect(),
        columns: Duty::all().map(words::people_of).collect(),
        regions: network.regions.iter().map(|region| region_row(&network, region)).collect(),
        duties: Duty::all().map(|duty| section(&network, duty, today)).collect(),
    };
    page.answer_with(status, &context)
}

/// The list of the people counted.
fn list(duty: &str, region: &str, day: Date) -> String {
    let day = typed_date::iso(day);
    address::with_query("/intervenants", &[("fonction", duty), ("region", region), ("au", &day)])
}

fn tile(network: &Network, region: &Region) -> Tile {
    let people = network.people_in(region.code);
    Tile {
        short: region.tile,
        name: region.name,
        people: labels::people(people),
        ending: labels::ending(network.ending_in(region.code)),
        load: labels::load(network.load_in(region.code)),
        empty: people == 0,
        href: list("", region.code, network.on),
    }
}

fn region_row(network: &Network, region: &Region) -> RegionRow {
    let count = |duty: Duty| {
        let href = list(&duty.word(), region.code, network.on);
        (words::people_of(duty), network.in_region(duty, region.code), href)
    };
    RegionRow {
        name: region.name,
        counts: Duty::all().map(count).collect(),
        people: network.people_in(region.code),
    }
}

fn section(network: &Network, duty: Duty, today: Date) -> DutySection {
    DutySection {
        id: duty.word(),
        title: words::people_of(duty),
        entitled: network.entitled(duty),
        href: list(&duty.word(), "", network.on),
        ending: network.ending(duty),
        mean: labels::tenths(network.mean_tenths(duty)),
        at_risk: network.at_risk(duty),
        rows: network.by_urgency(duty).into_iter().map(|line| row(network, line, today)).collect(),
    }
}

fn row(network: &Network, line: &Line, today: Date) -> PersonRow {
    PersonRow {
        href: format!("/intervenants/{}", line.number),
        name: line.name.clone(),
        ends: labels::ends(line.ends_on, network.ends_soon(line)),
        load: line.load,
        beside: labels::beside(network.beside(line)),
        at_risk: labels::at_risk(&line.risks, network.on, today),
        risks: line.risks.iter().map(|risk| risk.said.clone()).collect(),
    }
}
