//! Candidates of the structures that hold an agreement, each brought to the state that the file says, today. The days of the
//! enrolment, of the path and of what was observed are before, as in a register that is taken over.

use anyhow::Context;
use entity::candidate::Leaving;
use entity::candidate_piece::CandidatePieceKind;
use entity::ids::{CandidateId, CertificationVersionId, SkillId, StructureId};
use entity::{candidate, candidate_stay};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Deserialize;

use super::labels::{CANDIDATE_ASSESSOR, CANDIDATE_LACKS, CANDIDATE_REFERENT, CANDIDATE_SITUATIONS};
use super::requests::Story;
use super::steps::blank_pdf;
use crate::authz::Actor;
use crate::features::candidates::actions::{self, Enrolment, PieceInput};
use crate::features::candidates::input::{
    TypedCandidate, TypedContact, TypedIdentity, TypedObservation, TypedPositioning, TypedSeen,
    TypedWithdrawal,
};
use crate::features::candidates::{CandidateError, covered, queries};
use crate::features::certifications;
use crate::rules::civil_status::TypedCivilStatus;
use crate::rules::typed_date::iso;

/// Days before today of the enrolment, of the first day of the path, and of what was observed of each skill.
const ENROLLED: i64 = 112;
const ON_PATH: i64 = 103;
const OBSERVED: [i64; 2] = [61, 26];

/// The file of candidates.
#[derive(Deserialize)]
struct File {
    person: Vec<Person>,
}

/// One candidate.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    #[serde(default)]
    birth_name: String,
    #[serde(default)]
    has_no_birth_name: bool,
    #[serde(default)]
    usual_name: String,
    first_names: Vec<String>,
    #[serde(default)]
    other_first_names: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    birth_date: String,
    #[serde(default)]
    birth_country: String,
    #[serde(default)]
    birth_commune: String,
    #[serde(default)]
    birth_locality: String,
    #[serde(default)]
    email: String,
    contract: String,
    #[serde(default)]
    guardian: String,
    #[serde(default)]
    detained: bool,
    reaches: Reaches,
}

impl Person {
    /// Somebody born in France whose file was admitted.
    pub(super) fn admitted(names: (&str, &str), sex: &str, birth_date: &str, commune: &str) -> Self {
        let (birth_name, first_name) = names;
        Self {
            birth_name: birth_name.to_owned(),
            has_no_birth_name: false,
            usual_name: String::new(),
            first_names: vec![first_name.to_owned()],
            other_first_names: String::new(),
            sex: sex.to_owned(),
            birth_date: birth_date.to_owned(),
            birth_country: String::new(),
            birth_commune: commune.to_owned(),
            birth_locality: String::new(),
            email: String::new(),
            contract: "cddi".to_owned(),
            guardian: String::new(),
            detained: false,
            reaches: Reaches::Admitted,
        }
    }
}

/// How far the file goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reaches {
    Enrolled,
    WithdrawnHealth,
    WithdrawnEnd,
    WithdrawnWork,
    Positioned,
    OnPath,
    FileSubmitted,
    FileIncomplete,
    Admitted,
}

/// A structure that may enrol for a version, and who acts for it.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) structure: StructureId,
    pub(super) version: CertificationVersionId,
    pub(super) actor: Actor,
}

/// Enrols everybody, the structures in turn.
pub(super) async fn load(story: &Story<'_>) -> anyhow::Result<()> {
    let file: File = toml::from_str(include_str!("data/candidates.toml")).context("candidates.toml")?;
    let places = places(story).await?;
    if places.is_empty() {
        return Ok(());
    }
    for (person, place) in file.person.iter().zip(places.iter().cycle()) {
        let name = format!("{} {}", person.birth_name, person.first_names.join(" "));
        Box::pin(follow(story, person, place)).await.context(name)?;
    }
    Ok(())
}

