//! The acts of a file by its forms, without any script.

use entity::agreement_request::RequestState as S;
use parchemin::render::french;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;
use time::Duration;

use super::desk::{Desk, conforming};
use crate::support::Person;

impl Desk {
    /// Sends a form of the file. A question that has an address of its own is opened.
    pub async fn send(&self, person: &Person, verb: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let path = self.page(&format!("/{verb}")).await;
        let (status, next, html) = self.t.submit(person, &path, fields).await;
        if verb != "visite" && next.split('?').next() == Some(path.as_str()) {
            return self.t.open(person, &next).await;
        }
        (status, html)
    }

    /// Sends it twice: the question, then the answer.
    async fn confirm(&self, person: &Person, verb: &str, fields: &[(&str, &str)]) {
        let before = self.read().await["state"].clone();
        let (status, html) = self.send(person, verb, fields).await;
        assert_eq!(status, StatusCode::OK, "{verb}: {html}");
        assert!(html.contains("name=\"confirme\""), "{verb}: {html}");
        assert_eq!(self.read().await["state"], before, "{verb}: asking changes nothing");
        let mut fields = fields.to_vec();
        fields.push(("confirme", "oui"));
        let (status, html) = self.send(person, verb, &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{verb}: {html}");
    }

    async fn is_now(&self, state: S) {
        assert_eq!(self.read().await["state"], state.word());
    }
}

#[tokio::test]
async fn an_officer_works_through_a_file_to_its_decision() {
    let desk = Desk::new().await;
    desk.bring_to(S::Submitted).await;
    let (status, html) = desk.send(&desk.officer, "completer", &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        html.contains("Toutes les pièces doivent être acceptées"),
        "what blocks is on the page of the file"
    );
    let pieces = desk.read().await["pieces"].clone();
    for piece in pieces.as_array().unwrap() {
        let fields = [("piece", piece["id"].as_str().unwrap()), ("opinion", "accepter")];
        let (status, html) = desk.send(&desk.officer, "examiner", &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
    }
    desk.confirm(&desk.officer, "completer", &[]).await;
    let controller = desk.controller.id.to_string();
    let (_, asked) = desk.send(&desk.officer, "confier", &[("controller_id", &controller)]).await;
    let said = "la visite chez Les Jardins du Morvan (Nevers) est confiée à Anne-Lise Zéphyr";
    assert!(asked.contains(said), "{asked}");
    desk.confirm(&desk.officer, "confier", &[("controller_id", &controller)]).await;
    let day = (desk.today() + Duration::days(18)).to_string();
    let date = [("day", day.as_str()), ("hour", "09:30"), ("zone", "Europe/Paris"), ("place", "Nevers")];
    let (_, asked) = desk.send(&desk.expert, "planifier", &date).await;
    let moment = "la visite a lieu le vendredi 24 octobre 2025 à 9\u{202f}h\u{202f}30, heure de Paris";
    assert!(asked.contains(moment) && asked.contains("lieu de la visite\u{202f}: Nevers"), "{asked}");
    assert!(!asked.contains("attention"), "{asked}");
    let absences = format!("/experts/{}/absences", desk.controller.id);
    let away = desk.t.post(&desk.expert, &absences, &json!({ "starts_on": day })).await;
    assert_eq!(away.status, StatusCode::CREATED, "{away:?}");
    let (_, asked) = desk.send(&desk.expert, "planifier", &date).await;
    let warned =
        "attention\u{202f}: Anne-Lise Zéphyr a déclaré une absence le vendredi 24 octobre 2025\u{202f};";
    assert!(asked.contains(warned), "{asked}");
    desk.confirm(&desk.expert, "planifier", &date).await;
    desk.is_now(S::VisitScheduled).await;
    let late = [
        ("day", "2025-11-14"),
        ("hour", "22:00"),
        ("zone", "Europe/Paris"),
        ("place", "Nevers"),
        ("reason", "Grève"),
    ];
    let (status, html) = desk.send(&desk.owner, "deplacer", &late).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"deplacer-hour-err\""), "the fault stands at the hour: {html}");
    let moved = [
        ("day", "2025-11-14"),
        ("hour", "14:00"),
        ("zone", "America/Cayenne"),
        ("place", "En visioconférence"),
        ("reason", "Grève"),
    ];
    let (_, asked) = desk.send(&desk.owner, "deplacer", &moved).await;
    let moment = "vendredi 14 novembre 2025 à 14\u{202f}h, heure de Guyane";
    assert!(asked.contains(moment) && asked.contains("En visioconférence"), "{asked}");
    let away = [
        ("day", day.as_str()),
        ("hour", "10:00"),
        ("zone", "Europe/Paris"),
        ("place", "Nevers"),
        ("reason", "Grève"),
    ];
    let (_, asked) = desk.send(&desk.owner, "deplacer", &away).await;
    assert!(asked.contains("name=\"confirme\""), "{asked}");
    assert!(!asked.contains("a déclaré une absence"), "the time of people is not for structures: {asked}");
}

