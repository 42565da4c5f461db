//! `/sessions/{number}/actes/{act}`: an act on its own page, what it changes and who is told first.

use askama::Template;
use entity::ids::TrainingSessionId;
use entity::training_session::SessionCause;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::consequences::Consequences;
use super::super::input::{TypedEnd, slots_of};
use super::super::load::Whole;
use super::super::state::Step;
use super::super::{TrainingError, actions, labels};
use super::faults::status_of;
use super::show::margin;
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/training/act.html")]
pub struct ActPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// Where the form is sent.
    pub action: String,
    /// What the act does.
    pub intro: &'static str,
    /// Everything it changes and everyone who is told.
    pub effects: Vec<String>,
    /// The session in brief.
    pub margin: Vec<Fact>,
    /// Causes to choose from; none when it asks for none.
    pub causes: Vec<Choice>,
    /// Whether it asks for half-days.
    pub has_slots: bool,
    /// The form.
    pub form: FormState,
    /// The button.
    pub button: &'static str,
    /// The way back.
    pub keep: &'static str,
    /// Whether the button takes something away.
    pub danger: bool,
}

fn step_of(verb: &str) -> Result<Step, TrainingError> {
    Step::ALL.into_iter().find(|step| labels::acts::verb(*step) == verb).ok_or(TrainingError::NotFound)
}

const fn permission(step: Step) -> Permission {
    match step {
        Step::Start | Step::Finish => Permission::TrainingAdvance,
        _ => Permission::TrainingManage,
    }
}

/// The session, if the visitor may do this to it now.
async fn opened(page: &Page, number: &str, verb: &str) -> Result<(Whole, Step), TrainingError> {
    let step = step_of(verb)?;
    let whole = Whole::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), permission(step), &whole.facts(page.actor()))?;
    whole.next(step)?;
    Ok((whole, step))
}

fn answer(page: &Page, status: StatusCode, whole: &Whole, step: Step, form: FormState) -> Result<Response> {
    let words = labels::acts::act(step);
    let summary = form.summary(labels::NOT_RECORDED);
    let ends = matches!(step, Step::Postpone | Step::Cancel);
    let causes = SessionCause::all().filter(|_| ends);
    let context = ActPage {
        shell: page.shell(words.title).with_errors(summary.is_some()),
        summary,
        number: whole.session.number.clone(),
        action: format!("{}/actes/{}", whole.path(), labels::acts::verb(step)),
        intro: words.intro,
        effects: Consequences::of(whole).told(step, whole),
        margin: margin(whole),
        causes: causes.map(|one| Choice::new(one.word(), labels::cause(one))).collect(),
        has_slots: step == Step::Reschedule,
        form: form.with_version(whole.session.version.into()),
        button: words.button,
        keep: labels::acts::KEEP,
        danger: matches!(step, Step::Cancel | Step::Withdraw),
    };
    page.answer_with(status, &context)
}

/// The page of an act.
#[handler]
pub(super) async fn show(page: Page, Path((number, verb)): Path<(String, String)>) -> Result<Response> {
    let (whole, step) = opened(&page, &number, &verb).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &whole, step, FormState::default())
}

async fn perform(
    tx: &mut Tx,
    id: TrainingSessionId,
    step: Step,
    form: &FormData,
) -> Result<(), TrainingError> {
    let seen = form.version();
    let end = TypedEnd { cause: form.text("cause").to_owned(), reason: form.text("reason").to_owned() };
    match step {
        Step::Postpone => Box::pin(actions::postpone(tx, id, seen, &end)).await?,
        Step::Cancel => Box::pin(actions::cancel(tx, id, seen, &end)).await?,
        Step::Reschedule => {
            let slots = slots_of(form.text("slots"));
            Box::pin(actions::reschedule(tx, id, seen, &slots)).await?
        }
        _ => Box::pin(actions::step(tx, id, seen, step)).await?,
    };
    Ok(())
}

/// Does it.
#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let (whole, step) = opened(&page, &number, &verb).await.map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(perform(&mut tx, whole.session.id, step, &form)).await?;
        tx.commit().await?;
        Ok::<_, TrainingError>(())
    };
    match Box::pin(done).await {
        Ok(()) => Ok(flash::redirect(&whole.path(), &labels::acts::done(step))),
        Err(error) => {
            let (status, errors) = status_of(error)?;
            answer(&page, status, &whole, step, FormState::filled(form.fields()).with_errors(errors))
        }
    }
}
