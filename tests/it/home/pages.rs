use entity::account_role::Role;
use entity::agreement::{self, AgreementState};
use entity::agreement_request::RequestState;
use entity::job::{self, JobState};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use time::Duration;

use crate::agreements::desk::Desk;
use crate::support::{Person, TestApp};

#[tokio::test]
async fn everyone_arrives_in_their_own_space() {
    let t = TestApp::new().await;
    for (role, said) in [
        (Role::Manager, "En ce moment"),
        (Role::Officer, "Rien ne vous attend dans les dossiers que vous suivez."),
        (Role::Admin, "Activité de l’organisme certificateur"),
        (Role::Auditor, "Intervenants habilités"),
        (Role::Expert, "Mon prochain engagement"),
        (Role::Structure, "Demander l’agrément en trois temps"),
        (Role::Trainee, "Aucune formation n’est rattachée à votre compte."),
    ] {
        let person = t.person(role).await;
        let answer = t.client.get("/accueil").header("cookie", &person.cookie).send().await;
        answer.assert_status_is_ok();
        let html = answer.0.into_body().into_string().await.unwrap();
        assert!(html.contains("Bonjour Zoé") && html.contains(said), "{role}: {html}");
        for page in ["/a-faire", "/recherche?q=piton", "/notifications"] {
            let answer = t.client.get(page).header("cookie", &person.cookie).send().await;
            assert_eq!(answer.0.status(), StatusCode::OK, "{role} {page}");
        }
    }
}

#[tokio::test]
async fn an_auditor_reads_and_has_nothing_to_do() {
    let t = TestApp::new().await;
    let auditor = t.person(Role::Auditor).await;
    let answer = t.client.get("/accueil").header("cookie", &auditor.cookie).send().await;
    let html = answer.0.into_body().into_string().await.unwrap();
    assert!(!html.contains("id=\"afaire\"") && !html.contains("/agrements/nouveau"));
}

#[tokio::test]
async fn the_root_leads_each_visitor_to_their_place() {
    let t = TestApp::new().await;
    let person = t.person(Role::Officer).await;
    let known = t.client.get("/").header("cookie", &person.cookie).send().await;
    known.assert_status(StatusCode::SEE_OTHER);
    known.assert_header("location", "/accueil");
    let unknown = t.client.get("/").send().await;
    unknown.assert_header("location", "/catalogue");
}

#[tokio::test]
async fn the_navigation_counts_the_requests_that_wait_for_the_person() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    for (person, waits) in
        [(&desk.officer, true), (&desk.manager, true), (&desk.owner, false), (&desk.expert, false)]
    {
        for page in ["/accueil", "/aide"] {
            let (_, html) = desk.t.open(person, page).await;
            assert_eq!(html.contains("<span class=\"vh\">, 1 à traiter</span>"), waits, "{page}: {html}");
        }
    }
    let id = desk.id();
    let later = json!({ "until": (desk.today() + Duration::days(1)).to_string(), "reason": "Appel attendu" });
    let put_off = desk.t.post(&desk.officer, &format!("/todo/examine/{id}/postpone"), &later).await;
    assert_eq!(put_off.status, StatusCode::OK, "{put_off:?}");
    let waits = async |person: &Person| {
        let (_, html) = desk.t.open(person, "/aide").await;
        html.contains("<span class=\"vh\">, 1 à traiter</span>")
    };
    assert!(!waits(&desk.officer).await && !waits(&desk.manager).await, "put off, it waits for nobody");
    desk.t.advance(Duration::days(1));
    assert!(waits(&desk.officer).await && waits(&desk.manager).await, "until its day");
    let missing = desk.t.open(&desk.officer, "/rien").await;
    assert_eq!(missing.0, StatusCode::NOT_FOUND, "pages are found under their counters as before");
}

