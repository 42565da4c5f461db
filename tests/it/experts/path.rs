//! The path to an habilitation, step by step.

use entity::account_role::Role;
use entity::habilitation::Duty;
use entity::{expert, habilitation_step};
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use time::Duration;
use time::macros::datetime;

use crate::support::{Answer, Person, TestApp};

/// Someone on the way, who accompanies, and the manager.
pub struct Way {
    pub t: TestApp,
    pub manager: Person,
    pub expert: expert::Model,
    pub person: Person,
    pub senior: expert::Model,
    pub id: String,
}

impl Way {
    /// An application to this duty.
    pub async fn applied(duty: &str) -> Self {
        let t = TestApp::new().await;
        let manager = t.person(Role::Manager).await;
        let expert = t.expert("Abel").await;
        let senior = t.expert("Zéphyr").await;
        t.habilitate(senior.id, Duty::from_word(duty).unwrap(), None, &[]).await;
        let person = t.of_expert(expert.id).await;
        for code in ["cv", "certificate", "employer_letter"] {
            let answer =
                t.post(&person, &format!("/experts/{}/pieces", expert.id), &json!({ "code": code })).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        }
        let body = json!({ "expert_id": expert.id, "duty": duty, "motivation": "Cinq ans d’encadrement" });
        let answer = t.post(&person, "/habilitations", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        let id = answer.body["habilitation"]["id"].as_str().unwrap().to_owned();
        Self { t, manager, expert, person, senior, id }
    }

    pub async fn act(&self, person: &Person, verb: &str, body: &Value) -> Answer {
        self.t.post(person, &format!("/habilitations/{}/{verb}", self.id), body).await
    }

    pub async fn done(&self, person: &Person, verb: &str, body: &Value) -> Answer {
        let answer = self.act(person, verb, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{verb} {answer:?}");
        answer
    }

    pub fn day(&self, days: i64) -> String {
        (self.t.app.today() + Duration::days(days)).to_string()
    }

    pub async fn admitted(&self) {
        let body = json!({ "interview_on": self.day(0), "senior_id": self.senior.id, "action_plan": "Observer deux jurys" });
        self.done(&self.manager, "admit", &body).await;
    }

    pub async fn step(&self, kind: &str) {
        let body = json!({ "kind": kind, "done_on": self.day(0), "place": "Nevers", "sheet": "Cadre posé, écoute réelle." });
        self.done(&self.manager, "steps", &body).await;
    }

    pub async fn trained(&self) {
        self.admitted().await;
        for kind in ["theory", "observation", "observation", "supervised", "accompaniment"] {
            self.step(kind).await;
        }
    }

    pub fn jury(&self) -> Value {
        let member = |name: &str, quality: &str| json!({ "name": name, "quality": quality });
        json!({ "jury_on": self.day(0), "members": [member("Camille N.", "manager"), member("Zoé Z.", "senior"), member("Ariel E.", "external")] })
    }

    pub async fn presented(&self) {
        self.trained().await;
        self.done(&self.manager, "present", &self.jury()).await;
    }

    pub async fn signed(&self) {
        self.done(&self.person, "sign-charter", &Value::Null).await;
        let path = format!("/experts/{}/interest-declarations", self.expert.id);
        let answer = self.t.post(&self.person, &path, &json!({ "nothing": true })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    }

    pub async fn granted(&self) {
        self.presented().await;
        self.signed().await;
        let body = json!({ "verdict": "grant", "starts_on": self.day(0) });
        self.done(&self.manager, "decide", &body).await;
    }
}

#[tokio::test]
async fn someone_applies_is_trained_deferred_once_then_habilitated() {
    let way = Way::applied("mandataire").await;
    assert_eq!(way.t.effects().await.mails, ["habilitation-applied"]);
    let early = way.act(&way.manager, "present", &way.jury()).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "habilitation-wrong-state"));
    way.admitted().await;
    let senior = way.t.of_expert(way.senior.id).await;
    way.step("theory").await;
    way.step("observation").await;
    let lacks = way.act(&way.manager, "present", &way.jury()).await;
    assert_eq!(lacks.code(), "habilitation-path-incomplete");
    let blocking: Vec<_> =
        lacks.body["blocking"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(
        blocking,
        [
            "Fond de salle\u{202f}: jury observé sans voix, 1 sur 2",
            "Jury présidé avec une personne expérimentée, 0 sur 1",
            "Accompagnement individuel\u{202f}: entretien daté, 0 sur 1",
        ]
    );
    for kind in ["observation", "supervised", "accompaniment"] {
        let body = json!({ "kind": kind, "done_on": way.day(0), "sheet": "Conduite claire" });
        way.done(&senior, "steps", &body).await;
    }
    way.done(&way.manager, "present", &way.jury()).await;
    let unsigned =
        way.act(&way.manager, "decide", &json!({ "verdict": "grant", "starts_on": way.day(0) })).await;
    assert_eq!(unsigned.code(), "habilitation-not-signed");
    way.t.effects().await;
    let nothing =
        way.act(&way.manager, "decide", &json!({ "verdict": "defer", "text": "Délibération" })).await;
    assert_eq!(nothing.pointers(), ["/redo"]);
    let empty = way.act(&way.manager, "decide", &json!({ "verdict": "defer" })).await;
    assert_eq!(empty.pointers(), ["/reason", "/redo"]);
    let defer = json!({ "verdict": "defer", "text": "Délibération à consolider", "redo": ["supervised"] });
    let deferred = way.done(&way.manager, "decide", &defer).await;
    assert_eq!(deferred.body["habilitation"]["state"], "in_training");
    assert_eq!(way.t.effects().await.mails, ["habilitation-deferred", "habilitation-accompaniment"]);
    let again = way.act(&way.manager, "present", &way.jury()).await;
    assert_eq!(
        again.body["blocking"][0],
        "Jury présidé avec une personne expérimentée, à refaire à la demande du jury"
    );
    way.t.advance(Duration::days(30));
    way.step("supervised").await;
    way.done(&way.manager, "present", &way.jury()).await;
    way.signed_later().await;
    let granted = way
        .done(
            &way.manager,
            "decide",
            &json!({ "verdict": "grant", "starts_on": way.day(0), "text": "Un tutorat de six mois" }),
        )
        .await;
    let file = &granted.body["habilitation"];
    assert_eq!(
        (&file["state"], &file["starts_on"], &file["ends_on"]),
        (&json!("active"), &json!("2025-11-05"), &json!("2028-11-04"))
    );
    let mails = way.t.effects().await.mails;
    assert_eq!(mails, ["habilitation-presented", "habilitation-granted"]);
    let held = way
        .t
        .get(
            &way.manager,
            &format!("/rights?kind=habilitation&holder_kind=expert&holder_id={}", way.expert.id),
        )
        .await;
    assert_eq!(held.body["items"][0]["scope"], "mandataire|*");
}

impl Way {
    async fn signed_later(&self) {
        self.done(&self.person, "sign-charter", &Value::Null).await;
        let path = format!("/experts/{}/interest-declarations", self.expert.id);
        assert_eq!(self.t.post(&self.person, &path, &json!({ "nothing": true })).await.status, 201);
    }
}

#[tokio::test]
async fn a_training_is_logged_by_the_named_senior_or_the_manager_only() {
    let way = Way::applied("mandataire").await;
    way.admitted().await;
    let body = json!({ "kind": "theory", "done_on": way.day(0), "sheet": "Règlement lu" });
    let stranger = way.t.expert("Bérard").await;
    for (person, status) in [
        (way.t.of_expert(way.senior.id).await, StatusCode::OK),
        (way.t.of_expert(stranger.id).await, StatusCode::NOT_FOUND),
        (way.t.person(Role::Officer).await, StatusCode::FORBIDDEN),
        (way.t.person(Role::Trainee).await, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(way.act(&person, "steps", &body).await.status, status, "{:?}", person.actor.held);
    }
    let before = habilitation_step::Entity::find().count(way.t.app.db.read()).await.unwrap();
    let wrong = json!({ "kind": "co_animation", "done_on": way.day(1), "sheet": " " });
    let refused = way.act(&way.manager, "steps", &wrong).await;
    assert_eq!(refused.pointers(), ["/done_on", "/sheet", "/kind"]);
    assert_eq!(habilitation_step::Entity::find().count(way.t.app.db.read()).await.unwrap(), before);
}

#[tokio::test]
async fn an_application_is_refused_twice_for_one_duty_and_rejected_with_a_reason() {
    let way = Way::applied("epsp").await;
    let body = json!({ "expert_id": way.expert.id, "duty": "epsp", "motivation": "Encore" });
    let again = way.t.post(&way.person, "/habilitations", &body).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "habilitation-already-open"));
    assert_eq!(way.act(&way.manager, "reject", &json!({ "reason": " " })).await.pointers(), ["/reason"]);
    way.t.effects().await;
    let rejected = way.done(&way.manager, "reject", &json!({ "reason": "Expérience courte" })).await;
    assert_eq!(rejected.body["habilitation"]["state"], "refused");
    let effects = way.t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["habilitation.rejected".to_owned()], vec!["habilitation-rejected".to_owned()])
    );
    assert_eq!(way.t.post(&way.person, "/habilitations", &body).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_commission_is_never_one_person_and_refuses_with_a_reason() {
    let way = Way::applied("mandataire").await;
    way.trained().await;
    let alone = json!({ "jury_on": way.day(0), "members": [{ "name": "Camille N.", "quality": "manager" }] });
    assert_eq!(way.act(&way.manager, "present", &alone).await.pointers(), ["/members"]);
    way.done(&way.manager, "present", &way.jury()).await;
    let silent = way.act(&way.manager, "decide", &json!({ "verdict": "refuse" })).await;
    assert_eq!(silent.pointers(), ["/reason"]);
    let refused =
        way.done(&way.manager, "decide", &json!({ "verdict": "refuse", "text": "Impartialité" })).await;
    assert_eq!(refused.body["habilitation"]["state"], "refused");
}

#[tokio::test]
async fn nobody_sits_in_their_own_jury_and_nothing_is_decided_before_it() {
    let way = Way::applied("mandataire").await;
    way.trained().await;
    let stranger = way.t.expert("Bérard").await;
    let manager = json!({ "name": "Camille N.", "quality": "manager" });
    for (members, pointer) in [
        (json!([manager, { "quality": "senior", "expert_id": way.expert.id }]), "/members/1/expert_id"),
        (json!([manager, { "quality": "senior", "expert_id": stranger.id }]), "/members/1/expert_id"),
        (json!([manager, { "name": way.expert.name(), "quality": "external" }]), "/members/1/name"),
        (json!([manager, { "name": "camille N.", "quality": "external" }]), "/members"),
        // Somebody else typed beside would be left out without a word.
        (
            json!([manager, { "name": "Ariel E.", "quality": "senior", "expert_id": way.senior.id }]),
            "/members/1/name",
        ),
    ] {
        let body = json!({ "jury_on": way.day(0), "members": members });
        assert_eq!(way.act(&way.manager, "present", &body).await.pointers(), [pointer]);
    }
    let mut body = way.jury();
    body["jury_on"] = json!(way.day(-1));
    assert_eq!(
        way.act(&way.manager, "present", &body).await.pointers(),
        ["/jury_on"],
        "before the last step"
    );
    body["jury_on"] = json!(way.day(7));
    way.done(&way.manager, "present", &body).await;
    way.signed().await;
    let early =
        way.act(&way.manager, "decide", &json!({ "verdict": "grant", "starts_on": way.day(7) })).await;
    assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "habilitation-jury-to-come"));
    way.t.advance(Duration::days(7));
    let before = json!({ "verdict": "grant", "starts_on": way.day(-1) });
    assert_eq!(way.act(&way.manager, "decide", &before).await.pointers(), ["/starts_on"]);
    let endless = json!({ "verdict": "grant", "starts_on": way.day(0), "ends_on": way.day(4000) });
    assert_eq!(way.act(&way.manager, "decide", &endless).await.pointers(), ["/ends_on"]);
    way.done(&way.manager, "decide", &json!({ "verdict": "grant", "starts_on": way.day(0) })).await;
    let long = json!({ "waiver": "Congé maternité", "ends_on": way.day(4000) });
    assert_eq!(way.act(&way.manager, "renew", &long).await.pointers(), ["/ends_on"]);
}

