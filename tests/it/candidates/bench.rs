//! A structure that holds an agreement, its people, and candidates.

use entity::access_route::Way;
use entity::account_role::Role;
use entity::candidate::{self, CandidateState, Contract, IdentityDocument};
use entity::dated_right::{self, HolderKind, RightKind, RightState, SourceKind};
use entity::ids::SkillId;
use entity::referential::ReferentialState;
use entity::{certification_version, mail, referential, site, skill, structure};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use crate::agreements::desk::PDF;
use crate::support::{Answer, Person, TestApp};

/// A structure that holds an agreement on its site, another one that does not, and the team.
pub struct Bench {
    pub t: TestApp,
    pub version: certification_version::Model,
    pub structure: structure::Model,
    pub owner: Person,
    pub other: structure::Model,
    pub stranger: Person,
    pub officer: Person,
    pub manager: Person,
}

impl Bench {
    pub async fn new() -> Self {
        let t = TestApp::new().await;
        let version = t.certification_version("CQP_SP").await;
        let structure = t.structure("Les Jardins du Morvan").await;
        let other = t.structure("Recyclerie des Amognes").await;
        agree(&t, &structure, &version).await;
        Self {
            owner: t.of_structure(structure.id).await,
            stranger: t.of_structure(other.id).await,
            officer: t.person(Role::Officer).await,
            manager: t.person(Role::Manager).await,
            version,
            structure,
            other,
            t,
        }
    }

    /// Somebody to enrol, whose civil status is complete.
    pub fn somebody(&self) -> Value {
        json!({
            "structure_id": self.structure.id,
            "certification_version_id": self.version.id,
            "way": "fc",
            "civil_status": {
                "birth_name": "N’Guyen-d’Arc",
                "first_names": ["Anne Lise", "Zoé"],
                "sex": "F",
                "birth_date": "1985-05-12",
                "birth_commune": "97611",
            },
            "identity": { "document": "passport", "seen_on": self.t.app.today().to_string() },
            "contact": { "email": "zoe@candidats.exemple", "contract": "cddi", "referent": "Maëlys Kerzoncuf" },
        })
    }

