//! The figures of juries: counted from the sessions, small numbers hidden, each number of juries opening its list.

use entity::account_role::Role;
use entity::candidate::{self, JuryDecision, Leaving};
use entity::candidate_appeal::{self, AppealOutcome};
use entity::certificate::{self, CertificateKind, CertificateState};
use entity::ids::{CandidateId, CertificateId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryState};
use entity::{certification_version, structure};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};

use crate::panels::desk;
use crate::support::{Person, TestApp};

/// What becomes of each candidate of a jury.
type Fates = [(Presence, Option<JuryDecision>, usize)];

/// What is delivered for a passage: of each kind, the states of those that take the place of one another.
type Delivered = [(CertificateKind, &'static [CertificateState])];

struct Scene {
    t: TestApp,
    version: certification_version::Model,
    manager: Person,
    candidates: i32,
}

impl Scene {
    async fn new() -> Self {
        let t = TestApp::new().await;
        let version = t.certification_version("CQP_SP").await;
        let manager = t.person(Role::Manager).await;
        Self { t, version, manager, candidates: 0 }
    }

    /// A jury in a state, asked for sixty days before and told twenty days after; the keys of its candidates.
    async fn jury(
        &mut self,
        structure: &structure::Model,
        at: OffsetDateTime,
        state: JuryState,
        fates: &Fates,
    ) -> Vec<CandidateId> {
        let db = self.t.app.db.bookkeeping();
        let mut session = desk::session(&self.t, structure, &self.version, at).await;
        session.state = state;
        session.requested_at = (at - Duration::days(60)).into();
        session.closed_at = (state == JuryState::Closed).then(|| (at + Duration::days(20)).into());
        let row = session.clone().into_active_model().reset_all();
        jury_session::Entity::update(row).exec(db).await.unwrap();
        let mut people = Vec::new();
        for (presence, decision, count) in fates {
            for _ in 0..*count {
                self.candidates += 1;
                let id = desk::candidate(&self.t, &session, self.candidates).await;
                jury_passage::Entity::update_many()
                    .col_expr(jury_passage::Column::Presence, Expr::value(*presence))
                    .col_expr(jury_passage::Column::Decision, Expr::value(*decision))
                    .col_expr(jury_passage::Column::Live, Expr::value(false))
                    .filter(jury_passage::Column::CandidateId.eq(id))
                    .exec(db)
                    .await
                    .unwrap();
                people.push(id);
            }
        }
        people
    }

    async fn passage(&self, candidate: CandidateId) -> jury_passage::Model {
        let found = jury_passage::Entity::find().filter(jury_passage::Column::CandidateId.eq(candidate));
        found.one(self.t.app.db.bookkeeping()).await.unwrap().unwrap()
    }

    /// What was delivered for a passage, each taking the place of the one before.
    async fn delivered(
        &self,
        passage: &jury_passage::Model,
        kind: CertificateKind,
        states: &[CertificateState],
    ) {
        let mut before = None;
        for state in states {
            let id: CertificateId = self.t.app.new_id().into();
            let row = certificate::Model {
                id,
                number: id.to_string(),
                kind,
                candidate_id: Some(passage.candidate_id),
                passage_id: Some(passage.id),
                session_id: Some(passage.session_id),
                batch_id: None,
                certification_id: self.version.certification_id,
                certification_version_id: self.version.id,
                structure_id: None,
                state: *state,
                holder_name: "Fatoumata Essai".to_owned(),
                initials: "F. E.".to_owned(),
                content: "{}".to_owned(),
                content_hash: vec![0; 32],
                signature: vec![0; 64],
                key_id: "essai".to_owned(),
                decided_on: date!(2025 - 03 - 04),
                delivered_on: date!(2025 - 03 - 24),
                document_id: None,
                supersedes_id: before,
                public: false,
                badge_index: None,
                external_ref: None,
                created_at: self.t.app.now().into(),
                version: 1,
                search: String::new(),
            };
            before = Some(id);
            let insert = certificate::Entity::insert(row.into_active_model().reset_all());
            insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
        }
    }

    /// An appeal about a passage, answered.
    async fn appeal(&self, passage: &jury_passage::Model, outcome: AppealOutcome) {
        let row = candidate_appeal::Model {
            id: self.t.app.new_id().into(),
            passage_id: passage.id,
            candidate_id: passage.candidate_id,
            grounds: "Un membre du jury avait formé la personne.".to_owned(),
            lodged_at: self.t.app.now().into(),
            acknowledged_at: None,
            answer_due_at: self.t.app.now().into(),
            outcome: Some(outcome),
            answer: Some("Le passage est revu.".to_owned()),
            settled_by: None,
            settled_at: Some(self.t.app.now().into()),
        };
        let insert = candidate_appeal::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
    }

    async fn figures(&self, query: &str) -> Value {
        let answer = self.t.get(&self.manager, &format!("/activity/juries{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.body
    }
}

fn line<'a>(body: &'a Value, name: &str) -> &'a Value {
    let items = body["items"].as_array().unwrap();
    items.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name} in {body}"))
}

const PRESENT: Presence = Presence::Present;

#[tokio::test]
async fn juries_are_counted_in_the_year_in_which_they_were_held_and_open_their_list() {
    let mut s = Scene::new().await;
    let place = s.t.structure("Les Jardins du Morvan").await;
    let fates = [(PRESENT, Some(JuryDecision::Total), 1)];
    // In Paris, the first is of 2024 and the second of 2025.
    for (at, state) in [
        (datetime!(2024-12-31 22:30 UTC), JuryState::Closed),
        (datetime!(2024-12-31 23:30 UTC), JuryState::Validated),
        (datetime!(2025-03-04 08:00 UTC), JuryState::Closed),
        (datetime!(2025-03-05 08:01 UTC), JuryState::Signed),
        (datetime!(2025-03-06 08:02 UTC), JuryState::NoQuorum),
    ] {
        s.jury(&place, at, state, &fates).await;
    }
    let activity = s.t.get(&s.manager, "/activity").await.body;
    let own = &activity["items"][0];
    assert_eq!(own["measure"], "jury_sessions_cqp_sp");
    assert_eq!(own["figures"][0], json!({ "year": 2024, "value": 1, "live": true }));
    assert_eq!(own["figures"][1], json!({ "year": 2025, "value": 2, "live": true }));
    let list = s.t.get(&s.manager, "/jury-sessions?held_in=2025&certification=CQP_SP").await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 2, "{list:?}");
    let (_, home) = s.t.open(&s.manager, "/accueil").await;
    let behind = "/jurys?annee=2025&#38;certification=CQP_SP";
    let other = "/jurys?annee=2025&amp;certification=CQP_SP";
    assert!(home.contains(behind) || home.contains(other), "{home}");
    let (status, page) = s.t.open(&s.manager, "/jurys?annee=2025&certification=CQP_SP").await;
    assert_eq!((status, page.matches("href=\"/jurys/JUR-").count()), (StatusCode::OK, 2), "{page}");
    let (_, every) = s.t.open(&s.manager, "/jurys?annee=toutes").await;
    assert_eq!(every.matches("href=\"/jurys/JUR-").count(), 3, "{every}");
    let years = s.figures("").await;
    assert_eq!((&line(&years, "2025")["juries"], &years["whole"]["juries"]), (&json!(2), &json!(3)));
}

