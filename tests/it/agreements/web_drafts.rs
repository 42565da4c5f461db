//! A request written on the pages, without any script.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use poem::http::StatusCode;
use poem::test::{TestForm, TestFormField};
use serde_json::json;

use super::desk::{Desk, PDF, PROJECT};

/// Opens a draft by its form; gives its address.
async fn opened(desk: &Desk) -> String {
    let version = desk.version.id.to_string();
    let fields = [("certification_version_id", version.as_str()), ("kind", "first"), ("role", "train")];
    let (status, path, html) = desk.t.submit(&desk.owner, "/agrements/nouveau", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    assert!(path.ends_with("/brouillon"), "{path}");
    path
}

#[tokio::test]
async fn a_certification_is_offered_once_its_register_and_its_certifier_are_known() {
    let desk = Desk::new().await;
    let manager = desk.t.person(Role::Manager).await;
    let today = desk.today().to_string();
    let body = json!({
        "code": "cqp_mb", "short_title": "CQP Maraîchage", "title": "Certificat Maraîchage biologique",
        "version": { "label": "1", "valid_from": today },
    });
    let created = desk.t.post(&manager, "/certifications", &body).await;
    assert_eq!(created.status, StatusCode::CREATED, "{created:?}");
    let version = created.body["versions"][0]["id"].as_str().unwrap().to_owned();
    let new = "/agrements/nouveau";
    let fields = [("certification_version_id", version.as_str()), ("kind", "first"), ("role", "train")];
    let path = format!("/certifications/CQP_MB/versions/{version}");
    let entry = [("version", "1"), ("register", "none"), ("starts_on", today.as_str())];
    let body = [("version", "2"), ("name", "Organisme d’essai"), ("starts_on", today.as_str())];
    for (place, typed) in [("enregistrements", entry), ("certificateurs", body)] {
        assert!(!desk.opens(&desk.owner, new).await.contains(&version), "not before {place}");
        let (status, _, html) = desk.t.submit(&desk.owner, new, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
        assert!(html.contains("n’est pas encore proposée"), "{html}");
        let (status, _, html) = desk.t.submit(&manager, &format!("{path}/{place}"), &typed).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    }
    let offered = desk.opens(&desk.owner, new).await;
    assert!(offered.contains(&version));
    let named = "CQP Maraîchage — Certificat Maraîchage biologique (version 1)";
    assert!(offered.contains(named), "{offered}");
    let (status, _, html) = desk.t.submit(&desk.owner, new, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
}

#[tokio::test]
async fn a_draft_opens_once_and_the_second_press_comes_back_to_it() {
    let desk = Desk::new().await;
    let first = opened(&desk).await;
    assert_eq!(opened(&desk).await, first);
    let html = desk.opens(&desk.owner, &format!("{first}?etape=coordonnees")).await;
    assert!(html.contains("checked"), "the only site is ticked: {html}");
    for step in ["coordonnees", "projet", "pieces", "relecture"] {
        desk.opens(&desk.owner, &format!("{first}?etape={step}")).await;
    }
    let (status, _) = desk.t.open(&desk.stranger, &first).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_address_of_a_renewal_chooses_its_version_its_kind_and_its_service() {
    let desk = Desk::new().await;
    let version = desk.version.id.to_string();
    let path = format!("/agrements/nouveau?nature=renewal&version={version}&prestation=train");
    let html = desk.opens(&desk.owner, &path).await;
    for chosen in [version.as_str(), "renewal", "train"] {
        assert!(html.contains(&format!("value=\"{chosen}\" checked")), "{chosen}: {html}");
    }
    assert!(html.contains(&format!("version {}", desk.version.label)), "{html}");
}

#[tokio::test]
async fn the_draft_already_open_says_so_when_other_choices_are_made() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let version = desk.version.id.to_string();
    let other = [
        ("certification_version_id", version.as_str()),
        ("kind", "first"),
        ("role", "organise"),
        ("csrf", desk.owner.csrf.as_str()),
    ];
    let request = desk.t.client.post("/agrements/nouveau").header("cookie", &desk.owner.cookie);
    let answer = request.form(&other).send().await;
    answer.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(answer.0.header("location"), Some(path.as_str()));
    let cookies = answer.0.headers().get_all("set-cookie").iter().filter_map(|one| one.to_str().ok());
    let message = cookies.filter_map(|one| one.split(';').next()).find(|one| one.starts_with("message="));
    let cookie = format!("{}; {}", desk.owner.cookie, message.expect("a message for the next page"));
    let page = desk.t.client.get(&path).header("cookie", cookie).send().await;
    let html = page.0.into_body().into_string().await.unwrap();
    assert!(html.contains("Un brouillon existe déjà pour cette certification\u{202f}: le voici."), "{html}");
}

#[tokio::test]
async fn a_step_is_kept_and_what_is_too_long_comes_back_as_typed() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let fields = [("etape", "projet"), ("kind", "first"), ("role", "train"), ("project", PROJECT)];
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &fields).await;
    assert_eq!((status, next), (StatusCode::SEE_OTHER, format!("{path}?etape=pieces")));
    let again = desk.opens(&desk.owner, &format!("{path}?etape=projet")).await;
    assert!(again.contains("Maraîchage et conserverie"));
    let long = "é".repeat(201);
    let (status, _, html) =
        desk.t.submit(&desk.owner, &path, &[("etape", "coordonnees"), ("contact_name", &long)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html.contains(&long) && html.contains("id=\"bilan\"") && html.contains("<title>Erreur\u{202f}: ")
    );
}

#[tokio::test]
async fn a_number_is_kept_in_one_form_and_shown_in_groups() {
    let desk = Desk::at("98800", "Nouméa").await;
    let path = opened(&desk).await;
    for (typed, kept, shown) in [
        ("27.12 34", "+687271234", "+687\u{202f}27\u{202f}12\u{202f}34"),
        ("06.39-98 10 00", "+262639981000", "06\u{202f}39\u{202f}98\u{202f}10\u{202f}00"),
        ("27 12", "27 12", "27 12"),
    ] {
        let fields = [("etape", "coordonnees"), ("contact_phone", typed), ("suite", "rester")];
        desk.t.submit(&desk.owner, &path, &fields).await;
        let found = desk.t.get(&desk.owner, "/agreement-requests").await;
        let id = found.body["items"][0]["id"].as_str().unwrap();
        let read = desk.t.get(&desk.owner, &format!("/agreement-requests/{id}")).await;
        assert_eq!(read.body["contact_phone"], kept, "{typed}: {read:?}");
        let page = desk.opens(&desk.owner, &format!("{path}?etape=coordonnees")).await;
        // A plus sign is written by its number in an attribute.
        let page = page.replace("&#43;", "+");
        assert!(page.contains(&format!("value=\"{shown}\"")), "{typed}: {page}");
    }
}

#[tokio::test]
async fn a_step_left_incomplete_says_it_in_the_list_and_when_it_is_opened_again() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let project = format!("{path}?etape=projet");
    let new = desk.opens(&desk.owner, &project).await;
    assert!(!new.contains("id=\"bilan\""), "nothing was kept yet");
    let short = [("etape", "projet"), ("kind", "first"), ("role", "train"), ("project", "Court")];
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &short).await;
    assert_eq!((status, next), (StatusCode::SEE_OTHER, format!("{path}?etape=pieces")), "kept all the same");
    let again = desk.opens(&desk.owner, &project).await;
    assert!(again.contains("id=\"bilan\"") && again.contains("id=\"champ-project-err\""), "{again}");
    assert!(again.contains("1 point à compléter") && again.contains("Court</textarea>"), "{again}");
    let whole = [("etape", "projet"), ("kind", "first"), ("role", "train"), ("project", PROJECT)];
    desk.t.submit(&desk.owner, &path, &whole).await;
    let mended = desk.opens(&desk.owner, &project).await;
    assert!(!mended.contains("id=\"bilan\""), "{mended}");
}

