//! Papers of training: what they must say, who signs them, who is called.

mod deadlines;
mod issue;
mod pages;
mod sign;
mod states;
mod summons;

use std::sync::Arc;

use entity::account_role::Role;
use entity::availability_day::HalfDay;
use entity::enrolment::{self, EnrolmentState, EnrolmentWay};
use entity::ids::{EnrolmentId, TrainingBuyerId, TrainingDocumentId, TrainingSessionId};
use entity::training_buyer::{self, BuyerKind};
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_handbook::HandbookKind;
use entity::training_trainer::{self, TrainerStanding};
use entity::{programme_module, programme_version, training_session, training_signature, training_slot};
use parchemin::app::App;
use parchemin::authz::Actor;
use parchemin::features::enrolments::actions::{Asked, enrol};
use parchemin::features::enrolments::input::{TypedBuyer, TypedPerson};
use parchemin::features::papers::actions::{self, Order};
use parchemin::features::papers::gather::About;
use parchemin::features::papers::{PaperError, Record};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use time::Duration;

use crate::agreements::desk::PDF;
use crate::enrolments::open_session;
use crate::support::{Person, TestApp};

/// Region of the sessions of tests.
pub const REGION: &str = "75";

/// A session that says everything, with its people.
pub struct Bench {
    pub t: TestApp,
    pub session: TrainingSessionId,
    pub manager: Person,
    pub officer: Person,
}

impl Bench {
    /// Nothing lacks but people.
    pub async fn new() -> Self {
        let t = TestApp::with(|mut config| {
            config.organisation_address = "12 rue de l’Exemple, 75012 Paris".to_owned();
            config.organisation_siret = crate::support::siret_of(9, 1).to_string();
            config.organisation_representative = "Irène Caldaguès".to_owned();
            config
        })
        .await;
        let session = open_session(&t.app, 6).await;
        tell_everything(&t, session).await;
        let manager = t.person(Role::Manager).await;
        let officer = t.person(Role::Officer).await;
        let b = Self { t, session, manager, officer };
        b.set("invoices.rules", json!({ "nda": "11753262975", "nda_region": "Île-de-France" })).await;
        for kind in [HandbookKind::WelcomeBooklet, HandbookKind::HouseRules] {
            b.hand(kind).await;
        }
        b
    }

