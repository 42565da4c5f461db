//! The pages: proposals compared, excluded people with the reason, members, calendar, colleges.

use entity::account_role::Role;
use entity::availability_day::HalfDay;
use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::College;
use entity::jury_session::{self, JuryState};
use entity::jury_wish;
use parchemin::features::juries::labels::history::happened;
use parchemin::features::panels::SEAT_EVENTS;
use poem::http::StatusCode;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use time::Duration;
use time::macros::date;

use super::desk::{self, Desk, STARTS};

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
async fn an_offer_of_the_same_half_day_and_a_short_travel_are_told_of_everybody() {
    let desk = Desk::new().await;
    let asked = desk.mandataire("Abel").await;
    for name in ["Bérard", "Cadou", "Delmas"] {
        desk.mandataire(name).await;
    }
    let last = desk.mandataire("Evrard").await;
    let other = desk::session(&desk.t, &desk.structure, &desk.version, STARTS + Duration::hours(1)).await;
    let path = format!("/jurys/{}/affectation", desk.session.number);
    let first = |text: &str, name: &str| text.find(name).unwrap_or_else(|| panic!("{name} {text}"));
    let (_, text) = desk.t.open(&desk.officer, &path).await;
    assert!(
        first(&text, &asked.name()) < first(&text, &last.name()),
        "by name while nothing tells them apart"
    );
    let body = json!({ "seat": "president", "expert_id": asked.id });
    let offer = format!("/jury-sessions/{}/panel/members", other.id);
    let done = desk.t.post(&desk.officer, &offer, &body).await;
    assert_eq!(done.status, StatusCode::CREATED, "{done:?}");

    let (_, text) = desk.t.open(&desk.officer, &path).await;
    assert!(text.contains("lui est proposée sur la même demi-journée"), "{text}");
    assert!(first(&text, &last.name()) < first(&text, &asked.name()), "who waits for no answer comes first");
    let (compared, others) = text.split_once("Voir les autres personnes").unwrap();
    assert!(!compared.contains("lui est proposée") && others.contains("lui est proposée"), "{text}");
    assert!(others.contains(&asked.name()), "{others}");
    let still = desk.choice("president", &asked).await;
    assert_eq!(still.0, "free", "it is told, and refuses nothing");
}

