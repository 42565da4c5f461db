//! The pages of the desk, for everybody and in every state.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use parchemin::features::agreements::state::Step;
use parchemin::render::french;
use parchemin::rules::deadline::date_in_zone;
use poem::http::StatusCode;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::desk::Desk;
use crate::support::{Person, siret_of};

impl Desk {
    /// The human number of the request.
    pub async fn reference(&self) -> String {
        let body = self.read().await;
        let number = body["number"].as_str().or(body["draft_number"].as_str());
        number.unwrap_or_else(|| panic!("no number in {body}")).to_owned()
    }

    /// Address of a page of the file.
    pub async fn page(&self, rest: &str) -> String {
        format!("/agrements/{}{rest}", self.reference().await)
    }

    /// A page that must open.
    pub async fn opens(&self, person: &Person, path: &str) -> String {
        let (status, html) = self.t.open(person, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {html}");
        assert!(!html.contains("style=\""), "{path} has an inline style");
        html
    }
}

#[tokio::test]
async fn a_file_opens_in_every_state_for_those_who_may_see_it_and_for_nobody_else() {
    for state in RequestState::all() {
        let desk = Desk::new().await;
        desk.bring_to(state).await;
        let path = desk.page("").await;
        let auditor = desk.t.person(Role::Auditor).await;
        for person in [&desk.owner, &desk.officer, &desk.manager, &auditor] {
            let html = desk.opens(person, &path).await;
            assert!(html.contains("Les Jardins du Morvan"), "{state}");
        }
        let auditor_page = desk.opens(&auditor, &path).await;
        assert!(!auditor_page.contains("bouton\" type=\"submit\""), "an auditor acts on nothing: {state}");
        let (status, _) = desk.t.open(&desk.stranger, &path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{state}");
    }
}

#[tokio::test]
async fn the_pages_around_a_file_open() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::InCommittee).await;
    for (person, path) in [
        (&desk.officer, "/agrements".to_owned()),
        (&desk.officer, "/agrements?statut=in_committee&q=morvan&annee=2025".to_owned()),
        (&desk.officer, "/agrements/nouveau".to_owned()),
        (&desk.officer, "/agrements/droits".to_owned()),
        (&desk.officer, "/agrements/partenaires".to_owned()),
        (&desk.officer, "/commissions".to_owned()),
        (&desk.manager, desk.agenda().await),
        (&desk.expert, "/agrements".to_owned()),
        (&desk.expert, desk.page("/rapport").await),
        (&desk.owner, desk.page("/rapport").await),
        (&desk.owner, "/notre-agrement".to_owned()),
        (&desk.owner, "/agrements/nouveau".to_owned()),
    ] {
        desk.opens(person, &path).await;
    }
    let (status, _) = desk.t.open(&desk.owner, "/commissions").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let found = desk.opens(&desk.officer, "/agrements?q=introuvable").await;
    assert!(found.contains("Aucune demande ne correspond"));
}

#[tokio::test]
async fn the_journal_of_a_file_holds_the_acts_of_its_draft() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let auditor = desk.t.person(Role::Auditor).await;
    let html = desk.opens(&auditor, &desk.page("").await).await;
    let mut addresses = html.split("href=\"").filter_map(|rest| rest.split('"').next());
    let address = addresses.find(|address| address.starts_with("/journal?objet=")).unwrap();
    let (status, journal) = desk.t.open(&auditor, address).await;
    assert_eq!(status, StatusCode::OK);
    assert!(journal.contains(">brouillon ouvert<") && journal.contains(">dépôt<"), "{journal}");
    assert!(!journal.contains(">invitation<"), "other acts are left out");
}

#[tokio::test]
async fn the_list_shows_the_deadline_of_the_file_and_not_the_next_reminder() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Incomplete).await;
    let body = desk.read().await;
    let day = |name: &str| {
        let at = body[name].as_str().unwrap();
        let at = OffsetDateTime::parse(at, &Rfc3339).unwrap();
        french::short_date(date_in_zone(at, &desk.structure.zone).unwrap())
    };
    let html = desk.opens(&desk.officer, "/agrements").await;
    assert!(html.contains(&format!("data-t=\"Échéance\">{}<", day("return_due_at"))), "{html}");
    assert!(!html.contains(&format!("data-t=\"Échéance\">{}<", day("next_event_at"))), "{html}");
    let listed = desk.t.get(&desk.officer, "/agreement-requests").await.body["items"][0].clone();
    for read in [&body, &listed] {
        assert_eq!(read["deadline_at"], body["return_due_at"], "the end of the delay: {read}");
        assert_eq!(read["next_event_at"], body["next_event_at"], "{read}");
    }
    assert!(body["next_event_at"].as_str().unwrap() < body["deadline_at"].as_str().unwrap(), "{body}");
}

