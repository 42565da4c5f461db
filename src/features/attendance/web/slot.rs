//! `/sessions/{number}/emargement/{slot}`: who was there, on a telephone or a tablet.

use askama::Template;
use entity::attendance::{self, Presence};
use entity::attendance_proof;
use entity::ids::{AttendanceId, TrainingSlotId};
use entity::{enrolment, training_slot};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::AttendanceError;
use super::super::labels::{self, pages as words};
use super::super::load::{is_expected, is_proved, name};
use super::super::queries::{self, Beside, Sheet};
use crate::authz::{Permission, may};
use crate::features::enrolments::labels::instant;
use crate::http::web::component::{Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

/// Somebody on the half-day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Name of the field of the presence.
    pub presence: String,
    /// Name of the field of the minutes.
    pub minutes: String,
    /// Their name.
    pub name: String,
    /// What is known.
    pub status: Status,
    /// How and when they signed, how long they were there.
    pub note: String,
    /// Where it is corrected; empty when it may not be, or when nothing is known.
    pub correct: String,
    /// Whether their presence may be said.
    pub to_say: bool,
    /// Whether it is countersigned.
    pub countersigned: bool,
}

/// What may be done on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// The codes of the room may be shown, or are.
    pub room: bool,
    /// Presences may be said.
    pub record: bool,
    /// Whoever looks teaches, and may countersign.
    pub countersign: bool,
}

/// `/sessions/{number}/emargement/{slot}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/attendance/slot.html")]
pub struct SlotPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, when something does.
    pub refused: Option<(String, Vec<String>)>,
    /// Its address.
    pub at: String,
    /// Number of the session.
    pub number: String,
    /// What the session is called.
    pub title: String,
    /// In brief.
    pub margin: Vec<Fact>,
    /// Where it stands.
    pub status: Status,
    /// Everybody.
    pub lines: Vec<LineRow>,
    /// The answers about a presence.
    pub choices: Vec<Choice>,
    /// What may be done.
    pub acts: Acts,
    /// Corrections.
    pub changes: Vec<String>,
    /// The scanned sheet.
    pub sheet: Option<Link>,
    /// Where the sheet is issued as a paper, for whoever may.
    pub issue: Option<Link>,
    /// Whether proofs are asked for.
    pub proved: bool,
    /// The form.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path((number, slot)): Path<(String, Uuid)>) -> Result<Response> {
    answer(&page, StatusCode::OK, (&number, slot.into()), FormState::default(), None).await
}

/// The page again, its form with its faults or what stands in the way.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    (number, id): (&str, TrainingSlotId),
    form: FormState,
    refused: Option<(String, Vec<String>)>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let sheet = queries::by_number(conn, page.actor(), number).await?;
        let slot = sheet.slot(id).cloned().ok_or(AttendanceError::NotFound)?;
        let lines: Vec<AttendanceId> =
            sheet.lines.iter().filter(|row| row.slot_id == id).map(|row| row.id).collect();
        let beside = queries::beside(conn, &lines).await?;
        Ok::<_, AttendanceError>((sheet, slot, beside))
    };
    let (sheet, slot, beside) = read.await.map_err(WebError::from)?;
    let summary = form.summary(words::NOT_DONE);
    let at = format!("/sessions/{number}/emargement/{id}");
    let facts = sheet.facts_on(id, page.actor());
    let records = may(page.actor(), Permission::AttendanceRecord, &facts);
    let corrects = may(page.actor(), Permission::AttendanceCorrect, &facts);
    let context = SlotPage {
        shell: page.shell(labels::day_and_half(&slot)).with_errors(summary.is_some()),
        summary,
        refused,
        number: number.to_owned(),
        title: sheet.session.title.clone(),
        margin: margin(&sheet, &slot),
        status: words::slot_status(&sheet, &slot, page.app.now()),
        lines: lines(&sheet, &slot, &beside, (&at, corrects)),
        choices: Presence::all().map(|one| Choice::new(one.word(), labels::presence_choice(one))).collect(),
        acts: Acts {
            room: records && !super::super::load::is_remote(slot.modality),
            record: records,
            countersign: may(page.actor(), Permission::AttendanceCountersign, &facts),
        },
        changes: beside.changes.iter().map(|row| words::correction(row, &slot.zone)).collect(),
        sheet: slot.sheet_id.map(|file| Link::new(labels::SHEET, format!("{at}/fichiers/{file}"))),
        issue: may(page.actor(), Permission::PaperIssue, &facts).then(|| {
            let to = format!("/sessions/{number}/papiers/etablir?document=attendance_sheet&pour={id}");
            Link::new(words::ISSUE_SHEET, to)
        }),
        proved: is_proved(slot.modality),
        form,
        at,
    };
    page.answer_with(status, &context)
}

fn margin(sheet: &Sheet, slot: &training_slot::Model) -> Vec<Fact> {
    vec![
        Fact::new(words::WHEN, labels::hours(slot)),
        Fact::new(words::PLACE, crate::features::enrolments::labels::place(&sheet.session)),
        Fact::new(words::TRAINERS, sheet.teaching(slot.id).join(", ")),
    ]
}

fn lines(
    sheet: &Sheet,
    slot: &training_slot::Model,
    beside: &Beside,
    (at, corrects): (&str, bool),
) -> Vec<LineRow> {
    let row = |person: &enrolment::Model| {
        let known = sheet.line(slot.id, person.id);
        let proofs: Vec<&attendance_proof::Model> = beside
            .proofs
            .iter()
            .filter(|proof| known.is_some_and(|row| row.id == proof.attendance_id))
            .collect();
        LineRow {
            presence: format!("presence-{}", person.id),
            minutes: format!("minutes-{}", person.id),
            name: name(person),
            status: known.map_or(labels::UNKNOWN, |row| labels::presence(row.presence)),
            note: known.map(|row| note(row, slot, proofs.len())).unwrap_or_default(),
            correct: known
                .filter(|_| corrects)
                .map(|row| format!("{at}/corriger/{}", row.id))
                .unwrap_or_default(),
            to_say: known.is_none() && is_expected(person.state),
            countersigned: known.is_some_and(|row| row.countersigned_at.is_some()),
        }
    };
    let on_it =
        |person: &&enrolment::Model| is_expected(person.state) || sheet.line(slot.id, person.id).is_some();
    sheet.people.iter().filter(on_it).map(row).collect()
}

fn note(row: &attendance::Model, slot: &training_slot::Model, proofs: usize) -> String {
    let mut parts = Vec::new();
    if row.presence == Presence::Partial {
        parts.push(labels::duration(u32::try_from(row.minutes).unwrap_or_default()));
    }
    match row.signed_at {
        Some(at) => parts.push(words::signed(row.proof, &instant(*at, &slot.zone))),
        None => parts.push(labels::proof(row.proof).to_owned()),
    }
    if proofs > 0 {
        parts.push(words::proofs(proofs));
    }
    parts.join(", ")
}
