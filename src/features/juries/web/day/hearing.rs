//! `/jurys/{number}/passages/{turn}`: the results of a candidate.

use askama::Template;
use entity::candidate::IdentityDocument;
use entity::epreuve::Scale;
use entity::jury_passage::Presence;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};

use super::super::super::actions::day as acts;
use super::super::super::day::input::{Field, NO, Typed, YES};
use super::super::super::day::{self, HEARING, files, labels};
use super::super::super::load::Passing;
use super::super::super::{JuryError, wording};
use super::{BEGUN, Here, Refused, Side, Visit, link_to, refused, status_of};
use crate::features::candidates::labels as words_of_candidates;
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::referential::Unit;

/// An épreuve and its two fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpreuveRow {
    /// Code.
    pub code: String,
    /// Title, or what the candidate does.
    pub title: String,
    /// How it is marked.
    pub scale: String,
    /// Choices: value, word, class; none for points.
    pub choices: Vec<(String, String, &'static str)>,
    /// Highest mark of a scale of points.
    pub highest: String,
    /// Names of its fields: result, comment.
    pub fields: [String; 2],
}

/// A unit and its two fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// The skills of a bloc; may be empty.
    pub skills: String,
    /// What the results say; may be empty.
    pub found: &'static str,
    /// It was acquired before.
    pub kept: bool,
    /// The certification is obtained without it.
    pub optional: bool,
    /// An observation is needed.
    pub needs: bool,
    /// Names of its fields: ruling, observation.
    pub fields: [String; 2],
}

/// `/jurys/{number}/passages/{turn}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/hearing.html")]
pub struct HearingPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// Structure, certification, day.
    pub subject: String,
    /// The margin.
    pub side: Side,
    /// Passages done with, of all.
    pub progress: (usize, usize),
    /// Address of this page.
    pub here: String,
    /// « Passage de 14 h 30 ».
    pub turn: String,
    /// Name of the candidate.
    pub name: String,
    /// Number of the candidate.
    pub candidate: String,
    /// Key of the passage, for the script.
    pub passage: String,
    /// Whether the candidate came, and the document that was seen.
    pub presence: String,
    /// Measures agreed; may be empty.
    pub measures: String,
    /// The pieces of the file that the visitor reads.
    pub files: Vec<Link>,
    /// Where the presence is corrected; empty when it may not be.
    pub correct: String,
    /// The form of the presence, while it is not known or when it is corrected.
    pub arrival: Option<FormState>,
    /// Choices of that form.
    pub presences: Vec<Choice>,
    /// Documents of that form.
    pub documents: Vec<Choice>,
    /// Whether the results may be entered.
    pub may_enter: bool,
    /// Épreuves.
    pub epreuves: Vec<EpreuveRow>,
    /// Units.
    pub units: Vec<UnitRow>,
    /// The form of the results.
    pub form: FormState,
    /// The units are blocs.
    pub blocs: bool,
    /// What the rules propose: title and text; none before the person was heard, nor without a referential.
    pub proposal: Option<(String, String)>,
    /// The decision that was taken.
    pub decision: Option<String>,
    /// What the quorum lacks for this candidate.
    pub lacks: Vec<String>,
    /// Those who stay apart.
    pub apart: Vec<String>,
    /// The passage before.
    pub previous: Option<Link>,
    /// The passage after.
    pub next: Option<Link>,
    /// Where the decision is taken; empty before the deliberation.
    pub decide: String,
}

/// What a page comes back with.
#[derive(Default)]
pub(super) struct Returned {
    /// The presence is to be corrected.
    pub(super) corrects: bool,
    /// The form of the presence.
    pub(super) presence: Option<FormState>,
    /// The form of the results.
    pub(super) form: Option<FormState>,
    /// What stood in the way.
    pub(super) refused: Refused,
}

/// What the address asks for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// What is to be corrected: the presence, or nothing.
    corriger: String,
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path((number, turn)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let returned = Returned { corrects: asked.corriger == "presence", ..Returned::default() };
    answer(&page, StatusCode::OK, (&number, &turn), returned).await
}

/// The page of a turn.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    (number, turn): (&str, &str),
    returned: Returned,
) -> Result<Response> {
    let visit = Visit::of(page, number, &BEGUN).await.map_err(WebError::from)?;
    let one = visit.turn(turn).map_err(WebError::from)?;
    let mut context = context(page, &visit, one, returned);
    let people = [&one.candidate];
    let read = day::measures(&page.app, page.actor(), &visit.day.whole, &people).await;
    let measures = read.map_err(WebError::from)?.remove(&one.candidate.id);
    context.measures = measures.unwrap_or_default().join(", ");
    let pieces = files::pieces(page.app.db.read(), page.actor(), &visit.day, one).await;
    let link = |row: &entity::candidate_piece::Model| {
        let at = format!("{}/pieces/{}", context.here, row.id);
        Link::new(words_of_candidates::pieces::piece(row.kind), at)
    };
    let links = pieces.map_err(WebError::from)?.iter().map(link).collect();
    context.files = links;
    page.answer_with(status, &context)
}

