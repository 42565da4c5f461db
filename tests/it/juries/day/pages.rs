//! The pages of the day, by forms alone.

use poem::http::StatusCode;
use serde_json::json;

use super::Room;

#[tokio::test]
async fn the_home_of_whoever_sits_says_the_jury_of_today_and_leads_to_its_day() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    let page = room.s.page(&room.path).await;
    let (_, home) = t.open(&room.president, "/accueil").await;
    assert!(home.contains("Vous siégez à un jury aujourd’hui."), "{home}");
    let today = home.split("id=\"aujourdhui\"").nth(1).unwrap().split("</section>").next().unwrap();
    for said in
        [format!("href=\"{page}\""), format!("href=\"{page}/ouverture\""), "Salle des Glycines, ".to_owned()]
    {
        assert!(today.contains(&said), "{said}: {today}");
    }
    t.advance(time::Duration::days(1));
    let (_, home) = t.open(&room.president, "/accueil").await;
    assert!(!home.contains("id=\"aujourdhui\"") && !home.contains("Vous siégez"), "{home}");
}

#[tokio::test]
async fn the_margin_of_the_day_leads_to_every_page_but_the_one_shown() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    let page = room.s.page(&room.path).await;
    let others = ["ouverture", "deliberation", "incidents"];
    for shown in others {
        let (status, text) = t.open(&room.president, &format!("{page}/{shown}")).await;
        assert_eq!(status, StatusCode::OK, "{shown}");
        let margin = text.split("<aside").nth(1).unwrap().split("</aside>").next().unwrap();
        for name in others {
            let there = margin.contains(&format!("href=\"{page}/{name}\""));
            assert_eq!(there, name != shown, "{shown} to {name}: {margin}");
        }
    }
    let (_, text) = t.open(&room.president, &page).await;
    let row = text.split("id=\"candidats\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(row.contains("class=\"etat etat--ciel\"") && row.contains("Convoquée"), "{row}");
}

#[tokio::test]
async fn a_jury_is_run_by_forms_alone() {
    let room = Room::new(&["Diallo"]).await;
    let t = room.s.t();
    let page = room.s.page(&room.path).await;
    let shown = t.open(&room.president, &page).await;
    assert!(shown.1.contains("/ouverture"), "the way to the day: {}", shown.1);
    for rank in 0..3 {
        let address = format!("{page}/ouverture/{}", room.member(rank).await);
        let (status, ..) =
            t.submit(&room.president, &address, &[("identity", "oui"), ("impartial", "oui")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    let (status, location, text) = t.submit(&room.president, &format!("{page}/ouvrir"), &[]).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{page}/passages/1")), "{text}");
    let turn = format!("{page}/passages/1");
    let (status, text) = t.open(&room.president, &turn).await;
    assert!(status == StatusCode::OK && text.contains("Document présenté"), "{text}");
    let wrong = t.submit(&room.president, &format!("{turn}/presence"), &[("presence", "present")]).await;
    assert!(
        wrong.0 == StatusCode::UNPROCESSABLE_ENTITY && wrong.2.contains("document d’identité"),
        "{}",
        wrong.2
    );
    let fields = [("presence", "present"), ("identity_document", "passport")];
    let (status, ..) = t.submit(&room.president, &format!("{turn}/presence"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let fields = [("mark:E1", "45"), ("mark:E2", "4"), ("heard", "oui"), ("observations", "Très à l’aise")];
    let wrong = t.submit(&room.president, &turn, &fields).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.2);
    assert!(wrong.2.contains("Très à l’aise") && wrong.2.contains("45"), "what was typed is kept");
    let fields = [("mark:E1", "15"), ("mark:E2", "4"), ("heard", "oui"), ("vers", "deliberation")];
    let (status, location, text) = t.submit(&room.president, &turn, &fields).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{page}/deliberation")), "{text}");
    let (status, text) = t.open(&room.president, &turn).await;
    assert!(status == StatusCode::OK && text.contains("Validation totale"), "{text}");

    let (status, ..) = t.submit(&room.president, &format!("{page}/deliberation"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let decision = format!("{page}/deliberation/1");
    assert_eq!(t.open(&room.president, &decision).await.0, StatusCode::OK);
    let fields = [("decision", "total"), ("ways", "unanimite")];
    let (status, _, text) = t.submit(&room.president, &decision, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let minutes = format!("{page}/pv");
    let (_, text) = t.open(&room.president, &format!("{page}/deliberation")).await;
    assert!(text.contains(&format!("href=\"{minutes}\"")), "the day leads to the minutes: {text}");
    let (status, _, text) = t.submit(&room.president, &minutes, &[("remarks", "")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(room.day().await["session"]["state"], "to_sign");
}

#[tokio::test]
async fn a_tablet_sends_its_queue_to_the_page() {
    let room = Room::new(&["Diallo"]).await;
    room.open().await;
    room.comes(0).await;
    let page = room.s.page(&room.path).await;
    let passage = room.passage(0).await;
    let queue = json!({
        "appareil": room.s.t().app.new_id(),
        "saisies": [{
            "id": room.s.t().app.new_id(),
            "candidat": passage["id"],
            "champ": "mark:E1",
            "valeur": "13",
            "heure": 1_767_250_800_000_i64,
            "vue": passage["version"],
        }],
    })
    .to_string();
    let address = format!("{page}/saisies");
    let (status, _, text) = room.s.t().submit(&room.president, &address, &[("envoi", queue.as_str())]).await;
    assert!(status == StatusCode::OK && text.contains("applied"), "{text}");
    assert_eq!(room.passage(0).await["marks"][0]["value"], 13);
    let (status, ..) = room.s.t().submit(&room.president, &address, &[("envoi", "{}")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_shortage_is_asked_before_it_is_recorded() {
    let room = Room::new(&["Diallo"]).await;
    room.come_in(&[0]).await;
    let page = room.s.page(&room.path).await;
    let address = format!("{page}/carence");
    let (status, _, text) = room.s.t().submit(&room.president, &address, &[]).await;
    assert!(status == StatusCode::OK && text.contains("Attendre les membres"), "{text}");
    assert_eq!(room.day().await["session"]["state"], "summoned", "nothing is done yet");
    let (status, ..) = room.s.t().submit(&room.president, &address, &[("confirme", "oui")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(room.s.read(&room.path).await["session"]["state"], "no_quorum");
}
