//! The pages of referentials: a draft is made by plain forms, then published once its consequences were read.

use entity::account_role::Role;
use parchemin::features::certifications::queries::referential::{document, draft, revisions};
use poem::http::StatusCode;

use super::referential::whole;
use crate::support::{Person, TestApp};

/// Posts a form of the draft, which must be accepted, at the version that follows the one before.
async fn accepted(t: &TestApp, person: &Person, path: &str, version: &mut i32, fields: &[(&str, &str)]) {
    let seen = version.to_string();
    let fields = [&[("version", seen.as_str())][..], fields].concat();
    let (status, location, text) = t.submit(person, path, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {text}");
    assert!(path.starts_with(&location), "{location}");
    *version += 1;
}

#[tokio::test]
async fn a_draft_is_made_by_forms_and_published_once_its_consequences_were_read() {
    let t = TestApp::new().await;
    let row = t.certification_version("CQP_SP").await;
    let (officer, manager) = (t.person(Role::Officer).await, t.person(Role::Manager).await);
    let path = format!("/certifications/CQP_SP/versions/{}/referentiel", row.id);
    let (status, text) = t.open(&officer, &path).await;
    assert!(status == StatusCode::OK && text.contains("Préparer le référentiel"), "{status}");
    assert_eq!(t.submit(&officer, &format!("{path}/brouillon"), &[]).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&officer, &path).await;
    assert!(text.contains("À compléter avant de publier") && text.contains("règles proposées par défaut"));
    assert!(!text.contains(">Publier</button>"), "an officer prepares, a manager publishes");

    let form = |part: &str| format!("{path}/modifier/{part}");
    let mut at = 1;
    accepted(&t, &officer, &form("familles"), &mut at, &[("families", "Savoirs d’essai\r\n\r\n")]).await;
    let bloc = [("code", "b1"), ("title", "Premier bloc d’essai")];
    accepted(&t, &officer, &form("blocs"), &mut at, &bloc).await;
    let skill =
        [("code", "C1"), ("wording", "Faire un essai"), ("bloc", "B1"), ("family", "Savoirs d’essai")];
    accepted(&t, &officer, &form("competences"), &mut at, &skill).await;
    let seen = at.to_string();
    let wrong = [
        ("version", seen.as_str()),
        ("code", "E1"),
        ("kind", "entretien"),
        ("scale", "numeric"),
        ("minutes", "deux"),
        ("assessors", "0"),
    ];
    let (status, _, text) = t.submit(&officer, &form("epreuves"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for fault in [
        "Indiquez la note maximale",
        "à partir de laquelle",
        "Indiquez un nombre de 0 à 10080",
        "value=\"deux\"",
    ] {
        assert!(text.contains(fault), "{fault}: {text}");
    }
    let right = [
        ("code", "E1"),
        ("kind", "entretien"),
        ("scale", "numeric"),
        ("threshold", "10"),
        ("out_of", "20"),
        ("minutes", "30"),
        ("assessors", "1"),
        ("blocs", "B1"),
    ];
    accepted(&t, &officer, &form("epreuves"), &mut at, &right).await;
    let ways = [
        ("fc", "oui"),
        ("contrat_pro", "non"),
        ("ca", "non"),
        ("fi", "non"),
        ("vae", "non"),
        ("candidat_libre", "non"),
    ];
    accepted(&t, &officer, &form("voies"), &mut at, &ways).await;
    let renamed = [("code", "B2"), ("title", "Premier bloc d’essai"), ("rank", "1")];
    accepted(&t, &officer, &form("blocs/B1"), &mut at, &renamed).await;
    let (_, text) = t.open(&officer, &path).await;
    assert!(!text.contains("À compléter avant de publier") && text.contains("Note sur 20, réussie dès 10"));

    let seen = at.to_string();
    let publish = [("version", seen.as_str())];
    assert_eq!(t.submit(&officer, &format!("{path}/publier"), &publish).await.0, StatusCode::FORBIDDEN);
    let (status, _, text) = t.submit(&manager, &format!("{path}/publier"), &publish).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Publier cette révision") && text.contains("ouverte aux inscriptions"));
    assert!(text.contains("les positionnements à venir suivent cette révision"), "{text}");
    assert!(draft(t.app.db.read(), row.id).await.unwrap().is_some(), "a question publishes nothing");
    let confirmed = [publish[0], ("confirme", "oui")];
    let (status, location, _) = t.submit(&manager, &format!("{path}/publier"), &confirmed).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    let published = revisions(t.app.db.read(), row.id).await.unwrap().remove(0);
    let kept = document(t.app.db.read(), &published).await.unwrap();
    assert_eq!(
        (kept.skills[0].bloc.as_deref(), kept.epreuves[0].blocs.as_slice()),
        (Some("B2"), ["B2".to_owned()].as_slice())
    );
    let (_, text) = t.open(&manager, &path).await;
    assert!(
        text.contains("Publié")
            && text.contains("Préparer une nouvelle révision")
            && !text.contains("/modifier/")
    );
    assert_eq!(
        t.open(&manager, &form("jury")).await.0,
        StatusCode::CONFLICT,
        "what is published has no form"
    );
}

#[tokio::test]
async fn what_lacks_is_told_and_a_draft_is_thrown_away_once_confirmed() {
    let t = TestApp::new().await;
    let row = t.certification_version("CQP_EPSP").await;
    let manager = t.person(Role::Manager).await;
    let path = format!("/certifications/CQP_EPSP/versions/{}/referentiel", row.id);
    t.submit(&manager, &format!("{path}/brouillon"), &[]).await;
    assert_eq!(t.submit(&manager, &format!("{path}/brouillon"), &[]).await.0, StatusCode::CONFLICT);
    let (status, _, text) = t.submit(&manager, &format!("{path}/publier"), &[("version", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("Le référentiel n’a aucune compétence") && text.contains("n’est pas encore publié")
    );
    for part in ["familles", "blocs", "competences", "epreuves", "voies", "jury", "resultats"] {
        let (status, text) = t.open(&manager, &format!("{path}/modifier/{part}")).await;
        assert!(status == StatusCode::OK && text.contains("Enregistrer</button>"), "{part}");
    }
    for part in ["rien", "jury/B1", "blocs/B1"] {
        assert_eq!(
            t.open(&manager, &format!("{path}/modifier/{part}")).await.0,
            StatusCode::NOT_FOUND,
            "{part}"
        );
    }
    let discard = [("version", "1")];
    let (status, _, text) = t.submit(&manager, &format!("{path}/abandonner"), &discard).await;
    assert!(status == StatusCode::OK && text.contains("Abandonner ce brouillon"));
    let confirmed = [discard[0], ("confirme", "oui")];
    assert_eq!(t.submit(&manager, &format!("{path}/abandonner"), &confirmed).await.0, StatusCode::SEE_OTHER);
    assert!(revisions(t.app.db.read(), row.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_draft_is_replaced_by_a_text_or_every_fault_is_told() {
    let t = TestApp::new().await;
    let row = t.certification_version("CQP_SP").await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/certifications/CQP_SP/versions/{}/referentiel", row.id);
    t.submit(&officer, &format!("{path}/brouillon"), &[]).await;
    let (_, text) = t.open(&officer, &format!("{path}/importer")).await;
    assert!(text.contains("max_per_half_day = 6"), "the draft is there to be copied");
    let mut wrong = whole();
    wrong["skills"][1]["bloc"] = serde_json::json!("B9");
    wrong["jury"] = serde_json::json!({ "quorum_total": 9 });
    for (document, faults) in [
        (wrong.to_string(), vec!["/skills/1/bloc", "/jury/quorum_total"]),
        ("[[".to_owned(), vec!["n’est pas un référentiel"]),
    ] {
        let fields = [("version", "1"), ("document", document.as_str())];
        let (status, _, text) = t.submit(&officer, &format!("{path}/importer"), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(faults.iter().all(|fault| text.contains(fault)), "{faults:?}: {text}");
    }
    let mut at = 1;
    let right = whole().to_string();
    accepted(&t, &officer, &format!("{path}/importer"), &mut at, &[("document", right.as_str())]).await;
    let kept = draft(t.app.db.read(), row.id).await.unwrap().unwrap();
    assert_eq!(document(t.app.db.read(), &kept).await.unwrap().epreuves.len(), 2);
}

#[tokio::test]
async fn others_read_what_is_published_and_no_draft() {
    let t = TestApp::new().await;
    let row = t.certification_version("CQP_SP").await;
    let manager = t.person(Role::Manager).await;
    let api = format!("/certifications/{}/versions/{}/referential", row.certification_id, row.id);
    t.put(&manager, &format!("{api}/draft"), None, &whole()).await;
    let path = format!("/certifications/CQP_SP/versions/{}/referentiel", row.id);
    let auditor = t.person(Role::Auditor).await;
    let (status, text) = t.open(&auditor, &path).await;
    assert!(status == StatusCode::OK && !text.contains("Premier bloc d’essai") && !text.contains("Préparer"));
    assert_eq!(t.open(&auditor, &format!("{path}/modifier/jury")).await.0, StatusCode::FORBIDDEN);
    for verb in ["brouillon", "publier", "abandonner"] {
        let fields = [("version", "2"), ("confirme", "oui")];
        let (status, ..) = t.submit(&auditor, &format!("{path}/{verb}"), &fields).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{verb}");
    }
    t.post_at(&manager, &format!("{api}/publish"), 2).await;
    let (_, text) = t.open(&auditor, &path).await;
    assert!(text.contains("Premier bloc d’essai") && !text.contains("/modifier/"));
}
