//! `/agrements/droits/{number}/{verb}`: one act on a right. What it changes is told before, from what the act itself walks.

use askama::Template;
use entity::ids::{InspectionId, NonconformityId, ReserveId, RightChangeId};
use entity::right_act::{self, ActCause};
use entity::right_change::{ChangeReview, ChangeState, ChangeTopic};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::life::{self, LifeAct};
use super::right::{known, path};
use super::{life_words, reading};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::agreements::actions::life as acts;
use crate::features::agreements::input::life::{ChangeInput, Charge, Ground, ReviewInput};
use crate::features::agreements::queries::{self, RightFile, findings};
use crate::features::agreements::{AgreementError, consequences, labels, wording};
use crate::features::settings;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::sanction::Sanction;

/// The choices of a form.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// What a notice announces.
    pub sanctions: Vec<Choice>,
    /// Why.
    pub causes: Vec<Choice>,
    /// What may be cited.
    pub grounds: Vec<Choice>,
    /// What may be declared.
    pub topics: Vec<Choice>,
    /// The changes to review.
    pub changes: Vec<Choice>,
    /// What may come of a change.
    pub reviews: Vec<Choice>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/right_act.html")]
pub struct RightActPage {
    /// The shell.
    pub shell: Shell,
    /// The way back.
    pub back: Link,
    /// What it means.
    pub intro: &'static str,
    /// Faults of the form.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way, and what lacks.
    pub refused: Option<(String, Vec<String>)>,
    /// What the procedure says so far: heads and paragraphs.
    pub said: Vec<(&'static str, Vec<String>)>,
    /// Everything that changes and everyone who is told; none when nothing changes.
    pub effects: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// Which act.
    pub act: LifeAct,
    /// Its choices.
    pub lists: Choices,
    /// The form.
    pub form: FormState,
    /// The button.
    pub button: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
}

#[handler]
pub(super) async fn show(page: Page, Path((number, verb)): Path<(String, String)>) -> Result<Response> {
    let act = LifeAct::of(&verb).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let file = read(&page, &number).await?;
    let form = FormState::default().with_version(file.right.version.into());
    answer(&page, &file, act, form, None, StatusCode::OK).await
}

async fn read(page: &Page, number: &str) -> Result<RightFile> {
    let found = queries::right_file(page.app.db.read(), page.actor(), number).await;
    Ok(found.map_err(WebError::from)?)
}

async fn answer(
    page: &Page,
    file: &RightFile,
    act: LifeAct,
    form: FormState,
    refused: Option<(String, Vec<String>)>,
    status: StatusCode,
) -> Result<Response> {
    let built = build(page, file, act, form, refused).await.map_err(WebError::from)?;
    let Some(built) = built else {
        // Not for this person, or not now: the page of the right says what may be done.
        return Err(poem::Error::from_status(StatusCode::NOT_FOUND));
    };
    page.answer_with(status, &built)
}

/// The page of an act; none when it is not offered and nothing was tried.
async fn build(
    page: &Page,
    file: &RightFile,
    act: LifeAct,
    form: FormState,
    refused: Option<(String, Vec<String>)>,
) -> std::result::Result<Option<RightActPage>, AgreementError> {
    let (conn, actor, now) = (page.app.db.read(), page.actor(), page.app.now());
    let facts = file.dossier.facts();
    let delays = settings::life_delays(conn).await?;
    let known = known(file, &facts, &delays, now);
    if refused.is_none() && !form.has_errors() && !life::offered(actor, &known).contains(&act) {
        return Ok(None);
    }
    let about = act.about(&known);
    let effects = match act.kind() {
        Some(kind) => {
            let touched = consequences::of(conn, &file.right, kind, now).await?.read_by(actor);
            labels::life::effects(kind, &touched)
        }
        None => Vec::new(),
    };
    let grounds = if act.asks("grounds") {
        findings::citable(conn, file.right.id, file.dossier.today(now)).await?
    } else {
        Vec::new()
    };
    let words = life_words::of(act);
    let summary = form.summary(life_words::NOT_DONE);
    Ok(Some(RightActPage {
        shell: page.shell(words.title).with_errors(summary.is_some()),
        back: Link::new(file.right.number.clone(), path(&file.right.number)),
        intro: words.intro,
        summary,
        refused,
        said: about.map(|about| said(file, about)).unwrap_or_default(),
        effects,
        action: format!("{}/{}", path(&file.right.number), act.verb()),
        act,
        lists: Choices {
            sanctions: sanctions(life::sanctions(actor, &facts)),
            causes: life::causes(act == LifeAct::Suspend).into_iter().map(cause).collect(),
            grounds: grounds.iter().map(ground).collect(),
            topics: ChangeTopic::all().map(|one| Choice::new(one.word(), labels::act::topic(one))).collect(),
            changes: changes(file),
            reviews: ChangeReview::all()
                .map(|one| Choice::new(one.word(), labels::act::review(one)))
                .collect(),
        },
        form,
        button: words.act,
        danger: act.is_danger(),
    }))
}

/// What the procedure says so far.
fn said(file: &RightFile, act: &right_act::Model) -> Vec<(&'static str, Vec<String>)> {
    let grounds = file.grounds_of(act).into_iter();
    let grounds = grounds.map(|one| format!("{}\u{202f}: {}", labels::act::ground(one.kind), one.words));
    let parts = [
        ("Constats", grounds.collect()),
        ("Motifs", wording::items(&act.reasons)),
        ("Observations de la structure", wording::items(act.comments.as_deref().unwrap_or_default())),
        ("Suite pour les personnes inscrites", wording::items(act.plan.as_deref().unwrap_or_default())),
    ];
    let parts = parts.into_iter().filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty());
    parts.collect()
}