#[tokio::test]
async fn an_imported_year_stays_what_it_was() {
    let mut s = Scene::new().await;
    let place = s.t.structure("Les Jardins du Morvan").await;
    s.jury(&place, datetime!(2024-03-04 08:00 UTC), JuryState::Closed, &[]).await;
    let file = "Année;Acte;Nombre\n2024;jury_sessions_cqp_sp;113\n";
    let sent = s.t.upload(&s.manager, "/activity/import", "a.csv", file.into(), &[]).await;
    assert_eq!(sent.status, StatusCode::OK, "{sent:?}");
    let activity = s.t.get(&s.manager, "/activity").await.body;
    assert_eq!(activity["items"][0]["figures"][0], json!({ "year": 2024, "value": 113, "live": false }));
    assert_eq!(activity["items"][0]["figures"][1], json!({ "year": 2025, "value": 0, "live": true }));
}

#[tokio::test]
async fn rates_leave_out_excuses_and_jobs_and_delays_are_medians() {
    let mut s = Scene::new().await;
    let place = s.t.structure("Les Jardins du Morvan").await;
    let at = datetime!(2025-03-04 08:00 UTC);
    let fates = [
        (PRESENT, Some(JuryDecision::Total), 12),
        (PRESENT, Some(JuryDecision::Partial), 6),
        (PRESENT, Some(JuryDecision::Refused), 6),
        (Presence::Absent, Some(JuryDecision::Absent), 12),
        (Presence::AbsentExcused, Some(JuryDecision::AbsentExcused), 5),
    ];
    let people = s.jury(&place, at, JuryState::Closed, &fates).await;
    candidate::Entity::update_many()
        .col_expr(candidate::Column::Leaving, Expr::value(Leaving::Work))
        .filter(candidate::Column::Id.is_in(people[24..30].iter().copied()))
        .exec(s.t.app.db.bookkeeping())
        .await
        .unwrap();
    let body = s.figures("?by=region&year=2025").await;
    let whole = &body["whole"];
    for (field, expected) in [
        ("juries", 1),
        ("expected", 30),
        ("present", 24),
        ("absent", 6),
        ("excused", 5),
        ("left_for_work", 6),
        ("total", 12),
        ("partial", 6),
        ("refused", 6),
        ("adjourned", 0),
        ("presentation_permille", 800),
        ("success_permille", 500),
        ("days_request_to_jury", 60),
        ("days_jury_to_notification", 20),
    ] {
        assert_eq!(whole[field], expected, "{field}: {whole}");
    }
    assert_eq!(whole["days_jury_to_certificate"], Value::Null);
    assert_eq!(line(&body, "Bourgogne-Franche-Comté")["present"], 24);
}

