//! `/controles/tirages`: draws, from their rules to what they drew. The seed is published before; the record is kept after.

use askama::Template;
use entity::draw::{self, DrawState, DrawSubject};
use entity::inspection::Trigger;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};

use super::super::actions::draw as acts;
use super::super::error::InspectionError;
use super::super::input::{DrawInput, DrawRules, PartedBy, SeedInput};
use super::super::state::draw::{DrawStep, TABLE};
use super::super::{actions, queries};
use super::labels as words;
use super::{Refused, refusal};
use crate::authz::{Facts, Permission, allows, may};
use crate::db::{Cursor, PageRequest};
use crate::features::agreements::wording;
use crate::features::inspections::labels;
use crate::features::inspections::queries::DrawFilter;
use crate::http::web::asked;
use crate::http::web::component::{Choice, Fact, Pagination, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, address, download as file, filters, flash};
use crate::render::french;
use crate::rules::draw::Stratum;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::{self, iso};

const ROWS: u64 = 30;

/// One draw of the list.
#[derive(Clone, Debug)]
pub struct DrawRow {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// What is drawn.
    pub subject: &'static str,
    /// Where it stands.
    pub status: Status,
}

/// `/controles/tirages`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/draws.html")]
pub struct DrawListPage {
    /// The shell.
    pub shell: Shell,
    /// The filters: `q`, `etat`.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// Whether the visitor prepares draws.
    pub may_draw: bool,
    /// The draws.
    pub rows: Vec<DrawRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// `/controles/tirages/nouveau`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/draw_new.html")]
pub struct DrawFormPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the inspection whose files are drawn; empty for structures.
    pub inspection: String,
    /// How the population is parted.
    pub parts: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// Something that was drawn.
#[derive(Clone, Debug)]
pub struct PickRow {
    /// Its rank.
    pub position: i32,
    /// Its number.
    pub label: String,
    /// Its stratum.
    pub stratum: String,
    /// Its ticket.
    pub ticket: String,
    /// Whether an inspection was planned from it.
    pub planned: bool,
}

/// `/controles/tirages/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/draw.html")]
pub struct DrawPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// The margin.
    pub margin: Vec<Fact>,
    /// The rules, as they are published.
    pub rules: String,
    /// The seed; empty before it is published.
    pub seed: String,
    /// The acts that this person may do now.
    pub acts: Vec<&'static str>,
    /// What was drawn.
    pub picks: Vec<PickRow>,
    /// Triggers of what is planned from it.
    pub triggers: Vec<Choice>,
    /// Where the record is; empty before it was typeset.
    pub record: String,
    /// The form.
    pub form: FormState,
}

impl DrawPage {
    /// Whether this act is offered.
    #[must_use]
    pub fn has(&self, verb: &str) -> bool {
        self.acts.contains(&verb)
    }
}

/// What the addresses say.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    suite: String,
    controle: String,
}

impl Asked {
    fn address(&self, next: &str) -> String {
        let parameters = [("q", self.q.as_str()), ("etat", &self.etat), ("suite", next)];
        address::with_query("/controles/tirages", &parameters)
    }
}

#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let mut errors = FieldErrors::default();
    let state = asked::choice("/etat", &asked.etat, DrawState::from_word, &mut errors);
    let filter = DrawFilter { q: asked.q.clone(), state };
    let found = queries::draws(page.app.db.read(), page.actor(), &filter, &wanted).await;
    let found = found.map_err(WebError::from)?;
    let wrong = !errors.is_empty();
    let row = |row: &draw::Model| DrawRow {
        href: format!("/controles/tirages/{}", row.number),
        number: row.number.clone(),
        title: row.title.clone(),
        subject: labels::drawn(row.subject),
        status: labels::draw(row.state),
    };
    let context = DrawListPage {
        shell: page.shell(words::DRAWS).with_errors(wrong),
        states: DrawState::all().map(|one| Choice::new(one.word(), labels::draw(one).word)).collect(),
        filtered: wrong || !asked.q.is_empty() || !asked.etat.is_empty(),
        may_draw: may(page.actor(), Permission::DrawManage, &Facts::default()),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| asked.address("")),
            next: found.next.map(|cursor| asked.address(&cursor.encode())),
        },
        form: FormState::filled([("q", asked.q.clone()), ("etat", asked.etat.clone())]).with_errors(errors),
    };
    page.answer_with(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &context)
}