#[tokio::test]
async fn a_structure_chooses_among_the_members_of_its_juries_to_declare_a_tie() {
    let desk = Desk::new().await;
    let expert = desk.member("Abel", College::Employees).await;
    let stranger = desk.member("Bérard", College::Employees).await;
    let owner = desk.t.of_structure(desk.structure.id).await;
    let page = "/candidats/CAN-2025-0001/liens";
    let (status, text) = desk.t.open(&owner, page).await;
    assert!(status == StatusCode::OK && !text.contains("Membre d’un de vos jurys"), "{text}");
    let member = desk.seat("employees", &expert).await;
    let mission = format!("/missions/{}/accept", member["mission_id"].as_str().unwrap());
    let own = desk.t.of_expert(expert.id).await;
    assert_eq!(desk.t.post(&own, &mission, &json!(null)).await.status, StatusCode::OK);

    let (_, text) = desk.t.open(&owner, page).await;
    assert!(text.contains("Membre d’un de vos jurys") && text.contains(&expert.name()), "{text}");
    assert!(!text.contains("Bérard"), "who sits nowhere is not told: {text}");
    let outside = [("member", stranger.number.as_str()), ("kind", "family")];
    let (status, _, text) = desk.t.submit(&owner, page, &outside).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && !text.contains("Bérard"), "{text}");
    let chosen = [("member", expert.number.as_str()), ("kind", "family")];
    let (status, _, text) = desk.t.submit(&owner, page, &chosen).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
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
async fn the_juries_of_a_month_are_taken_as_a_file_by_whoever_sees_the_planning() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    desk.seat("president", &expert).await;
    let (_, page) = desk.t.open(&desk.officer, "/jurys/planning?mois=2025-11").await;
    assert!(page.contains("/jurys/planning.csv?mois=2025-11"), "{page}");
    let (status, file) = desk.t.open(&desk.officer, "/jurys/planning.csv?mois=2025-11").await;
    assert_eq!(status, StatusCode::OK);
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 2, "{file}");
    assert!(
        lines[0].ends_with(
            "Jury;Jour;Début;Fin;Heure de;Structure;Commune;Département;Lieu;Présidence;Candidats attendus"
        ),
        "{file}"
    );
    let told = format!("{} (proposée);2", expert.name());
    assert!(lines[1].starts_with(&format!("{};2025-11-20;", desk.session.number)), "{file}");
    assert!(lines[1].contains("Les Jardins du Morvan") && lines[1].ends_with(&told), "{file}");
    let (_, empty) = desk.t.open(&desk.officer, "/jurys/planning.csv?mois=2025-12").await;
    assert_eq!(empty.lines().count(), 1, "{empty}");
    let stranger = desk.t.person(Role::Structure).await;
    let (status, _) = desk.t.open(&stranger, "/jurys/planning.csv").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_without_a_date_tells_the_half_days_that_are_wished() {
    let desk = Desk::new().await;
    let conn = desk.t.app.db.bookkeeping();
    let mut session = desk.session.clone();
    session.state = JuryState::Requested;
    (session.starts_at, session.ends_at) = (None, None);
    jury_session::Entity::update(session.clone().into_active_model().reset_all()).exec(conn).await.unwrap();
    let (_, text) = desk.t.open(&desk.officer, "/jurys/planning").await;
    assert!(text.contains("Dates à fixer") && !text.contains("Souhaité"), "{text}");
    let wishes =
        [(2, date!(2025 - 11 - 14), HalfDay::Afternoon), (1, date!(2025 - 11 - 18), HalfDay::Morning)];
    for (position, day, half) in wishes {
        let row =
            jury_wish::Model { id: desk.t.app.new_id().into(), session_id: session.id, position, day, half };
        let insert = jury_wish::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(conn).await.unwrap();
    }
    let (_, text) = desk.t.open(&desk.officer, "/jurys/planning").await;
    let told = "Souhaité\u{202f}: 18 nov. (matin), 14 nov. (après-midi)";
    assert!(text.contains(told), "{text}");
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

#[test]
fn the_history_of_a_jury_has_a_word_for_each_event_of_its_seats() {
    for name in SEAT_EVENTS {
        assert_ne!(happened(name), name);
    }
}

#[tokio::test]
async fn the_history_of_a_jury_tells_who_was_asked_and_that_they_answered() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let own = desk.t.of_expert(expert.id).await;
    let member = desk.seat("president", &expert).await;
    let mission = format!("/missions/{}", member["mission_id"].as_str().unwrap());
    assert_eq!(desk.t.post(&own, &format!("{mission}/accept"), &Value::Null).await.status, 200);
    let (_, page) = desk.t.open(&desk.officer, &format!("/jurys/{}", desk.session.number)).await;
    assert!(page.contains("Présidence proposée") && page.contains("Un membre a accepté"), "{page}");
    assert!(!page.contains("jury_session."), "{page}");
    let history = page.split("id=\"historique\"").nth(1).unwrap();
    for told in ["Présidence proposée", "Un membre a accepté"] {
        assert!(history.contains(&format!("{told}\u{202f}: {}", expert.name())), "{told}: {history}");
    }
    assert!(history.contains("Zoé N’Guyen-d’Arc"), "who acted is named: {history}");
}

#[tokio::test]
async fn whoever_follows_a_structure_finds_its_jury_wherever_it_is_held() {
    let desk = Desk::new().await;
    let mut row = desk.session.clone();
    row.region = "11".to_owned();
    let update = jury_session::Entity::update(row.into_active_model().reset_all());
    update.exec(desk.t.app.db.bookkeeping()).await.unwrap();
    let own = desk.t.limited(Role::Officer, &desk.structure.region).await;
    let elsewhere = desk.t.limited(Role::Officer, "11").await;
    let path = format!("/jurys/{}", desk.session.number);
    assert_eq!(desk.t.open(&own, &path).await.0, StatusCode::OK);
    assert_eq!(desk.t.open(&elsewhere, &path).await.0, StatusCode::NOT_FOUND);
}