#[tokio::test]
async fn small_numbers_are_hidden_as_the_setting_says() {
    let mut s = Scene::new().await;
    let small = s.t.structure("Les Jardins du Morvan").await;
    let large = s.t.structure("Atelier de la Loire").await;
    let few = [(PRESENT, Some(JuryDecision::Total), 3)];
    let many = [(PRESENT, Some(JuryDecision::Total), 9), (PRESENT, Some(JuryDecision::Refused), 6)];
    s.jury(&small, datetime!(2025-03-04 08:00 UTC), JuryState::Closed, &few).await;
    s.jury(&large, datetime!(2025-03-05 08:01 UTC), JuryState::Closed, &many).await;
    let body = s.figures("?by=structure").await;
    assert_eq!(body["smallest_cell"], 5);
    for name in ["Les Jardins du Morvan", "Atelier de la Loire"] {
        assert_eq!(line(&body, name)["present"], Value::Null, "the sum would give it back: {body}");
        assert_eq!(line(&body, name)["juries"], 1);
        assert_eq!(line(&body, name)["success_permille"], Value::Null);
    }
    assert_eq!(body["whole"]["present"], 18);
    let (_, page) = s.t.open(&s.manager, "/statistiques/jurys?par=structure").await;
    assert!(page.contains("<span class=\"vh\">masqué</span>"), "{page}");
    let answer = s.t.get(&s.manager, "/settings/figures.rules").await;
    assert_eq!(answer.body["value"]["smallest_cell"], 5, "{answer:?}");
    let change = json!({ "value": { "smallest_cell": 1 } });
    let changed = s.t.patch(&s.manager, "/settings/figures.rules", Some(0), &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    let body = s.figures("?by=structure").await;
    assert_eq!(line(&body, "Les Jardins du Morvan")["present"], 3);
}

#[tokio::test]
async fn the_figures_are_for_the_team_and_auditors_and_their_file_is_journaled() {
    let mut s = Scene::new().await;
    let place = s.t.structure("Les Jardins du Morvan").await;
    let fates = [(PRESENT, Some(JuryDecision::Total), 7), (PRESENT, Some(JuryDecision::Partial), 2)];
    s.jury(&place, datetime!(2025-03-04 08:00 UTC), JuryState::Closed, &fates).await;
    for (role, expected) in [
        (Role::Admin, StatusCode::OK),
        (Role::Officer, StatusCode::OK),
        (Role::Auditor, StatusCode::OK),
        (Role::Structure, StatusCode::NOT_FOUND),
        (Role::Expert, StatusCode::NOT_FOUND),
        (Role::Trainee, StatusCode::NOT_FOUND),
    ] {
        let person = s.t.person(role).await;
        assert_eq!(s.t.get(&person, "/activity/juries").await.status, expected, "{role}");
        assert_eq!(s.t.open(&person, "/statistiques/jurys").await.0, expected, "{role}");
    }
    s.t.effects().await;
    let (status, file) = s.t.open(&s.manager, "/statistiques/jurys.csv?annee=2025").await;
    assert_eq!(status, StatusCode::OK);
    assert!(file.contains("1er trimestre 2025;1;9;9;0;0;0;masqué;masqué;masqué;masqué;60;20;"), "{file}");
    assert_eq!(s.t.effects().await.events, ["jury_figures.exported"]);
    let (_, blank) = s.t.open(&s.manager, "/statistiques/jurys?annee=1999").await;
    assert!(blank.contains("Aucun jury validé"), "{blank}");
}

#[tokio::test]
async fn what_was_revoked_is_no_success_and_what_an_appeal_annulled_is_not_counted() {
    use CertificateKind::{Blocs, Full};
    use CertificateState::{Revoked, Superseded, Suspended, Valid};
    use JuryDecision as D;
    let mut s = Scene::new().await;
    let place = s.t.structure("Les Jardins du Morvan").await;
    let change = json!({ "value": { "smallest_cell": 1 } });
    assert_eq!(
        s.t.patch(&s.manager, "/settings/figures.rules", Some(0), &change).await.status,
        StatusCode::OK
    );
    // Decision, what was delivered for it, the answer to an appeal; then present, total, partial, refused, adjourned.
    let cases: [(D, &Delivered, Option<AppealOutcome>, [u32; 5]); 13] = [
        (D::Total, &[], None, [1, 1, 0, 0, 0]),
        (D::Total, &[(Full, &[Valid])], None, [1, 1, 0, 0, 0]),
        (D::Total, &[(Full, &[Suspended])], None, [1, 1, 0, 0, 0]),
        (D::Total, &[(Full, &[Superseded, Valid])], None, [1, 1, 0, 0, 0]),
        (D::Total, &[(Full, &[Revoked])], None, [1, 0, 0, 1, 0]),
        (D::Total, &[(Full, &[Superseded, Revoked])], None, [1, 0, 0, 1, 0]),
        (D::Partial, &[(Blocs, &[Valid])], None, [1, 0, 1, 0, 0]),
        (D::Partial, &[(Blocs, &[Revoked])], None, [1, 0, 0, 1, 0]),
        // The certificate was revoked before the same jury corrected its decision.
        (
            D::Partial,
            &[(Full, &[Revoked]), (Blocs, &[Valid])],
            Some(AppealOutcome::Corrected),
            [1, 0, 1, 0, 0],
        ),
        (D::Total, &[(Full, &[Valid]), (Blocs, &[Revoked])], Some(AppealOutcome::Corrected), [1, 1, 0, 0, 0]),
        (D::Total, &[(Full, &[Valid])], Some(AppealOutcome::Upheld), [1, 1, 0, 0, 0]),
        (D::Adjourned, &[(Full, &[Revoked])], Some(AppealOutcome::Annulled), [0, 0, 0, 0, 0]),
        (D::Total, &[(Full, &[Revoked])], Some(AppealOutcome::Annulled), [0, 0, 0, 0, 0]),
    ];
    for (year, (decision, delivered, appeal, expected)) in (2001..).zip(cases) {
        // The number of a session comes from its instant: the seconds keep them apart.
        let day = datetime!(2025-03-04 08:00 UTC).replace_year(year).unwrap();
        let at = day + Duration::seconds(year.into());
        let people = s.jury(&place, at, JuryState::Closed, &[(PRESENT, Some(decision), 1)]).await;
        let passage = s.passage(people[0]).await;
        for (kind, states) in delivered {
            s.delivered(&passage, *kind, states).await;
        }
        if let Some(outcome) = appeal {
            s.appeal(&passage, outcome).await;
        }
        let body = s.figures(&format!("?year={year}")).await;
        let whole = &body["whole"];
        let told = ["present", "total", "partial", "refused", "adjourned"].map(|field| &whole[field]);
        assert_eq!(json!(told), json!(expected), "{decision} {delivered:?} {appeal:?}: {whole}");
        assert_eq!(whole["juries"], 1, "the jury was held");
    }
}