fn sanctions((suspends, withdraws): (bool, bool)) -> Vec<Choice> {
    let one = |may: bool, value: &str, label: &str| may.then(|| Choice::new(value, label));
    [one(suspends, "suspension", "Une suspension"), one(withdraws, "retrait", "Un retrait")]
        .into_iter()
        .flatten()
        .collect()
}

fn cause(cause: ActCause) -> Choice {
    Choice::new(cause.word(), labels::act::cause(cause))
}

fn changes(file: &RightFile) -> Vec<Choice> {
    let waits = file.changes.iter().filter(|one| one.state == ChangeState::Declared);
    let choice = |one: &entity::right_change::Model| {
        let label = format!("{}, {}", labels::act::topic(one.topic), french::date(one.happened_on));
        Choice::new(one.id.to_string(), label).with_help(one.text.clone())
    };
    waits.map(choice).collect()
}

/// A finding as a box to tick: its kind and its key.
fn ground((ground, words): &(Ground, String)) -> Choice {
    let label = format!("{}\u{202f}: {words}", labels::act::ground(ground.kind()));
    Choice::new(value_of(ground), label)
}

fn value_of(ground: &Ground) -> String {
    match ground {
        Ground::Nonconformity(id) => format!("ecart.{id}"),
        Ground::OverdueActions(id) => format!("retard.{id}"),
        Ground::Reserve(id) => format!("reserve.{id}"),
        Ground::RefusedInspection(id) => format!("refus.{id}"),
        Ground::Incident(_) => String::new(),
    }
}

fn ground_of(value: &str) -> Option<Ground> {
    let (kind, key) = value.split_once('.')?;
    let key = Uuid::parse_str(key).ok()?;
    match kind {
        "ecart" => Some(Ground::Nonconformity(NonconformityId(key))),
        "retard" => Some(Ground::OverdueActions(InspectionId(key))),
        "reserve" => Some(Ground::Reserve(ReserveId(key))),
        "refus" => Some(Ground::RefusedInspection(InspectionId(key))),
        _ => None,
    }
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let act = LifeAct::of(&verb).ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let file = read(&page, &number).await?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    if let Err(error) = Box::pin(perform(&mut tx, act, &file, &form)).await {
        drop(tx);
        return refuse(&page, &file, act, &form, error).await;
    }
    tx.commit().await.map_err(WebError::from)?;
    let done = Flash::done(life_words::of(act).done, "L’acte est inscrit à l’historique de l’agrément.");
    Ok(flash::redirect(&path(&number), &done))
}