#[tokio::test]
async fn going_back_after_an_act_that_needs_no_words_sends_nothing_again() {
    let desk = Desk::new().await;
    desk.bring_to(S::Submitted).await;
    desk.accept_pieces().await;
    let (file, path) = (desk.page("").await, desk.page("/completer").await);
    let version = desk.read().await["version"].to_string();
    let (status, question, _) = desk.t.submit(&desk.officer, &path, &[("version", &version)]).await;
    assert_eq!((status, question.clone()), (StatusCode::SEE_OTHER, format!("{path}?version={version}")));
    let asked = desk.opens(&desk.officer, &question).await;
    assert!(asked.contains(&format!("name=\"version\" value=\"{version}\"")), "{asked}");
    assert_eq!(desk.t.open(&desk.stranger, &question).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.t.open(&desk.owner, &question).await.0, StatusCode::FORBIDDEN);
    desk.is_now(S::Submitted).await;
    let sure = [("version", version.as_str()), ("confirme", "oui")];
    assert_eq!(desk.t.submit(&desk.officer, &path, &sure).await.0, StatusCode::SEE_OTHER);
    let over = desk.t.client.get(&question).header("cookie", &desk.officer.cookie).send().await;
    over.assert_status(StatusCode::SEE_OTHER);
    over.assert_header("location", &file);
    assert!(over.0.header("set-cookie").is_some_and(|cookie| cookie.starts_with("message=")));
    desk.is_now(S::Complete).await;
}

#[tokio::test]
async fn words_never_travel_in_the_address_of_a_question() {
    let desk = Desk::new().await;
    desk.bring_to(S::Submitted).await;
    let path = desk.page("/retirer").await;
    let (status, next, html) = desk.t.submit(&desk.owner, &path, &[("reason", "Départ d’Inès")]).await;
    assert_eq!((status, next.as_str()), (StatusCode::OK, ""));
    assert!(html.contains("name=\"confirme\"") && html.contains("Départ d’Inès"), "{html}");
    let asked =
        desk.t.client.get(format!("{path}?reason=x")).header("cookie", &desk.owner.cookie).send().await;
    asked.assert_status(StatusCode::SEE_OTHER);
    asked.assert_header("location", desk.page("").await);
}

#[tokio::test]
async fn a_visit_after_the_dates_that_were_announced_is_fixed_with_a_warning() {
    let desk = Desk::new().await;
    desk.bring_to(S::VisitToSchedule).await;
    let date = |day| [("day", day), ("hour", "09:30"), ("zone", "Europe/Paris"), ("place", "Nevers")];
    let (status, asked) = desk.send(&desk.expert, "planifier", &date("2025-10-24")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!asked.contains("la date choisie vient après"), "{asked}");
    let (_, asked) = desk.send(&desk.expert, "planifier", &date("2025-11-21")).await;
    assert!(asked.contains("La visite est à faire au plus tard le 20 novembre 2025"), "{asked}");
    assert!(!asked.contains("La décision est attendue le"), "{asked}");
    let (_, asked) = desk.send(&desk.expert, "planifier", &date("2026-12-01")).await;
    for said in ["La visite est à faire au plus tard le", "La décision est attendue le"] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    desk.confirm(&desk.expert, "planifier", &date("2026-12-01")).await;
    desk.is_now(S::VisitScheduled).await;
}

