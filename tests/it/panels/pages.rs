//! The pages: proposals compared, excluded people with the reason, members, calendar, colleges.

use entity::candidate_tie::CandidateTieKind;
use poem::http::StatusCode;

use super::desk::Desk;

#[tokio::test]
async fn the_composer_compares_and_tells_why_others_are_excluded() {
    let desk = Desk::new().await;
    let free = desk.mandataire("Abel").await;
    let tied = desk.mandataire("Bérard").await;
    desk.knows(tied.id, 0, CandidateTieKind::Trained).await;
    let path = format!("/jurys/{}/affectation", desk.session.number);
    let (status, text) = desk.t.open(&desk.officer, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Proposer la mission") && text.contains("Aucun lien connu"), "{text}");
    assert!(text.contains("écartée") && text.contains("A formé Fatoumata Essai1"), "{text}");
    let id = free.id.to_string();
    let fields = [("siege", "president"), ("personne", id.as_str()), ("version", "1")];
    let (status, to, _) = desk.t.submit(&desk.officer, &path, &fields).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/jurys/{}/membres", desk.session.number)));
    let id = tied.id.to_string();
    let fields = [("siege", "president"), ("personne", id.as_str())];
    let (status, _, text) = desk.t.submit(&desk.officer, &path, &fields).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("Une personne est déjà désignée"), "{text}");
}

#[tokio::test]
async fn a_member_is_removed_once_the_consequences_were_read() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let member = desk.seat("president", &expert).await;
    let page = format!("/jurys/{}/membres", desk.session.number);
    let (_, text) = desk.t.open(&desk.officer, &page).await;
    assert!(text.contains("Réponse attendue"), "{text}");
    let path = format!("{page}/{}/retirer", member["id"].as_str().unwrap());
    let (status, _, text) = desk.t.submit(&desk.officer, &path, &[("reason", "Empêchement")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Retirer du jury") && text.contains("Empêchement"), "{text}");
    assert_eq!(desk.of(&expert).await["state"], "proposed", "not yet");
    let fields = [("reason", "Empêchement"), ("confirme", "oui")];
    let (status, to, _) = desk.t.submit(&desk.officer, &path, &fields).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
    let (_, text) = desk.t.open(&desk.officer, &page).await;
    assert!(text.contains("Personnes sollicitées auparavant"), "{text}");
}

#[tokio::test]
async fn the_calendar_shows_requests_and_the_juries_of_the_month() {
    let desk = Desk::new().await;
    let (status, text) = desk.t.open(&desk.officer, "/jurys/planning?mois=2025-11").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Demandes à affecter (1)") && text.contains(&desk.session.number), "{text}");
    assert!(text.contains("présidence à désigner") && text.contains("Les Jardins du Morvan"), "{text}");
    let (_, text) = desk.t.open(&desk.officer, "/jurys/planning?mois=2025-12").await;
    assert!(!text.contains("class=\"evs\""), "{text}");
    for way in ["/jurys", "/jurys.ics", "/jurys/nouveau", "/jurys/planning"] {
        assert!(text.contains(&format!("href=\"{way}\"")), "{way}: {text}");
    }
    let (_, text) = desk.t.open(&desk.officer, "/jurys/planning?mois=2024-02").await;
    let told = "zone C (Vacances d’hiver, du 10 au 25 février 2024)";
    assert!(text.contains("Vacances scolaires") && text.contains(told), "{text}");
}

#[tokio::test]
async fn colleges_are_recorded_on_their_page_and_what_was_typed_comes_back() {
    let desk = Desk::new().await;
    let expert = desk.t.expert("Abel").await;
    let path = format!("/intervenants/{}/colleges", expert.number);
    let wrong = [("college", "employers"), ("quality", "Directrice"), ("since", "2025-01-01")];
    let (status, _, text) = desk.t.submit(&desk.officer, &path, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Indiquez qui l’a désignée") && text.contains("value=\"Directrice\""), "{text}");
    let right = [wrong[0], wrong[1], ("appointed_by", "Syndicat"), wrong[2]];
    let (status, _, _) = desk.t.submit(&desk.officer, &path, &right).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = desk.t.open(&desk.officer, &path).await;
    assert!(text.contains("Indiquer la fin"), "{text}");
}