    /// Enrols somebody; the path of their file.
    pub async fn enrol(&self, body: &Value) -> String {
        let answer = self.t.post(&self.owner, "/candidates", body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        format!("/candidates/{}", answer.body["id"].as_str().unwrap())
    }

    pub async fn act(&self, person: &Person, path: &str, verb: &str, body: &Value) -> Answer {
        self.t.post(person, &format!("{path}/{verb}"), body).await
    }

    /// Adds a piece; must succeed.
    pub async fn piece(&self, path: &str, kind: &str) -> Answer {
        let fields = [("kind", kind)];
        let answer =
            self.t.upload(&self.owner, &format!("{path}/pieces"), "piece.pdf", PDF.to_vec(), &fields).await;
        assert_eq!(answer.status, 200, "{kind} {answer:?}");
        answer
    }

    /// Brings a new candidate on the path.
    pub async fn on_path(&self, body: &Value) -> String {
        let path = self.enrol(body).await;
        self.piece(&path, "positioning_sheet").await;
        let answer = self.act(&self.owner, &path, "record-positioning", &json!({ "results": [] })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let day = self.t.app.today().to_string();
        let answer = self.act(&self.owner, &path, "start-path", &json!({ "starts_on": day })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        path
    }

    /// Brings a new candidate to where they may sit.
    pub async fn admitted(&self, body: &Value) -> String {
        let path = self.on_path(body).await;
        self.piece(&path, "livret").await;
        let answer = self.t.post(&self.owner, &format!("{path}/submit-file"), &Value::Null).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = self.t.post(&self.officer, &format!("{path}/admit"), &Value::Null).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        path
    }

    /// Publishes a referential of two skills for the version, written directly; the keys of the skills.
    pub async fn publish(&self) -> [SkillId; 2] {
        let conn = self.t.app.db.bookkeeping();
        let now = self.t.app.now();
        let row = referential::Model {
            id: self.t.app.new_id().into(),
            certification_version_id: self.version.id,
            revision: 1,
            state: ReferentialState::Published,
            families: String::new(),
            created_at: now.into(),
            published_at: Some(now.into()),
            version: 1,
        };
        let skill = |position: i32, code: &str| skill::Model {
            id: self.t.app.new_id().into(),
            referential_id: row.id,
            bloc_id: None,
            position,
            code: code.to_owned(),
            wording: format!("Préparer son poste {code}"),
            family: String::new(),
            criteria: String::new(),
        };
        let skills = [skill(0, "C1"), skill(1, "C2")];
        let ids = [skills[0].id, skills[1].id];
        let insert = referential::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(conn).await.unwrap();
        for skill in skills {
            let insert = skill::Entity::insert(skill.into_active_model().reset_all());
            insert.exec_without_returning(conn).await.unwrap();
        }
        ids
    }

    /// Brings a new candidate on the path of a published referential.
    pub async fn on_path_of(&self, skills: &[SkillId]) -> String {
        let path = self.enrol(&self.somebody()).await;
        self.piece(&path, "positioning_sheet").await;
        let result = |skill: &SkillId| json!({ "skill_id": skill, "result": "to_work_on" });
        let results: Vec<Value> = skills.iter().map(result).collect();
        let answer = self.act(&self.owner, &path, "record-positioning", &json!({ "results": results })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let day = self.t.app.today().to_string();
        let answer = self.act(&self.owner, &path, "start-path", &json!({ "starts_on": day })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        path
    }

    /// An observation of a skill, today.
    pub fn observation(&self, skill: SkillId) -> Value {
        json!({
            "skill_id": skill,
            "observed_on": self.t.app.today().to_string(),
            "situation": "Taille de la haie du jardin d’essai",
            "assessor": "Maëlys Kerzoncuf",
            "result": "acquired",
            "candidate_comment": "Je sais le refaire seule",
        })
    }

    /// The mails of a template, oldest first.
    pub async fn mails(&self, template: &str) -> Vec<mail::Model> {
        mail::Entity::find()
            .filter(mail::Column::Template.eq(template))
            .order_by_asc(mail::Column::Id)
            .all(self.t.app.db.read())
            .await
            .unwrap()
    }
}

/// Gives the site of a structure an agreement for a version, from a month ago to three years from now.
pub async fn agree(t: &TestApp, structure: &structure::Model, version: &certification_version::Model) {
    let conn = t.app.db.bookkeeping();
    let site = site::Entity::find().filter(site::Column::StructureId.eq(structure.id));
    let site = site.one(conn).await.unwrap().unwrap();
    let today = t.app.today();
    let row = dated_right::Model {
        id: t.app.new_id().into(),
        holder_kind: HolderKind::Site,
        holder_id: site.id.0,
        kind: RightKind::Agreement,
        scope: format!("{}|train_and_organise", version.id),
        reference: "AGT-2025-0001".to_owned(),
        starts_on: today - Duration::days(30),
        ends_on: Some(today + Duration::days(1000)),
        grace_until: None,
        state: RightState::InForce,
        source_kind: SourceKind::Agreement,
        source_id: t.app.new_id(),
        alerted: None,
        created_at: t.app.now().into(),
        version: 1,
    };
    let insert = dated_right::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(conn).await.unwrap();
}

/// Somebody enrolled in a structure, written directly.
pub async fn row(
    t: &TestApp,
    structure: &structure::Model,
    version: &certification_version::Model,
) -> candidate::Model {
    let row = candidate::Model {
        id: t.app.new_id().into(),
        number: "CAN-2025-9001".to_owned(),
        structure_id: structure.id,
        site_id: None,
        certification_version_id: version.id,
        referential_id: None,
        way: Way::Fc,
        state: CandidateState::Enrolled,
        birth_name: "N’Guyen-d’Arc".to_owned(),
        has_no_birth_name: false,
        usual_name: String::new(),
        first_names: "Anne Lise, Zoé".to_owned(),
        other_first_names: String::new(),
        has_no_first_name: false,
        sex: "F".to_owned(),
        birth_date: "1985-05-12".to_owned(),
        birth_country: String::new(),
        birth_commune: "97611".to_owned(),
        birth_locality: "Mamoudzou".to_owned(),
        completeness: 95,
        identity_document: IdentityDocument::None,
        identity_seen_on: None,
        identity_seen_by: String::new(),
        email: String::new(),
        phone: String::new(),
        postal_address: String::new(),
        detained: false,
        guardian: String::new(),
        contract: Contract::Cddi,
        employer: String::new(),
        referent: String::new(),
        path_starts_on: None,
        frozen_hash: None,
        file_revision: 0,
        first_enrolled_on: t.app.today(),
        decision: None,
        decided_on: None,
        notified_at: None,
        attempts: 0,
        leaving: None,
        reason: None,
        asked_again: None,
        external_ref: None,
        created_by: None,
        created_at: t.app.now().into(),
        version: 1,
        search: "can 2025 9001 n guyen d arc anne lise zoe".to_owned(),
    };
    let insert = candidate::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    row
}

/// The livret of a candidate, sent by their structure; the key of its document.
pub async fn livret(t: &TestApp, owner: &Person, row: &candidate::Model) -> String {
    let path = format!("/candidates/{}/pieces", row.id);
    let sent = t.upload(owner, &path, "livret.pdf", PDF.to_vec(), &[("kind", "livret")]).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    sent.body["documents"][0]["id"].as_str().unwrap().to_owned()
}
