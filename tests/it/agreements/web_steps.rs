//! The steps of a draft: two people at once, answers that cannot be right, reading again, several files at once.

use poem::http::StatusCode;
use poem::test::{TestForm, TestFormField};

use super::desk::{Desk, PDF};

/// The page of the draft of the desk.
async fn opened(desk: &Desk) -> String {
    desk.draft().await;
    desk.page("/brouillon").await
}

/// Sends files and dates at once; gives the status, where it leads and the page.
async fn sends(
    desk: &Desk,
    path: &str,
    files: &[(&str, &[u8])],
    fields: &[(&str, &str)],
) -> (StatusCode, String, String) {
    let mut form = TestForm::new().text("csrf", desk.owner.csrf.clone());
    for (name, content) in files {
        let file_name = format!("{}.pdf", name.replace('/', "-"));
        form = form.field(TestFormField::bytes(content.to_vec()).filename(file_name).name(*name));
    }
    for (name, value) in fields {
        form = form.text(*name, *value);
    }
    let request = desk.t.client.post(format!("{path}/pieces")).header("cookie", &desk.owner.cookie);
    let answer = request.multipart(form).send().await;
    let status = answer.0.status();
    let next = answer.0.header("location").unwrap_or_default().to_owned();
    (status, next, answer.0.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn two_tabs_show_both_answers_and_the_person_chooses() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let version = desk.read().await["version"].to_string();
    let site = desk.read().await["sites"][0]["id"].as_str().unwrap_or_default().to_owned();
    let tab = |name: &'static str, email: &'static str| {
        vec![("etape", "coordonnees"), ("contact_name", name), ("contact_email", email)]
    };
    let mut first = tab("Ève O’Brien", "eve@structure.exemple");
    first.extend([("sites", site.as_str()), ("version", version.as_str())]);
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &first).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let mut second = tab("Zoé N’Diaye", "eve@structure.exemple");
    second.extend([("sites", site.as_str()), ("version", version.as_str())]);
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &second).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(html.contains("value=\"Zoé N’Diaye\"") && html.contains("Ève O’Brien"), "{html}");
    assert!(html.contains("name=\"garder/contact_name\""), "{html}");
    assert!(!html.contains("name=\"garder/contact_email\""), "the same on both sides: {html}");
    assert!(!html.contains("data-brouillon-url"), "nothing is saved for the person: {html}");
    // Saving again without choosing is refused, and keeps nothing.
    let now = desk.read().await["version"].to_string();
    let mut again = tab("Zoé N’Diaye", "eve@structure.exemple");
    again.extend([("sites", site.as_str()), ("version", now.as_str()), ("differe", "contact_name")]);
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &again).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    assert!(html.contains("choisissez la réponse à garder"), "{html}");
    assert_eq!(desk.read().await["contact_name"], "Ève O’Brien");
    for (choice, kept) in [("enregistre", "Ève O’Brien"), ("saisi", "Zoé N’Diaye")] {
        let mut chosen = again.clone();
        chosen.push(("garder/contact_name", choice));
        let (status, _, html) = desk.t.submit(&desk.owner, &path, &chosen).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{choice}: {html}");
        assert_eq!(desk.read().await["contact_name"], kept, "{choice}");
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_right_is_told_on_the_spot_and_an_empty_one_is_not() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let (status, next, _) = desk
        .t
        .submit(&desk.owner, &path, &[("etape", "coordonnees"), ("contact_email", "referente.exemple")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(next, format!("{path}?etape=coordonnees&bilan=valeurs"));
    let html = desk.opens(&desk.owner, &next).await;
    assert!(html.contains("id=\"champ-contact_email-err\"") && html.contains("referente.exemple"), "{html}");
    assert!(!html.contains("id=\"champ-contact_name-err\""), "what is empty only lacks: {html}");
    let (_, next, _) = desk.t.submit(&desk.owner, &path, &[("etape", "coordonnees")]).await;
    assert_eq!(next, format!("{path}?etape=projet"));
}

#[tokio::test]
async fn the_last_step_shows_every_answer_and_every_piece() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let html = desk.opens(&desk.owner, &format!("{path}?etape=relecture")).await;
    for said in ["referente@structure.exemple", "Maraîchage et conserverie", "piece.pdf", "Reçue le"] {
        assert!(html.contains(said), "{said}: {html}");
    }
    for step in ["coordonnees", "projet", "pieces"] {
        assert!(html.contains(&format!("brouillon?etape={step}\">Modifier")), "{step}: {html}");
    }
}

#[tokio::test]
async fn every_chosen_file_is_sent_at_once_and_a_refused_one_takes_no_other_away() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let (status, next, html) =
        sends(&desk, &path, &[("P05/file", PDF), ("P06/file", PDF)], &[("code", "P06")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    assert!(next.ends_with("#piece-P06"), "{next}");
    let html = desk.opens(&desk.owner, &format!("{path}?etape=pieces")).await;
    assert!(html.contains("P05-file.pdf") && html.contains("P06-file.pdf"), "{html}");
    let lie: &[u8] = b"MZ\x90\0";
    let (status, _, html) = sends(&desk, &path, &[("P05/file", lie), ("P07/file", PDF)], &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"champ-P05-file-err\"") && html.contains("P07-file.pdf"), "{html}");
    let (status, _, html) = sends(&desk, &path, &[], &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Choisissez un fichier"), "{html}");
}

#[tokio::test]
async fn an_ended_document_is_told_at_once_and_its_date_is_corrected_without_the_file() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let day = |days| (desk.today() + time::Duration::days(days)).to_string();
    let (past, end) = (day(-20), day(200));
    let (status, next, html) =
        sends(&desk, &path, &[("P02/file", PDF)], &[("code", "P02"), ("P02/valid_until", &past)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let page = desk.opens(&desk.owner, next.split('#').next().unwrap()).await;
    assert!(page.contains("a pris fin le") && page.contains(&format!("value=\"{past}\"")), "{page}");
    let pieces = async || {
        let all = desk.read().await["pieces"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["code"] == "P02").unwrap()
    };
    let before = pieces().await;
    let (status, _, html) = sends(&desk, &path, &[], &[("P02/valid_until", &end)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let after = pieces().await;
    assert_eq!(after["valid_until"], end.as_str(), "{after}");
    assert_ne!(after["revision"], before["revision"], "the former version is kept");
    let page = desk.opens(&desk.owner, &format!("{path}?etape=pieces")).await;
    assert!(page.contains("P02-file.pdf") && !page.contains("a pris fin le"), "{page}");
}
