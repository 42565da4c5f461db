//! The network of experts on a day: people by duty and by region, loads, rights that end, conditions at risk; who may look.

use entity::account_role::{self, Role};
use entity::agreement_request::RequestState;
use entity::habilitation::Duty;
use parchemin::authz::Actor;
use parchemin::features::experts;
use parchemin::features::experts::input::TypedHabilitation;
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::Duration;

use crate::agreements::desk::Desk;
use crate::missions::bench::Bench;
use crate::support::{Person, TestApp};

/// What the API says of a duty.
fn of_duty<'a>(network: &'a Value, duty: &str) -> &'a Value {
    network["duties"].as_array().unwrap().iter().find(|one| one["duty"] == duty).unwrap()
}

/// What it says of a region.
fn of_region<'a>(network: &'a Value, code: &str) -> &'a Value {
    network["regions"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap()
}

/// What it says of someone under a duty.
fn line<'a>(network: &'a Value, number: &str, duty: &str) -> &'a Value {
    let lines = network["items"].as_array().unwrap();
    lines.iter().find(|one| one["number"] == number && one["duty"] == duty).unwrap()
}

async fn read(t: &TestApp, person: &Person, query: &str) -> Value {
    let answer = t.get(person, &format!("/network{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body
}

#[tokio::test]
async fn people_are_counted_by_duty_and_by_region_as_of_any_day() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (everywhere, here) = (t.expert("Abel").await, t.expert("Bérard").await);
    t.habilitate(everywhere.id, Duty::Mandataire, None, &[]).await;
    t.habilitate(everywhere.id, Duty::Epsp, None, &["11"]).await;
    t.habilitate(here.id, Duty::Mandataire, None, &["27"]).await;
    let found = read(&t, &manager, "").await;
    assert_eq!((&found["people"], found["regions"].as_array().unwrap().len()), (&json!(2), 18));
    for (duty, entitled, ending) in [("mandataire", 2, 0), ("controleur", 0, 0), ("epsp", 1, 0)] {
        let one = of_duty(&found, duty);
        assert_eq!((&one["entitled"], &one["ending"]), (&json!(entitled), &json!(ending)), "{duty}");
    }
    for (code, people, mandataires, epsp) in [("27", 2, 2, 0), ("11", 1, 1, 1), ("04", 1, 1, 0)] {
        let one = of_region(&found, code);
        assert_eq!(one["people"], people, "{code}");
        assert_eq!((&one["mandataires"], &one["epsp"]), (&json!(mandataires), &json!(epsp)), "{code}");
        let list = format!("/experts?duty=mandataire&region={code}&valid_on=2025-10-06");
        let listed = t.get(&manager, &list).await.body["items"].as_array().unwrap().len();
        assert_eq!(listed, mandataires, "the list behind the number, {code}");
    }
    // The days of these habilitations: a year ago to two years from now.
    assert_eq!(read(&t, &manager, "?on=2024-10-05").await["people"], 0);
    let late = read(&t, &manager, "?on=2027-06-01").await;
    assert_eq!(of_duty(&late, "mandataire")["ending"], 2);
    assert_eq!(read(&t, &manager, "?on=2029-01-01").await["people"], 0, "over");
    for (on, code, ending) in [("2027-07-07", "27", 0), ("2027-07-08", "27", 2), ("2027-07-08", "04", 1)] {
        let found = read(&t, &manager, &format!("?on={on}")).await;
        assert_eq!(of_region(&found, code)["ending"], ending, "{code} on {on}, within ninety days");
    }
    let (_, page) = t.open(&manager, "/intervenants/reseau?au=2027-07-08").await;
    assert!(page.contains("2 droits finissent sous 90 jours"), "{page}");
}

#[tokio::test]
async fn a_right_that_another_file_goes_on_with_does_not_end() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let before = read(&t, &manager, "?on=2027-08-01").await;
    assert_eq!(of_duty(&before, "mandataire")["ending"], 1);
    let typed = TypedHabilitation {
        duty: Duty::Mandataire,
        starts_on: "2027-10-07".to_owned(),
        ends_on: "2030-10-06".to_owned(),
        certification: None,
        regions: Vec::new(),
    };
    let mut tx = t.app.begin(Actor::system("tests")).await.unwrap();
    experts::actions::record(&mut tx, expert.id, None, &typed).await.unwrap();
    tx.commit().await.unwrap();
    let found = read(&t, &manager, "?on=2027-08-01").await;
    assert_eq!(of_duty(&found, "mandataire")["ending"], 0);
    assert_eq!(line(&found, &expert.number, "mandataire")["ends_on"], "2030-10-06");
    t.advance(Duration::days(670));
    let manager = t.person(Role::Manager).await;
    let (_, files) = t.open(&manager, "/intervenants/dossiers").await;
    assert!(files.contains("Anne-Lise Abel") && !files.contains("À renouveler"), "{files}");
    let own = t.of_expert(expert.id).await;
    assert!(!t.open(&own, "/accueil").await.1.contains("id=\"fins\""), "nothing ends");
}