    async fn set(&self, key: &str, value: serde_json::Value) {
        let admin = self.t.person(Role::Admin).await;
        let change = json!({ "value": value });
        let answer = self.t.patch(&admin, &format!("/settings/{key}"), Some(0), &change).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    async fn hand(&self, kind: HandbookKind) {
        let day = self.t.app.today().to_string();
        let fields = [("kind", kind.word()), ("in_force_on", day)];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sent =
            self.t.upload(&self.manager, "/training-handbooks", "remis.pdf", PDF.to_vec(), &fields).await;
        assert_eq!(sent.status, 201, "{sent:?}");
    }

    /// Somebody at their own cost, who holds a seat.
    pub async fn alone(&self, rank: usize) -> enrolment::Model {
        self.enrol(TypedBuyer { kind: "individual".to_owned(), ..TypedBuyer::default() }, rank).await
    }

    /// Somebody whose employer pays.
    pub async fn employed(&self, rank: usize) -> enrolment::Model {
        let row = self.alone(rank).await;
        let change = training_buyer::Entity::update_many()
            .col_expr(training_buyer::Column::Kind, Expr::value(BuyerKind::Employer.word()))
            .col_expr(training_buyer::Column::Name, Expr::value("Les Ateliers du Parc"))
            .col_expr(
                training_buyer::Column::Siret,
                Expr::value(crate::support::siret_of(u64::try_from(rank).unwrap(), 1).to_string()),
            )
            .col_expr(training_buyer::Column::Address, Expr::value("3 chemin du Moulin, 86000 Poitiers"))
            .col_expr(training_buyer::Column::ContactName, Expr::value("Zoé N’Guyen-d’Arc"))
            .col_expr(training_buyer::Column::Email, Expr::value("zoe@ateliers.exemple"))
            .filter(training_buyer::Column::Id.eq(row.buyer_id));
        change.exec(self.t.app.db.bookkeeping()).await.unwrap();
        row
    }

    async fn enrol(&self, buyer: TypedBuyer, rank: usize) -> enrolment::Model {
        let typed = TypedPerson {
            family_name: format!("Œuvrard {rank}"),
            first_names: "Maëlys".to_owned(),
            birth_date: "1991-03-27".to_owned(),
            email: format!("maelys{rank}@exemple.org"),
            consent: true,
            ..TypedPerson::default()
        };
        let person = typed.read("", self.t.app.today(), 18).unwrap();
        let asked = Asked { buyer: buyer.read().unwrap(), people: vec![person] };
        let mut tx = self.t.app.begin(Actor::system("tests")).await.unwrap();
        let rows = enrol(&mut tx, self.session, EnrolmentWay::Public, &asked).await.unwrap();
        tx.commit().await.unwrap();
        rows[0].clone()
    }

    /// Writes the state of somebody, as other features would.
    pub async fn put_in(&self, id: EnrolmentId, state: EnrolmentState) {
        enrolment::Entity::update_many()
            .col_expr(enrolment::Column::State, Expr::value(state.word()))
            .filter(enrolment::Column::Id.eq(id))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }

    pub async fn person(&self, id: EnrolmentId) -> enrolment::Model {
        enrolment::Entity::find_by_id(id).one(self.t.app.db.read()).await.unwrap().unwrap()
    }

    /// Issues a paper in the name of an officer.
    pub async fn issue(&self, kind: PaperKind, about: About) -> Result<Record, PaperError> {
        let order = Order { kind, about, remote: true };
        let mut tx = self.t.app.begin(self.officer.actor.clone()).await?;
        let record = actions::issue(&mut tx, self.session, order).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn record(&self, id: TrainingDocumentId) -> Record {
        Record::by_id(self.t.app.db.read(), id).await.unwrap()
    }

    /// Every paper of the session, in order.
    pub async fn papers(&self) -> Vec<training_document::Model> {
        training_document::Entity::find()
            .order_by_asc(training_document::Column::Seq)
            .all(self.t.app.db.read())
            .await
            .unwrap()
    }

    /// Signs for the body, from the account of a manager.
    pub async fn sign_as_body(&self, id: TrainingDocumentId) {
        let answer =
            self.t.post(&self.manager, &format!("/papers/{id}/sign"), &json!({ "way": "plain" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// The path of the link that was sent to a party.
    pub fn link(&self, row: &training_signature::Model) -> String {
        let link = parchemin::features::papers::link::to_sign(&self.t.app, row.id).unwrap();
        link[link.find("/signer/").unwrap()..].to_owned()
    }
}

/// Writes the slots, the trainer and what the session says besides.
async fn tell_everything(t: &TestApp, id: TrainingSessionId) {
    let conn = t.app.db.bookkeeping();
    let session = training_session::Entity::find_by_id(id).one(conn).await.unwrap().unwrap();
    let starts = *session.starts_at.unwrap();
    let module = programme_module::Model {
        id: t.app.new_id().into(),
        programme_version_id: session.programme_version_id,
        position: 1,
        title: "Le rôle du sauveteur".to_owned(),
        content: "Cadre juridique de l’intervention.".to_owned(),
        duration_minutes: Some(420),
    };
    programme_module::Entity::insert(module.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    let expert = t.expert("L’Hœst").await;
    for (half, from) in [(HalfDay::Morning, 0), (HalfDay::Afternoon, 5)] {
        let slot = training_slot::Model {
            id: t.app.new_id().into(),
            session_id: id,
            day: session.starts_on.unwrap(),
            half,
            starts_at: (starts + Duration::hours(from)).into(),
            ends_at: (starts + Duration::hours(from + 3)).into(),
            zone: session.zone.clone(),
            minutes: 210,
            modality: session.modality,
            room_id: None,
            subject: String::new(),
            pin_hash: None,
            pin_until: None,
            sheet_id: None,
            dropped_at: None,
            version: 1,
        };
        training_slot::Entity::insert(slot.clone().into_active_model().reset_all())
            .exec_without_returning(conn)
            .await
            .unwrap();
        let trainer = training_trainer::Model {
            id: t.app.new_id().into(),
            slot_id: slot.id,
            expert_id: expert.id,
            standing: TrainerStanding::External,
            signature: String::new(),
            signed_at: None,
            removed_at: None,
        };
        training_trainer::Entity::insert(trainer.into_active_model().reset_all())
            .exec_without_returning(conn)
            .await
            .unwrap();
    }
}

/// Takes something away from the sheet of the session.
pub async fn blank(b: &Bench, column: programme_version::Column) {
    programme_version::Entity::update_many()
        .col_expr(column, Expr::value(""))
        .exec(b.t.app.db.bookkeeping())
        .await
        .unwrap();
}

/// A proposal of the session that there is, or of a new one, for a buyer without a structure.
pub async fn proposal(app: &Arc<App>) -> (TrainingSessionId, TrainingDocumentId) {
    let conn = app.db.bookkeeping();
    let known = training_session::Entity::find().one(conn).await.unwrap();
    let session = match known {
        Some(known) => known.id,
        None => open_session(app, 4).await,
    };
    let buyer = training_buyer::Model {
        id: TrainingBuyerId(app.new_id()),
        session_id: session,
        kind: BuyerKind::Individual,
        structure_id: None,
        name: "Maëlys Œuvrard".to_owned(),
        siret: String::new(),
        address: "14 rue des Manguiers, 86000 Poitiers".to_owned(),
        contact_name: String::new(),
        email: "maelys@exemple.org".to_owned(),
        phone: String::new(),
        created_at: app.now().into(),
        erased_at: None,
        version: 1,
    };
    training_buyer::Entity::insert(buyer.clone().into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    let content = parchemin::rules::training::paper::Content::blank(PaperKind::Proposal);
    let text = parchemin::events::canonical_text(&content).unwrap();
    let paper = training_document::Model {
        id: TrainingDocumentId(app.new_id()),
        session_id: session,
        seq: 1,
        enrolment_id: None,
        buyer_id: Some(buyer.id),
        structure_id: None,
        account_id: None,
        slot_id: None,
        subcontract_id: None,
        handbook_id: None,
        kind: PaperKind::Proposal,
        revision: 1,
        state: PaperState::Issued,
        template: "training-proposal/1".to_owned(),
        content_hash: parchemin::features::papers::record::hash(&text),
        content: text,
        document_id: None,
        signed_document_id: None,
        sign_until: None,
        sent_at: None,
        issued_by: None,
        issued_at: app.now().into(),
        ended_at: None,
        deadline_at: None,
        version: 1,
    };
    training_document::Entity::insert(paper.clone().into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    (session, paper.id)
}
