//! The pages of structures.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use poem::http::StatusCode;

use crate::agreements::desk::Desk;
use crate::support::{TestApp, siret_of};

const FIELDS: [(&str, &str); 7] = [
    ("name", "Les Jardins du Morvan"),
    ("contact/name", "Zoé N’Guyen-d’Arc"),
    ("contact/email", "zoe@morvan.exemple"),
    ("address", "1 rue des Lilas"),
    ("postal_code", "58120"),
    ("commune", "Château-Chinon"),
    ("activities", "maraîchage\r\nressourcerie"),
];

#[tokio::test]
async fn an_officer_records_a_structure_from_the_form() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let (status, text) = t.open(&officer, "/structures").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Aucune structure pour le moment") && text.contains("/structures/nouvelle"));
    assert_eq!(t.open(&officer, "/structures/nouvelle").await.0, StatusCode::OK);

    let mut fields = FIELDS.to_vec();
    fields.push(("siret", "9999000700001"));
    let (status, _, text) = t.submit(&officer, "/structures/nouvelle", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("il en manque un") && text.contains("value=\"Château-Chinon\""));

    let siret = siret_of(7, 1);
    let typed = siret.grouped();
    fields.last_mut().unwrap().1 = &typed;
    let (status, location, text) = t.submit(&officer, "/structures/nouvelle", &fields).await;
    assert_eq!(
        (status, location),
        (StatusCode::SEE_OTHER, format!("/structures/{}", siret.siren())),
        "{text}"
    );
    let (status, text) = t.open(&officer, &format!("/structures/{}", siret.siren())).await;
    assert_eq!(status, StatusCode::OK);
    for shown in
        ["Les Jardins du Morvan", "maraîchage ressourcerie", "Château-Chinon", "Nièvre", "Sans agrément"]
    {
        assert!(text.contains(shown), "{shown}");
    }
    let (_, text) = t.open(&officer, "/structures?q=chateau&region=27&etat=sans").await;
    assert!(text.contains("Les Jardins du Morvan"));
    let (_, text) = t.open(&officer, "/structures?q=port").await;
    assert!(text.contains("Aucune structure ne correspond"));
}

#[tokio::test]
async fn people_of_a_structure_edit_their_contact_and_sites() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let other = t.structure("Les Ateliers du Port").await;
    let account = t.of_structure(structure.id).await;
    let (status, text) = t.open(&account, "/notre-structure").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Directrice")
            && text.contains("/sites/nouveau")
            && text.contains("Administre les comptes")
    );
    let path = format!("/structures/{}", structure.siren);
    assert_eq!(t.open(&account, &format!("{path}/modifier")).await.0, StatusCode::OK);
    let mut fields = FIELDS.to_vec();
    fields.push(("version", "1"));
    let (status, location, text) = t.submit(&account, &format!("{path}/modifier"), &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{text}");
    let (status, _, _) = t.submit(&account, &format!("{path}/modifier"), &fields).await;
    assert_eq!(status, StatusCode::CONFLICT, "an old version");

    let siret = siret_of(0, 2).to_string();
    let site = [
        ("siret", siret.as_str()),
        ("label", "Serres"),
        ("address", "2 rue des Lilas"),
        ("postal_code", "58120"),
        ("commune", "Corancy"),
        ("version", "2"),
    ];
    let (status, _, text) = t.submit(&account, &format!("{path}/sites/nouveau"), &site).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = t.open(&account, &path).await;
    assert!(text.contains("Serres") && text.contains("Corancy"));
    let found = parchemin::features::structures::queries::get(t.app.db.read(), &account.actor, structure.id);
    let site = found.await.unwrap().sites.into_iter().find(|site| !site.is_seat).unwrap();
    let closing = format!("{path}/sites/{}/fermer", site.id);
    assert_eq!(t.open(&account, &format!("{path}/sites/{}", site.id)).await.0, StatusCode::OK);
    assert_eq!(t.open(&account, &closing).await.0, StatusCode::OK);
    let (status, _, _) = t.submit(&account, &closing, &[("closed_on", "hier"), ("version", "3")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _, _) = t.submit(&account, &closing, &[("closed_on", "2025-10-06"), ("version", "3")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);

    let foreign = format!("/structures/{}", other.siren);
    assert_eq!(t.open(&account, &foreign).await.0, StatusCode::NOT_FOUND);
    assert_eq!(t.open(&account, &format!("{foreign}/modifier")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_auditor_reads_and_finds_no_form() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let auditor = t.person(Role::Auditor).await;
    let path = format!("/structures/{}", structure.siren);
    let (status, text) = t.open(&auditor, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("/modifier") && !text.contains("Comptes de la structure"));
    assert_eq!(t.open(&auditor, &format!("{path}/modifier")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(t.open(&auditor, "/structures/nouvelle").await.0, StatusCode::NOT_FOUND);
    assert_eq!(t.open(&auditor, "/notre-structure").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_of_a_structure_lists_its_requests_and_agreements_to_the_team() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Granted).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let path = format!("/structures/{}", desk.structure.siren);
    let (_, page) = desk.t.open(&desk.officer, &path).await;
    for said in ["Demandes et agréments", "Demandes de la structure", "Agréments de la structure"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains(&format!("href=\"/agrements/{number}\"")), "{page}");
    let (_, own) = desk.t.open(&desk.owner, &path).await;
    assert!(!own.contains("Demandes et agréments"), "they have a page for them: {own}");
}