#[tokio::test]
async fn the_structure_knows_that_its_first_answer_is_enough_for_the_opinion() {
    const WHOLE: &str = "Envoyez une réponse complète\u{202f}: l’avis peut être rendu dès qu’elle est reçue";
    let desk = Desk::new().await;
    desk.bring_to(S::Adversarial).await;
    let mails = entity::mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let mail = mails.iter().find(|mail| mail.template == "report-provisional").unwrap();
    assert!(mail.body_text.contains(WHOLE), "{}", mail.body_text);
    let file = desk.page("").await;
    let html = desk.opens(&desk.owner, &file).await;
    assert!(html.contains(WHOLE) && html.contains("<b>Contradictoire</b><small>jusqu’au"), "{html}");
    let form = html.split("id=\"repondre\"").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
    assert!(form.contains(&format!("href=\"{file}/rapport\"")), "the report is beside the answer: {form}");
    let answer = [("text", "Les livrets sont joints.")];
    let (_, asked) = desk.send(&desk.owner, "repondre", &answer).await;
    assert!(asked.contains("sans attendre la date limite"), "{asked}");
    desk.confirm(&desk.owner, "repondre", &answer).await;
    let html = desk.opens(&desk.owner, &file).await;
    let step = format!("<small>observations reçues le {}</small>", french::short_date(desk.today()));
    assert!(html.contains(&step), "{html}");
}

