//! The demonstration data set: every request reaches the state that its file announces, and the pages count right.

mod training;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::agreement_request::RequestState;
use entity::candidate::JuryDecision;
use entity::certificate::CertificateKind;
use entity::dated_right::{HolderKind, RightKind};
use entity::habilitation::{Duty, HabilitationState};
use entity::job::JobState;
use entity::jury_session::JuryState;
use entity::mail::MailState;
use entity::mission::{MissionObject, MissionState};
use entity::referential::ReferentialState;
use entity::{
    account, agreement, agreement_request, audit_event, certificate, certification, certification_version,
    committee, habilitation, habilitation_step, job, jury_passage, jury_ruling, jury_session,
    legal_certifier, mail, meeting, meeting_action, mission, referential, site, structure,
};
use parchemin::app::{App, Clock};
use parchemin::authz::{Actor, Channel, account_actor};
use parchemin::config::{Config, RateLimits};
use parchemin::db::PageRequest;
use parchemin::demo::DemoClock;
use parchemin::features::agreements::queries::{RequestFilter, requests};
use parchemin::features::agreements::state::RIGHT_TABLE;
use parchemin::features::figures;
use parchemin::features::figures::sheet::{By, Wanted};
use parchemin::features::home::activity::Measure;
use parchemin::features::home::queries;
use parchemin::features::juries::queries as jury_queries;
use parchemin::features::mail::queries as mail_queries;
use parchemin::features::rights;
use parchemin::mailer::Mailer;
use parchemin::rules::calendar::Calendar;
use parchemin::rules::deadline::local;
use parchemin::rules::siret::Siret;
use parchemin::rules::territory;
use parchemin::storage::Storage;
use parchemin::{features, http};
use poem::test::TestClient;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Weekday;

use crate::support::{database, enter, siret_of};

async fn loaded(folder: &std::path::Path) -> Arc<App> {
    let config = Config {
        data_dir: folder.to_owned(),
        rate_limits: RateLimits::Off,
        second_factor_roles: Vec::new(),
        demo: true,
        organisation_address: "12 rue de l’Exemple, 75012 Paris".to_owned(),
        organisation_siret: siret_of(9, 1).to_string(),
        organisation_representative: "Claire Exemple, présidente".to_owned(),
        ..Config::default()
    };
    let clock = Arc::new(DemoClock::default());
    let db = database::fresh(folder).await;
    let app = App::new(config, db, Storage::memory(), Mailer::memory(), Arc::clone(&clock) as Arc<dyn Clock>);
    Box::pin(parchemin::demo::load(&app, &clock)).await.unwrap();
    app
}

async fn actor(app: &App, email: &str) -> Actor {
    let found = account::Entity::find().filter(account::Column::EmailFolded.eq(email));
    let found = found.one(app.db.read()).await.unwrap().unwrap();
    account_actor(app.db.read(), found.id, Channel::Web).await.unwrap().unwrap().0
}