#[handler]
pub(super) async fn blank(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let form = FormState::filled([
        ("inspection", asked.controle),
        ("population_on", iso(page.app.today())),
        ("parted_by", "nothing".to_owned()),
    ]);
    form_page(&page, form, None, StatusCode::OK)
}

fn form_page(page: &Page, form: FormState, refused: Refused, status: StatusCode) -> Result<Response> {
    let _drawn = allows(page.actor(), Permission::DrawManage, &Facts::default()).map_err(WebError::from)?;
    let summary = form.summary(words::NOT_DONE);
    page.answer_with(
        status,
        &DrawFormPage {
            shell: page.shell(words::NEW_DRAW).with_errors(summary.is_some()),
            summary,
            refused,
            inspection: form.value("inspection").to_owned(),
            parts: labels::parts(),
            form,
        },
    )
}

/// The strata that were typed: one on a line, its name, its weight, its least and its most.
fn strata(text: &str) -> std::result::Result<Vec<Stratum>, InspectionError> {
    let wrong = || InspectionError::fault("/strata", "strata", labels::refusals::STRATA_WANTED);
    let line = |line: &str| {
        let mut parts = line.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let number = |text: Option<&str>, usual: u32| match text {
            None | Some("") => Some(usual),
            Some(text) => text.parse().ok(),
        };
        let weight = number(parts.next(), 1)?;
        let least = number(parts.next(), 0)?;
        let most = match parts.next() {
            None | Some("") => None,
            Some(text) => Some(text.parse().ok()?),
        };
        Some(Stratum { name: name.to_owned(), weight, least, most })
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|typed| line(typed).ok_or_else(wrong)).collect()
}

async fn typed(page: &Page, form: &FormData) -> std::result::Result<DrawInput, InspectionError> {
    let inspection = match form.optional("inspection") {
        Some(number) => {
            Some(queries::by_number(page.app.db.read(), page.actor(), number).await?.inspection.id)
        }
        None => None,
    };
    let by = match form.text("parted_by") {
        "sea" => PartedBy::Sea,
        "region" => PartedBy::Region,
        _ => PartedBy::Nothing,
    };
    Ok(DrawInput {
        subject: if inspection.is_some() { DrawSubject::CandidateFiles } else { DrawSubject::Structures },
        inspection_id: inspection,
        title: form.text("title").to_owned(),
        size: form.text("size").parse().unwrap_or_default(),
        rules: DrawRules { by, strata: strata(form.text("strata"))? },
        population_on: typed_date::parse(form.text("population_on")).unwrap_or_else(|| page.app.today()),
    })
}

#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let input = typed(&page, &form).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let row = acts::prepare(&mut tx, &input).await?;
        tx.commit().await?;
        Ok::<_, InspectionError>(row)
    };
    match done.await {
        Ok(row) => {
            Ok(flash::redirect(&format!("/controles/tirages/{}", row.number), &words::said("preparer")))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            form_page(&page, state, refused, status)
        }
    }
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, &number, FormState::default(), None, StatusCode::OK).await
}