async fn perform(
    tx: &mut Tx,
    act: LifeAct,
    file: &RightFile,
    form: &FormData,
) -> std::result::Result<(), AgreementError> {
    let (id, seen) = (file.right.id, form.version());
    match act {
        LifeAct::Notice => {
            acts::serve_notice(tx, id, seen, &charge(form, None)?).await?;
        }
        LifeAct::Suspend => {
            acts::suspend(tx, id, seen, &charge(form, Some(Sanction::Suspend))?).await?;
        }
        LifeAct::SuspendAfterNotice => {
            acts::suspend_after_notice(tx, id, seen).await?;
        }
        LifeAct::SuspendForReserves => {
            acts::suspend_for_reserves(tx, id, seen, form.text("reasons")).await?;
        }
        LifeAct::Reinstate => {
            acts::reinstate(tx, id, seen, form.text("reasons")).await?;
        }
        LifeAct::AskWithdrawal => {
            acts::ask_withdrawal(tx, id, seen, form.text("plan")).await?;
        }
        LifeAct::ConfirmWithdrawal => {
            acts::confirm_withdrawal(tx, id, seen).await?;
        }
        LifeAct::Renounce => {
            acts::renounce(tx, id, seen, form.text("plan")).await?;
        }
        LifeAct::Drop => {
            acts::drop_act(tx, id, open_act(file)?.id, form.text("reason")).await?;
        }
        LifeAct::Undo => {
            acts::undo(tx, id, done_act(file)?.id, form.text("reason")).await?;
        }
        LifeAct::Letter => {
            let row = open_act(file).or_else(|_| done_act(file))?;
            let sent_on = reading::optional_date(form, "sent_on").map_err(one_fault)?;
            acts::record_act_letter(tx, id, row.id, form.text("number"), sent_on).await?;
        }
        LifeAct::Answer => {
            acts::answer_notice(tx, id, form.text("text")).await?;
        }
        LifeAct::Declare => {
            acts::declare_change(tx, id, &declared(form)?).await?;
        }
        LifeAct::Review => {
            let (change, input) = reviewed(form)?;
            acts::review_change(tx, id, change, None, &input).await?;
        }
    }
    Ok(())
}

fn one_fault(fault: Fault) -> AgreementError {
    AgreementError::Invalid(vec![fault])
}

/// The act in course of the page that was read.
fn open_act(file: &RightFile) -> std::result::Result<&right_act::Model, AgreementError> {
    use right_act::ActState;
    let open = file.acts.iter().find(|one| matches!(one.state, ActState::Notified | ActState::Asked));
    let detail = labels::act::NONE_IN_COURSE;
    open.ok_or_else(|| AgreementError::blocked("agreement-no-act-in-course", detail, Vec::new()))
}

/// The last act done of the page that was read.
fn done_act(file: &RightFile) -> std::result::Result<&right_act::Model, AgreementError> {
    let done = file.acts.iter().find(|one| one.state == right_act::ActState::Done);
    let detail = labels::act::NOT_LAST;
    done.ok_or_else(|| AgreementError::blocked("agreement-act-not-last", detail, Vec::new()))
}