#[tokio::test]
async fn a_step_saved_empty_or_left_behind_says_what_lacks() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let empty = [("etape", "projet"), ("kind", "first"), ("role", "train"), ("suite", "rester")];
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &empty).await;
    assert_eq!((status, next.as_str()), (StatusCode::SEE_OTHER, &*format!("{path}?etape=projet&bilan=oui")));
    let html = desk.opens(&desk.owner, &next).await;
    assert!(html.contains("id=\"champ-project-err\""), "{html}");
    let behind = format!("{path}?etape=coordonnees&bilan=oui");
    let linked = behind.replace('&', "&#38;");
    assert!(html.contains(&format!("href=\"{linked}\"")), "{html}");
    let html = desk.opens(&desk.owner, &behind).await;
    assert!(html.contains("Choisissez au moins un site") && html.contains("id=\"bilan\""), "{html}");
}

#[tokio::test]
async fn the_save_while_typing_answers_the_new_version_and_a_stale_one_loses_nothing() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let fields = [("etape", "coordonnees"), ("contact_name", "Ève O’Brien"), ("version", "1")];
    let saved = desk.t.submit(&desk.owner, &format!("{path}/enregistrer"), &fields).await;
    assert_eq!(saved.0, StatusCode::NO_CONTENT);
    let late = [("etape", "coordonnees"), ("contact_name", "Zoé"), ("version", "1")];
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &late).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(html.contains("value=\"Zoé\""), "what was typed is still there");
}