#[tokio::test]
async fn what_is_to_be_done_is_one_way_from_every_page() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let (_, home) = desk.t.open(&desk.officer, "/accueil").await;
    assert!(home.contains("<a href=\"/a-faire\">À faire"), "an entry of the navigation: {home}");
    for (person, page) in
        [(&desk.officer, "/plan-du-site"), (&desk.owner, "/plan-du-site"), (&desk.expert, "/plan-du-site")]
    {
        let (_, html) = desk.t.open(person, page).await;
        assert!(html.contains("<li><a href=\"/a-faire\">À faire</a></li>"), "{page}: {html}");
        assert!(html.contains("<li><a href=\"/recherche\">Rechercher</a></li>"), "{page}: {html}");
    }
    let short = "<a href=\"/a-faire\" class=\"petit\">Voir tout ce qui m’attend</a>";
    for person in [&desk.officer, &desk.owner, &desk.expert] {
        let (_, html) = desk.t.open(person, "/accueil").await;
        assert!(html.contains(short), "{html}");
    }
}

#[tokio::test]
async fn a_draft_waits_for_its_structure_and_says_when_it_was_saved_and_what_is_left() {
    let desk = Desk::new().await;
    desk.draft().await;
    let (_, html) = desk.t.open(&desk.owner, "/accueil").await;
    assert!(!html.contains("Rien ne vous attend"), "{html}");
    for said in
        ["Dernier enregistrement le ", "Enregistré le ", "prêt pour le dépôt", "Reprendre le brouillon"]
    {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(html.contains("/brouillon\""), "{html}");
    let todo = desk.t.get(&desk.owner, "/todo").await;
    assert_eq!(todo.body["items"][0]["action"], "resume_draft", "{todo:?}");
    assert_eq!(desk.t.get(&desk.officer, "/todo").await.body["items"], json!([]), "nobody else");
}

#[tokio::test]
async fn a_structure_refused_reads_until_when_it_may_appeal() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Refused).await;
    let (_, html) = desk.t.open(&desk.owner, "/accueil").await;
    assert!(html.contains("Recours possible jusqu’au ") && html.contains("Former un recours"), "{html}");
}

#[tokio::test]
async fn each_number_of_the_margin_opens_the_list_behind_it() {
    for state in [RequestState::VisitScheduled, RequestState::GrantedWithReserves] {
        let desk = Desk::new().await;
        desk.bring_to(state).await;
        let (_, home) = desk.t.open(&desk.manager, "/accueil").await;
        let mut numbers = Vec::new();
        for item in home.split("<ul class=\"reperes\">").skip(1).flat_map(|list| list.split("<li>").skip(1)) {
            let after = |from: &str, to: &str| {
                let rest = item.split_once(from).unwrap().1;
                rest.split_once(to).unwrap().0.to_owned()
            };
            let (address, number) = (after("href=\"", "\"").replace("&#38;", "&"), after("<b>", "</b>"));
            let (status, list) = desk.t.open(&desk.manager, &address).await;
            assert_eq!(status, StatusCode::OK, "{address}");
            assert_eq!(list.matches("role=\"rowheader\"").count().to_string(), number, "{state} {address}");
            if number == "0" {
                assert!(
                    !item.contains("recours ouverts") && !item.contains("missions à"),
                    "singular: {item}"
                );
            }
            numbers.push(number);
            if numbers.len() == 17 {
                break;
            }
        }
        assert_eq!(numbers.len(), 17, "{home}");
        assert_eq!(numbers.iter().filter(|number| *number == "1").count(), 3, "{state}: {numbers:?}");
    }
}