fn announced() -> HashMap<String, usize> {
    let file: toml::Table = toml::from_str(include_str!("../../src/demo/data/requests.toml")).unwrap();
    let mut states = HashMap::new();
    for request in file["request"].as_array().unwrap() {
        *states.entry(request["state"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    states
}

#[tokio::test]
async fn the_story_is_told_whole_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let app = loaded(folder.path()).await;
    let conn = app.db.read();

    let mut states: HashMap<String, usize> = HashMap::new();
    for row in agreement_request::Entity::find().all(conn).await.unwrap() {
        *states.entry(row.state.word()).or_default() += 1;
    }
    assert_eq!(states, announced());
    let visits = agreement_request::Entity::find().filter(agreement_request::Column::VisitAt.is_not_null());
    for request in visits.all(conn).await.unwrap() {
        let at = local(*request.visit_at.unwrap(), request.visit_zone.as_deref().unwrap()).unwrap();
        let weekend = matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert!(!weekend && (9..16).contains(&at.hour()), "{at}");
    }

    let lines = audit_event::Entity::find().order_by_asc(audit_event::Column::Id).all(conn).await.unwrap();
    assert!(lines.len() > 1500, "{}", lines.len());
    assert!(lines.windows(2).all(|pair| *pair[0].at <= *pair[1].at), "the journal follows the time");

    let waiting =
        mail::Entity::find().filter(mail::Column::State.eq(MailState::Pending)).all(conn).await.unwrap();
    let week = app.now() - time::Duration::days(8);
    assert!(waiting.iter().all(|mail| *mail.due_at > week), "old messages are not sent again");
    assert!(!waiting.is_empty() && waiting.len() < 450, "{}", waiting.len());

    let received = mail_queries::captured(&app.db).await.unwrap();
    assert!(received.len() > 100, "{}", received.len());
    let lost: Vec<_> = received.iter().filter(|(_, to)| to.is_empty()).map(|(line, _)| line).collect();
    assert!(lost.is_empty(), "nobody received {lost:?}");

    the_whole_country_is_there(&app).await;
    one_file_and_one_right_in_each_state(&app).await;
    no_file_is_left_without_its_documents(&app).await;
    counters_are_the_length_of_their_lists(&app).await;
    figures_are_the_length_of_their_lists(&app).await;
    every_role_finds_its_business(&app).await;
    the_accounts_play_a_whole_journey_between_themselves(&app).await;
    nobody_meets_when_nobody_works(&app).await;
    missions_are_spread_over_the_network(&app).await;
    the_body_in_charge_of_the_certifications_has_its_siret(&app).await;
    a_past_day_is_told_alike_by_the_pages_and_the_api(&app).await;
    a_referential_is_being_prepared(&app).await;
    a_part_says_its_blocs(&app).await;
    juries_of_the_past_and_to_come_are_there(&app).await;
    juries_sit_where_an_agreement_holds_when_their_region_has_one(&app).await;
    the_dashboard_tells_the_juries_of_each_year(&app).await;
    no_document_of_a_past_jury_is_made_at_the_start(&app).await;
    training::a_season_is_told(&app).await;
}

/// 71, 144 and 113 juries from the past figures, 130 counted here in 2023; those to come in each state before the day.
async fn juries_of_the_past_and_to_come_are_there(app: &App) {
    let conn = app.db.read();
    let manager = actor(app, "manager@demo.test").await;
    let activity = queries::activity(conn, &manager, app.now()).await.unwrap();
    let line = activity.lines.iter().find(|line| line.measure == Measure::JurySessions).unwrap();
    let told: Vec<_> = activity.years.iter().zip(&line.cells).take(4).collect();
    let told: Vec<_> = told.iter().map(|(year, cell)| (**year, cell.value, cell.live)).collect();
    let expected = [
        (2020, Some(71), false),
        (2021, Some(144), false),
        (2022, Some(113), false),
        (2023, Some(130), true),
    ];
    assert_eq!(told, expected);
    let filter = jury_queries::Filter {
        held_in: Some(2023),
        certification: Some("CQP_SP".to_owned()),
        ..jury_queries::Filter::default()
    };
    let list = jury_queries::list(conn, &manager, &filter, &PageRequest::first(200)).await.unwrap();
    assert_eq!(list.items.len(), 130);
    let overseas = list.items.iter().filter(|one| territory::is_overseas(&one.session.department));
    let departments: HashSet<_> = overseas.map(|one| one.session.department.as_str()).collect();
    assert!(departments.len() >= 4, "{departments:?}");
    assert!(list.items.iter().all(|one| (3..=6).contains(&one.candidates) && one.president.is_some()));
    let sessions = jury_session::Entity::find().all(conn).await.unwrap();
    for state in [
        JuryState::Requested,
        JuryState::Planned,
        JuryState::Confirmed,
        JuryState::Summoned,
        JuryState::Open,
        JuryState::Deliberating,
        JuryState::ToSign,
        JuryState::Signed,
        JuryState::Checked,
        JuryState::ToRectify,
        JuryState::Validated,
    ] {
        assert!(sessions.iter().any(|one| one.state == state), "no jury is {state}");
    }
    assert!(!certificate::Entity::find().all(conn).await.unwrap().is_empty());
    let wanted = Wanted { by: By::Region, year: Some(2023), ..Wanted::default() };
    let found = figures::queries::figures(conn, &manager, &wanted).await.unwrap();
    assert_eq!(found.sheet.whole.juries, 130);
    assert!(found.sheet.lines.len() >= 15, "{:?}", found.sheet.lines);
    assert!(found.sheet.whole.people.success().is_some_and(|(part, whole)| part * 2 > whole));
}

/// Nobody organises a jury without an agreement where somebody of the region had one that day.
async fn juries_sit_where_an_agreement_holds_when_their_region_has_one(app: &App) {
    let conn = app.db.read();
    let owners: HashMap<_, _> =
        site::Entity::find().all(conn).await.unwrap().into_iter().map(|row| (row.id.0, row)).collect();
    let ids: Vec<_> = owners.keys().copied().collect();
    let held = rights::queries::of_holders(conn, HolderKind::Site, &ids).await.unwrap();
    let structures = structure::Entity::find().all(conn).await.unwrap();
    let regions: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row.region)).collect();
    let own = certification::Entity::find().filter(certification::Column::Code.eq("CQP_SP"));
    let own = own.one(conn).await.unwrap().unwrap();
    let versions: HashSet<String> = certification_version::Entity::find()
        .filter(certification_version::Column::CertificationId.eq(own.id))
        .all(conn)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.id.to_string())
        .collect();
    let counts = |one: &rights::Held| {
        let mut scope = one.scope();
        let own = scope.next().is_some_and(|version| versions.contains(version));
        one.right.kind == RightKind::Agreement && own && scope.next().is_some_and(|role| role != "train")
    };
    let agreed: Vec<_> = held
        .iter()
        .flat_map(|(id, own)| own.iter().filter(|one| counts(one)).map(|one| (owners[id].structure_id, one)))
        .collect();
    let (mut covered, mut past) = (0, 0);
    for session in jury_session::Entity::find().all(conn).await.unwrap() {
        let Some(at) = session.starts_at.filter(|at| **at < app.now()) else { continue };
        let day = local(*at, &session.zone).unwrap().date();
        let region = &regions[&session.structure_id];
        let then: HashSet<_> =
            agreed.iter().filter(|(_, one)| one.valid_on(day)).map(|(owner, _)| *owner).collect();
        let near = then.iter().any(|owner| regions[owner] == *region);
        assert!(!near || then.contains(&session.structure_id), "{} on {day}", session.number);
        past += 1;
        covered += usize::from(near);
    }
    assert!(covered > past / 8, "{covered} of {past}");
}

