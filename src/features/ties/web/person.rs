//! `/intervenants/{number}/independance`: every known tie of a person, where each comes from and what it does; the
//! declaration of the year; the duties to look at again.

use askama::Template;
use entity::declared_interest::TieKind;
use entity::expert;
use entity::tie_alert::AlertState;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::judged::Bond;
use super::super::ledger::Origin;
use super::super::queries::{self, Alert, Declarations, Line};
use super::super::{TieError, actions, events, labels};
use super::rows::{Side, TieRow, day_asked, rows};
use crate::authz::{Actor, Facts, Permission, may};
use crate::http::web::component::{AsOf, Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::typed_date;

/// A duty to look at again.
#[derive(Clone, Debug)]
pub struct AlertRow {
    /// What was given.
    pub duty: &'static str,
    /// Number of the file.
    pub reference: String,
    /// Structure.
    pub structure: String,
    /// Day of the duty, in words.
    pub day: String,
    /// Where the alert stands.
    pub state: Status,
    /// Why.
    pub reasons: Vec<String>,
    /// Why the duty is kept.
    pub kept_because: String,
    /// Where it is kept; empty when the reader may not or when it is settled.
    pub action: String,
    /// The form of the reason.
    pub form: FormState,
    /// Where the duty is given to somebody else; none when the reader may not or when it is settled.
    pub instead: Option<Link>,
}

/// An employer that still runs, whose end may be recorded.
#[derive(Clone, Debug)]
pub struct EmploymentRow {
    /// Structure.
    pub structure: String,
    /// Where its end is recorded.
    pub action: String,
    /// The form of its end.
    pub form: FormState,
}

/// A declared tie that may be ended or taken back.
#[derive(Clone, Debug)]
pub struct InterestRow {
    /// What it is and with which structure.
    pub what: String,
    /// Its days.
    pub span: String,
    /// Where its end is recorded; empty once it is over.
    pub end_action: String,
    /// The form of its end.
    pub end: FormState,
    /// Where it is taken back.
    pub void_action: String,
    /// The form of the reason.
    pub void: FormState,
}

/// A tie with a candidate.
#[derive(Clone, Debug)]
pub struct JudgedRow {
    /// Number of the file: no name is told here.
    pub number: String,
    /// The file; empty when the reader may not open it.
    pub href: String,
    /// What it is.
    pub kind: &'static str,
    /// Its days.
    pub span: String,
    /// Where it is known from.
    pub source: &'static str,
}

/// `/intervenants/{number}/independance`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/ties/person.html")]
pub struct PersonPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Back to the file.
    pub back: Link,
    /// Number.
    pub number: String,
    /// Name.
    pub name: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// Duties to look at again, those to settle first.
    pub alerts: Vec<AlertRow>,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// The ties.
    pub ties: Vec<TieRow>,
    /// Whether the ties that the person declared are left out.
    pub partial: bool,
    /// Structures where somebody else should take a turn.
    pub turns: Vec<(String, String)>,
    /// Where the declaration stands.
    pub standing: Status,
    /// Until when the declaration counts, or by when it is due.
    pub due: String,
    /// The year to declare for.
    pub year: i32,
    /// Declarations made.
    pub made: Vec<String>,
    /// Whether the reader may declare.
    pub may_declare: bool,
    /// Declared ties that may be corrected.
    pub declared: Vec<InterestRow>,
    /// Whether the reader may record employers.
    pub may_edit: bool,
    /// Employers that run.
    pub employers: Vec<EmploymentRow>,
    /// Kinds of ties.
    pub kinds: Vec<Choice>,
    /// Answers of the declaration.
    pub answers: Vec<Choice>,
    /// Which form comes back: `lien`, `annee`, `employeur` or nothing.
    pub open: String,
    /// The form of an interest.
    pub interest: FormState,
    /// The form of the declaration.
    pub declaration: FormState,
    /// The form of an employer.
    pub employer: FormState,
    /// Ties with candidates, when the reader may know them.
    pub judged: Vec<JudgedRow>,
    /// Where such a tie is declared; none when the reader may not.
    pub declare_judged: Option<Link>,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let on = day_asked(&asked).unwrap_or_else(|| page.app.today());
    let shown = answer(&page, StatusCode::OK, &number, on, ("", FormState::default())).await?;
    let expert = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    let expert = expert.map_err(WebError::from)?;
    actions::read_interests(&page.app, page.actor(), &expert).await.map_err(WebError::from)?;
    Ok(shown)
}

