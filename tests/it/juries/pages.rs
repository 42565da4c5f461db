//! The pages of juries.

use parchemin::db::PageRequest;
use parchemin::features::juries::queries;
use poem::http::StatusCode;
use serde_json::json;

use super::{Scene, key};

#[tokio::test]
async fn every_page_of_a_jury_opens_for_the_team() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.asked(&[&amina]).await;
    let page = s.page(&path).await;
    for address in [
        "/jurys".to_owned(),
        "/jurys?etat=requested&q=morvan".to_owned(),
        "/jurys.ics".to_owned(),
        format!("/jurys/nouveau?structure={}", s.desk.structure.siren),
        page.clone(),
        format!("{page}/candidats"),
        format!("{page}/planifier"),
        format!("{page}/refuser"),
        format!("{page}/convocations"),
    ] {
        let (status, text) = s.t().open(s.officer(), &address).await;
        assert_eq!(status, StatusCode::OK, "{address}: {text}");
    }
    let early = s.t().open(s.officer(), &format!("{page}/annuler")).await;
    assert_eq!(early.0, StatusCode::CONFLICT, "what is only asked for is rejected");
    let own = s.t().open(&s.desk.owner, "/jurys/demander").await;
    assert_eq!(own.0, StatusCode::OK, "{}", own.1);
    let foreign = s.t().open(&s.desk.stranger, &page).await;
    assert_eq!(foreign.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_juries_of_the_month_are_where_the_team_arrives() {
    let s = Scene::new().await;
    let arrival = async || {
        let (_, text) = s.t().open(s.officer(), "/accueil").await;
        text.split("id=\"jurys\"").nth(1).unwrap().to_owned()
    };
    assert!(arrival().await.contains("Aucun jury n’a lieu dans les trente jours"));
    let amina = s.admitted("Diallo", false).await;
    let path = s.composed(20, &[&amina]).await;
    let page = s.page(&path).await;
    let told = arrival().await;
    assert!(told.contains(&format!("href=\"{page}\"")) && told.contains("Planifié"), "{told}");
}

#[tokio::test]
async fn the_page_of_a_jury_leads_to_who_sits_and_to_each_file() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.composed(20, &[&amina]).await;
    let page = s.page(&path).await;
    let (_, text) = s.t().open(s.officer(), &page).await;
    for link in [format!("{page}/membres"), format!("/candidats/{}", amina.number)] {
        assert!(text.contains(&format!("href=\"{link}\"")), "{link}: {text}");
    }
    let (_, list) = s.t().open(s.officer(), "/jurys").await;
    assert!(list.contains("href=\"/jurys/planning\""), "{list}");
    let (_, own) = s.t().open(&s.desk.owner, &page).await;
    assert!(own.contains(&format!("href=\"/candidats/{}\"", amina.number)), "{own}");
    assert!(!own.contains("/membres\""), "who sits is chosen by the team: {own}");
}

#[tokio::test]
async fn delays_that_are_not_kept_are_told_to_the_team() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", false).await);
    let soon = s.page(&s.composed(5, &[&amina]).await).await;
    let (_, text) = s.t().open(s.officer(), &soon).await;
    for days in [30, 21, 15] {
        assert!(text.contains(&format!("Le délai de {days} jours n’est pas tenu")), "{days}: {text}");
    }
    let (_, own) = s.t().open(&s.desk.owner, &soon).await;
    assert!(!own.contains("n’est pas tenu"), "{own}");
    let mut plan = s.plan(40);
    plan["room"] = json!("Salle des Roses");
    let path = s.asked(&[&basile]).await;
    s.done(&path, "plan", &plan).await;
    let later = s.page(&path).await;
    let (_, text) = s.t().open(s.officer(), &later).await;
    assert!(!text.contains("n’est pas tenu"), "{text}");
}

#[tokio::test]
async fn the_first_button_is_the_next_step() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.asked(&[&amina]).await;
    s.done(&path, "plan", &s.plan(40)).await;
    let page = s.page(&path).await;
    let first = |text: &str| text.split("<a class=\"bouton\"").nth(1).unwrap_or_default().to_owned();
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(first(&text).starts_with(&format!(" href=\"{page}/affectation\"")), "{text}");
    let (_, read) = s.t().open(s.officer(), &format!("{page}/affectation")).await;
    assert!(read.contains(&format!("action=\"{page}/affectation\"")), "{read}");
    let ready = s.page(&s.composed(50, &[]).await).await;
    let (_, text) = s.t().open(s.officer(), &ready).await;
    assert!(first(&text).starts_with(&format!(" href=\"{ready}/candidats\"")), "{text}");
}