/// What a manager reads on their first page and by the API: 130 counted from sessions, each number opening its list.
async fn the_dashboard_tells_the_juries_of_each_year(app: &Arc<App>) {
    let manager = enter(app, actor(app, "manager@demo.test").await.account_id().unwrap()).await;
    let client = TestClient::new(http::endpoint(app, features::api(app), features::demo_pages()));
    let token = format!("Bearer {}", manager.token);
    let response = client.get("/api/v1/activity").header("authorization", token).send().await;
    let told = response.0.into_body().into_string().await.unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let line = told["items"].as_array().unwrap().iter().find(|one| one["measure"] == "jury_sessions_cqp_sp");
    let figures = line.unwrap()["figures"].as_array().unwrap();
    for (year, value, live) in [(2020, 71, false), (2021, 144, false), (2022, 113, false), (2023, 130, true)]
    {
        let expected = serde_json::json!({ "year": year, "value": value, "live": live });
        assert!(figures.contains(&expected), "{year}: {figures:?}");
    }
    let page = client.get("/accueil").header("cookie", manager.cookie.clone()).send().await;
    let page = page.0.into_body().into_string().await.unwrap();
    let behind = ["&#38;", "&amp;"].map(|and| format!("/jurys?annee=2023{and}certification=CQP_SP"));
    assert!(behind.iter().any(|behind| page.contains(behind.as_str())), "{page}");
    for counted in ["71", "144", "113", "130"] {
        assert!(page.contains(&format!(">{counted}<")), "{counted}: {page}");
    }
}