#[tokio::test]
async fn an_habilitation_is_set_aside_and_given_back_from_today_at_the_earliest() {
    let way = Way::applied("mandataire").await;
    way.granted().await;
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    for (on, said) in [("2025-02-29", "id=\"suspendre-on-err\""), ("2025-10-05", "id=\"suspendre-on-err\"")] {
        let typed = [("acte", "suspendre"), ("on", on), ("reason", "Réunions manquées")];
        let (status, _, text) = way.t.submit(&way.manager, &page, &typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{on}");
        assert!(text.contains(said), "{text}");
    }
    let yesterday = json!({ "on": way.day(-1), "reason": "Réunions manquées" });
    assert_eq!(way.act(&way.manager, "suspend", &yesterday).await.pointers(), ["/on"]);
    way.done(&way.manager, "suspend", &json!({ "reason": "Réunions manquées" })).await;
    assert_eq!(way.act(&way.manager, "reinstate", &yesterday).await.pointers(), ["/on"]);
}

#[tokio::test]
async fn only_someone_habilitated_for_the_duty_accompanies() {
    let way = Way::applied("mandataire").await;
    let unqualified = way.t.expert("Bérard").await;
    let controller = way.t.controller("Corbin").await;
    let suspended = way.t.expert("Delmas").await;
    let file = way.t.habilitate(suspended.id, Duty::Mandataire, None, &[]).await;
    let reason = json!({ "reason": "Réunions manquées" });
    let answer = way.t.post(&way.manager, &format!("/habilitations/{}/suspend", file.id), &reason).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    for (senior, code) in [
        (way.expert.id, "unknown"),
        (unqualified.id, "not-habilitated"),
        (controller.id, "not-habilitated"),
        (suspended.id, "not-habilitated"),
    ] {
        let body = json!({ "interview_on": way.day(0), "senior_id": senior });
        let refused = way.act(&way.manager, "admit", &body).await;
        assert_eq!(refused.pointers(), ["/senior_id"], "{refused:?}");
        assert_eq!(refused.body["errors"][0]["code"], code, "{refused:?}");
    }
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, text) = way.t.open(&way.manager, &page).await;
    assert!(text.contains("Zéphyr") && !text.contains("Corbin") && !text.contains("Delmas"));

    // The pieces of the application, as the settings ask for them.
    let setting = json!({ "value": { "mandataire": ["cv", "vigilance"] } });
    let changed = way.t.patch(&way.manager, "/settings/experts.application_pieces", Some(0), &setting).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    let body = json!({ "interview_on": way.day(0), "senior_id": way.senior.id });
    let refused = way.act(&way.manager, "admit", &body).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "habilitation-pieces-missing"));
    assert_eq!(refused.body["blocking"], json!(["Attestation de vigilance"]));
    let read = way.t.get(&way.manager, &format!("/habilitations/{}", way.id)).await;
    let asked = json!([{ "code": "cv", "held": true }, { "code": "vigilance", "held": false }]);
    assert_eq!(read.body["application_pieces"], asked);
    assert!(way.t.open(&way.manager, &page).await.1.contains("Pièces de la candidature"));
    let own = format!("/experts/{}/pieces", way.expert.id);
    let ended = json!({ "code": "vigilance", "proof_on": "2025-01-01", "valid_until": "2025-06-30" });
    assert_eq!(way.t.post(&way.person, &own, &ended).await.status, StatusCode::CREATED);
    assert_eq!(
        way.act(&way.manager, "admit", &body).await.code(),
        "habilitation-pieces-missing",
        "out of date"
    );
    assert_eq!(
        way.t.post(&way.person, &own, &json!({ "code": "vigilance" })).await.status,
        StatusCode::CREATED
    );
    way.admitted().await;
}

