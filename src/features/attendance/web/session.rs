//! `/sessions/{number}/emargement`: the half-days of a session, and the hours of each person.

use askama::Template;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::labels::{self, pages as words};
use super::super::load::{is_expected, name};
use super::super::queries::{self, Sheet};
use crate::authz::{Permission, may};
use crate::features::enrolments::labels as words_of_enrolments;
use crate::http::web::component::{Fact, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

/// A half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRow {
    /// Its page.
    pub href: String,
    /// « mardi 3 mars 2026, matin ».
    pub title: String,
    /// Its hours.
    pub hours: String,
    /// Who teaches.
    pub trainers: String,
    /// How many are known.
    pub known: String,
    /// Where it stands.
    pub status: Status,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Their name.
    pub name: String,
    /// Their hours.
    pub hours: String,
    /// Half-days on which they were not.
    pub absent: String,
    /// Where the enrolment stands.
    pub status: Status,
}

/// `/sessions/{number}/emargement`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/session.html")]
pub struct SheetPage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub number: String,
    /// What the session is called.
    pub title: String,
    /// Where the way back leads, and its words.
    pub back: (String, &'static str),
    /// When and where.
    pub margin: Vec<Fact>,
    /// The half-days.
    pub slots: Vec<SlotRow>,
    /// The people.
    pub people: Vec<PersonRow>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let sheet =
        queries::by_number(page.app.db.read(), page.actor(), &number).await.map_err(WebError::from)?;
    let context = SheetPage {
        shell: page.shell(words::SHEET),
        number: sheet.session.number.clone(),
        title: sheet.session.title.clone(),
        back: back(&page, &sheet),
        margin: vec![
            Fact::new(words::WHEN, words_of_enrolments::when(&sheet.session)),
            Fact::new(words::PLACE, words_of_enrolments::place(&sheet.session)),
        ],
        slots: slots(&page, &sheet),
        people: people(&sheet),
    };
    page.answer(&context)
}

/// Whoever teaches comes from their half-days, the team from the session.
fn back(page: &Page, sheet: &Sheet) -> (String, &'static str) {
    if may(page.actor(), Permission::EnrolmentManage, &sheet.facts(page.actor())) {
        (format!("/sessions/{}", sheet.session.number), words::STATE_OF_SESSION)
    } else {
        ("/mes-seances".to_owned(), words::TAUGHT)
    }
}

fn slots(page: &Page, sheet: &Sheet) -> Vec<SlotRow> {
    let expected = sheet.people.iter().filter(|one| is_expected(one.state)).count();
    let now = page.app.now();
    sheet
        .slots
        .iter()
        .map(|slot| {
            let lines = sheet.lines.iter().filter(|row| row.slot_id == slot.id).count();
            SlotRow {
                href: format!("/sessions/{}/emargement/{}", sheet.session.number, slot.id),
                title: labels::day_and_half(slot),
                hours: labels::hours(slot),
                trainers: sheet.teaching(slot.id).join(", "),
                known: words::known(lines, expected.max(lines)),
                status: words::slot_status(sheet, slot, now),
            }
        })
        .collect()
}

fn people(sheet: &Sheet) -> Vec<PersonRow> {
    sheet
        .people
        .iter()
        .map(|row| {
            let hours = sheet.hours(row.id);
            PersonRow {
                name: name(row),
                hours: labels::attended(hours.done, hours.planned),
                absent: labels::half_days(hours.absent),
                status: words_of_enrolments::state(row.state),
            }
        })
        .collect()
}
