//! `/jurys/{number}/membres`: who sits, what became of each mission, what is known of each today.

use askama::Template;
use entity::ids::JuryMemberId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::panel::Panel;
use super::super::queries::{self, Seated};
use super::super::{PanelError, actions, labels};
use super::compose::margin;
use crate::authz::{Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// Somebody on a seat.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// Name.
    pub name: String,
    /// Page.
    pub href: String,
    /// The seat.
    pub seat: &'static str,
    /// By video.
    pub remote: bool,
    /// Where it stands.
    pub status: Status,
    /// Number and page of the mission.
    pub mission: Option<Link>,
    /// Why they were asked in spite of a warning; may be empty.
    pub reason: String,
    /// What is known of them today.
    pub findings: Vec<String>,
    /// Whether somebody should look at this seat again.
    pub doubtful: bool,
    /// Where the seat is taken back; empty when the reader may not.
    pub remove: String,
    /// The form of the reason.
    pub form: FormState,
}

/// `/jurys/{number}/membres`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/panels/members.html")]
pub struct MembersPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Option<(String, Vec<String>)>,
    /// Number of the session.
    pub number: String,
    /// Structure and place.
    pub subject: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// Those who sit or were asked.
    pub members: Vec<MemberRow>,
    /// Those who declined or were taken back, with the reason.
    pub past: Vec<(String, Status, String)>,
    /// What the quorum lacks with those who accepted.
    pub lacks: Vec<String>,
    /// Where somebody is asked; empty when the reader may not.
    pub compose: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    returned: Option<(Uuid, FormState)>,
    refusal: Option<&PanelError>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let panel = Panel::by_number(conn, page.actor(), number).await.map_err(WebError::from)?;
    let seated = queries::seated(conn, &panel, page.app.now()).await.map_err(WebError::from)?;
    let may_change = panel.is_open() && may(page.actor(), Permission::JuryPanelManage, &panel.facts());
    let summary = returned.as_ref().and_then(|(_, form)| form.summary(labels::NOT_RECORDED));
    let row = |one: &Seated| {
        let form = returned.as_ref().filter(|(id, _)| *id == one.member.row.id.0);
        let form = form.map(|(_, form)| form.clone()).unwrap_or_default();
        member(&panel, one, may_change, form)
    };
    let past = panel.members.iter().filter(|member| !member.is_live()).map(|member| {
        let said = member.row.reason.clone().unwrap_or_default();
        let who = format!("{}, {}", member.expert.name(), labels::seat(member.row.seat).to_lowercase());
        (who, labels::member(member.row.state), said)
    });
    let lacks: Vec<String> = panel.lacks(true).into_iter().map(labels::lack).collect();
    let mut about = margin(&panel, &seated);
    // What lacks is said above the members, and once.
    about.retain(|fact| lacks.is_empty() || fact.term != labels::QUORUM_LACKS);
    let context = MembersPage {
        shell: page.shell(labels::MEMBERS).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| (error.detail(), error.blocking())),
        number: panel.session.number.clone(),
        subject: format!("{}, {}", panel.structure.name, panel.commune()),
        margin: about,
        members: seated.iter().map(row).collect(),
        past: past.collect(),
        lacks,
        compose: if may_change { format!("{}/affectation", panel.path()) } else { String::new() },
    };
    page.answer_with(status, &context)
}

fn member(panel: &Panel, one: &Seated, may_change: bool, form: FormState) -> MemberRow {
    let (row, expert) = (&one.member.row, &one.member.expert);
    let findings = one.findings.iter().map(|found| labels::finding(panel, found));
    let mission = one.member.mission.as_ref();
    let remove = format!("{}/membres/{}/retirer", panel.path(), row.id);
    MemberRow {
        name: expert.name(),
        href: format!("/intervenants/{}", expert.number),
        seat: labels::seat(row.seat),
        remote: row.remote,
        status: labels::member(row.state),
        mission: mission.map(|one| Link::new(one.number.clone(), format!("/missions/{}", one.number))),
        reason: row.override_reason.clone().unwrap_or_default(),
        findings: one.outside.iter().cloned().chain(findings).collect(),
        doubtful: one.is_doubtful(),
        remove: if may_change { remove } else { String::new() },
        form: form.with_version(panel.session.version.into()).with_prefix(row.id.to_string()),
    }
}

/// Takes a seat back, once what that changes was read.
#[handler]
pub(super) async fn take_off(
    page: Page,
    Path((number, member)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let confirmed = form.text(CONFIRMED) == "oui";
    let done = async {
        let panel = Panel::by_number(page.app.db.read(), page.actor(), &number).await?;
        let name = panel.member(JuryMemberId(member))?.expert.name();
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (id, why) = (panel.session.id, form.text("reason"));
        let removed = actions::remove(&mut tx, id, form.version(), JuryMemberId(member), why);
        Box::pin(removed).await?;
        if confirmed {
            tx.commit().await?;
        }
        Ok::<_, PanelError>(name)
    };
    let error = match done.await {
        Ok(name) if confirmed => {
            return Ok(flash::redirect(&format!("/jurys/{number}/membres"), &labels::removed(&name)));
        }
        Ok(name) => return ask(&page, &number, member, &name, &form),
        Err(error) => error,
    };
    let typed = form.fields().filter(|(name, _)| *name != CONFIRMED);
    let state = FormState::filled(typed);
    match error.kind() {
        ErrorKind::Invalid => {
            let state = state.with_errors(FieldErrors::of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &number, Some((member, state)), None).await
        }
        ErrorKind::Conflict | ErrorKind::Stale => {
            answer(&page, StatusCode::CONFLICT, &number, Some((member, state)), Some(&error)).await
        }
        _ => Err(WebError::from(error).into()),
    }
}

fn ask(page: &Page, number: &str, member: Uuid, name: &str, form: &FormData) -> Result<Response> {
    let path = format!("/jurys/{number}/membres");
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(labels::REMOVE),
        intro: labels::ask_removal(name, number),
        effects: labels::REMOVAL_EFFECTS.map(str::to_owned).to_vec(),
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{path}/{member}/retirer"),
        keep: Link::new(labels::KEEP, path),
        act: labels::TAKE_BACK.to_owned(),
        danger: true,
    })
}