/// Past juries are rows: the loading typesets nothing, and leaves few works to the start.
async fn no_document_of_a_past_jury_is_made_at_the_start(app: &App) {
    let conn = app.db.read();
    let sessions = jury_session::Entity::find().all(conn).await.unwrap();
    let past: HashSet<String> =
        sessions.iter().filter(|one| one.state == JuryState::Closed).map(|one| one.id.to_string()).collect();
    assert!(past.len() > 130, "{}", past.len());
    let works = job::Entity::find().filter(job::Column::State.eq(JobState::Pending)).all(conn).await.unwrap();
    let about = |work: &&job::Model| past.iter().any(|id| work.payload.to_string().contains(id.as_str()));
    let soon = works.iter().filter(|work| *work.due_at <= app.now()).filter(about).count();
    assert!(soon <= 40, "{soon} works about past juries at the start");
    let issued = certificate::Entity::find().all(conn).await.unwrap();
    assert!(issued.iter().all(|one| one.document_id.is_none()), "a job typesets it, not the loading");
}

async fn the_whole_country_is_there(app: &App) {
    let structures = structure::Entity::find().all(app.db.read()).await.unwrap();
    assert!((55..=65).contains(&structures.len()), "{}", structures.len());
    let regions: HashSet<_> = structures.iter().map(|one| one.region.as_str()).collect();
    for region in territory::regions() {
        assert!(regions.contains(region.code), "no structure in {}", region.name);
    }
    let overseas = structures.iter().filter(|one| territory::is_overseas(&one.department));
    let overseas: HashSet<_> = overseas.map(|one| one.department.as_str()).collect();
    assert!(overseas.len() >= 5, "{overseas:?}");
}

/// Every state of a request, every state of a right that an act of the program leads to.
async fn one_file_and_one_right_in_each_state(app: &App) {
    let conn = app.db.read();
    let requests = agreement_request::Entity::find().all(conn).await.unwrap();
    for state in RequestState::all() {
        assert!(requests.iter().any(|one| one.state == state), "no request is {state}");
    }
    let rights = agreement::Entity::find().all(conn).await.unwrap();
    let reached = RIGHT_TABLE.iter().flat_map(|line| [line.from, line.to]);
    for state in reached.collect::<HashSet<_>>() {
        assert!(rights.iter().any(|one| one.state == state), "no agreement is {state}");
    }
}

/// The works that typeset the documents of the older files are put off, none is thrown away.
async fn no_file_is_left_without_its_documents(app: &App) {
    let works = job::Entity::find().filter(job::Column::Kind.ends_with(".issue_document"));
    let works = works.all(app.db.read()).await.unwrap();
    let (soon, later): (Vec<&job::Model>, Vec<&job::Model>) =
        works.iter().partition(|work| *work.due_at <= app.now());
    assert!(works.iter().all(|work| work.state == JobState::Pending));
    assert!(soon.len() <= 250, "{} documents to make at the start", soon.len());
    assert!(!later.is_empty());
    for file in agreement_request::Entity::find().all(app.db.read()).await.unwrap() {
        let id = serde_json::json!(file.id);
        let made = works.iter().any(|work| work.payload["request_id"] == id);
        assert!(made || file.submitted_at.is_none(), "{:?} will have no document", file.number);
    }
}