#[tokio::test]
async fn an_agreement_signed_for_later_is_neither_counted_nor_listed_as_in_force() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::GrantedWithReserves).await;
    for (later, expected) in [(0, 1), (10, 0)] {
        let starts_on = desk.today() + time::Duration::days(later);
        agreement::Entity::update_many()
            .col_expr(agreement::Column::State, Expr::value(AgreementState::ActiveWithReserves))
            .col_expr(agreement::Column::StartsOn, Expr::value(starts_on))
            .exec(desk.t.app.db.bookkeeping())
            .await
            .unwrap();
        let (_, home) = desk.t.open(&desk.manager, "/accueil").await;
        let item = home.split("<li>").find(|item| item.contains("/agrements/droits?etat=active")).unwrap();
        assert!(item.contains(&format!("<b>{expected}</b>")), "{item}");
        let rows = async |address: &str| {
            let (_, list) = desk.t.open(&desk.manager, address).await;
            list.matches("role=\"rowheader\"").count()
        };
        assert_eq!(rows("/agrements/droits?etat=active_with_reserves").await, expected);
        assert_eq!(rows("/agrements/droits").await, 1);
    }
}

#[tokio::test]
async fn the_visits_of_a_year_are_those_of_its_figure() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::VisitDone).await;
    let year = desk.today().year();
    for (asked, expected) in [(year, 1), (year - 1, 0)] {
        let (_, list) = desk.t.open(&desk.manager, &format!("/agrements?controle={asked}")).await;
        assert_eq!(list.matches("role=\"rowheader\"").count(), expected, "{asked}");
    }
}

#[tokio::test]
async fn a_document_that_was_not_typeset_is_told_to_the_team_and_made_again() {
    let desk = Desk::new().await;
    desk.reach(RequestState::Submitted).await;
    let receipt = job::Entity::find().filter(job::Column::Kind.eq("agreements.issue_document"));
    let id = receipt.one(desk.t.app.db.read()).await.unwrap().unwrap().id;
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Failed))
        .col_expr(job::Column::Error, Expr::value("unknown font"))
        .filter(job::Column::Id.eq(id))
        .exec(desk.t.app.db.bookkeeping())
        .await
        .unwrap();
    let todo = desk.t.get(&desk.officer, "/todo").await.body;
    let tasks = todo["items"].as_array().unwrap();
    assert!(tasks.iter().any(|task| task["action"] == "redo_documents" && task["count"] == 1), "{todo}");
    let auditor = desk.t.person(Role::Auditor).await;
    let redo = format!("/failed-documents/{id}/redo");
    for person in [&auditor, &desk.owner, &desk.expert] {
        assert_eq!(desk.t.get(person, "/failed-documents").await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.t.post(person, &redo, &json!({})).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.t.open(person, "/documents-a-refaire").await.0, StatusCode::NOT_FOUND);
    }
    let elsewhere = desk.t.person(Role::Officer).await;
    desk.t.limit(&elsewhere, "75").await;
    let none = desk.t.get(&elsewhere, "/failed-documents").await.body;
    assert_eq!(none["items"], json!([]), "the file of another region");
    let listed = desk.t.get(&desk.officer, "/failed-documents").await.body;
    let reference = desk.read().await["number"].as_str().unwrap().to_owned();
    assert_eq!(
        (&listed["items"][0]["id"], &listed["items"][0]["reference"]),
        (&json!(id), &json!(reference))
    );
    let (_, html) = desk.t.open(&desk.officer, "/a-faire").await;
    assert!(html.contains("href=\"/documents-a-refaire\""), "{html}");
    let (_, html) = desk.t.open(&desk.officer, "/documents-a-refaire").await;
    assert!(html.contains("unknown font") && html.contains(&reference), "{html}");

    desk.t.effects().await;
    let button = format!("/documents-a-refaire/{id}/refaire");
    assert_eq!(desk.t.submit(&desk.officer, &button, &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.t.effects().await.events, ["job.redone"]);
    assert_eq!(desk.t.submit(&desk.officer, &button, &[]).await.0, StatusCode::CONFLICT);
    let again = desk.t.post(&desk.officer, &redo, &Value::Null).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "document-not-failed"));
    desk.work().await;
    let done = job::Entity::find_by_id(id).one(desk.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!((done.state, done.error), (JobState::Done, None));
    let (_, html) = desk.t.open(&desk.officer, "/documents-a-refaire").await;
    assert!(html.contains("Aucun document à refaire"), "{html}");
}