struct Read {
    expert: expert::Model,
    lines: Vec<Line>,
    turns: Vec<(String, String)>,
    declarations: Declarations,
    alerts: Vec<Alert>,
    judged: Vec<(Bond, bool)>,
}

/// What the page shows, its ties being those of a day.
async fn read(page: &Page, number: &str, on: Date) -> Result<Read, TieError> {
    let (conn, actor, today) = (page.app.db.read(), page.actor(), page.app.today());
    let expert = queries::by_number(conn, actor, number).await?;
    let lines = queries::of_expert(conn, actor, expert.id, on).await?;
    Ok(Read {
        turns: queries::turns(conn, &lines, on).await?,
        declarations: queries::declarations(conn, actor, expert.id, today).await?,
        alerts: queries::alerts(conn, actor, Some(expert.id), false).await?,
        judged: queries::judged(conn, actor, &expert).await?,
        expert,
        lines,
    })
}

/// The page, with the form that comes back under its name.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    on: Date,
    (open, returned): (&str, FormState),
) -> Result<Response> {
    let read = read(page, number, on).await.map_err(WebError::from)?;
    let facts = Facts::of_expert(&read.expert);
    let allowed = |permission| may(page.actor(), permission, &facts);
    let may_edit = allowed(Permission::TieEdit);
    let may_declare = allowed(Permission::InterestEdit);
    let summary = returned.summary(labels::NOT_RECORDED);
    let form = |kind: &str| {
        let form = if open == kind { returned.clone() } else { FormState::default() };
        form.with_prefix(kind)
    };
    let name = read.expert.name();
    let today = page.app.today();
    let year = today.year();
    let context = PersonPage {
        shell: page.shell(labels::INDEPENDENCE).with_errors(summary.is_some()),
        summary,
        back: Link::new(name.clone(), format!("/intervenants/{}", read.expert.number)),
        number: read.expert.number.clone(),
        margin: margin(&read, today),
        alerts: alerts(&read, page.actor(), allowed(Permission::TieOverride), &form),
        past: AsOf::of(on, today, format!("/intervenants/{}/independance", read.expert.number)),
        dates: FormState::filled([("au", typed_date::iso(on))]),
        ties: rows(&read.lines, Side::Person),
        partial: !read.declarations.told,
        turns: read.turns.clone(),
        standing: labels::standing(read.declarations.standing),
        due: labels::due(&read.declarations, today),
        year,
        made: read
            .declarations
            .made
            .iter()
            .map(|row| labels::declared_year(row, read.declarations.told))
            .collect(),
        may_declare,
        declared: if may_declare { declared(&read, &form) } else { Vec::new() },
        may_edit,
        employers: if may_edit { employers(&read, &form) } else { Vec::new() },
        kinds: TieKind::all().map(|kind| Choice::new(kind.word(), labels::declared(kind))).collect(),
        answers: vec![Choice::new("rien", labels::NOTHING), Choice::new("liste", labels::LISTED)],
        interest: form("lien"),
        declaration: if open == "annee" { form("annee") } else { said(&read, year) },
        employer: form("employeur"),
        judged: read.judged.iter().map(judged).collect(),
        declare_judged: allowed(Permission::CandidateTie).then(|| {
            Link::new(labels::DECLARE_CANDIDATE, format!("/intervenants/{}/candidats", read.expert.number))
        }),
        open: open.to_owned(),
        name,
    };
    page.answer_with(status, &context)
}

/// The form of the declaration with what was said this year, for whoever may know it.
fn said(read: &Read, year: i32) -> FormState {
    let made = read.declarations.made.iter().find(|row| row.year == year && read.declarations.told);
    let form = made.map_or_else(FormState::default, |row| {
        let answer = if row.nothing { "rien" } else { "liste" };
        FormState::filled([("answer", answer), ("note", row.note.as_str())])
    });
    form.with_prefix("annee")
}