#[tokio::test]
async fn a_request_is_found_by_the_numbers_of_its_draft_and_of_its_right() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::GrantedWithReserves).await;
    let body = desk.read().await;
    for pointer in ["/draft_number", "/number", "/agreement/number"] {
        let number = body.pointer(pointer).unwrap().as_str().unwrap();
        for path in ["/agrements", "/recherche"] {
            let html = desk.opens(&desk.manager, &format!("{path}?q={number}")).await;
            let file = format!("href=\"/agrements/{}\"", desk.reference().await);
            assert!(html.contains(&file), "{path} {number}: {html}");
        }
    }
}

#[tokio::test]
async fn a_request_is_found_by_whatever_its_structure_is_known_by() {
    let desk = Desk::new().await;
    desk.reach(RequestState::Submitted).await;
    let reference = desk.reference().await;
    let siret = siret_of(0, 1).to_string();
    let spaced = format!("{}%20{}%20{}%20{}", &siret[..3], &siret[3..6], &siret[6..9], &siret[9..]);
    let none = siret_of(0, 2).to_string();
    for (typed, is_found) in [
        (siret.as_str(), true),
        (spaced.as_str(), true),
        (&siret[..9], true),
        (reference.as_str(), true),
        ("jardins%20morvan", true),
        ("NEVERS", true),
        ("nevers%20morvan", true),
        (none.as_str(), false),
        ("cayenne", false),
    ] {
        let page = desk.opens(&desk.officer, &format!("/agrements?q={typed}")).await;
        assert_eq!(page.contains(&format!("/agrements/{reference}\"")), is_found, "{typed}: {page}");
        let list = desk.t.get(&desk.officer, &format!("/agreement-requests?q={typed}")).await;
        let items = list.body["items"].as_array().unwrap();
        assert_eq!(items.len(), usize::from(is_found), "{typed}: {list:?}");
    }
}

#[tokio::test]
async fn the_file_names_its_sites_who_signs_and_until_when_a_return_is_answered() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let html = desk.opens(&desk.officer, &desk.page("").await).await;
    let fact = |html: &str, term: &str| {
        let (_, rest) = html.split_once(&format!("<dt>{term}</dt>"))?;
        rest.split_once("</dd>").map(|(value, _)| value.to_owned())
    };
    assert!(fact(&html, "Site concerné").unwrap().contains("58000 Nevers"), "{html}");
    let signs = fact(&html, "Signataire").unwrap();
    assert!(signs.contains("Ulysse N’Diaye") && signs.contains("président"), "{signs}");
    assert_eq!(fact(&html, "Réponse attendue"), None, "nothing was asked yet");
    desk.step(Step::Return).await;
    let html = desk.opens(&desk.officer, &desk.page("").await).await;
    let due = fact(&html, "Réponse attendue").unwrap();
    assert!(due.contains("5 novembre 2025") && due.contains("dans 30 jours"), "{due}");
}

#[tokio::test]
async fn the_history_of_an_overseas_file_names_the_zone_of_its_hours() {
    for (postal_code, commune, zone) in
        [("97300", "Cayenne", Some("Heures de Guyane")), ("58000", "Nevers", None)]
    {
        let desk = Desk::at(postal_code, commune).await;
        desk.bring_to(RequestState::Submitted).await;
        let html = desk.opens(&desk.officer, &desk.page("").await).await;
        let (_, history) = html.split_once("id=\"hist\"").unwrap();
        let (history, _) = history.split_once("</section>").unwrap();
        assert_eq!(history.matches("Heures de").count(), usize::from(zone.is_some()), "{history}");
        assert!(zone.is_none_or(|zone| history.contains(zone)), "{history}");
    }
}

