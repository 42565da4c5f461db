//! The outbox on the pages and over the API.

use entity::account;
use entity::account_role::Role;
use entity::mail::MailState;
use parchemin::events::Recipient;
use parchemin::features::mail;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{letter, sample, to};
use crate::support::smtp::{self, Relay};
use crate::support::{Answer, Effects, TestApp};

/// An outbox with one mail refused, one sent and one that waits.
async fn outbox() -> (TestApp, Relay, Vec<entity::ids::MailId>) {
    let relay = Relay::with(|address, before| match (address.split('@').next(), before) {
        (Some("refus"), 0) => smtp::Answer::Refuse,
        (Some("attente"), 0) => smtp::Answer::Defer,
        _ => smtp::Answer::Accept,
    })
    .await;
    let t = TestApp::sending(relay.mailer()).await;
    let names = ["refus", "remis", "attente"];
    let ids = t.announce(names.map(|name| letter(to(&format!("{name}@structure.exemple")))).to_vec()).await;
    t.send().await;
    t.effects().await;
    (t, relay, ids)
}

#[tokio::test]
async fn the_team_lists_mails_by_state_and_by_subject() {
    let (t, _relay, ids) = outbox().await;
    let officer = t.person(Role::Officer).await;
    let other = uuid::Uuid::from_u128(7);
    let mine = uuid::Uuid::from_u128(42);
    for (query, expected) in [
        (String::new(), 3),
        ("?state=failed".to_owned(), 1),
        ("?state=sent".to_owned(), 1),
        ("?state=skipped".to_owned(), 0),
        (format!("?subject_kind=agreement_request&subject_id={mine}"), 3),
        (format!("?subject_id={other}"), 0),
        ("?limit=2".to_owned(), 2),
        ("?q=agr%200042".to_owned(), 3),
        ("?q=introuvable".to_owned(), 0),
        ("?address=Remis@structure.exemple".to_owned(), 1),
        ("?address=attente@structure.exemple".to_owned(), 1),
        ("?address=remis@structure.exemple&state=failed".to_owned(), 0),
        ("?address=personne@structure.exemple".to_owned(), 0),
    ] {
        let Answer { status, body, .. } = t.get(&officer, &format!("/mails{query}")).await;
        assert_eq!((status, body["items"].as_array().unwrap().len()), (StatusCode::OK, expected), "{query}");
    }
    let Answer { body: first, .. } = t.get(&officer, "/mails?limit=2").await;
    let next = first["next_cursor"].as_str().unwrap();
    let Answer { body: second, .. } = t.get(&officer, &format!("/mails?limit=2&cursor={next}")).await;
    assert_eq!(second["items"][0]["id"], ids[0].to_string());
    assert_eq!(second["next_cursor"], Value::Null);

    let expert = t.expert("Abel").await;
    t.announce(vec![letter(Recipient::Expert { id: expert.id })]).await;
    let (_, file) = t.open(&officer, &format!("/intervenants/{}", expert.number)).await;
    let list = format!("/courriels?pour={}", expert.number);
    assert!(file.contains(&list), "{list} {file}");
    let (_, page) = t.open(&officer, &list).await;
    let wanted = page.matches("href=\"/courriels/").count();
    assert_eq!(wanted, 1, "it waits, and the others are not theirs: {page}");
    assert!(!page.contains("%40"), "no address in the links: {page}");
    // What is typed goes in the body and leads to whoever has it, under a number or a key.
    let (status, location, _) = t.submit(&officer, "/courriels", &[("pour", expert.email.as_str())]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, list.as_str()));
    let account = account::Entity::find_by_id(officer.id).one(t.app.db.read()).await.unwrap().unwrap();
    let (_, location, _) = t.submit(&officer, "/courriels", &[("pour", account.email.as_str())]).await;
    assert_eq!(location, format!("/courriels?pour={}", officer.id));
    assert_eq!(t.open(&officer, &location).await.0, StatusCode::OK);
    let unknown = [("pour", "personne@structure.exemple")];
    let (status, _, page) = t.submit(&officer, "/courriels", &unknown).await;
    assert!(status == StatusCode::OK && page.contains("Aucun courriel"), "{page}");
}

#[tokio::test]
async fn one_mail_tells_what_the_relay_said_of_each_address() {
    let (t, _relay, ids) = outbox().await;
    let auditor = t.person(Role::Auditor).await;
    let Answer { status, body, .. } = t.get(&auditor, &format!("/mails/{}", ids[0])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["mail"]["state"], "failed");
    assert_eq!(body["mail"]["subject_label"], "AGR-2025-0042");
    assert_eq!(body["deliveries"][0]["state"], "refused");
    assert!(body["deliveries"][0]["answer"].as_str().unwrap().contains("no such mailbox"));
    assert!(body["text"].as_str().unwrap().contains("mot de passe"));
}

