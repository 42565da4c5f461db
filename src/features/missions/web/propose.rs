//! `/missions/nouvelle?intervenant={number}`: a mission for someone.

use askama::Template;
use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId, StructureId};
use entity::mission::{self, MissionObject};
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::actions::{self, Proposal};
use super::super::dossier::Dossier;
use super::super::input::{Mode, TypedMission};
use super::super::{MissionError, labels, queries, wording};
use super::labels as words;
use super::show;
use crate::authz::{Facts, Permission, allows};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Faults};
use crate::features::experts::{self, queries::Found};
use crate::features::{certifications, structures};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::siret::Siren;
use crate::rules::{deadline, money, territory, typed_date};

/// `/missions/nouvelle`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/propose.html")]
pub struct ProposePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way of this person, when something does.
    pub refused: Option<(String, Vec<String>)>,
    /// Whether a written reason lets it pass.
    pub wants_reason: bool,
    /// What the person declared against these half-days, asked once.
    pub away: Option<Away>,
    /// Where the form posts.
    pub action: String,
    /// The cancelled mission that this one resumes.
    pub resumes: Option<Link>,
    /// The file of the person.
    pub back: Link,
    /// The person.
    pub person: String,
    /// What for.
    pub objects: Vec<Choice>,
    /// Habilitations.
    pub duties: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// How people meet.
    pub modes: Vec<Choice>,
    /// Zones.
    pub zones: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// What contradicts a mission that may be proposed all the same.
#[derive(Clone, Debug)]
pub struct Away {
    /// First day of the mission: another day is asked about again.
    pub day: String,
    /// The declarations, in words.
    pub said: Vec<String>,
}

/// Name of the field that says that an absence is known, with the day that it was told for.
const AWAY_KNOWN: &str = "absence_connue";

/// Whom the mission is for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct For {
    intervenant: String,
    /// Number of a cancelled mission to propose anew.
    reprise: String,
}

async fn person(page: &Page, number: &str) -> Result<Found> {
    let _allowed =
        allows(page.actor(), Permission::MissionManage, &Facts::default()).map_err(WebError::from)?;
    let found = experts::queries::by_number(page.app.db.read(), page.actor(), number).await;
    Ok(found.map_err(WebError::from)?)
}

#[handler]
pub(super) async fn blank(page: Page, Query(asked): Query<For>) -> Result<Response> {
    let found = person(&page, &asked.intervenant).await?;
    let resumed = resumed(&page, &asked.reprise).await?;
    let form = resumed.as_ref().map(|dossier| prefilled(&page, dossier)).unwrap_or_default();
    answer(&page, StatusCode::OK, (&found, resumed.as_ref()), form, None, None).await
}

/// The mission to propose anew.
async fn resumed(page: &Page, number: &str) -> Result<Option<Dossier>> {
    if number.is_empty() {
        return Ok(None);
    }
    let found = Dossier::by_number(page.app.db.read(), page.actor(), number).await;
    Ok(Some(found.map_err(WebError::from)?))
}

/// What the mission said; its days when they are still to come.
fn prefilled(page: &Page, dossier: &Dossier) -> FormState {
    let mission = &dossier.mission;
    let days = ["starts_on", "ends_on"];
    let ahead = *mission.starts_at > page.app.now();
    let dates = show::dates_of(mission).into_iter().filter(|(name, _)| ahead || !days.contains(name));
    let fee = if mission.fee_cents == 0 { "0".to_owned() } else { money::field(mission.fee_cents) };
    let facts = [
        ("object", mission.object.word()),
        ("title", mission.title.clone()),
        ("duty", mission.duty.map(Duty::word).unwrap_or_default()),
        ("siren", dossier.structure.as_ref().map(|one| one.siren.clone()).unwrap_or_default()),
        ("mode", Mode::of(&mission.department).word().to_owned()),
        ("place", mission.place.clone()),
        ("department", mission.department.clone()),
        ("zone", mission.zone.clone()),
        ("persons", mission.persons.clone()),
        ("instructions", mission.instructions.clone()),
        ("fee", fee),
        ("expenses_ceiling", money::field(mission.expenses_ceiling_cents)),
    ];
    let certifications = dossier.certification.iter().chain(&dossier.also);
    let certifications = certifications.map(|one| ("certification_id", one.id.to_string()));
    FormState::filled(facts.into_iter().chain(dates).chain(certifications))
}

async fn answer(
    page: &Page,
    status: StatusCode,
    (found, resumed): (&Found, Option<&Dossier>),
    form: FormState,
    refusal: Option<&MissionError>,
    away: Option<Away>,
) -> Result<Response> {
    let summary = form.summary(words::NOT_PROPOSED);
    let known = certifications::queries::all(page.app.db.read()).await.map_err(WebError::from)?;
    let certifications = known
        .iter()
        .map(|one| Choice::new(one.certification.id.to_string(), one.certification.short_title.clone()));
    let person = found.expert.name();
    let number = &found.expert.number;
    let context = ProposePage {
        shell: page.shell(words::NEW_MISSION).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| (error.detail(), error.blocking())),
        wants_reason: matches!(refusal, Some(MissionError::Warned(_)))
            || !form.value("tie_reason").is_empty(),
        away,
        action: match resumed {
            Some(one) => format!("/missions/nouvelle?intervenant={number}&reprise={}", one.mission.number),
            None => format!("/missions/nouvelle?intervenant={number}"),
        },
        resumes: resumed.map(|one| Link::new(one.mission.number.clone(), one.path())),
        back: Link::new(person.clone(), format!("/intervenants/{number}")),
        person,
        objects: MissionObject::all().map(|one| Choice::new(one.word(), labels::object(one))).collect(),
        duties: Duty::all().map(|one| Choice::new(one.word(), labels::quality(Some(one)))).collect(),
        certifications: certifications.collect(),
        modes: Mode::ALL.into_iter().map(|one| Choice::new(one.word(), labels::mode(one))).collect(),
        zones: territory::zones()
            .iter()
            .map(|(zone, place)| Choice::new(*zone, wording::hour_of(place)))
            .collect(),
        form,
    };
    page.answer_with(status, &context)
}