#[tokio::test]
async fn a_structure_expects_as_many_as_it_names() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", false).await);
    let mut body = s.request(&[&amina, &basile]);
    body["expected"] = json!(1);
    let refused = s.t().post(&s.desk.owner, "/jury-sessions", &body).await;
    assert_eq!(refused.pointers(), ["/expected"], "{refused:?}");
    body["candidates"] = json!([amina.id]);
    let asked = s.t().post(&s.desk.owner, "/jury-sessions", &body).await;
    let path = format!("/jury-sessions/{}", asked.body["session"]["id"].as_str().unwrap());
    let both = json!({ "candidates": [amina.id, basile.id] });
    let named = s.t().put(s.officer(), &format!("{path}/candidates"), None, &both).await;
    assert_eq!(named.body["session"]["expected"], 2, "{named:?}");
}

#[tokio::test]
async fn a_structure_asks_by_the_form_and_keeps_what_it_typed() {
    let s = Scene::new().await;
    let version = s.desk.version.id.to_string();
    let day = s.day(40);
    let fields = [
        ("certification_version_id", version.as_str()),
        ("expected", "4"),
        ("wish_day_0", day.as_str()),
        ("wish_half_0", "morning"),
        ("mode", "on_site"),
        ("room", "Salle des Glycines"),
    ];
    let mut wrong = fields.to_vec();
    wrong[1] = ("expected", "beaucoup");
    let (status, _, text) = s.t().submit(&s.desk.owner, "/jurys/demander", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Salle des Glycines") && text.contains("beaucoup"), "{text}");
    let (status, location, text) = s.t().submit(&s.desk.owner, "/jurys/demander", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert!(location.starts_with("/jurys/JUR-"), "{location}");
}

#[tokio::test]
async fn a_cancellation_says_who_is_told_before_anybody_is() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.confirmed(40, &[&amina]).await;
    let page = s.page(&path).await;
    let address = format!("{page}/annuler");
    let (status, _, text) = s.t().submit(s.officer(), &address, &[("reason", "Grève")]).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(text.contains("Garder le jury") && text.contains("membres du jury sont prévenus"), "{text}");
    assert_eq!(s.read(&path).await["session"]["state"], "confirmed", "nothing is done yet");
    let fields = [("reason", "Grève"), ("confirme", "oui")];
    let (status, location, _) = s.t().submit(s.officer(), &address, &fields).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, page));
    assert_eq!(s.read(&path).await["session"]["state"], "cancelled");
}

#[tokio::test]
async fn the_list_shows_what_waits_for_a_date_then_the_latest_day_first() {
    let s = Scene::new().await;
    let mut paths = Vec::new();
    for ahead in [30, 20] {
        let path = s.asked(&[]).await;
        s.done(&path, "plan", &s.plan(ahead)).await;
        paths.push(path);
    }
    let rejected = s.asked(&[]).await;
    s.done(&rejected, "reject", &json!({ "reason": "Le dossier est vide." })).await;
    let waiting = s.asked(&[]).await;
    paths.insert(0, waiting);
    paths.push(rejected);
    let mut wanted = PageRequest::first(1);
    let mut found = Vec::new();
    loop {
        let filter = queries::Filter::default();
        let page = queries::by_day(s.t().app.db.read(), &s.officer().actor, &filter, &wanted).await.unwrap();
        found.extend(page.items.iter().map(|one| one.session.id));
        let Some(next) = page.next else { break };
        wanted.after = Some(next);
    }
    assert_eq!(found, paths.iter().map(|path| key(path)).collect::<Vec<_>>(), "one a page");
    let (_, list) = s.t().open(s.officer(), "/jurys").await;
    let mut places = Vec::new();
    for path in &paths {
        let page = s.page(path).await;
        places.push(list.find(&format!("href=\"{page}\"")).unwrap());
    }
    assert!(places.is_sorted(), "{list}");
    assert!(list.contains("9\u{202f}h à "), "{list}");
}