#[tokio::test]
async fn the_pages_of_a_visit_open_for_those_who_make_it() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Complete).await;
    let absences = format!("/experts/{}/absences", desk.controller.id);
    let body = json!({ "starts_on": "2025-10-13", "ends_on": "2025-10-17", "reason": "leave" });
    assert_eq!(desk.t.post(&desk.expert, &absences, &body).await.status, StatusCode::CREATED);
    let far = format!("/experts/{}", desk.t.controller("Aubry").await.id);
    let version = desk.t.get(&desk.officer, &far).await.body["version"].as_i64().unwrap();
    let moved = json!({ "department": "75" });
    let moved = desk.t.patch(&desk.officer, &far, Some(i32::try_from(version).unwrap()), &moved).await;
    assert_eq!(moved.status, StatusCode::OK, "{moved:?}");
    let choice = desk.opens(&desk.officer, &desk.page("/visite/confier").await).await;
    assert!(choice.contains("Zéphyr"));
    assert!(choice.contains("Absence du 13 au 17 octobre 2025"), "{choice}");
    assert!(choice.contains("Aucune demi-journée déclarée libre"), "{choice}");
    assert!(choice.contains("aucun engagement sur douze mois avant la visite"), "{choice}");
    assert!(choice.contains("même département") && choice.contains("autre région, ≈"), "{choice}");
    assert!(choice.find("Zéphyr").unwrap() < choice.find("Aubry").unwrap(), "the nearest first: {choice}");
    let desk = Desk::new().await;
    desk.bring_to(RequestState::VisitScheduled).await;
    desk.opens(&desk.expert, &desk.page("/visite").await).await;
    desk.opens(&desk.expert, &desk.page("/visite?domaine=fin").await).await;
    desk.opens(&desk.owner, &desk.page("/visite/date").await).await;
    let (status, _) = desk.t.open(&desk.owner, &desk.page("/visite").await).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_grid_is_on_the_file_of_its_controleur_from_the_day_its_date_is_fixed() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::VisitScheduled).await;
    let (file, grid) = (desk.page("").await, desk.page("/visite").await);
    let link = format!("href=\"{grid}\"");
    let html = desk.opens(&desk.expert, &file).await;
    assert!(html.contains(&link) && html.contains("Préparer la grille de contrôle"), "{html}");
    let html = desk.opens(&desk.expert, &grid).await;
    assert!(html.contains("name=\"score/A1\""));
    assert!(
        html.contains("Une personne référente de la certification est nommée"),
        "this one is no CQP: {html}"
    );
    for person in [&desk.officer, &desk.owner] {
        assert!(!desk.opens(person, &file).await.contains(&link), "only who makes the visit");
    }
    desk.t.advance(Duration::days(21));
    let html = desk.opens(&desk.expert, &file).await;
    assert!(html.contains("Remplir la grille de contrôle") && !html.contains("Préparer la grille"), "{html}");
}

#[tokio::test]
async fn the_margin_leads_to_the_page_of_the_structure() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let file = desk.opens(&desk.officer, &desk.page("").await).await;
    let path = format!("/structures/{}", desk.structure.siren);
    assert!(file.contains(&format!("href=\"{path}\"")), "{file}");
    desk.opens(&desk.officer, &path).await;
}

#[tokio::test]
async fn the_number_of_the_draft_leads_to_the_file() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let draft = desk.read().await["draft_number"].as_str().unwrap().to_owned();
    let (status, _) = desk.t.open(&desk.owner, &format!("/agrements/{draft}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_piece_is_downloaded_by_those_who_see_its_file_only() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Submitted).await;
    let html = desk.opens(&desk.officer, &desk.page("").await).await;
    let start = html.find("/documents/").unwrap();
    let path = &html[start..start + "/documents/".len() + 36];
    let answer = desk.t.client.get(path).header("cookie", &desk.officer.cookie).send().await;
    answer.assert_status_is_ok();
    answer.assert_header("content-type", "application/pdf");
    answer.assert_header("x-content-type-options", "nosniff");
    let (status, _) = desk.t.open(&desk.stranger, path).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

impl Desk {
    /// The page of the committee.
    pub async fn agenda(&self) -> String {
        self.committee().await;
        format!("/commissions/{}", self.committee_day().await)
    }

    async fn committee_day(&self) -> String {
        use sea_orm::EntityTrait;
        let found = entity::committee::Entity::find().one(self.t.app.db.read()).await.unwrap();
        found.unwrap().meets_on.to_string()
    }
}