async fn a_referential_is_being_prepared(app: &App) {
    use ReferentialState as S;
    let rows = referential::Entity::find().order_by_asc(referential::Column::Id).all(app.db.read());
    let states: Vec<_> = rows.await.unwrap().iter().map(|row| (row.revision, row.state)).collect();
    assert_eq!(states, [(1, S::Published), (1, S::Published), (2, S::Draft), (1, S::Published)]);
    let open = jury_session::Entity::find().filter(jury_session::Column::State.eq(JuryState::Open));
    let open = open.one(app.db.read()).await.unwrap().unwrap();
    assert!(open.referential_id.is_some(), "the jury of today has épreuves");
}

/// Whoever has a part has some blocs and not all of them; some of them hold an attestation that says which.
async fn a_part_says_its_blocs(app: &App) {
    let conn = app.db.read();
    let partial = jury_passage::Entity::find()
        .filter(jury_passage::Column::Decision.eq(JuryDecision::Partial))
        .all(conn)
        .await
        .unwrap();
    assert!(partial.len() > 20, "{}", partial.len());
    let rulings = jury_ruling::Entity::find().all(conn).await.unwrap();
    let mut units: HashMap<_, Vec<bool>> = HashMap::new();
    for ruling in rulings {
        units.entry(ruling.passage_id).or_default().push(ruling.acquired);
    }
    for passage in &partial {
        let own = units.get(&passage.id).unwrap();
        assert!(own.contains(&true) && own.contains(&false), "{own:?}");
    }
    let attested = certificate::Entity::find().filter(certificate::Column::Kind.eq(CertificateKind::Blocs));
    let attested = attested.all(conn).await.unwrap();
    assert!(attested.len() >= 6, "{}", attested.len());
    for one in attested {
        let content: serde_json::Value = serde_json::from_str(&one.content).unwrap();
        let known = ["acquired", "remaining"].map(|list| content[list].as_array().unwrap().len());
        assert!(known.iter().all(|count| *count > 0), "{content}");
    }
}

async fn length(app: &App, actor: &Actor, filter: &RequestFilter) -> usize {
    requests(app.db.read(), actor, filter, &PageRequest::first(200)).await.unwrap().items.len()
}

async fn counters_are_the_length_of_their_lists(app: &App) {
    for email in ["manager@demo.test", "officer@demo.test", "structure@demo.test", "expert@demo.test"] {
        let actor = actor(app, email).await;
        let markers = queries::markers(app.db.read(), &actor, app.now().date(), app.now()).await.unwrap();
        for state in RequestState::all() {
            let filter = RequestFilter { states: vec![state], ..RequestFilter::default() };
            let listed = length(app, &actor, &filter).await;
            assert_eq!(usize::try_from(markers.requests_in(&[state])).unwrap(), listed, "{email} {state}");
        }
    }
}

async fn figures_are_the_length_of_their_lists(app: &App) {
    let manager = actor(app, "manager@demo.test").await;
    let activity = queries::activity(app.db.read(), &manager, app.now()).await.unwrap();
    let line = activity.lines.iter().find(|line| line.measure == Measure::AgreementRequests).unwrap();
    let mut live = 0;
    for (year, cell) in activity.years.iter().zip(&line.cells).filter(|(_, cell)| cell.live) {
        let filter = RequestFilter { submitted_in: Some(*year), ..RequestFilter::default() };
        assert_eq!(
            usize::try_from(cell.value.unwrap()).unwrap(),
            length(app, &manager, &filter).await,
            "{year}"
        );
        live += 1;
    }
    assert!(live >= 2, "{activity:?}");
    let heads = queries::heads(app.db.read(), &manager, time::macros::date!(2023 - 12 - 31)).await.unwrap();
    assert_eq!((heads.mandataires, heads.controleurs, heads.epsp), (28, 5, 7));
    let states: HashSet<_> = habilitation::Entity::find()
        .all(app.db.read())
        .await
        .unwrap()
        .into_iter()
        .map(|file| file.state)
        .collect();
    for state in HabilitationState::all() {
        assert!(states.contains(&state), "nobody is {state}");
    }
    assert!(heads.people < 28 + 5 + 7, "someone has two duties: {heads:?}");
}