fn judged((bond, open): &(Bond, bool)) -> JudgedRow {
    let number = bond.candidate.number.clone();
    JudgedRow {
        href: if *open { format!("/candidats/{number}") } else { String::new() },
        number,
        kind: labels::with_candidate(bond.kind),
        span: labels::span(Some(bond.since), bond.until),
        source: labels::candidate_source(bond.source),
    }
}

fn margin(read: &Read, today: Date) -> Vec<Fact> {
    let standing = labels::standing(read.declarations.standing);
    let count = i64::try_from(read.lines.len()).unwrap_or(i64::MAX);
    vec![
        Fact::new(labels::DECLARATION, standing.word).with_note(labels::due(&read.declarations, today)),
        Fact::new(labels::KNOWN_TIES, french::integer(count)),
    ]
}

fn alerts(read: &Read, actor: &Actor, may_keep: bool, form: &impl Fn(&str) -> FormState) -> Vec<AlertRow> {
    let mut alerts: Vec<&Alert> = read.alerts.iter().collect();
    alerts.sort_by_key(|alert| alert.row.state != AlertState::Open);
    let row = |alert: &Alert| {
        let row = &alert.row;
        let open = row.state == AlertState::Open;
        AlertRow {
            duty: labels::duty_word(&row.duty),
            reference: row.reference.clone(),
            structure: alert.structure_name.clone(),
            day: labels::planned(row.due_on),
            state: labels::alert(row.state),
            reasons: events::reasons(row),
            kept_because: row.reason.clone().unwrap_or_default(),
            action: if open && may_keep {
                format!("/intervenants/{}/alertes/{}/maintenir", read.expert.number, row.id)
            } else {
                String::new()
            },
            form: form(&format!("alerte-{}", row.id)),
            instead: instead(actor, alert),
        }
    };
    alerts.into_iter().filter(|alert| alert.row.state != AlertState::Gone).map(row).collect()
}

/// Where somebody else is looked for: those who could come instead of whoever has a mission, or the file of a visit,
/// which is taken back first.
fn instead(actor: &Actor, alert: &Alert) -> Option<Link> {
    let row = &alert.row;
    let facts = Facts {
        structure: Some(row.structure_id),
        region: Some(alert.structure_region.clone()),
        ..Facts::default()
    };
    let (permission, words, href) = if row.object_kind == "mission" {
        let page = format!("/missions/{}/remplacement", row.reference);
        (Permission::MissionManage, labels::FIND_SOMEBODY_ELSE, page)
    } else {
        let page = format!("/agrements/{}#retirer-visite", row.reference);
        (Permission::RequestAssign, labels::TAKE_VISIT_BACK, page)
    };
    (row.state == AlertState::Open && may(actor, permission, &facts)).then(|| Link::new(words, href))
}

fn declared(read: &Read, form: &impl Fn(&str) -> FormState) -> Vec<InterestRow> {
    let row = |line: &Line| {
        let id = line.known.interest?;
        let action = |verb: &str| format!("/intervenants/{}/liens/{id}/{verb}", read.expert.number);
        let tie = &line.known.tie;
        Some(InterestRow {
            what: format!("{}, {}", labels::tie(tie.tie), line.structure_name),
            span: labels::span(tie.since, tie.until),
            end_action: if tie.until.is_none() { action("fin") } else { String::new() },
            end: form(&format!("terme-{id}")),
            void_action: action("annuler"),
            void: form(&format!("annulation-{id}")),
        })
    };
    read.lines.iter().filter_map(row).collect()
}

fn employers(read: &Read, form: &impl Fn(&str) -> FormState) -> Vec<EmploymentRow> {
    let running = |line: &&Line| line.known.origin == Origin::Employment && line.known.tie.until.is_none();
    let row = |line: &Line| {
        let id = line.known.employment?;
        Some(EmploymentRow {
            structure: line.structure_name.clone(),
            action: format!("/intervenants/{}/employeurs/{id}/fin", read.expert.number),
            form: form(&format!("fin-{id}")),
        })
    };
    read.lines.iter().filter(running).filter_map(row).collect()
}