#[tokio::test]
async fn the_committee_grants_under_reserve_and_both_parties_sign() {
    let desk = Desk::new().await;
    desk.bring_to(S::InCommittee).await;
    let today = desk.today().to_string();
    let due = (desk.today() + Duration::days(60)).to_string();
    let typed = [
        ("outcome", "reserve"),
        ("starts_on", &today),
        ("reserves/0/text", "Signer la convention d’immersion"),
    ];
    let (status, html) = desk.send(&desk.manager, "decision", &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Signer la convention d’immersion") && html.contains("échéance de cette réserve"));
    let mut whole = typed.to_vec();
    whole.push(("reserves/0/due_on", &due));
    let mut dropped = whole.clone();
    dropped[0] = ("outcome", "accorder");
    let (status, html) = desk.send(&desk.manager, "decision", &dropped).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Une réserve est saisie"), "{html}");
    let read = [&whole[..], &[("apercu", "1"), ("csrf", desk.manager.csrf.as_str())]].concat();
    desk.t.effects().await;
    let path = desk.page("/decision").await;
    let letter = desk.t.client.post(path).header("cookie", &desk.manager.cookie).form(&read).send().await;
    letter.assert_status_is_ok();
    letter.assert_content_type("application/pdf");
    assert!(letter.0.into_body().into_bytes().await.unwrap().starts_with(b"%PDF"));
    desk.is_now(S::InCommittee).await;
    let effects = desk.t.effects().await;
    assert!(effects.events.is_empty() && effects.mails.is_empty() && effects.jobs.is_empty(), "{effects:?}");
    let (_, html) = desk.send(&desk.manager, "decision", &whole).await;
    assert!(html.contains("réserve à lever jusqu’au") && html.contains("période de l’agrément"), "{html}");
    desk.confirm(&desk.manager, "decision", &whole).await;
    desk.is_now(S::GrantedWithReserves).await;
    desk.confirm(&desk.owner, "signer", &[("name", "Ulysse N’Diaye")]).await;
    desk.confirm(&desk.manager, "contresigner", &[("name", "Zoé N’Guyen")]).await;
    let html = desk.opens(&desk.manager, &desk.page("").await).await;
    assert!(html.contains("Actif sous réserve") && html.contains("lever-reserve"));
    let own = desk.opens(&desk.owner, "/notre-agrement").await;
    assert!(own.contains("Signer la convention d’immersion") && own.contains("Actif sous réserve"));
    let number = desk.read().await["agreement"]["number"].as_str().unwrap().to_owned();
    let public = desk.opens(&desk.owner, &format!("/agrements/{number}")).await;
    assert!(public.contains("Agrément valide le") && public.contains(", sous réserves."), "{public}");
}

#[tokio::test]
async fn the_question_before_a_signature_says_who_signs_and_warns_of_another_name() {
    const OTHER: &str = "n’est pas celui qui est enregistré";
    let desk = Desk::new().await;
    desk.bring_to(S::Granted).await;
    let number = desk.read().await["agreement"]["number"].as_str().unwrap().to_owned();
    let (status, refused) = desk.send(&desk.owner, "signer", &[("name", "Toto Inconnu")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.contains("Indiquez en quelle qualité Toto Inconnu signe"), "{refused}");
    let other = [("name", "Toto Inconnu"), ("quality", "trésorier")];
    let (_, asked) = desk.send(&desk.owner, "signer", &other).await;
    for said in [
        "Toto Inconnu, trésorier, signe la convention pour Les Jardins du Morvan",
        "attend ensuite la signature de l’organisme certificateur",
        "message--ocre",
        OTHER,
        "Ulysse N’Diaye",
        number.as_str(),
    ] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    let same = [("name", "NDIAYE Ulysse")];
    let (_, asked) = desk.send(&desk.owner, "signer", &same).await;
    assert!(asked.contains("NDIAYE Ulysse, président, signe") && !asked.contains(OTHER), "{asked}");
    desk.confirm(&desk.owner, "signer", &same).await;
    let (_, asked) = desk.send(&desk.manager, "contresigner", &[("name", "Zoé N’Guyen")]).await;
    assert!(
        asked.contains(
            "Zoé N’Guyen, responsable de certification, signe la convention pour l’organisme certificateur"
        ),
        "{asked}"
    );
    assert!(asked.contains("passe à l’état «\u{202f}Actif\u{202f}»"), "{asked}");
    assert!(!asked.contains(OTHER), "the configuration of this test names nobody: {asked}");
}

#[tokio::test]
async fn anybody_checks_the_number_of_an_agreement() {
    let desk = Desk::new().await;
    desk.bring_to(S::Granted).await;
    let number = desk.read().await["agreement"]["number"].as_str().unwrap().to_owned();
    let path = format!("/agrements/{number}");
    let asked = desk.t.client.get(&path).send().await;
    assert_eq!(asked.0.status(), StatusCode::OK);
    let waiting = asked.0.into_body().into_string().await.unwrap();
    assert!(waiting.contains("Agrément non valide le"), "no signature yet: {waiting}");
    desk.confirm(&desk.owner, "signer", &[("name", "Ulysse N’Diaye")]).await;
    desk.confirm(&desk.manager, "contresigner", &[("name", "Zoé N’Guyen")]).await;
    let asked = desk.t.client.get(&path).send().await;
    assert_eq!(asked.0.status(), StatusCode::OK);
    let html = asked.0.into_body().into_string().await.unwrap();
    assert!(html.contains("Agrément valide le") && html.contains("Les Jardins du Morvan"), "{html}");
    assert!(!html.contains("N’Diaye") && !html.contains("N’Guyen"), "nobody is named");
    for person in [&desk.owner, &desk.manager, &desk.stranger] {
        assert!(desk.opens(person, &path).await.contains("Agrément valide le"));
    }
    let unknown = desk.t.client.get("/agrements/AGT-1999-0001").send().await;
    assert_eq!(unknown.0.status(), StatusCode::NOT_FOUND);
    let html = unknown.0.into_body().into_string().await.unwrap();
    assert!(html.contains("Ce numéro ne correspond à aucun agrément"));
    let file = desk.t.client.get(desk.page("").await).send().await;
    assert_eq!(file.0.status(), StatusCode::SEE_OTHER, "a request still asks for an account");
}

#[tokio::test]
async fn a_refusal_needs_its_reasons_and_opens_an_appeal_settled_by_someone_else() {
    let desk = Desk::new().await;
    desk.bring_to(S::InCommittee).await;
    let (status, html) = desk.send(&desk.manager, "decision", &[("outcome", "refuser"), ("text", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"decision-text-err\""), "{html}");
    desk.confirm(&desk.manager, "decision", &[("outcome", "refuser"), ("text", "Aucun livret")]).await;
    desk.confirm(&desk.owner, "recours", &[("text", "Les livrets existent")]).await;
    let decider = desk.opens(&desk.manager, &desk.page("").await).await;
    assert!(!decider.contains("reponse-recours"), "who decided does not settle");
    let answer = [("outcome", "upheld"), ("reasons", "Livrets non datés")];
    desk.confirm(&desk.other_manager, "reponse-recours", &answer).await;
    desk.is_now(S::RefusedFinal).await;
}

#[tokio::test]
async fn the_sending_that_a_device_named_is_named_back_once_it_is_accepted() {
    let desk = Desk::new().await;
    desk.bring_to(S::VisitScheduled).await;
    let path = desk.page("/visite").await;
    let mut fields = vec![("domaine", "A"), ("score/A1", "conforming"), ("envoi", "1700000000123")];
    let (_, next, _) = desk.t.submit(&desk.expert, &path, &fields).await;
    let address = next.strip_suffix("#domaine").expect("the domain that follows comes into view");
    assert!(address.ends_with("&envoi=1700000000123"), "{next}");
    let html = desk.opens(&desk.expert, address).await;
    assert!(html.contains("data-kept=\"1700000000123\""), "{html}");
    fields.push(("score/A2", "major"));
    let (status, html) = desk.send(&desk.expert, "visite", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!html.contains("data-kept"), "a refusal names nothing: {html}");
    for wrong in ["", "x&domaine=fin"] {
        fields[2] = ("envoi", wrong);
        let (_, next, _) = desk.t.submit(&desk.expert, &path, &fields[..3]).await;
        assert!(!next.contains("envoi"), "{next}");
    }
}

#[tokio::test]
async fn a_grid_is_saved_domain_by_domain_and_a_gap_without_evidence_comes_back() {
    let desk = Desk::new().await;
    desk.bring_to(S::VisitScheduled).await;
    let fields = [("domaine", "A"), ("score/A1", "conforming"), ("score/A2", "major")];
    let (status, html) = desk.send(&desk.expert, "visite", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"champ-evidence-A2-err\""));
    let mut fields = fields.to_vec();
    fields.push(("evidence/A2", "Lettre de 2023"));
    let (status, _) = desk.send(&desk.expert, "visite", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let html = desk.opens(&desk.expert, &desk.page("/visite?domaine=A").await).await;
    assert!(html.contains("Lettre de 2023"));
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing_and_a_strange_verb_is_no_page() {
    let desk = Desk::new().await;
    desk.bring_to(S::Submitted).await;
    let path = desk.page("/retirer").await;
    let fields = [("confirme", "oui"), ("csrf", "autre")];
    let answer = desk.t.client.post(path).header("cookie", &desk.owner.cookie).form(&fields).send().await;
    answer.assert_status(StatusCode::FORBIDDEN);
    desk.is_now(S::Submitted).await;
    assert_eq!(desk.send(&desk.owner, "effacer", &[]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.send(&desk.owner, "completer", &[]).await.0, StatusCode::FORBIDDEN);
    assert_eq!(desk.send(&desk.stranger, "retirer", &[("confirme", "oui")]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_committee_is_planned_once_a_day_and_lists_what_each_file_misses() {
    let desk = Desk::new().await;
    desk.bring_to(S::OpinionGiven).await;
    let day = (desk.today() + Duration::days(12)).to_string();
    let fields = [("meets_on", day.as_str()), ("place", "Salle Verlaine"), ("zone", "Europe/Paris")];
    let (status, path, _) = desk.t.submit(&desk.officer, "/commissions", &fields).await;
    assert_eq!((status, path), (StatusCode::SEE_OTHER, format!("/commissions/{day}")));
    let (status, _, html) = desk.t.submit(&desk.officer, "/commissions", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Une commission est déjà prévue") && html.contains("Salle Verlaine"));
    let html = desk.opens(&desk.officer, &format!("/commissions/{day}")).await;
    assert!(html.contains(&desk.page("/inscrire").await));
}

#[tokio::test]
async fn a_visit_is_closed_with_the_persons_met_unless_the_control_was_refused() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.t.advance(Duration::days(21));
    let grid = json!({ "scores": conforming() });
    assert_eq!(desk.act(&desk.expert, "scores", &grid).await.status, StatusCode::OK);
    let (status, html) = desk.send(&desk.expert, "enregistrer-visite", &[("persons_met", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Indiquez les personnes rencontrées"), "{html}");
    let empty = desk.act(&desk.expert, "record-visit", &json!({})).await;
    assert_eq!(empty.body["errors"][0]["pointer"], "/persons_met", "{empty:?}");
    desk.is_now(S::VisitScheduled).await;
    let refused = desk.act(&desk.expert, "record-visit", &json!({ "refused": true })).await;
    assert_eq!(refused.status, StatusCode::OK, "{refused:?}");
}

#[tokio::test]
async fn what_is_awaited_is_said_to_the_person_who_must_do_it() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let path = desk.page("").await;
    let offered = desk.opens(&desk.expert, &path).await;
    assert!(offered.contains("Cette visite vous est proposée") && !offered.contains("à fixer avec"));
    let followed = desk.opens(&desk.officer, &path).await;
    assert!(followed.contains("à fixer avec") && !followed.contains("vous est proposée"));

    let desk = Desk::new().await;
    desk.reach(S::Adversarial).await;
    let path = desk.page("").await;
    let own = desk.opens(&desk.owner, &path).await;
    assert!(own.contains("Vous pouvez répondre au rapport jusqu’au") && !own.contains("La structure peut"));
    let followed = desk.opens(&desk.officer, &path).await;
    assert!(followed.contains("La structure peut répondre au rapport jusqu’au"));
}
