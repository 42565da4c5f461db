//! Structures from a file, by the page.

use entity::account_role::Role;
use poem::http::StatusCode;
use serde_json::json;

use crate::support::{TestApp, siret_of};

/// Two structures, the second without a commune.
fn file() -> String {
    format!(
        "SIRET;Nom;Adresse;CP;Ville;Contact;Courriel\n\
         {};Les Jardins de l’Yonne;1 rue des Prés;89000;Auxerre;Zoé Abel;zoe@jardins.exemple\n\
         {};Les Ateliers du Nohain;2 rue du Moulin;58200;;Éloi Faure;eloi@ateliers.exemple\n",
        siret_of(7, 1),
        siret_of(8, 1),
    )
}

#[tokio::test]
async fn a_file_is_refused_whole_then_recorded() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let (page, api) = ("/structures/import", "/structures/import");
    assert!(t.open(&officer, "/structures").await.1.contains(page));
    assert_eq!(t.open(&officer, page).await.0, StatusCode::OK);
    let text = file();
    let (windows, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lost);
    let (status, _, text) = t.send_file(&officer, page, "structures.csv", windows.to_vec(), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Ligne 3, Ville"), "{text}");
    let refused = t.upload(&officer, api, "structures.csv", windows.to_vec(), &[]).await;
    assert_eq!(refused.pointers(), ["/lines/3/Ville"]);
    assert!(text.contains("Lignes à corriger") && !text.contains("Le fichier attendu"), "{text}");
    let short = b"Nom;Adresse\nLes Jardins;1 rue des Pr\xC3\xA9s\n".to_vec();
    let (status, _, text) = t.send_file(&officer, page, "structures.csv", short.clone(), &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Colonnes manquantes") && !text.contains("Lignes à corriger"), "{text}");
    for said in ["Des colonnes manquent (", "Le fichier attendu est un tableau CSV ou Excel", "Obligatoires"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let refused = t.upload(&officer, api, "structures.csv", short, &[]).await;
    assert!(refused.body["detail"].as_str().unwrap().starts_with("Des colonnes manquent ("), "{refused:?}");
    assert!(t.effects().await.events.is_empty());
    let right = file().replace("58200;;", "58200;Cosne-Cours-sur-Loire;");
    let (status, location, _) =
        t.send_file(&officer, page, "structures.csv", right.clone().into(), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/structures"));
    assert_eq!(t.effects().await.events, ["structure.created", "structure.created", "structures.imported"]);
    let again = t.upload(&officer, api, "structures.csv", right.into(), &[("dry_run", "true")]).await;
    assert_eq!((&again.body["written"], &again.body["refused"]), (&json!(0), &json!(2)), "{again:?}");
    let auditor = t.person(Role::Auditor).await;
    assert_eq!(t.open(&auditor, page).await.0, StatusCode::FORBIDDEN);
}
