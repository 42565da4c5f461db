//! The templates of mails and documents, as a manager reads them.

use entity::account_role::Role;
use parchemin::render::mail::MailTemplates;
use parchemin::render::pdf;
use poem::http::StatusCode;

use crate::support::TestApp;

const PAGE: &str = "/parametres/modeles";

#[tokio::test]
async fn every_template_is_listed_and_shown_with_its_sample() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (status, list) = t.open(&manager, PAGE).await;
    assert_eq!(status, StatusCode::OK);
    for name in MailTemplates::names() {
        assert!(list.contains(&format!("href=\"{PAGE}/{name}\"")), "{name} is not listed");
        let (status, text) = t.open(&manager, &format!("{PAGE}/{name}")).await;
        assert_eq!(status, StatusCode::OK, "{name}");
        assert!(text.contains(&format!("{PAGE}/{name}/html")) && text.contains("Bonjour"), "{name}: {text}");
    }
    for name in pdf::DOCUMENTS {
        assert!(list.contains(&format!(">{name}</span>")), "{name} is not listed");
        assert!(!pdf::samples(name).is_empty(), "{name} has no sample");
        for sample in pdf::samples(name) {
            assert!(list.contains(&format!("href=\"{PAGE}/{sample}/exemple\"")), "{sample} is not listed");
        }
    }
}

#[tokio::test]
async fn the_html_of_a_template_is_shown_alone_and_can_do_nothing() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    for name in MailTemplates::names() {
        let path = format!("{PAGE}/{name}/html");
        let answer = t.client.get(&path).header("cookie", &manager.cookie).send().await;
        answer.assert_status_is_ok();
        answer.assert_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        );
    }
}

#[tokio::test]
async fn a_document_is_typeset_with_its_sample() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    // The one with a picture, and one of those that have several samples.
    for name in ["agreement-certificate", "decision.refused"] {
        let path = format!("{PAGE}/{name}/exemple");
        let answer = t.client.get(&path).header("cookie", &manager.cookie).send().await;
        answer.assert_status_is_ok();
        answer.assert_content_type("application/pdf");
        let bytes = answer.0.into_body().into_bytes().await.unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{name}");
    }
    let effects = t.effects().await;
    assert!(effects.events.is_empty() && effects.jobs.is_empty(), "nothing of it is kept: {effects:?}");
}

#[tokio::test]
async fn the_api_lists_every_template_and_reads_one() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let list = t.get(&manager, "/mail-templates?limit=200").await;
    assert_eq!(list.status, StatusCode::OK);
    let found: Vec<_> = list.body["items"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(found, MailTemplates::names().iter().collect::<Vec<_>>());
    let page = t.get(&manager, "/mail-templates?limit=2").await;
    assert_eq!(page.body["items"].as_array().unwrap().len(), 2);
    assert!(page.body["next_cursor"].is_string());

    for (name, class, may_choose) in
        [("visit-moved", "legal", false), ("right-ending", "reminder", true), ("mail-digest", "digest", true)]
    {
        let read = t.get(&manager, &format!("/mail-templates/{name}")).await;
        let template = &read.body["template"];
        assert_eq!(read.status, StatusCode::OK, "{name}");
        assert_eq!(
            (template["class"].as_str(), template["may_choose"].as_bool()),
            (Some(class), Some(may_choose))
        );
        let version = template["version"].as_str().unwrap();
        assert_eq!(read.etag, Some(format!("\"{version}\"")));
        assert!(read.body["text"].as_str().unwrap().contains("Bonjour"), "{name}");
        let variables = read.body["variables"].as_object().unwrap();
        for common in ["org", "base_url", "signature", "reason"] {
            assert!(!variables.contains_key(common), "{name}: {common} is of every mail");
        }
    }
}

#[tokio::test]
async fn a_template_that_does_not_exist_is_not_found() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    for name in ["visit", "visit-plan", "README.md", "..%2Fmail%2Fvisit-moved"] {
        for path in [format!("{PAGE}/{name}"), format!("{PAGE}/{name}/html")] {
            assert_eq!(t.open(&manager, &path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let read = t.get(&manager, &format!("/mail-templates/{name}")).await;
        assert_eq!(read.status, StatusCode::NOT_FOUND, "{name}");
    }
    for name in ["visit-moved", "decision", "decision.unknown", "visit-plan.sample"] {
        let path = format!("{PAGE}/{name}/exemple");
        assert_eq!(t.open(&manager, &path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn templates_are_for_those_who_read_settings() {
    let t = TestApp::new().await;
    for (role, status) in [
        (Role::Admin, StatusCode::OK),
        (Role::Manager, StatusCode::OK),
        (Role::Officer, StatusCode::NOT_FOUND),
        (Role::Trainee, StatusCode::NOT_FOUND),
        (Role::Auditor, StatusCode::NOT_FOUND),
    ] {
        let person = t.person(role).await;
        for path in ["", "/visit-moved", "/visit-moved/html", "/visit-plan/exemple"] {
            let asked = t.client.get(format!("{PAGE}{path}")).header("cookie", &person.cookie);
            assert_eq!(asked.send().await.0.status(), status, "{role} {path}");
        }
        for path in ["/mail-templates", "/mail-templates/visit-moved"] {
            assert_eq!(t.get(&person, path).await.status, status, "{role} {path}");
        }
    }
}