#[tokio::test]
async fn missions_and_visits_make_the_load_of_twelve_months() {
    let bench = Bench::new().await;
    let other = bench.mandataire("Bérard").await;
    bench.accepted().await;
    let before = read(&bench.t, &bench.officer, "").await;
    assert_eq!(line(&before, &bench.expert.number, "mandataire")["load"], 0, "it is still to come");
    for (on, load, mean) in
        [("2025-10-19", 0, 0), ("2025-10-20", 1, 5), ("2026-10-19", 1, 5), ("2026-10-20", 0, 0)]
    {
        let found = read(&bench.t, &bench.officer, &format!("?on={on}")).await;
        assert_eq!(line(&found, &bench.expert.number, "mandataire")["load"], load, "{on}");
        assert_eq!(line(&found, &other.number, "mandataire")["load"], 0, "{on}");
        assert_eq!(of_duty(&found, "mandataire")["mean_load_tenths"], mean, "{on}");
        assert_eq!(of_region(&found, "27")["load"], load, "where the mission takes place, {on}");
        assert_eq!(of_region(&found, "04")["load"], 0, "{on}");
    }
    let desk = Desk::new().await;
    desk.reach(RequestState::VisitDone).await;
    let found = read(&desk.t, &desk.manager, "").await;
    assert_eq!(line(&found, &desk.controller.number, "controleur")["load"], 1);
}

#[tokio::test]
async fn a_condition_that_is_not_met_when_its_year_ends_is_at_risk() {
    let bench = Bench::new().await;
    let found = read(&bench.t, &bench.officer, "").await;
    let risks = line(&found, &bench.expert.number, "mandataire")["at_risk"].as_array().unwrap().clone();
    assert!(risks.iter().any(|one| one.as_str().unwrap().starts_with("Missions")), "{risks:?}");
    assert_eq!(of_duty(&found, "mandataire")["at_risk"], 1);
    assert_eq!(of_duty(&found, "epsp")["at_risk"], 0);
}

#[tokio::test]
async fn conditions_at_risk_are_folded_by_person_under_their_count() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let found = read(&t, &manager, "").await;
    let risks = line(&found, &expert.number, "mandataire")["at_risk"].as_array().unwrap().clone();
    assert!(risks.len() > 1, "{risks:?}");
    let (_, page) = t.open(&manager, "/intervenants/reseau").await;
    let (_, rest) = page.split_once("<details class=\"compromis\"><summary>").unwrap();
    let (folded, rest) = rest.split_once("</details>").unwrap();
    assert!(folded.starts_with(&format!("{} conditions hors délai", risks.len())), "{folded}");
    assert!(folded.contains("Abel Anne-Lise") && !rest.contains("class=\"compromis\""), "{folded}");
    let places: Vec<_> = risks.iter().map(|risk| folded.find(risk.as_str().unwrap()).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of the API: {places:?}, {folded}");
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_told_beside_its_field() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (status, page) = t.open(&manager, "/intervenants/reseau?au=pas-une-date").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("champ-au-err") && page.contains("Indiquez une date"), "{page}");
    assert_eq!(t.open(&manager, "/intervenants/reseau?au=").await.0, StatusCode::OK);
}

#[tokio::test]
async fn managers_and_officers_look_each_within_their_regions() {
    let t = TestApp::new().await;
    let (here, away) = (t.expert("Abel").await, t.expert("Bérard").await);
    t.habilitate(here.id, Duty::Mandataire, None, &["27"]).await;
    t.habilitate(away.id, Duty::Mandataire, None, &["04"]).await;
    let own = t.of_expert(here.id).await;
    for (person, status) in [
        (t.person(Role::Manager).await, StatusCode::OK),
        (t.person(Role::Officer).await, StatusCode::OK),
        (t.person(Role::Auditor).await, StatusCode::NOT_FOUND),
        (t.person(Role::Structure).await, StatusCode::NOT_FOUND),
        (own, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(&person, "/network").await.status, status, "{:?}", person.actor.held);
        assert_eq!(t.open(&person, "/intervenants/reseau").await.0, status, "{:?}", person.actor.held);
    }
    let officer = t.person(Role::Officer).await;
    account_role::Entity::update_many()
        .col_expr(account_role::Column::Regions, Expr::value("27"))
        .filter(account_role::Column::AccountId.eq(officer.id))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    let found = read(&t, &officer, "").await;
    assert_eq!(found["regions"].as_array().unwrap().len(), 1);
    assert_eq!((&found["people"], &found["items"][0]["number"]), (&json!(1), &json!(here.number)));
}