async fn every_role_finds_its_business(app: &App) {
    for (email, some) in [
        ("manager@demo.test", true),
        ("officer@demo.test", true),
        ("expert@demo.test", true),
        ("structure@demo.test", true),
        ("auditor@demo.test", false),
        ("trainee@demo.test", false),
    ] {
        let actor = actor(app, email).await;
        let tasks = queries::todo(app.db.read(), &actor, app.now()).await.unwrap();
        assert_eq!(!tasks.is_empty(), some, "{email}: {tasks:?}");
    }
}

async fn the_accounts_play_a_whole_journey_between_themselves(app: &App) {
    let conn = app.db.read();
    let structure = actor(app, "structure@demo.test").await.structures().next().unwrap();
    let own = RequestFilter { structure: Some(structure), ..RequestFilter::default() };
    let officer = actor(app, "officer@demo.test").await;
    let files = length(app, &officer, &own).await;
    assert_eq!(files, length(app, &actor(app, "structure@demo.test").await, &own).await);
    assert!(files >= 3, "{files}");

    let followed = agreement_request::Entity::find()
        .filter(agreement_request::Column::StructureId.eq(structure))
        .filter(agreement_request::Column::OfficerId.is_not_null());
    for request in followed.all(conn).await.unwrap() {
        assert_eq!(request.officer_id, officer.account_id(), "{}", request.id);
    }

    let region = structure::Entity::find_by_id(structure).one(conn).await.unwrap().unwrap().region;
    let expert = actor(app, "expert@demo.test").await.expert().unwrap();
    let held = habilitation::Entity::find()
        .filter(habilitation::Column::ExpertId.eq(expert))
        .filter(habilitation::Column::Duty.eq(Duty::Controleur))
        .filter(habilitation::Column::State.eq(HabilitationState::Active));
    let held = held.all(conn).await.unwrap();
    assert!(held.iter().any(|one| one.regions.split(',').any(|code| code == region)), "{held:?}");
}

async fn nobody_meets_when_nobody_works(app: &App) {
    let conn = app.db.read();
    let committees = committee::Entity::find().all(conn).await.unwrap();
    let meetings = meeting::Entity::find().all(conn).await.unwrap();
    let actions = meeting_action::Entity::find().all(conn).await.unwrap();
    let steps = habilitation_step::Entity::find().all(conn).await.unwrap();
    assert!(committees.len() >= 15 && meetings.len() >= 15 && actions.len() >= 15 && !steps.is_empty());
    let late = actions.iter().filter(|row| row.done_on.is_none() && row.due_on < app.today());
    assert_eq!(late.count(), 0, "what was decided long ago was done");
    let days = committees
        .iter()
        .map(|row| row.meets_on)
        .chain(meetings.iter().map(|row| row.meets_on))
        .chain(actions.iter().map(|row| row.due_on))
        .chain(steps.iter().map(|row| row.done_on));
    let off: Vec<_> = days.filter(|day| !Calendar::Metropolitan.is_working_day(*day)).collect();
    assert!(off.is_empty(), "{off:?}");
}