#[tokio::test]
async fn whoever_is_no_longer_habilitated_does_not_accompany() {
    let way = Way::applied("mandataire").await;
    way.t.advance(Duration::days(731));
    let body = json!({ "interview_on": way.day(0), "senior_id": way.senior.id });
    let refused = way.act(&way.manager, "admit", &body).await;
    assert_eq!((refused.status, refused.pointers()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["/senior_id"]));
}

#[tokio::test]
async fn the_members_of_a_jury_are_invited_with_a_date_for_their_calendars() {
    let way = Way::applied("mandataire").await;
    way.trained().await;
    let body = json!({
        "jury_on": way.day(14),
        "jury_time": "14 h 30",
        "jury_place": "Nevers",
        "members": [
            { "name": "Camille N.", "quality": "manager", "email": "camille@certificateur.exemple" },
            { "quality": "senior", "expert_id": way.senior.id },
            { "name": "Ariel E.", "quality": "external" },
        ],
    });
    let mut wrong = body.clone();
    wrong["jury_time"] = json!("25:00");
    wrong["members"][0]["email"] = json!("camille@");
    let refused = way.act(&way.manager, "present", &wrong).await;
    assert_eq!(refused.pointers(), ["/jury_time", "/members/0/email", "/members"]);
    way.t.effects().await;
    way.done(&way.manager, "present", &body).await;
    let sent = ["habilitation-presented", "habilitation-jury-invited", "habilitation-jury-invited"];
    assert_eq!(way.t.effects().await.mails, sent);
    let mails = entity::mail::Entity::find().all(way.t.app.db.read()).await.unwrap();
    let invited: Vec<_> = mails.iter().filter(|mail| mail.template == "habilitation-jury-invited").collect();
    let mut to: Vec<_> = invited.iter().map(|mail| mail.recipient["to"].as_str().unwrap()).collect();
    to.sort_unstable();
    assert_eq!(to, ["address", "expert"]);
    for mail in invited {
        assert!(mail.body_text.contains("lundi 20 octobre 2025 à 14"), "{}", mail.body_text);
        let calendar = mail.calendar.as_deref().unwrap();
        assert!(calendar.contains("METHOD:REQUEST") && calendar.contains("T143000"), "{calendar}");
    }
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    assert!(way.t.open(&way.manager, &page).await.1.contains("Anne-Lise Zéphyr"));

    // One date in each calendar: it moves, then goes.
    let line = |calendar: &str, name: &str| {
        calendar.lines().find(|line| line.starts_with(name)).unwrap().trim_end().to_owned()
    };
    let presented = mails.iter().find(|mail| mail.template == "habilitation-presented").unwrap();
    let uid = line(presented.calendar.as_deref().unwrap(), "UID:");
    let same = json!({ "jury_on": way.day(14), "reason": "Erreur" });
    let refused = way.act(&way.manager, "move-jury", &same).await;
    assert_eq!(refused.code(), "habilitation-jury-same-date");
    let typed = [("acte", "deplacer-jury"), ("jury_on", "2025-11-03"), ("reason", "")];
    let (status, _, text) = way.t.submit(&way.manager, &page, &typed).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("id=\"deplacer-jury-reason-err\""), "{text}");
    way.t.effects().await;
    let later = json!({ "jury_on": "2025-11-03", "reason": "Une personne est empêchée" });
    way.done(&way.manager, "move-jury", &later).await;
    way.done(&way.manager, "cancel-jury", &json!({ "reason": "Dossier à compléter" })).await;
    let (moved, gone) = ("habilitation-jury-moved", "habilitation-jury-cancelled");
    assert_eq!(way.t.effects().await.mails, [moved, moved, moved, gone, gone, gone]);
    let mails = entity::mail::Entity::find().all(way.t.app.db.read()).await.unwrap();
    for (template, method, sequence) in
        [(moved, "METHOD:REQUEST", "SEQUENCE:1"), (gone, "METHOD:CANCEL", "SEQUENCE:2")]
    {
        for mail in mails.iter().filter(|mail| mail.template == template) {
            assert!(mail.body_text.contains("lundi 3 novembre 2025 à 14"), "{}", mail.body_text);
            let calendar = mail.calendar.as_deref().unwrap();
            assert_eq!(line(calendar, "UID:"), uid, "{calendar}");
            assert!(calendar.contains(method) && calendar.contains("20251103T143000"), "{calendar}");
            assert_eq!(line(calendar, "SEQUENCE:"), sequence, "{calendar}");
        }
    }
    let again = way.done(&way.manager, "present", &body).await;
    assert_eq!(again.body["habilitation"]["state"], "presented");
}