#[tokio::test]
async fn the_page_shows_tiles_and_the_same_as_a_table_and_is_led_to() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    t.habilitate(expert.id, Duty::Mandataire, None, &["27"]).await;
    let (status, page) = t.open(&manager, "/intervenants/reseau").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.matches("tuile__nom").count(), 18, "{page}");
    assert!(page.contains("Personnes habilitées par région") && page.contains("Abel Anne-Lise"), "{page}");
    assert_eq!(page.matches("0 personne<").count(), 17, "{page}");
    let (_, past) = t.open(&manager, "/intervenants/reseau?au=2020-01-01").await;
    assert!(past.contains("Personne n’est habilité au 1er janvier 2020"), "{past}");
    assert!(past.contains("<b>Situation au 1er janvier 2020.</b>"), "{past}");
    assert!(past.contains("<a href=\"/intervenants/reseau\">Revenir à aujourd’hui</a>"), "{past}");
    assert!(!page.contains("Revenir à aujourd’hui"), "today is not another day");
    for path in ["/intervenants", "/accueil"] {
        let (_, page) = t.open(&manager, path).await;
        assert!(page.contains("/intervenants/reseau?au=2025-10-06"), "{path}");
    }
    let auditor = t.person(Role::Auditor).await;
    for path in ["/intervenants", "/accueil"] {
        assert!(!t.open(&auditor, path).await.1.contains("/intervenants/reseau"), "{path}");
    }
    t.advance(Duration::days(640));
    let manager = t.person(Role::Manager).await;
    let (_, page) = t.open(&manager, "/intervenants/reseau").await;
    assert!(page.contains("6 octobre 2027, dans les six mois"), "{page}");
}

#[tokio::test]
async fn the_network_and_the_list_of_experts_are_taken_away_as_files() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (held, other) = (t.expert("Abel").await, t.expert("Bérard").await);
    t.habilitate(held.id, Duty::Mandataire, None, &["27"]).await;
    t.habilitate(other.id, Duty::Controleur, None, &[]).await;
    let (_, page) = t.open(&manager, "/intervenants/reseau?au=2027-08-01").await;
    let link = "/intervenants/reseau.csv?au=2027-08-01";
    assert!(page.contains(link), "{page}");
    t.effects().await;
    let (status, file) = t.open(&manager, link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(file.starts_with("\u{feff}Fonction;Numéro;Personne;"), "{file}");
    let line = format!("Mandataire;{};Abel Anne-Lise;Bourgogne-Franche-Comté;2027-10-06;oui;0;", held.number);
    assert!(file.contains(&line), "{file}");
    assert_eq!(file.lines().count(), 3);
    assert_eq!(t.effects().await.events, ["network.exported"]);
    let wrong = t.open(&manager, "/intervenants/reseau.csv?au=2024-13-01").await.0;
    assert_eq!(wrong, StatusCode::UNPROCESSABLE_ENTITY);

    let (_, page) = t.open(&manager, "/intervenants?fonction=controleur").await;
    assert!(page.contains("/intervenants/export.csv?fonction=controleur"), "{page}");
    let (_, file) = t.open(&manager, "/intervenants/export.csv?fonction=controleur").await;
    let line = format!("{};Bérard;Anne-Lise;Contrôle;2027-10-06;", other.number);
    assert!(file.contains(&line) && !file.contains("Abel"), "the filters of the list: {file}");
    assert_eq!(t.effects().await.events, ["expert.exported"]);
    let own = t.of_expert(held.id).await;
    for path in ["/intervenants/export.csv", "/intervenants/reseau.csv"] {
        assert_eq!(t.open(&own, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(t.effects().await.events.is_empty());
    let (_, journal) = t.open(&manager, "/journal").await;
    assert!(journal.contains("copie du réseau des intervenants"), "{journal}");
}

#[tokio::test]
async fn a_filter_that_is_not_understood_is_told_beside_its_field() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    for (path, field) in [
        ("/intervenants?fonction=xyz", "fonction"),
        ("/intervenants?region=99", "region"),
        ("/intervenants?au=30/02/2024", "au"),
        ("/intervenants/dossiers?au=2024-13-01", "au"),
        ("/intervenants/dossiers?etat=zzz", "etat"),
        ("/intervenants/dossiers?fonction=xyz", "fonction"),
        ("/missions?au=2024-13-01", "au"),
        ("/missions?etat=zzz", "etat"),
        ("/missions?objet=zzz", "objet"),
    ] {
        let (status, page) = t.open(&manager, path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.contains(&format!("champ-{field}-err")), "{path}: {page}");
    }
    for path in ["/intervenants/export.csv?region=99", "/missions/export.csv?etat=zzz"] {
        assert_eq!(t.open(&manager, path).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}
