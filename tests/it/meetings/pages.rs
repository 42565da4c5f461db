//! The pages of meetings, as forms without any script.

use entity::account_role::Role;
use poem::http::StatusCode;
use time::macros::datetime;

use super::mandataire;
use crate::support::TestApp;

const FIELDS: [(&str, &str); 8] = [
    ("kind", "mandataires"),
    ("day", "2025-10-14"),
    ("time", "10:00"),
    ("zone", "Europe/Paris"),
    ("mode", "video"),
    ("place", "https://visio.exemple/mandataires"),
    ("lasts_minutes", "90"),
    ("agenda", "Retour sur les jurys\nQuestions"),
];

#[tokio::test]
async fn a_meeting_goes_from_its_form_to_its_minutes() {
    let t = TestApp::new().await;
    let guest = mandataire(&t, "Éloi", "973").await;
    let officer = t.person(Role::Officer).await;
    assert!(t.open(&officer, "/reunions").await.1.contains("Aucune réunion pour le moment"));
    assert!(t.open(&officer, "/accueil").await.1.contains("href=\"/reunions\""));
    assert_eq!(t.open(&officer, "/reunions/nouvelle").await.0, StatusCode::OK);
    let (status, _, text) = t.submit(&officer, "/reunions/nouvelle", &FIELDS[..3]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez une visioconférence ou un lieu") && text.contains("value=\"10:00\""));
    let (status, location, _) = t.submit(&officer, "/reunions/nouvelle", &FIELDS).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/reunions/REU-2025-0001"));
    let base = "/reunions/REU-2025-0001";
    let (_, text) = t.open(&officer, base).await;
    assert!(text.contains("mardi 14 octobre 2025") && text.contains("Envoyer les invitations"));
    assert_eq!(
        t.submit(&officer, &format!("{base}/inviter"), &[("version", "1")]).await.0,
        StatusCode::SEE_OTHER
    );
    let (_, text) = t.open(&officer, base).await;
    assert!(text.contains("heure de Guyane") && text.contains("Sans réponse"));
    assert!(t.open(&officer, "/reunions?metier=mandataires").await.1.contains("Invitations envoyées"));

    let own = t.of_expert(guest.id).await;
    let (_, text) = t.open(&own, base).await;
    assert!(
        text.contains("Je serai là") && text.contains("Chez vous") && !text.contains("Annuler la réunion")
    );
    assert_eq!(t.submit(&own, &format!("{base}/repondre"), &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        t.submit(&own, &format!("{base}/repondre"), &[("coming", "oui")]).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(t.submit(&own, &format!("{base}/annuler"), &[("reason", "x")]).await.0, StatusCode::FORBIDDEN);

    t.set_now(datetime!(2025-10-14 10:00 UTC));
    let id = guest.id.to_string();
    let (_, text) = t.open(&officer, base).await;
    assert!(text.contains("Qui était présent") && text.contains(&format!("value=\"{id}\" checked")));
    let present = [("version", "2"), ("present", id.as_str())];
    assert_eq!(t.submit(&officer, &format!("{base}/presences"), &present).await.0, StatusCode::SEE_OTHER);
    let decision = [("version", "3"), ("text", "La grille change")];
    assert_eq!(t.submit(&officer, &format!("{base}/decisions"), &decision).await.0, StatusCode::SEE_OTHER);
    let task = [("version", "4"), ("text", "Écrire"), ("owner", "Zoé"), ("due_on", "2025-12-01")];
    assert_eq!(t.submit(&officer, &format!("{base}/actions"), &task).await.0, StatusCode::SEE_OTHER);
    let (status, _, text) = t.submit(&officer, &format!("{base}/compte-rendu"), &[("version", "5")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Écrivez le compte rendu"));
    let minutes = [("version", "5"), ("minutes", "Tout va bien."), ("time_spent_minutes", "150")];
    assert_eq!(t.submit(&officer, &format!("{base}/compte-rendu"), &minutes).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&own, base).await;
    assert!(
        text.contains("Tout va bien.")
            && text.contains("La grille change")
            && text.contains("Présence enregistrée")
    );
    let done = text_of_action(&t.open(&officer, base).await.1);
    assert_eq!(t.submit(&officer, &done, &[]).await.0, StatusCode::SEE_OTHER);
    assert!(t.open(&officer, base).await.1.contains("fait le 14 octobre 2025"));
    let (_, eve) = t.open(&officer, "/reunions?au=2025-10-13").await;
    assert!(eve.contains("Revenir à aujourd’hui") && eve.contains("Invitations envoyées"), "{eve}");
    let (_, before) = t.open(&officer, "/reunions?au=2025-10-05").await;
    assert!(before.contains("Aucune réunion ne correspond"), "{before}");
    let (_, eve) = t.open(&officer, &format!("{base}?au=2025-10-13")).await;
    assert!(eve.contains("Revenir à aujourd’hui") && !eve.contains("Tout va bien."), "{eve}");
    assert!(!eve.contains("La grille change") && !eve.contains("Présence enregistrée"), "{eve}");
    let (status, before) = t.open(&officer, &format!("{base}?au=2025-10-05")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(before.contains("n’était pas encore prévue") && before.contains("Tout va bien."), "{before}");
}

fn text_of_action(text: &str) -> String {
    let start = text.find("/reunions/REU-2025-0001/actions/").unwrap();
    let end = text[start..].find("/fait").unwrap() + start + "/fait".len();
    // the first address is that of the form that adds, unless minutes are published
    text[start..end].to_owned()
}

#[tokio::test]
async fn a_meeting_is_moved_then_cancelled_on_its_page() {
    let t = TestApp::new().await;
    mandataire(&t, "Abel", "58").await;
    let officer = t.person(Role::Officer).await;
    t.submit(&officer, "/reunions/nouvelle", &FIELDS).await;
    let base = "/reunions/REU-2025-0001";
    let agenda = [("version", "1"), ("agenda", "Autre point")];
    assert_eq!(t.submit(&officer, &format!("{base}/ordre-du-jour"), &agenda).await.0, StatusCode::SEE_OTHER);
    let mut moved = FIELDS.to_vec();
    moved.retain(|(name, _)| *name != "day");
    moved.extend([("version", "2"), ("day", "2025-10-21")]);
    let (status, _, text) = t.submit(&officer, &format!("{base}/deplacer"), &moved).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "no reason");
    assert!(text.contains("2025-10-21"), "what was typed comes back");
    moved.push(("reason", "Salle prise"));
    t.effects().await;
    let (status, _, text) = t.submit(&officer, &format!("{base}/deplacer"), &moved).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    for said in ["Déplacer cette réunion", "21 octobre 2025", "personne n’est prévenu"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(t.effects().await.events.is_empty(), "asking does nothing");
    moved.push(("confirme", "oui"));
    assert_eq!(t.submit(&officer, &format!("{base}/deplacer"), &moved).await.0, StatusCode::SEE_OTHER);
    assert_eq!(
        t.submit(&officer, &format!("{base}/annuler"), &[("version", "1"), ("reason", "x")]).await.0,
        StatusCode::CONFLICT,
        "changed since it was read"
    );
    assert_eq!(
        t.submit(&officer, &format!("{base}/inviter"), &[("version", "3")]).await.0,
        StatusCode::SEE_OTHER
    );
    let mut cancel = vec![("version", "4"), ("reason", "Grève")];
    let (status, _, text) = t.submit(&officer, &format!("{base}/annuler"), &cancel).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(text.contains("Anne-Lise Abel\u{202f}: un message part"), "{text}");
    cancel.push(("confirme", "oui"));
    assert_eq!(t.submit(&officer, &format!("{base}/annuler"), &cancel).await.0, StatusCode::SEE_OTHER);
    assert!(t.open(&officer, base).await.1.contains("Annulée"));
    let structure = t.person(Role::Structure).await;
    assert_eq!(t.open(&structure, base).await.0, StatusCode::NOT_FOUND);
    assert!(t.open(&structure, "/reunions").await.1.contains("Aucune réunion"));
}

#[tokio::test]
async fn nobody_is_absent_before_attendance_is_recorded_and_minutes_wait_for_it() {
    let t = TestApp::new().await;
    let guest = mandataire(&t, "Abel", "58").await;
    let officer = t.person(Role::Officer).await;
    let mut fields = FIELDS.to_vec();
    fields.retain(|(name, _)| *name != "day");
    fields.push(("day", "2025-03-11"));
    assert_eq!(t.submit(&officer, "/reunions/nouvelle", &fields).await.0, StatusCode::SEE_OTHER);
    let base = "/reunions/REU-2025-0001";
    let (_, text) = t.open(&officer, base).await;
    assert!(text.contains("Reprendre les personnes habilitées"), "{text}");
    let taken = [("version", "1"), ("reprendre", "oui")];
    assert_eq!(t.submit(&officer, &format!("{base}/presences"), &taken).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&officer, base).await;
    assert!(text.contains("Présence à enregistrer") && !text.contains("Absence enregistrée"), "{text}");
    let minutes = |version: &'static str| [("version", version), ("minutes", "Tout va bien.")];
    let (status, _, text) = t.submit(&officer, &format!("{base}/compte-rendu"), &minutes("2")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("enregistrez d’abord les présences"), "{text}");
    let id = guest.id.to_string();
    let present = [("version", "2"), ("present", id.as_str())];
    assert_eq!(t.submit(&officer, &format!("{base}/presences"), &present).await.0, StatusCode::SEE_OTHER);
    let (status, ..) = t.submit(&officer, &format!("{base}/compte-rendu"), &minutes("3")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}