#[tokio::test]
async fn the_days_of_a_file_are_those_of_where_the_person_lives_and_nothing_of_today_is_to_come() {
    let way = Way::applied("mandataire").await;
    let path = format!("/experts/{}", way.expert.id);
    let moved = way.t.patch(&way.manager, &path, None, &json!({ "department": "973" })).await;
    assert_eq!(moved.status, StatusCode::PRECONDITION_REQUIRED);
    let version = way.t.get(&way.manager, &path).await.body["version"].as_i64().unwrap();
    let version = i32::try_from(version).unwrap();
    let moved = way.t.patch(&way.manager, &path, Some(version), &json!({ "department": "973" })).await;
    assert_eq!(moved.status, StatusCode::OK, "{moved:?}");
    // Three in the morning on the 7th in Paris, ten in the evening on the 6th in Cayenne.
    way.t.set_now(datetime!(2025-10-07 01:00 UTC));
    let body = json!({ "interview_on": "2025-10-07", "senior_id": way.senior.id, "action_plan": "Observer deux jurys" });
    way.done(&way.manager, "admit", &body).await;
    let late = json!({ "kind": "theory", "done_on": "2025-10-08", "sheet": "Cadre posé" });
    assert_eq!(way.act(&way.manager, "steps", &late).await.pointers(), ["/done_on"]);
    way.done(&way.person, "sign-charter", &Value::Null).await;
    let page = format!("/intervenants/{}/habilitations/{}", way.expert.number, way.id);
    let (_, text) = way.t.open(&way.manager, &page).await;
    assert!(text.contains("signée le 6 octobre 2025"), "{text}");
}