fn context(page: &Page, visit: &Visit, one: &Passing, returned: Returned) -> HearingPage {
    let (day, row) = (&visit.day, &one.row);
    let whole = &day.whole;
    let outcome = day.outcome(one);
    let may_mark = visit.runs && visit.state() == JuryState::Open;
    let is_known = row.presence != Presence::Expected;
    let corrects = may_mark && is_known && (returned.corrects || returned.presence.is_some());
    let may_enter =
        visit.runs && HEARING.contains(&visit.state()) && row.presence == Presence::Present && !corrects;
    let form = returned.form.unwrap_or_else(|| filled(visit, one)).with_version(row.version.into());
    let arrival = returned.presence.unwrap_or_else(|| known_presence(one));
    let arrival = arrival.with_version(row.version.into()).with_prefix("venue");
    let summary = form.summary(labels::NOT_RECORDED).or_else(|| arrival.summary(labels::NOT_RECORDED));
    let hour = row.starts_at.map(|at| wording::hour(*at, &whole.session.zone));
    let came = matches!(row.presence, Presence::Present | Presence::Expected);
    let decided = row.decision.filter(|_| came).map(|decision| labels::decision(decision).to_owned());
    let apart = day.apart(row.id);
    let apart = whole.accepted().filter(|seated| apart.contains(&seated.row.id));
    let rank = whole.passages.iter().position(|other| other.row.id == row.id).unwrap_or_default();
    let path = whole.path();
    let deliberates = visit.state() == JuryState::Deliberating && row.presence == Presence::Present;
    HearingPage {
        shell: page.shell(labels::HEARING).with_errors(summary.is_some() || returned.refused.is_some()),
        summary,
        refused: returned.refused,
        number: whole.session.number.clone(),
        subject: visit.subject(),
        side: visit.side(Here::Turn(row.position)),
        progress: visit.progress(),
        here: format!("{path}/passages/{}", row.position),
        turn: labels::turn(row.position, hour.as_deref()),
        name: wording::name(&one.candidate),
        candidate: one.candidate.number.clone(),
        passage: row.id.to_string(),
        presence: presence(one),
        measures: String::new(),
        files: Vec::new(),
        correct: if may_mark && is_known && !corrects {
            format!("{path}/passages/{}?corriger=presence", row.position)
        } else {
            String::new()
        },
        arrival: (may_mark && (corrects || !is_known)).then_some(arrival),
        presences: presences(),
        documents: documents(),
        may_enter,
        epreuves: day.document.epreuves.iter().map(epreuve).collect(),
        units: outcome.units.iter().map(|found| unit(visit, one, found)).collect(),
        blocs: day.has_blocs(),
        proposal: day.proposal(one).map(|proposed| {
            (labels::decision(proposed).to_owned(), labels::proposal(&outcome.units, day.has_blocs()))
        }),
        decision: decided,
        lacks: if came {
            day.lacks_for(row.id).into_iter().map(labels::lacks::lack).collect()
        } else {
            Vec::new()
        },
        apart: apart.map(|seated| seated.expert.name()).collect(),
        previous: link_to(&path, rank.checked_sub(1).and_then(|before| whole.passages.get(before))),
        next: link_to(&path, whole.passages.get(rank + 1)),
        decide: if deliberates { format!("{path}/deliberation/{}", row.position) } else { String::new() },
        form,
    }
}

/// What is recorded, as the form shows it.
fn filled(visit: &Visit, one: &Passing) -> FormState {
    let fields = visit.day.fields();
    FormState::filled(fields.iter().map(|field| (field.word(), visit.day.current(one.row.id, field))))
}

/// What is known of the presence, as its form shows it.
fn known_presence(one: &Passing) -> FormState {
    if one.row.presence == Presence::Expected {
        return FormState::default();
    }
    FormState::filled([
        ("presence", one.row.presence.word()),
        ("identity_document", one.row.identity_document.word()),
        ("reason", one.row.presence_reason.clone().unwrap_or_default()),
    ])
}

fn presence(one: &Passing) -> String {
    match one.row.presence {
        Presence::Expected => String::new(),
        Presence::Present => words_of_candidates::person::document(one.row.identity_document).to_owned(),
        other => labels::presence(other).to_owned(),
    }
}

fn presences() -> Vec<Choice> {
    [Presence::Present, Presence::AbsentExcused, Presence::Absent]
        .into_iter()
        .map(|presence| Choice::new(presence.word(), labels::arrival(presence)))
        .collect()
}