async fn answer(
    page: &Page,
    number: &str,
    form: FormState,
    refused: Refused,
    status: StatusCode,
) -> Result<Response> {
    let conn = page.app.db.read();
    let row = queries::draw_by_number(conn, page.actor(), number).await.map_err(WebError::from)?;
    let picks = queries::picks(conn, row.id).await.map_err(WebError::from)?;
    let manages = may(page.actor(), Permission::DrawManage, &Facts::default());
    let every = [("publier", DrawStep::Publish), ("tirer", DrawStep::Run), ("annuler", DrawStep::Cancel)];
    let possible = every.into_iter().filter(|(_, step)| manages && TABLE.can(Some(row.state), *step));
    let mut acts: Vec<&'static str> = possible.map(|(verb, _)| verb).collect();
    if manages && row.state == DrawState::Drawn && row.subject == DrawSubject::Structures {
        acts.push("planifier");
    }
    let summary = form.summary(words::NOT_DONE);
    let pick = |one: &entity::draw_pick::Model| PickRow {
        position: one.position,
        label: one.label.clone(),
        stratum: labels::stratum(&one.stratum),
        ticket: one.ticket.clone(),
        planned: one.inspection_id.is_some(),
    };
    let triggers = [Trigger::Unannounced, Trigger::Periodic, Trigger::Alert];
    page.answer_with(
        status,
        &DrawPage {
            shell: page.shell(row.title.clone()).with_errors(summary.is_some()),
            summary,
            refused,
            number: row.number.clone(),
            status: labels::draw(row.state),
            margin: margin(&row),
            rules: row.rules.clone(),
            seed: row.seed.clone().unwrap_or_default(),
            acts,
            picks: picks.iter().map(pick).collect(),
            triggers: triggers.map(|one| Choice::new(one.word(), labels::trigger(one))).to_vec(),
            record: if row.document_id.is_some() {
                format!("/controles/tirages/{}/proces-verbal", row.number)
            } else {
                String::new()
            },
            form: form.with_version(row.version.into()),
        },
    )
}

fn margin(row: &draw::Model) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(labels::FACT_SUBJECT, labels::drawn(row.subject)),
        Fact::new(labels::FACT_SIZE, row.size.to_string()),
        Fact::new(labels::FACT_POPULATION, french::date(row.population_on)),
        Fact::new(labels::FACT_METHOD, row.algorithm.clone()).mono(),
    ];
    let moments = [(labels::FACT_PUBLISHED, row.published_at), (labels::FACT_DRAWN, row.drawn_at)];
    for (term, at) in moments {
        facts.extend(at.map(|at| Fact::new(term, wording::instant(*at, PARIS))));
    }
    if !row.seed_source.is_empty() {
        facts.push(Fact::new(labels::FACT_SOURCE, row.seed_source.clone()));
    }
    if let Some(hash) = &row.result_hash {
        facts.push(Fact::new(labels::FACT_RESULT, hash.clone()).mono());
    }
    facts
}

async fn perform(
    page: &Page,
    row: &draw::Model,
    verb: &str,
    form: &FormData,
) -> std::result::Result<(), InspectionError> {
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let seen = form.version();
    match verb {
        "publier" => {
            let typed = form
                .optional("seed")
                .map(|seed| SeedInput { seed: seed.to_owned(), source: form.text("source").to_owned() });
            acts::publish(&mut tx, row.id, seen, typed.as_ref()).await?;
        }
        "tirer" => {
            acts::run(&mut tx, row.id, seen).await?;
        }
        "annuler" => {
            acts::cancel_draw(&mut tx, row.id, seen, form.text("reason")).await?;
        }
        "planifier" => {
            let position = form.text("position").parse().unwrap_or_default();
            let trigger = Trigger::from_word(form.text("trigger")).unwrap_or(Trigger::Unannounced);
            let due = typed_date::parse(form.text("due_on"));
            Box::pin(acts::plan_drawn(&mut tx, row.id, position, trigger, due)).await?;
        }
        _ => return Err(InspectionError::NotFound),
    }
    tx.commit().await?;
    Ok(())
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let row = queries::draw_by_number(page.app.db.read(), page.actor(), &number).await;
    let row = row.map_err(WebError::from)?;
    match perform(&page, &row, &verb, &form).await {
        Ok(()) => Ok(flash::redirect(&format!("/controles/tirages/{number}"), &words::said(&verb))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, &number, state, refused, status).await
        }
    }
}

/// The record, once it was typeset. Taking it is written in the journal.
#[handler]
pub(super) async fn record(page: Page, Path(number): Path<String>) -> Result<Response> {
    let conn = page.app.db.read();
    let found = async {
        let row = queries::draw_by_number(conn, page.actor(), &number).await?;
        let document = queries::draw_document(conn, &row).await?.ok_or(InspectionError::NotFound)?;
        let content = page.app.storage.get(&document.sha256).await?;
        actions::download_record(&page.app, page.actor(), &row, &document).await?;
        Ok::<_, InspectionError>((document, content))
    };
    let (document, content) = found.await.map_err(WebError::from)?;
    Ok(file::attachment(&document.media_type, &document.download_name(), content))
}