/// Where people may be enrolled today, in a stable order.
pub(super) async fn places(story: &Story<'_>) -> anyhow::Result<Vec<Place>> {
    let conn = story.stage.app.db.bookkeeping();
    let today = story.stage.app.today();
    let all = certifications::queries::all(conn).await?;
    let mut sirets: Vec<_> = story.structures.keys().collect();
    sirets.sort();
    let mut found = Vec::new();
    for siret in sirets {
        let known = &story.structures[siret];
        for described in &all {
            let Some(open) = described.open_on(today).pop() else { continue };
            let certification = described.certification.id;
            if !covered::sites(conn, known.id, certification, today).await?.is_empty() {
                let (structure, version) = (known.id, open.version.id);
                found.push(Place { structure, version, actor: known.actor.clone() });
            }
        }
    }
    Ok(found)
}

fn typed(person: &Person, today: &str) -> TypedCandidate {
    let mut firsts = person.first_names.iter().cloned();
    let mut next = || firsts.next().unwrap_or_default();
    let first_names = [next(), next(), next()];
    let seen = person.reaches >= Reaches::OnPath;
    TypedCandidate {
        way: "fc".to_owned(),
        identity: TypedIdentity {
            civil: TypedCivilStatus {
                birth_name: person.birth_name.clone(),
                has_no_birth_name: person.has_no_birth_name,
                usual_name: person.usual_name.clone(),
                first_names,
                other_first_names: person.other_first_names.clone(),
                has_no_first_name: false,
                sex: person.sex.clone(),
                birth_date: person.birth_date.clone(),
                birth_country: person.birth_country.clone(),
                birth_commune: person.birth_commune.clone(),
                birth_locality: person.birth_locality.clone(),
            },
            seen: TypedSeen {
                document: if seen { "identity_card".to_owned() } else { String::new() },
                on: if seen { today.to_owned() } else { String::new() },
                by: String::new(),
            },
        },
        contact: TypedContact {
            email: person.email.clone(),
            detained: person.detained,
            guardian: person.guardian.clone(),
            contract: person.contract.clone(),
            referent: CANDIDATE_REFERENT.to_owned(),
            ..TypedContact::default()
        },
    }
}

/// Enrols somebody and brings their file as far as it goes.
pub(super) async fn follow(story: &Story<'_>, person: &Person, place: &Place) -> anyhow::Result<CandidateId> {
    let app = story.stage.app;
    let enrolled = story.stage.day(ENROLLED);
    let enrolment = Enrolment {
        structure: place.structure,
        site: None,
        version: place.version,
        typed: typed(person, &iso(enrolled)),
        confirmed: false,
        external_ref: None,
    };
    let mut tx = app.begin(place.actor.clone()).await?;
    let id = actions::enrol(&mut tx, &enrolment).await.map_err(told)?.candidate.id;
    tx.commit().await?;
    let conn = app.db.bookkeeping();
    candidate::Entity::update_many()
        .col_expr(candidate::Column::FirstEnrolledOn, Expr::value(enrolled))
        .filter(candidate::Column::Id.eq(id))
        .exec(conn)
        .await?;
    candidate_stay::Entity::update_many()
        .col_expr(candidate_stay::Column::Since, Expr::value(enrolled))
        .filter(candidate_stay::Column::CandidateId.eq(id))
        .exec(conn)
        .await?;
    let leaving = match person.reaches {
        Reaches::Enrolled => return Ok(id),
        Reaches::WithdrawnHealth => Some(Leaving::Health),
        Reaches::WithdrawnEnd => Some(Leaving::EndOfContract),
        Reaches::WithdrawnWork => Some(Leaving::Work),
        _ => None,
    };
    if let Some(leaving) = leaving {
        let typed = TypedWithdrawal { leaving: leaving.word(), note: String::new() };
        let mut tx = app.begin(place.actor.clone()).await?;
        actions::withdraw(&mut tx, id, None, &typed).await.map_err(told)?;
        tx.commit().await?;
        return Ok(id);
    }
    prepare(story, person, place, id).await?;
    Ok(id)
}

