//! `/statistiques/jurys?par=region&annee=2023`: the figures of juries, with a chart beside their table.

use askama::Template;
use poem::http::header;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::queries::{self, Found};
use super::super::sheet::{self, By, Key, Line, Wanted};
use super::super::{actions, labels};
use crate::features::certifications;
use crate::features::juries::web::EVERY_YEAR;
use crate::http::web::address::with_query;
use crate::http::web::component::Choice;
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::chart::{Bar, MOST_BARS, bars};
use crate::render::french;
use crate::rules::territory::regions;
use crate::rules::typed_date::iso;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// What it is about.
    pub name: String,
    /// How many juries.
    pub juries: String,
    /// Their list.
    pub href: String,
    /// Expected, present, excused, left for a job, total, partial, refused, adjourned, under their headings; none = hidden.
    pub people: Vec<(&'static str, Option<String>)>,
    /// Rates of presentation and of success, under their headings; none = hidden.
    pub rates: Vec<(&'static str, Option<String>)>,
    /// Delays, under their headings; empty when unknown.
    pub delays: Vec<(&'static str, String)>,
    /// The line of the whole.
    pub whole: bool,
}

/// `/statistiques/jurys`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/figures/juries.html")]
pub struct FiguresPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `par`, `annee`, `certification`, `region`.
    pub form: FormState,
    /// What a line gathers.
    pub groupings: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// Heading of the first column.
    pub heading: &'static str,
    /// Headings of the numbers of people.
    pub counted: Vec<&'static str>,
    /// Headings of the rates, then of the delays.
    pub measured: Vec<&'static str>,
    /// The lines, the whole last.
    pub rows: Vec<LineRow>,
    /// Titles and charts, as SVG made by us.
    pub charts: Vec<(&'static str, String)>,
    /// Why numbers lack.
    pub rule: String,
    /// The same as a file.
    pub file: String,
}

/// The filters, as the address says them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    par: String,
    annee: String,
    certification: String,
    region: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Wanted {
            by: By::ALL.into_iter().find(|by| labels::by_word(*by) == self.par).unwrap_or_default(),
            year: self.annee.trim().parse().ok(),
            certification: given(&self.certification),
            region: given(&self.region),
        }
    }

    fn address(&self, path: &str) -> String {
        let parameters = [
            ("par", self.par.as_str()),
            ("annee", &self.annee),
            ("certification", &self.certification),
            ("region", &self.region),
        ];
        with_query(path, &parameters)
    }
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let wanted = asked.wanted();
    let conn = page.app.db.read();
    let found = queries::figures(conn, page.actor(), &wanted).await.map_err(WebError::from)?;
    let certifications = certifications::queries::all(conn).await.map_err(WebError::from)?;
    let certification = |one: &certifications::queries::Described| {
        Choice::new(one.certification.code.clone(), one.certification.short_title.clone())
    };
    let lines = found.sheet.lines.iter().chain([&found.sheet.whole]);
    let context = FiguresPage {
        shell: page.shell(labels::TITLE),
        groupings: By::ALL.map(|by| Choice::new(labels::by_word(by), labels::by(by))).into(),
        certifications: certifications.iter().map(certification).collect(),
        regions: regions().iter().map(|one| Choice::new(one.code, one.name)).collect(),
        filtered: wanted != Wanted::default(),
        heading: labels::heading(&wanted),
        counted: labels::PEOPLE.to_vec(),
        measured: [labels::RATES, labels::DELAYS].concat(),
        rows: if found.sheet.lines.is_empty() {
            Vec::new()
        } else {
            lines.map(|line| row(&found, &wanted, line)).collect()
        },
        charts: charts(&found, &wanted),
        rule: labels::rule(found.smallest),
        file: asked.address("/statistiques/jurys.csv"),
        form: FormState::filled([
            ("par", labels::by_word(wanted.by).to_owned()),
            ("annee", asked.annee.clone()),
            ("certification", asked.certification.clone()),
            ("region", asked.region.clone()),
        ]),
    };
    page.answer(&context)
}

/// The file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let file = actions::export(&mut tx, &asked.wanted()).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    let name = format!("attachment; filename=\"{}\"", labels::FILE);
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::CACHE_CONTROL, "no-store")
        .body(file))
}

fn number(number: u32) -> String {
    french::integer(i64::from(number))
}

