//! `/compte/notifications`: what the visitor wishes of messages, and what cannot be turned off.

use askama::Template;
use poem::http::StatusCode;
use poem::{Response, Result, handler};

use super::super::input::TypedPreferences;
use super::super::queries::{self, Own};
use super::super::shapes::answer_word;
use super::super::{NoticeError, actions, labels};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::notices::{Hours, Wish};
use crate::rules::territory;

/// `/compte/notifications`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/notices/preferences.html")]
pub struct PreferencesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The margin.
    pub margin: Vec<Fact>,
    /// The form.
    pub form: FormState,
    /// What may be wished.
    pub wishes: Vec<Choice>,
    /// Hours at which quiet begins.
    pub quiet_from: Vec<Choice>,
    /// Hours at which it ends.
    pub quiet_until: Vec<Choice>,
    /// Whether messages of work wait too.
    pub work_waits: Vec<Choice>,
    /// Hours of the digest.
    pub digest_at: Vec<Choice>,
    /// Weekends.
    pub weekends: Vec<Choice>,
    /// Zones.
    pub zones: Vec<Choice>,
}

async fn own(page: &Page) -> Result<Own> {
    Ok(queries::preferences(page.app.db.read(), page.actor()).await.map_err(WebError::from)?)
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let own = own(&page).await?;
    let form = recorded(&own);
    answer(&page, StatusCode::OK, &own, form)
}

/// The form as it is recorded.
fn recorded(own: &Own) -> FormState {
    let row = own.row.as_ref();
    let hour = |hour: Option<i32>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    let answer = |answer: Option<bool>| answer.map(answer_word).unwrap_or_default().to_owned();
    FormState::filled([
        ("work", own.applied.work.word().to_owned()),
        ("reminder", own.applied.reminder.word().to_owned()),
        ("quiet_from", hour(row.and_then(|row| row.quiet_from))),
        ("quiet_until", hour(row.and_then(|row| row.quiet_until))),
        ("digest_at", hour(row.and_then(|row| row.digest_at))),
        ("work_waits", answer(row.and_then(|row| row.work_waits))),
        ("weekends", answer(row.and_then(|row| row.weekends))),
        ("zone", row.and_then(|row| row.zone.clone()).unwrap_or_default()),
    ])
    .with_version(row.map_or(0, |row| row.version).into())
}

fn answer(page: &Page, status: StatusCode, own: &Own, form: FormState) -> Result<Response> {
    let summary = form.summary(labels::NOT_RECORDED);
    let proposed: Hours = own.proposed;
    let hours = |at: u8| -> Vec<Choice> {
        let first = Choice::new("", labels::proposed(at));
        std::iter::once(first)
            .chain((0..24).map(|hour| Choice::new(hour.to_string(), labels::hour(hour))))
            .collect()
    };
    let place = territory::zone_place(&own.applied.zone).unwrap_or(own.applied.zone.as_str());
    let context = PreferencesPage {
        shell: page.shell(labels::PREFERENCES).with_errors(summary.is_some()),
        summary,
        margin: vec![Fact::new(labels::ZONE, place)],
        wishes: Wish::ALL.map(|wish| Choice::new(wish.word(), labels::wish(wish))).to_vec(),
        quiet_from: hours(proposed.quiet_from),
        quiet_until: hours(proposed.quiet_until),
        digest_at: hours(proposed.digest_at),
        work_waits: answers(proposed.work_waits),
        weekends: answers(proposed.weekends),
        zones: zones(),
        form,
    };
    page.answer_with(status, &context)
}

/// Yes, no, or what the certifier proposes.
fn answers(proposed: bool) -> Vec<Choice> {
    vec![
        Choice::new("", labels::proposed_answer(proposed)),
        Choice::new(answer_word(true), labels::YES),
        Choice::new(answer_word(false), labels::NO),
    ]
}

/// The zones of the territories; none = that of the person's file.
fn zones() -> Vec<Choice> {
    let places = territory::zones().iter().map(|(zone, place)| Choice::new(*zone, *place));
    std::iter::once(Choice::new("", labels::OWN_ZONE)).chain(places).collect()
}

/// Records.
#[handler]
pub(super) async fn save(page: Page, form: FormData) -> Result<Response> {
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedPreferences {
        work: text("work"),
        reminder: text("reminder"),
        quiet_from: text("quiet_from"),
        quiet_until: text("quiet_until"),
        weekends: text("weekends"),
        work_waits: text("work_waits"),
        digest_at: text("digest_at"),
        zone: text("zone"),
        legal: text("legal"),
        security: text("security"),
    };
    let done = async {
        let account = page.actor().account_id().ok_or(NoticeError::NotFound)?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::set_preferences(&mut tx, account, form.version(), &typed).await?;
        Ok::<_, NoticeError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect("/compte/notifications", &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(form.version().unwrap_or_default().into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &own(&page).await?, state)
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