#[handler]
pub(super) async fn send(page: Page, Query(asked): Query<For>, form: FormData) -> Result<Response> {
    let found = person(&page, &asked.intervenant).await?;
    let resumed = resumed(&page, &asked.reprise).await?;
    let about = (&found, resumed.as_ref());
    let done = async {
        let mut proposal = proposal(&page, found.expert.id, &form).await?;
        proposal.resumes = resumed.as_ref().map(|one| one.mission.id);
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let mission = actions::propose(&mut tx, &proposal).await?;
        if let Some(away) = away(&tx, &found, &mission).await?
            && form.text(AWAY_KNOWN) != away.day
        {
            return Ok(Err(away));
        }
        tx.commit().await?;
        Ok::<_, MissionError>(Ok(mission))
    };
    let error = match done.await {
        Ok(Err(away)) => {
            let state = FormState::filled(form.fields());
            return answer(&page, StatusCode::OK, about, state, None, Some(away)).await;
        }
        Ok(Ok(mission)) => {
            let name = found.expert.name();
            return Ok(flash::redirect(&format!("/missions/{}", mission.number), &words::proposed(&name)));
        }
        Err(error) => error,
    };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let mut errors = FieldErrors::of(&error);
            for (from, to) in [("/structure_id", "/siren"), ("/site_id", "/siren"), ("/resumes_id", "")] {
                errors.rename(from, to);
            }
            let state = state.with_errors(errors);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, about, state, None, None).await
        }
        ErrorKind::Conflict => answer(&page, StatusCode::CONFLICT, about, state, Some(&error), None).await,
        _ => Err(WebError::from(error).into()),
    }
}

/// What the person declared against the half-days of the mission, which is done in its transaction and undone to ask.
async fn away(tx: &Tx, found: &Found, mission: &mission::Model) -> Result<Option<Away>, MissionError> {
    let said = queries::contradicted(tx.conn(), mission, &found.expert).await?;
    let day = typed_date::iso(deadline::day_in_zone(*mission.starts_at, &mission.zone));
    Ok((!said.is_empty()).then_some(Away { day, said }))
}

/// What is typed, or every fault.
async fn proposal(page: &Page, expert: ExpertId, form: &FormData) -> Result<Proposal, MissionError> {
    let mut faults = Faults::default();
    let object = MissionObject::from_word(form.text("object")).ok_or(words::OBJECT_WANTED);
    let object = faults.read("/object", object, |_| "missing");
    let answer_by = match form.optional("answer_by") {
        None => Some(None),
        Some(typed) => {
            let day = typed_date::parse(typed).ok_or(words::ANSWER_DATE);
            faults.read("/answer_by", day, |_| "date").map(Some)
        }
    };
    let structure = match form.optional("siren") {
        None => Some(None),
        Some(typed) => {
            let found = structure_of(page, typed).await?.ok_or(labels::faults::UNKNOWN_STRUCTURE);
            faults.read("/siren", found, |_| "unknown").map(Some)
        }
    };
    match faults.or(object.zip(answer_by).zip(structure)) {
        Ok(((object, answer_by), structure)) => Ok(Proposal {
            mission: typed(object, structure, form),
            expert,
            answer_by,
            tie_reason: form.optional("tie_reason").map(str::to_owned),
            resumes: None,
        }),
        Err(mut all) => {
            let rest = typed(object.unwrap_or(MissionObject::Meeting), None, form);
            all.extend(rest.read().err().unwrap_or_default());
            all.extend(rest.behind(page.app.now()));
            Err(MissionError::Invalid(all))
        }
    }
}

fn typed(object: MissionObject, structure: Option<StructureId>, form: &FormData) -> TypedMission {
    let text = |name: &str| form.text(name).to_owned();
    let chosen = form.all("certification_id").into_iter().filter_map(|id| id.parse().ok());
    TypedMission {
        object,
        title: text("title"),
        duty: Duty::from_word(form.text("duty")),
        structure,
        site: None,
        certification: None,
        also: chosen.map(CertificationId).collect(),
        mode: Mode::from_word(form.text("mode")),
        place: text("place"),
        department: text("department"),
        zone: text("zone"),
        starts_on: text("starts_on"),
        starts_time: text("starts_time"),
        ends_on: text("ends_on"),
        ends_time: text("ends_time"),
        persons: text("persons"),
        instructions: text("instructions"),
        fee: text("fee"),
        expenses_ceiling: text("expenses_ceiling"),
    }
}

/// The structure of a SIREN or a SIRET, if it is registered.
async fn structure_of(page: &Page, typed: &str) -> Result<Option<StructureId>, MissionError> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(9).collect();
    let Ok(siren) = Siren::parse(&digits) else { return Ok(None) };
    Ok(structures::queries::id_of(page.app.db.read(), &siren.to_string()).await?)
}