fn documents() -> Vec<Choice> {
    use IdentityDocument as D;
    [D::IdentityCard, D::Passport, D::ResidencePermit, D::DrivingLicence, D::Other]
        .into_iter()
        .map(|document| Choice::new(document.word(), words_of_candidates::person::document(document)))
        .collect()
}

fn epreuve(one: &crate::rules::referential::Epreuve) -> EpreuveRow {
    let choice = |value: &str, word: &str, class: &'static str| (value.to_owned(), word.to_owned(), class);
    let choices = match one.scale {
        Scale::Binary => {
            vec![choice(YES, labels::ACQUIRED, "seg--v"), choice(NO, labels::NOT_ACQUIRED, "seg--n")]
        }
        Scale::FourLevels => (1..=4)
            .map(|level: i32| {
                let passed = one.threshold.is_none_or(|from| level >= from);
                choice(&level.to_string(), &level.to_string(), if passed { "seg--v" } else { "seg--n" })
            })
            .collect(),
        Scale::Numeric => Vec::new(),
    };
    EpreuveRow {
        code: one.code.clone(),
        title: if one.title.is_empty() { labels::epreuve(one.kind).to_owned() } else { one.title.clone() },
        scale: labels::scale(one.scale, one.threshold, one.out_of),
        choices,
        highest: one.out_of.map(|highest| highest.to_string()).unwrap_or_default(),
        fields: [Field::Mark(one.code.clone()).word(), Field::Comment(one.code.clone()).word()],
    }
}

fn unit(visit: &Visit, one: &Passing, found: &Unit) -> UnitRow {
    let day = &visit.day;
    let ruled = day.ruling(one.row.id, &found.code).is_some();
    let skills = day.document.skills.iter();
    let skills = skills.filter(|skill| skill.bloc.as_deref() == Some(found.code.as_str()));
    let kept = day.kept.get(&one.candidate.id).is_some_and(|kept| kept.contains(&found.code));
    UnitRow {
        code: found.code.clone(),
        title: day.unit_title(&found.code).unwrap_or_default().to_owned(),
        skills: skills.map(|skill| skill.wording.as_str()).collect::<Vec<_>>().join(", "),
        found: if ruled || kept { "" } else { labels::from_results(found.acquired) },
        kept,
        optional: found.optional,
        needs: found.acquired == Some(false) && !found.optional,
        fields: [Field::Ruling(found.code.clone()).word(), Field::Remark(found.code.clone()).word()],
    }
}

/// What was typed, field by field.
fn typed(form: &FormData) -> Vec<Typed> {
    let fields = form.fields().filter_map(|(name, value)| {
        let field = Field::read(name).filter(|field| *field != Field::Heard)?;
        Some(Typed { field, value: value.to_owned() })
    });
    // A box that is not ticked is not sent.
    let heard = Typed { field: Field::Heard, value: form.text("heard").to_owned() };
    fields.chain([heard]).collect()
}

/// Enters the results, and goes where the button leads.
#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, turn)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let typed = typed(&form);
    let done = async {
        let visit = Visit::of(&page, &number, &BEGUN).await?;
        let (session, passage) = (visit.day.whole.session.id, visit.turn(&turn)?.row.id);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let entered = acts::enter(&mut tx, session, passage, form.version(), &typed);
        if Box::pin(entered).await?.is_some() {
            tx.commit().await?;
        }
        Ok::<_, JuryError>(())
    };
    let error = match done.await {
        Ok(()) => {
            let next = match form.text("vers") {
                "" => format!("/jurys/{number}/passages/{turn}"),
                "deliberation" => format!("/jurys/{number}/deliberation"),
                other => format!("/jurys/{number}/passages/{}", other.parse::<i32>().unwrap_or(1)),
            };
            return Ok(flash::redirect(&next, &labels::said::entered()));
        }
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let mut told = refused(&error);
    if matches!(error, JuryError::Stale) {
        let visit = Visit::of(&page, &number, &BEGUN).await.map_err(WebError::from)?;
        let one = visit.turn(&turn).map_err(WebError::from)?;
        let differ = typed.iter().filter_map(|one_typed| {
            let known = visit.day.current(one.row.id, &one_typed.field);
            let same = known.trim() == one_typed.value.trim();
            (!same).then(|| labels::faults::two_values(&one_typed.field.word(), &known, &one_typed.value))
        });
        let differ: Vec<String> = differ.collect();
        told = told.map(|(detail, _)| (detail, differ));
    }
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(
        &page,
        status,
        (&number, &turn),
        Returned { form: Some(state), refused: told, ..Returned::default() },
    )
    .await
}