#[tokio::test]
async fn those_who_are_not_of_the_team_do_not_know_that_mails_exist() {
    let (t, _relay, ids) = outbox().await;
    let structure = t.addressed_structure().await;
    for person in [t.of_structure(structure).await, t.person(Role::Trainee).await] {
        let role = person.actor.held[0].role;
        let one = format!("/mails/{}", ids[0]);
        let retry = format!("{one}/retry");
        for path in ["/mails", &one] {
            assert_eq!(t.get(&person, path).await.status, StatusCode::NOT_FOUND, "{role} {path}");
        }
        assert_eq!(t.post(&person, &retry, &json!({})).await.status, StatusCode::NOT_FOUND, "{role}");
        for path in
            ["/courriels".to_owned(), format!("/courriels/{}", ids[0]), format!("/courriels/{}/html", ids[0])]
        {
            assert_eq!(t.open(&person, &path).await.0, StatusCode::NOT_FOUND, "{role} {path}");
        }
    }
    let status = t.client.get("/api/v1/mails").send().await.0.status();
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_failed_mail_is_sent_again_on_request_and_the_journal_says_by_whom() {
    let (t, relay, ids) = outbox().await;
    let (officer, auditor) = (t.person(Role::Officer).await, t.person(Role::Auditor).await);
    let retry = format!("/mails/{}/retry", ids[0]);
    assert_eq!(t.post(&auditor, &retry, &json!({})).await.status, StatusCode::FORBIDDEN);
    let Answer { status, body, .. } = t.post(&officer, &retry, &json!({})).await;
    assert_eq!((status, body["mail"]["state"].as_str()), (StatusCode::OK, Some("pending")));
    let done = Effects { events: vec!["mail.retried".to_owned()], mails: vec![], jobs: vec![] };
    assert_eq!(t.effects().await, done);
    t.send().await;
    assert_eq!(t.mail(ids[0]).await.state, MailState::Sent);
    assert_eq!(relay.asked("refus@structure.exemple"), 2);

    let Answer { status, body, .. } = t.post(&officer, &retry, &json!({})).await;
    assert_eq!((status, body["code"].as_str()), (StatusCode::CONFLICT, Some("mail-not-failed")));
    let unknown = format!("/mails/{}/retry", uuid::Uuid::nil());
    assert_eq!(t.post(&officer, &unknown, &json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_pages_show_what_failed_first_and_try_again() {
    let (t, _relay, ids) = outbox().await;
    let (officer, auditor) = (t.person(Role::Officer).await, t.person(Role::Auditor).await);
    assert_eq!(mail::dead_letters(&t.app.db, &officer.actor).await.unwrap(), 1);
    let (status, html) = t.open(&officer, "/courriels").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.find("À reprendre").unwrap() < html.find("Du plus récent").unwrap());
    let (_, html) = t.open(&officer, "/courriels?etat=remis").await;
    assert!(
        !html.contains("À reprendre")
            && html.contains(&ids[1].to_string())
            && !html.contains(&ids[0].to_string())
    );

    let path = format!("/courriels/{}", ids[0]);
    let (_, html) = t.open(&officer, &path).await;
    assert!(html.contains("Relancer l’envoi") && html.contains("no such mailbox"), "{html}");
    assert!(!t.open(&auditor, &path).await.1.contains("Relancer l’envoi"));
    assert_eq!(
        t.submit(&officer, &format!("{path}/relancer"), &[("csrf", "faux")]).await.0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(t.submit(&auditor, &format!("{path}/relancer"), &[]).await.0, StatusCode::FORBIDDEN);
    assert_eq!(t.submit(&officer, &format!("{path}/relancer"), &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.submit(&officer, &format!("{path}/relancer"), &[]).await.0, StatusCode::CONFLICT);
    assert_eq!(mail::dead_letters(&t.app.db, &officer.actor).await.unwrap(), 0);
}

#[tokio::test]
async fn the_html_of_a_mail_is_shown_alone_and_can_do_nothing() {
    let (t, _relay, ids) = outbox().await;
    let officer = t.person(Role::Officer).await;
    let path = format!("/courriels/{}/html", ids[1]);
    let answer = t.client.get(path).header("cookie", &officer.cookie).send().await;
    answer.assert_status_is_ok();
    answer.assert_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
}

#[tokio::test]
async fn a_personal_link_or_code_is_shown_to_nobody_but_its_recipient() {
    let t = TestApp::new().await;
    let admin = t.person(Role::Admin).await;
    for name in mail::PERSONAL {
        let mut secret = letter(to("camille@structure.exemple"));
        secret.template = name;
        secret.variables = sample(name);
        let own = secret.variables.get("code").unwrap_or(&secret.variables["link"]);
        let own = own.as_str().unwrap().to_owned();
        let id = t.announce(vec![secret]).await[0];
        let Answer { body, .. } = t.get(&admin, &format!("/mails/{id}")).await;
        assert_eq!(body["text"], Value::Null, "{name}");
        let (status, html) = t.open(&admin, &format!("/courriels/{id}")).await;
        assert!(status == StatusCode::OK && !html.contains(&own), "{name}");
        assert_eq!(t.open(&admin, &format!("/courriels/{id}/html")).await.0, StatusCode::NOT_FOUND, "{name}");
    }
}

#[test]
fn every_mail_whose_link_or_code_stands_for_its_recipient_is_personal() {
    for (name, sample) in parchemin::render::mail::MailTemplates::samples() {
        let link = sample["link"].as_str().unwrap_or_default();
        let paths = [
            "/connexion/lien/",
            "/acces/lien/",
            "/compte/activer/",
            "/invitations/",
            "/missions/reponse/",
            "/reunions/reponse/",
            "/visites/reponse/",
            "/inscriptions/",
        ];
        let stands_for = sample.get("code").is_some() || paths.iter().any(|path| link.contains(path));
        assert_eq!(stands_for, mail::is_personal(&name), "{name}: {link}");
    }
}

#[tokio::test]
async fn a_limited_role_sees_the_mails_of_the_files_it_sees() {
    let t = TestApp::new().await;
    let request = t.addressed_request().await;
    let (here, elsewhere) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    t.limit(&here, "75").await;
    t.limit(&elsewhere, "11").await;
    let id = t.announce_about(request.0, vec![letter(Recipient::Managers)]).await;
    for (person, count, status) in [(&here, 1, StatusCode::OK), (&elsewhere, 0, StatusCode::NOT_FOUND)] {
        let Answer { body, .. } = t.get(person, "/mails").await;
        assert_eq!(body["items"].as_array().unwrap().len(), count);
        assert_eq!(t.get(person, &format!("/mails/{id}")).await.status, status);
    }
    t.send().await;
    let retry = format!("/mails/{id}/retry");
    assert_eq!(t.post(&elsewhere, &retry, &json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(t.post(&here, &retry, &json!({})).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_structure_finds_its_own_mails_on_its_file() {
    let t = TestApp::new().await;
    let structure = t.addressed_structure().await;
    let (person, other) =
        (t.of_structure(structure).await, t.of_structure(t.addressed_structure().await).await);
    let officer = t.person(Role::Officer).await;
    let about = uuid::Uuid::from_u128(42);
    t.announce(vec![letter(Recipient::Structure { id: structure }), letter(Recipient::Managers)]).await;
    for (reader, expected) in [(&officer, 2), (&person, 1), (&other, 0)] {
        // What the caller may read on the file itself was checked before.
        let actor =
            parchemin::authz::account_actor(t.app.db.read(), reader.id, parchemin::authz::Channel::Web).await;
        let actor = actor.unwrap().unwrap().0;
        let found = mail::for_subject(&t.app.db, &actor, "agreement_request", about).await.unwrap();
        assert_eq!(found.len(), expected);
    }
}

#[tokio::test]
async fn a_mail_about_an_account_says_whose() {
    let t = TestApp::new().await;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    let account = account::Entity::find_by_id(officer.id).one(t.app.db.read()).await.unwrap().unwrap();
    t.client.post("/connexion/lien").form(&[("email", &account.email)]).send().await;
    let listed = t.get(&manager, "/mails").await;
    assert_eq!(listed.body["items"][0]["subject_label"], account.name, "{listed:?}");
    let id = listed.body["items"][0]["id"].as_str().unwrap();
    for path in ["/courriels".to_owned(), format!("/courriels/{id}")] {
        let (_, text) = t.open(&manager, &path).await;
        assert!(text.contains(&format!("Compte {}", account.name)), "{path}: {text}");
        assert!(!text.contains(&officer.id.to_string()), "{path}: {text}");
    }
}

#[tokio::test]
async fn the_letter_box_of_everybody_exists_in_the_demonstration_only() {
    let t = TestApp::new().await;
    assert_eq!(t.client.get("/demo/courriels").send().await.0.status(), StatusCode::NOT_FOUND);

    let t = TestApp::with(|config| parchemin::config::Config { demo: true, ..config }).await;
    let mut link = letter(to("camille@structure.exemple"));
    link.template = "sign-in-link";
    link.variables = sample("sign-in-link");
    link.variables["link"] = Value::from(t.app.url("/connexion/lien/abc"));
    let id = t.announce(vec![link]).await[0];
    t.send().await;
    let list = t.client.get("/demo/courriels").send().await.0.into_body().into_string().await.unwrap();
    assert!(list.contains("camille@structure.exemple") && list.contains(&format!("/demo/courriels/{id}")));
    let one =
        t.client.get(format!("/demo/courriels/{id}")).send().await.0.into_body().into_string().await.unwrap();
    assert!(one.contains(&format!("<a href=\"{}\">", t.app.url("/connexion/lien/abc"))), "{one}");
}