/// The charge of a form; what it announces is chosen there unless given.
fn charge(form: &FormData, sanction: Option<Sanction>) -> std::result::Result<Charge, AgreementError> {
    let mut faults = Vec::new();
    let chosen = sanction.or(match form.text("sanction") {
        "suspension" => Some(Sanction::Suspend),
        "retrait" => Some(Sanction::Withdraw),
        _ => None,
    });
    if chosen.is_none() {
        faults.push(Fault::new("/sanction", "sanction-missing", "Choisissez ce qui est annoncé"));
    }
    let cause = ActCause::from_word(form.text("cause"));
    if cause.is_none() {
        faults.push(Fault::new("/cause", "cause-missing", "Choisissez une cause"));
    }
    let mut grounds: Vec<Ground> = form.all("grounds").into_iter().filter_map(ground_of).collect();
    grounds.extend(form.optional("incident").map(|words| Ground::Incident(words.to_owned())));
    let charge = Charge {
        sanction: chosen.unwrap_or(Sanction::Suspend),
        cause: cause.unwrap_or(ActCause::Breach),
        grounds,
        reasons: form.text("reasons").to_owned(),
        urgency: form.text("urgency").to_owned(),
        plan: form.text("plan").to_owned(),
    };
    faults.extend(charge.faults());
    if chosen.is_none() || cause.is_none() { Err(AgreementError::Invalid(faults)) } else { Ok(charge) }
}

fn declared(form: &FormData) -> std::result::Result<ChangeInput, AgreementError> {
    let mut faults = Vec::new();
    let topic = ChangeTopic::from_word(form.text("topic"));
    if topic.is_none() {
        faults.push(Fault::new("/topic", "topic-missing", "Choisissez ce qui a changé"));
    }
    let day = reading::date(form, "happened_on").map_err(|fault| faults.push(fault)).ok();
    match topic.zip(day) {
        Some((topic, happened_on)) => {
            Ok(ChangeInput { topic, happened_on, text: form.text("text").to_owned() })
        }
        None => Err(AgreementError::Invalid(faults)),
    }
}

fn reviewed(form: &FormData) -> std::result::Result<(RightChangeId, ReviewInput), AgreementError> {
    let mut faults = Vec::new();
    let change = Uuid::parse_str(form.text("change_id")).ok().map(RightChangeId);
    if change.is_none() {
        faults.push(Fault::new("/change_id", "change-missing", "Choisissez le changement"));
    }
    let review = ChangeReview::from_word(form.text("review"));
    if review.is_none() {
        faults.push(Fault::new("/review", "review-missing", "Choisissez la suite donnée"));
    }
    match change.zip(review) {
        Some((change, review)) => {
            Ok((change, ReviewInput { review, answer: form.text("answer").to_owned() }))
        }
        None => Err(AgreementError::Invalid(faults)),
    }
}

/// The form again, with what was typed and what is wrong.
async fn refuse(
    page: &Page,
    file: &RightFile,
    act: LifeAct,
    form: &FormData,
    error: AgreementError,
) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let place = |fault: Fault| (field_of(&fault.pointer), fault.message);
    let errors: FieldErrors = error.faults().into_iter().map(place).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    let typed = form.fields().filter(|(name, _)| *name != CSRF_FIELD);
    let state = FormState::filled(typed).with_errors(errors).with_version(file.right.version.into());
    answer(page, file, act, state, refused, status).await
}

/// The field of a fault: findings are boxes, and one field for an incident.
fn field_of(pointer: &str) -> String {
    match pointer.strip_prefix("/grounds/") {
        Some(rest) if rest.ends_with("/words") => "/incident".to_owned(),
        Some(_) => "/grounds".to_owned(),
        None => pointer.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_read_as_it_is_shown() {
        let key = Uuid::from_u128(7);
        for ground in [
            Ground::Nonconformity(NonconformityId(key)),
            Ground::OverdueActions(InspectionId(key)),
            Ground::Reserve(ReserveId(key)),
            Ground::RefusedInspection(InspectionId(key)),
        ] {
            assert_eq!(ground_of(&value_of(&ground)), Some(ground));
        }
        assert_eq!(ground_of("ecart.rien"), None);
    }

    #[test]
    fn a_fault_of_a_finding_is_shown_at_its_field() {
        for (pointer, field) in
            [("/grounds/1/words", "/incident"), ("/grounds/0", "/grounds"), ("/reasons", "/reasons")]
        {
            assert_eq!(field_of(pointer), field);
        }
    }
}