async fn prepare(story: &Story<'_>, person: &Person, place: &Place, id: CandidateId) -> anyhow::Result<()> {
    let app = story.stage.app;
    let results = results(story, place.version).await?;
    let sheet = piece(story, CandidatePieceKind::PositioningSheet).await?;
    let mut tx = app.begin(place.actor.clone()).await?;
    let positioned = actions::record_positioning(&mut tx, id, None, &results, Some(&sheet)).await;
    positioned.map_err(told)?;
    if person.reaches >= Reaches::OnPath {
        actions::start_path(&mut tx, id, None, &iso(story.stage.day(ON_PATH))).await.map_err(told)?;
        // Whoever is still on the path was observed once.
        let times = if person.reaches >= Reaches::FileSubmitted { OBSERVED.len() } else { 1 };
        for one in observations(story, &results, times) {
            Box::pin(actions::add_observation(&mut tx, id, &one)).await.map_err(told)?;
        }
    }
    if person.reaches >= Reaches::FileSubmitted {
        let livret = piece(story, CandidatePieceKind::Livret).await?;
        actions::add_piece(&mut tx, id, &livret).await.map_err(told)?;
        let dossier = piece(story, CandidatePieceKind::JuryFile).await?;
        actions::add_piece(&mut tx, id, &dossier).await.map_err(told)?;
        actions::submit_file(&mut tx, id, None).await.map_err(told)?;
    }
    tx.commit().await?;
    let mut tx = app.begin(story.people.manager.clone()).await?;
    match person.reaches {
        Reaches::FileIncomplete => {
            actions::ask_completion(&mut tx, id, None, CANDIDATE_LACKS).await.map_err(told)?;
        }
        Reaches::Admitted => {
            actions::admit(&mut tx, id, None).await.map_err(told)?;
        }
        _ => return Ok(()),
    }
    Ok(tx.commit().await?)
}

/// What was observed of each skill, so many times.
fn observations(story: &Story<'_>, results: &TypedPositioning, times: usize) -> Vec<TypedObservation> {
    let mut found = Vec::new();
    for (days_ago, situation) in OBSERVED.into_iter().zip(CANDIDATE_SITUATIONS).take(times) {
        found.extend(results.results.iter().map(|(skill, _)| TypedObservation {
            skill: Some(*skill),
            observed_on: iso(story.stage.day(days_ago)),
            situation: situation.to_owned(),
            assessor: CANDIDATE_ASSESSOR.to_owned(),
            result: "acquired".to_owned(),
            ..TypedObservation::default()
        }));
    }
    found
}

/// A result for each skill of the published referential, if there is one.
async fn results(story: &Story<'_>, version: CertificationVersionId) -> anyhow::Result<TypedPositioning> {
    let conn = story.stage.app.db.bookkeeping();
    let Some(published) = queries::published(conn, version).await? else {
        return Ok(TypedPositioning::default());
    };
    let words = ["acquired", "to_work_on", "not_seen"];
    let skills = queries::skills(conn, published.id).await?;
    let result = |(skill, word): (entity::skill::Model, &&str)| -> (SkillId, String) {
        (skill.id, (*word).to_owned())
    };
    Ok(TypedPositioning { results: skills.into_iter().zip(words.iter().cycle()).map(result).collect() })
}

async fn piece(story: &Story<'_>, kind: CandidatePieceKind) -> anyhow::Result<PieceInput> {
    let content = blank_pdf(&kind.word());
    Ok(PieceInput {
        kind,
        file_name: format!("{kind}.pdf"),
        size: i64::try_from(content.len())?,
        sha256: story.stage.app.storage.put(content).await?,
        media_type: "application/pdf",
    })
}

/// A refusal with every fault of it.
fn told(error: CandidateError) -> anyhow::Error {
    use crate::error::DomainError;
    let why = format!("{:?} {:?}", error.faults(), error.blocking());
    anyhow::Error::new(error).context(why)
}
