//! `/agrements/droits/{number}`: an agreement in its life, what was done to it and what may be done now.

use askama::Template;
use entity::right_act::ActState;
use entity::right_change::{self, ChangeState};
use entity::{agreement, right_act};
use poem::web::Path;
use poem::{Response, Result, handler};
use time::OffsetDateTime;

use super::life::{self, Known};
use super::life_words;
use super::outcomes::{ReservePart, reserve};
use super::parts::Eyes;
use super::traces::{self, DocumentPart};
use crate::authz::{self, Permission};
use crate::features::agreements::queries::{self, RightFile, history};
use crate::features::agreements::{AgreementError, labels, wording};
use crate::features::settings;
use crate::http::web::component::{Fact, HistoryLine, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;

/// One act on the right.
#[derive(Clone, Debug)]
pub struct ActPart {
    /// What and why.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// When, until when.
    pub note: String,
    /// The findings.
    pub grounds: Vec<String>,
    /// The reasons, and the rest in paragraphs with their heads.
    pub texts: Vec<(&'static str, Vec<String>)>,
}

/// One declared change.
#[derive(Clone, Debug)]
pub struct ChangePart {
    /// What changed, when.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Until when it is reviewed, or what came of it.
    pub note: String,
    /// In words.
    pub paragraphs: Vec<String>,
    /// What the structure was answered.
    pub answer: Vec<String>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/right.html")]
pub struct RightPage {
    /// The shell.
    pub shell: Shell,
    /// The way back.
    pub back: Link,
    /// Number.
    pub number: String,
    /// State.
    pub status: Status,
    /// Certification and service.
    pub about: String,
    /// The margin.
    pub facts: Vec<Fact>,
    /// What is in course, in a sentence; may be empty.
    pub underway: String,
    /// What may be done first.
    pub first: Vec<Link>,
    /// What takes something away.
    pub grave: Vec<Link>,
    /// Reserves.
    pub reserves: Vec<ReservePart>,
    /// Acts, the last one first.
    pub acts: Vec<ActPart>,
    /// Declared changes, the last one first.
    pub changes: Vec<ChangePart>,
    /// Updates of the list of partners; none for a structure.
    pub updates: Vec<String>,
    /// Documents.
    pub documents: Vec<DocumentPart>,
    /// History.
    pub history: Vec<HistoryLine>,
}

/// The address of the page of a right.
pub(super) fn path(number: &str) -> String {
    format!("/agrements/droits/{number}")
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let found = queries::right_file(page.app.db.read(), page.actor(), &number).await;
    let file = found.map_err(WebError::from)?;
    let built = build(&page, &file).await.map_err(WebError::from)?;
    page.answer(&built)
}

async fn build(page: &Page, file: &RightFile) -> std::result::Result<RightPage, AgreementError> {
    let (conn, actor, now) = (page.app.db.read(), page.actor(), page.app.now());
    let (right, dossier) = (&file.right, &file.dossier);
    let eyes = Eyes::of(actor);
    let zone = dossier.structure.zone.as_str();
    let today = dossier.today(now);
    let delays = settings::life_delays(conn).await?;
    let facts = dossier.facts();
    let known = known(file, &facts, &delays, now);
    let offered = life::offered(actor, &known);
    let link = |act: &life::LifeAct| {
        Link::new(life_words::of(*act).link, format!("{}/{}", path(&right.number), act.verb()))
    };
    let around = queries::attachments(conn, &dossier.request).await?;
    let acts = history::of_right(conn, right.id).await?;
    let updates = if authz::may(actor, Permission::PartnerUpdate, &facts) {
        file.updates.iter().map(|one| update(one, zone)).collect()
    } else {
        Vec::new()
    };
    Ok(RightPage {
        shell: page.shell(dossier.structure.name.clone()),
        back: match eyes {
            Eyes::Structure => Link::new("Notre agrément", "/notre-agrement"),
            Eyes::House | Eyes::Expert => Link::new("Agréments accordés", "/agrements/droits"),
        },
        number: right.number.clone(),
        status: labels::right_state_on(right, today),
        about: format!("{}, {}", labels::certification(dossier.certification()), labels::role(right.role)),
        facts: margin(file, eyes),
        underway: known.in_course().map(|act| underway(act, zone, eyes)).unwrap_or_default(),
        first: offered.iter().filter(|act| !act.is_danger()).map(link).collect(),
        grave: offered.iter().filter(|act| act.is_danger()).map(link).collect(),
        reserves: file.reserves.iter().map(|one| reserve(one, today)).collect(),
        acts: file.acts.iter().map(|act| act_part(file, act, eyes, now)).collect(),
        changes: file.changes.iter().map(|one| change_part(one, zone)).collect(),
        updates,
        documents: traces::documents(&around, zone, eyes),
        history: traces::history(acts, zone, eyes),
    })
}

/// What the acts of a right are offered from.
pub(super) fn known<'a>(
    file: &'a RightFile,
    facts: &'a authz::Facts,
    delays: &'a crate::rules::life::LifeDelays,
    now: OffsetDateTime,
) -> Known<'a> {
    Known {
        right: &file.right,
        facts,
        acts: &file.acts,
        reserves: &file.reserves,
        changes: &file.changes,
        delays,
        today: file.dossier.today(now),
        now,
    }
}

fn margin(file: &RightFile, eyes: Eyes) -> Vec<Fact> {
    let (right, structure) = (&file.right, &file.dossier.structure);
    let named = Fact::new("Structure", structure.name.clone());
    let named = match eyes {
        Eyes::House => named.to(format!("/structures/{}", structure.siren)),
        Eyes::Expert | Eyes::Structure => named,
    };
    vec![
        Fact::new("Agrément", right.number.clone()).mono(),
        named,
        Fact::new("Période", period(right)),
        Fact::new("Dossier", file.dossier.reference()).to(file.dossier.path()),
        Fact::new("Vérification", "page publique").to(format!("/agrements/{}", right.number)),
    ]
}

fn period(right: &agreement::Model) -> String {
    french::date_range(right.starts_on, right.ends_on)
}

/// What is in course, as this side reads it: that a second person is awaited stays inside.
fn underway(act: &right_act::Model, zone: &str, eyes: Eyes) -> String {
    let what = labels::act::noun(act.kind);
    match (act.state, act.comments_due_at) {
        (ActState::Asked, _) if eyes == Eyes::House => {
            format!("Une procédure de {what} attend la confirmation d’une autre personne.")
        }
        (_, Some(until)) => format!(
            "Une procédure de {what} est en cours. La structure peut présenter ses observations jusqu’au {}.",
            wording::instant(*until, zone)
        ),
        (_, None) => format!("Une procédure de {what} est en cours."),
    }
}

fn act_part(file: &RightFile, act: &right_act::Model, eyes: Eyes, now: OffsetDateTime) -> ActPart {
    let zone = file.dossier.structure.zone.as_str();
    let shown = match act.state {
        ActState::Asked if eyes != Eyes::House => ActState::Notified,
        state => state,
    };
    let day = |at: entity::Instant| wording::day(*at, zone);
    let mut notes = vec![format!("Ouvert le {}", day(act.asked_at))];
    notes.extend(act.done_at.map(|at| format!("fait le {}", day(at))));
    notes.extend(act.closed_at.map(|at| format!("clos le {}", day(at))));
    if let (Some(number), Some(sent)) = (&act.letter_number, act.letter_sent_on) {
        notes.push(labels::letter(number, sent, None));
    }
    let undo = act.undo_until.filter(|until| act.state == ActState::Done && **until >= now);
    if let Some(until) = undo.filter(|_| eyes == Eyes::House) {
        notes.push(format!("peut être annulé jusqu’au {}", wording::instant(*until, zone)));
    }
    let mut texts: Vec<(&'static str, Vec<String>)> = Vec::new();
    let mut add = |head: &'static str, text: Option<&str>| {
        let paragraphs = wording::items(text.unwrap_or_default());
        if !paragraphs.is_empty() {
            texts.push((head, paragraphs));
        }
    };
    add("Motifs", Some(act.reasons.as_str()));
    add("Urgence", act.urgency_reason.as_deref());
    add("Observations de la structure", act.comments.as_deref());
    add("Suite pour les personnes inscrites", act.plan.as_deref());
    add("Clôture", act.close_reason.as_deref());
    ActPart {
        title: format!("{}\u{202f}: {}", labels::act::kind(act.kind), labels::act::cause(act.cause)),
        status: labels::act::state(shown),
        note: notes.join(", "),
        grounds: file
            .grounds_of(act)
            .into_iter()
            .map(|one| format!("{}\u{202f}: {}", labels::act::ground(one.kind), one.words))
            .collect(),
        texts,
    }
}

fn change_part(change: &right_change::Model, zone: &str) -> ChangePart {
    let note = match (change.state, change.review) {
        (ChangeState::Declared, _) => format!("à examiner jusqu’au {}", french::date(change.review_due_on)),
        (ChangeState::Reviewed, review) => review.map(labels::act::review).unwrap_or_default().to_owned(),
    };
    ChangePart {
        title: format!("{}, {}", labels::act::topic(change.topic), french::date(change.happened_on)),
        status: labels::act::change(change.state),
        note: format!("déclaré le {}, {note}", wording::day(*change.declared_at, zone)),
        paragraphs: wording::items(&change.text),
        answer: wording::items(change.answer.as_deref().unwrap_or_default()),
    }
}

fn update(one: &entity::partner_update::Model, zone: &str) -> String {
    match one.done_at {
        Some(at) => format!("{}, déclaré le {}", one.reason, wording::day(*at, zone)),
        None => format!("{}, à déclarer jusqu’au {}", one.reason, french::date(one.due_on)),
    }
}