fn row(found: &Found, wanted: &Wanted, line: &Line) -> LineRow {
    let people = &line.people;
    let counts = [
        people.expected,
        people.present,
        people.excused,
        people.left_for_work,
        people.total,
        people.partial,
        people.refused,
        people.adjourned,
    ];
    // A rate of nobody is a dash, not a secret.
    let rate = |rate: Option<(u32, u32)>, whole: Option<u32>| match rate {
        Some((part, whole)) => Some(french::percent(part.into(), whole.into())),
        None => whole.filter(|whole| *whole == 0).map(|_| french::percent(0, 0)),
    };
    let rates = [
        rate(people.presentation(), people.expected),
        rate(people.success(), people.present),
        rate(people.any_success(), people.present),
    ];
    let delays = [line.asked_to_held, line.held_to_told, line.held_to_certified];
    let delays = delays.map(|days| days.map(labels::days).unwrap_or_default());
    LineRow {
        name: labels::line(found, line),
        juries: french::integer(i64::try_from(line.juries).unwrap_or(i64::MAX)),
        href: list(wanted, line.key.as_ref()),
        people: labels::PEOPLE.into_iter().zip(counts.map(|count| count.map(number))).collect(),
        rates: labels::RATES.into_iter().zip(rates).collect(),
        delays: labels::DELAYS.into_iter().zip(delays).collect(),
        whole: line.key.is_none(),
    }
}

/// The juries that a line counts.
fn list(wanted: &Wanted, key: Option<&Key>) -> String {
    let mut year = wanted.year.map_or_else(|| EVERY_YEAR.to_owned(), |year| year.to_string());
    let mut region = wanted.region.clone().unwrap_or_default();
    let (mut version, mut structure) = (String::new(), String::new());
    let (mut from, mut until) = (String::new(), String::new());
    match key {
        None => {}
        Some(Key::Year(own)) => year = own.to_string(),
        Some(Key::Quarter(own, rank)) => {
            if let Some((first, last)) = sheet::quarter(*own, *rank) {
                (from, until) = (iso(first), iso(last));
            }
        }
        Some(Key::Version(id)) => version = id.to_string(),
        Some(Key::Structure(id)) => structure = id.to_string(),
        Some(Key::Region(code)) => region.clone_from(code),
    }
    let certification = wanted.certification.clone().unwrap_or_default();
    let parameters = [
        ("annee", year.as_str()),
        ("certification", &certification),
        ("region", &region),
        ("version", &version),
        ("structure", &structure),
        ("du", &from),
        ("au", &until),
    ];
    with_query("/jurys", &parameters)
}

/// What is drawn: the juries of each line, and the whole certifications. Structures have names too long for a bar: their
/// juries are drawn by period, which tells no number of people.
fn charts(found: &Found, wanted: &Wanted) -> Vec<(&'static str, String)> {
    let drawn;
    let sheet = if wanted.by == By::Structure {
        drawn = sheet::gather(&found.sessions, By::Period, wanted.year, found.smallest);
        &drawn
    } else {
        &found.sheet
    };
    let mut lines: Vec<&Line> = sheet.lines.iter().collect();
    if matches!(wanted.by, By::Region | By::Version) {
        lines.sort_by_key(|line| std::cmp::Reverse(line.juries));
        lines.truncate(MOST_BARS);
    }
    let lines = &lines[lines.len().saturating_sub(MOST_BARS)..];
    if lines.is_empty() {
        return Vec::new();
    }
    let draw = |id: &str, title: &'static str, value: &dyn Fn(&Line) -> Option<u32>| {
        let told: Vec<_> = lines.iter().map(|line| (labels::line(found, line), value(line))).collect();
        let bar = |line: &&Line| Bar { label: labels::short(found, line), value: value(line), strong: false };
        let drawn: Vec<_> = lines.iter().map(bar).collect();
        (title, bars(id, title, &labels::described(&told), &drawn, labels::MEAN))
    };
    let mut charts = vec![draw("jurys", labels::JURIES_CHART, &|line| u32::try_from(line.juries).ok())];
    if wanted.by != By::Structure {
        charts.push(draw("reussites", labels::SUCCESS_CHART, &|line| line.people.total));
    }
    charts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_juries_opens_their_list() {
        let wanted = |year| Wanted { year, certification: Some("CQP_SP".to_owned()), ..Wanted::default() };
        for (year, key, expected) in [
            (Some(2023), None, "/jurys?annee=2023&certification=CQP_SP"),
            (None, None, "/jurys?annee=toutes&certification=CQP_SP"),
            (None, Some(Key::Year(2022)), "/jurys?annee=2022&certification=CQP_SP"),
            (
                Some(2023),
                Some(Key::Quarter(2023, 2)),
                "/jurys?annee=2023&certification=CQP_SP&du=2023-04-01&au=2023-06-30",
            ),
            (
                Some(2023),
                Some(Key::Region("27".to_owned())),
                "/jurys?annee=2023&certification=CQP_SP&region=27",
            ),
        ] {
            assert_eq!(list(&wanted(year), key.as_ref()), expected);
        }
    }

    #[test]
    fn the_address_says_what_is_looked_at() {
        let asked = Asked { par: "region".to_owned(), annee: " 2023 ".to_owned(), ..Asked::default() };
        let expected = Wanted { by: By::Region, year: Some(2023), ..Wanted::default() };
        assert_eq!(asked.wanted(), expected);
        let wrong = Asked { par: "ville".to_owned(), annee: "hier".to_owned(), ..Asked::default() };
        assert_eq!(wrong.wanted(), Wanted::default());
    }
}
