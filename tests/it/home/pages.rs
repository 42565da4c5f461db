use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn everyone_arrives_in_their_own_space() {
    let t = TestApp::new().await;
    for (role, said) in [
        (Role::Manager, "En ce moment"),
        (Role::Officer, "Rien ne vous attend dans les dossiers que vous suivez."),
        (Role::Admin, "Activité de l’organisme certificateur"),
        (Role::Auditor, "Intervenants habilités"),
        (Role::Expert, "Mes prochaines visites"),
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
    unknown.assert_header("location", "/connexion");
}