#[tokio::test]
async fn a_refused_file_is_told_next_to_its_piece_and_the_others_stay() {
    let desk = Desk::new().await;
    let path = opened(&desk).await;
    let upload = async |code: &str, name: &str, content: &[u8]| {
        let form = TestForm::new()
            .text("csrf", desk.owner.csrf.clone())
            .text("code", code)
            .field(TestFormField::bytes(content.to_vec()).filename(name).name(format!("{code}/file")));
        let request = desk.t.client.post(format!("{path}/pieces")).header("cookie", &desk.owner.cookie);
        let response = request.multipart(form).send().await;
        (response.0.status(), response.0.into_body().into_string().await.unwrap())
    };
    let (status, html) = upload("P05", "projet.pdf", PDF).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    let (status, html) = upload("P06", "equipe.pdf", b"MZ\x90\0").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"champ-P06-file-err\"") && html.contains("projet.pdf"));
}

#[tokio::test]
async fn a_request_is_submitted_after_its_confirmation_and_gets_its_number() {
    let desk = Desk::new().await;
    desk.draft().await;
    let path = desk.page("/deposer").await;
    let typed = [
        ("etape", "relecture"),
        ("signatory_name", "Ursule Kerbrat"),
        ("signatory_title", "présidente"),
        ("commitment_accepted", "oui"),
    ];
    let (status, question, _) = desk.t.submit(&desk.owner, &path, &typed).await;
    let version = desk.read().await["version"].clone();
    assert_eq!((status, question), (StatusCode::SEE_OTHER, format!("{path}?version={version}")));
    let question = format!("{path}?version={version}");
    let html = desk.opens(&desk.owner, &question).await;
    assert!(html.contains("name=\"confirme\"") && html.contains("récépissé de dépôt"), "{html}");
    assert!(!html.contains("Ursule"), "what was typed is kept, and travels no further");
    assert_eq!(desk.read().await["state"], "draft", "asking changes nothing");
    let stale = [("version", "1"), ("confirme", "oui")];
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &stale).await;
    assert_eq!(status, StatusCode::CONFLICT, "the file changed since it was asked: {html}");
    let version = version.to_string();
    let sure = [("version", version.as_str()), ("confirme", "oui")];
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &sure).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(next.starts_with("/agrements/AGR-"), "{next}");
    let back = desk.t.client.get(&question).header("cookie", &desk.owner.cookie).send().await;
    back.assert_header("location", &next);
    let number = next.trim_start_matches("/agrements/");
    for fields in [vec![("confirme", "oui")], vec![], vec![("etape", "relecture"), ("signatory_name", "Zoé")]]
    {
        let (status, _, html) = desk.t.submit(&desk.owner, &path, &fields).await;
        assert_eq!(status, StatusCode::CONFLICT, "pressing twice submits once");
        let said = format!("Cette demande est déjà déposée sous le numéro {number}.");
        assert!(html.contains(&said) && html.contains(&format!("href=\"{next}\"")), "{html}");
        assert!(!html.contains("Vous pouvez le déposer"), "{html}");
    }
}

#[tokio::test]
async fn an_unfinished_request_says_everything_that_lacks_and_keeps_the_signatory() {
    let desk = Desk::new().await;
    let path = opened(&desk).await.replace("/brouillon", "/deposer");
    let fields = [("etape", "relecture"), ("signatory_name", "Ulysse N’Diaye")];
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Convention IAE en cours") && html.contains("Acceptez l’engagement"));
    assert!(html.contains("value=\"Ulysse N’Diaye\""));
}

#[tokio::test]
async fn a_returned_file_shows_what_is_asked_and_until_when() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Incomplete).await;
    let html = desk.opens(&desk.owner, &desk.page("/brouillon").await).await;
    assert!(html.contains("Convention échue"), "{html}");
    assert!(html.contains("23\u{202f}h\u{202f}59"), "{html}");
}

#[tokio::test]
async fn a_returned_file_is_submitted_again_by_that_name() {
    let desk = Desk::new().await;
    desk.bring_to(RequestState::Incomplete).await;
    desk.piece("P02").await;
    let path = desk.page("/deposer").await;
    let (status, question, _) = desk.t.submit(&desk.owner, &path, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let asked = desk.opens(&desk.owner, &question).await;
    assert!(asked.contains("Déposer de nouveau le dossier"), "{asked}");
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &[("confirme", "oui")]).await;
    assert_eq!((status, next), (StatusCode::SEE_OTHER, desk.page("").await));
}