async fn missions_are_spread_over_the_network(app: &App) {
    let missions = mission::Entity::find().all(app.db.read()).await.unwrap();
    assert!(missions.len() >= 40, "{}", missions.len());
    let people: HashSet<_> = missions.iter().map(|one| one.expert_id).collect();
    assert!(people.len() >= 20, "{}", people.len());
    for state in MissionState::all() {
        assert!(missions.iter().any(|one| one.state == state), "no mission is {state}");
    }
    let placed: Vec<_> = missions.iter().filter(|one| one.structure_id.is_some()).collect();
    for object in MissionObject::all().filter(|object| *object != MissionObject::Meeting) {
        assert!(placed.iter().any(|one| one.object == object), "no {object} in a structure");
    }
    assert!(placed.iter().any(|one| one.site_id.is_some()));
    let overseas = placed.iter().filter(|one| territory::is_overseas(&one.department));
    let departments: HashSet<_> = overseas.map(|one| one.department.as_str()).collect();
    assert!(departments.len() >= 4, "{departments:?}");
    let now = app.now();
    let (ahead, behind): (Vec<&mission::Model>, Vec<&mission::Model>) =
        placed.iter().partition(|one| *one.starts_at > now);
    assert!(ahead.len() >= 10 && behind.len() >= 10, "{} to come, {} behind", ahead.len(), behind.len());
    let told = mail::Entity::find().filter(mail::Column::Template.eq("mission-structure"));
    assert!(!told.all(app.db.read()).await.unwrap().is_empty(), "structures are told");
}

async fn the_body_in_charge_of_the_certifications_has_its_siret(app: &App) {
    let bodies = legal_certifier::Entity::find().filter(legal_certifier::Column::EndsOn.is_null());
    let bodies = bodies.all(app.db.read()).await.unwrap();
    assert!(!bodies.is_empty());
    assert!(bodies.iter().all(|body| body.siret.as_deref().is_some_and(|siret| Siret::parse(siret).is_ok())));
}

/// On the last day of 2023: 28 mandataires, 5 contrôleurs, 7 formateurs EPSP, and fewer people, some having two duties.
async fn a_past_day_is_told_alike_by_the_pages_and_the_api(app: &Arc<App>) {
    let manager = enter(app, actor(app, "manager@demo.test").await.account_id().unwrap()).await;
    let client = TestClient::new(http::endpoint(app, features::api(app), features::demo_pages()));
    let read = async |path: &str| {
        let (name, value) = if path.starts_with("/api/") {
            ("authorization", format!("Bearer {}", manager.token))
        } else {
            ("cookie", manager.cookie.clone())
        };
        let response = client.get(path).header(name, value).send().await;
        assert_eq!(response.0.status(), 200, "{path}");
        response.0.into_body().into_string().await.unwrap()
    };
    let json = async |path: &str| -> serde_json::Value {
        serde_json::from_str(&read(&format!("/api/v1{path}")).await).unwrap()
    };
    let network = json("/network?on=2023-12-31").await;
    let page = read("/intervenants?au=2023-12-31").await;
    let mut people = HashSet::new();
    let mut counted = 0;
    for (duty, title, expected) in [
        ("mandataire", "Mandataires", 28),
        ("controleur", "Contrôleuses et contrôleurs", 5),
        ("epsp", "Formatrices et formateurs EPSP", 7),
    ] {
        let known = network["duties"].as_array().unwrap();
        let known = known.iter().find(|one| one["duty"] == duty).unwrap();
        assert_eq!(known["entitled"], expected, "{duty}");
        assert!(page.contains(&format!(">{title}</a></dt><dd>{expected}</dd>")), "{title}: {page}");
        let list = json(&format!("/experts?duty={duty}&valid_on=2023-12-31&limit=200")).await;
        let list = list["items"].as_array().unwrap().clone();
        assert_eq!(list.len(), expected, "{duty}");
        people.extend(list.iter().map(|one| one["number"].as_str().unwrap().to_owned()));
        counted += expected;
    }
    let distinct = people.len();
    assert!(distinct < counted, "someone has two duties");
    assert_eq!(network["people"], distinct);
    assert!(page.contains(&format!("<dt>Personnes distinctes</dt><dd>{distinct}</dd>")), "{page}");
    for path in ["/intervenants?au=2023-12-31", "/intervenants/reseau?au=2023-12-31"] {
        assert!(read(path).await.contains("<b>Situation au 31 décembre 2023.</b>"), "{path}");
    }
}
