//! Enrolments: seats, the waiting list, offers, ends.

mod adaptations;
mod api;
mod contracts;
mod ends;
mod minors;
mod moves;
mod offers;
mod pages;
mod requests;
mod seats;
mod session_moves;
mod states;
mod storms;

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentState, EnrolmentWay};
use entity::ids::{EnrolmentId, TrainingSessionId};
use entity::programme::{self, ProgrammeState, Theme, TrainerRight};
use entity::programme_version::{self, Modality, Sanction, Vat, VersionState};
use entity::training_session::{self, Delivery, SessionKind, SessionState};
use entity::{mail, site, structure, training_tally};
use parchemin::app::App;
use parchemin::authz::Actor;
use parchemin::features::enrolments::EnrolmentError;
use parchemin::features::enrolments::actions::{Asked, enrol};
use parchemin::features::enrolments::input::{TypedBuyer, TypedPerson};
use parchemin::rules::deadline::add_days;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use crate::support::TestApp;

/// Region of the session.
pub const REGION: &str = "75";
/// Number of the session.
pub const SESSION: &str = "SES-2025-0001";
/// What people call the first enrolment in it.
pub const REFERENCE: &str = "SES-2025-0001-1";

/// A session of some seats, six weeks from now.
pub struct Course {
    pub t: TestApp,
    pub session: TrainingSessionId,
}

impl Course {
    pub async fn of(seats: i32) -> Self {
        let t = TestApp::new().await;
        let session = open_session(&t.app, seats).await;
        Self { t, session }
    }

    /// Somebody of that rank enrols by the public form.
    pub async fn enrol(&self, rank: usize) -> Result<enrolment::Model, EnrolmentError> {
        self.enrol_all(&[rank]).await.map(|mut enrolled| enrolled.remove(0))
    }

    /// Several at once.
    pub async fn enrol_all(&self, ranks: &[usize]) -> Result<Vec<enrolment::Model>, EnrolmentError> {
        enrol_in(&self.t.app, self.session, ranks).await
    }

    pub async fn row(&self, id: EnrolmentId) -> enrolment::Model {
        enrolment::Entity::find_by_id(id).one(self.t.app.db.read()).await.unwrap().unwrap()
    }

    pub async fn tally(&self) -> (i32, i32, i32) {
        let row = training_tally::Entity::find_by_id(self.session).one(self.t.app.db.read()).await;
        let row = row.unwrap().unwrap();
        (row.seats, row.held, row.waiting)
    }

    /// Everybody of the session, in the order of their coming.
    pub async fn everybody(&self) -> Vec<enrolment::Model> {
        enrolment::Entity::find()
            .filter(enrolment::Column::SessionId.eq(self.session))
            .order_by_asc(enrolment::Column::Seq)
            .all(self.t.app.db.read())
            .await
            .unwrap()
    }

    /// The token of the link of the last message of a kind to somebody.
    pub async fn token(&self, template: &str, id: EnrolmentId) -> String {
        let sent = mail::Entity::find()
            .filter(mail::Column::Template.eq(template))
            .filter(mail::Column::SubjectId.eq(id.0))
            .order_by_desc(mail::Column::Id)
            .one(self.t.app.db.read())
            .await
            .unwrap()
            .unwrap();
        let start = sent.body_text.find("/inscriptions/").unwrap() + "/inscriptions/".len();
        sent.body_text[start..].lines().next().unwrap().trim().to_owned()
    }

    /// What the tally says is what the rows say, and ranks have no hole.
    pub async fn holds_together(&self) {
        use parchemin::features::enrolments::state::takes_seat;
        let everybody = self.everybody().await;
        let (seats, held, waiting) = self.tally().await;
        let seated = everybody.iter().filter(|one| takes_seat(one.state)).count();
        assert_eq!(usize::try_from(held).unwrap(), seated);
        assert!(held <= seats);
        let mut ranks: Vec<i32> = everybody.iter().filter_map(|one| one.rank).collect();
        ranks.sort_unstable();
        assert_eq!(ranks, (1..=waiting).collect::<Vec<_>>());
    }
}

pub async fn enrol_in(
    app: &Arc<App>,
    session: TrainingSessionId,
    ranks: &[usize],
) -> Result<Vec<enrolment::Model>, EnrolmentError> {
    let asked = asked(app, ranks);
    let mut tx = app.begin(Actor::system("tests")).await?;
    let enrolled = enrol(&mut tx, session, EnrolmentWay::Public, &asked).await?;
    tx.commit().await?;
    Ok(enrolled)
}

pub fn asked(app: &App, ranks: &[usize]) -> Asked {
    let person = |rank: &usize| {
        let typed = TypedPerson {
            family_name: format!("N’Guyen {rank}"),
            first_names: "Zoé".to_owned(),
            birth_date: "1991-03-27".to_owned(),
            email: format!("zoe{rank}@exemple.org"),
            consent: true,
            ..TypedPerson::default()
        };
        typed.read("", app.today(), 18).unwrap()
    };
    let buyer = TypedBuyer { kind: "individual".to_owned(), ..TypedBuyer::default() };
    Asked { buyer: buyer.read().unwrap(), people: ranks.iter().map(person).collect() }
}

/// Writes a programme, its version and an open session.
pub async fn open_session(app: &Arc<App>, seats: i32) -> TrainingSessionId {
    let conn = app.db.bookkeeping();
    let programme = a_programme(app);
    let version = a_version(app, &programme);
    let session = a_session(app, &version, seats);
    let tally = training_tally::Model { session_id: session.id, seats, held: 0, waiting: 0, last_seq: 0 };
    programme::Entity::insert(programme.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    programme_version::Entity::insert(version.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    training_session::Entity::insert(session.clone().into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    training_tally::Entity::insert(tally.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    session.id
}

fn a_programme(app: &App) -> programme::Model {
    programme::Model {
        id: app.new_id().into(),
        code: "SST-MAC".to_owned(),
        slug: "maintien-des-competences-sst".to_owned(),
        title: "Maintien des compétences SST".to_owned(),
        theme: Theme::HealthSafety,
        state: ProgrammeState::Published,
        trainer_right: TrainerRight::None,
        certification_id: None,
        recycling_months: Some(24),
        retired_on: None,
        external_ref: None,
        created_by: None,
        created_at: app.now().into(),
        version: 1,
        search: "maintien des competences sst".to_owned(),
    }
}

fn a_version(app: &App, programme: &programme::Model) -> programme_version::Model {
    let said = || "Dit".to_owned();
    programme_version::Model {
        id: app.new_id().into(),
        programme_id: programme.id,
        number: 1,
        state: VersionState::Published,
        title: programme.title.clone(),
        goal: said(),
        audience: said(),
        prerequisites: said(),
        objectives: said(),
        duration_minutes: Some(420),
        half_days: Some(2),
        rhythm: said(),
        modality: Modality::OnSite,
        places: said(),
        group_min: Some(4),
        group_max: Some(10),
        methods: said(),
        trainer_profile: said(),
        assessment_entry: said(),
        assessment_during: said(),
        assessment_end: said(),
        sanction: Sanction::Attestation,
        certification_version_id: None,
        blocs: String::new(),
        equivalences: said(),
        bridges: said(),
        follow_ups: said(),
        outlets: said(),
        access_procedure: said(),
        access_delay: said(),
        vat: Vat::Exempt,
        funding_hints: said(),
        accessibility: said(),
        disability_contact: said(),
        contact: said(),
        remote_needs: said(),
        legal_notes: said(),
        nsf: "344".to_owned(),
        formacodes: String::new(),
        rome: String::new(),
        results_note: said(),
        updated_on: app.today(),
        published_by: None,
        published_at: Some(app.now().into()),
        superseded_at: None,
        created_by: None,
        created_at: app.now().into(),
        version: 1,
    }
}

fn a_session(app: &App, version: &programme_version::Model, seats: i32) -> training_session::Model {
    let starts = app.now() + Duration::days(42);
    training_session::Model {
        id: app.new_id().into(),
        number: SESSION.to_owned(),
        programme_id: version.programme_id,
        programme_version_id: version.id,
        title: version.title.clone(),
        theme: Theme::HealthSafety,
        kind: SessionKind::Inter,
        delivery: Delivery::Own,
        state: SessionState::Open,
        public: true,
        structure_id: None,
        room_id: None,
        modality: Modality::OnSite,
        place: "Maison des associations".to_owned(),
        commune: "Poitiers".to_owned(),
        department: "86".to_owned(),
        region: REGION.to_owned(),
        zone: "Europe/Paris".to_owned(),
        access: String::new(),
        accessibility: String::new(),
        remote_url: String::new(),
        to_bring: String::new(),
        starts_on: Some(add_days(app.today(), 42)),
        ends_on: Some(add_days(app.today(), 42)),
        starts_at: Some(starts.into()),
        ends_at: Some((starts + Duration::hours(8)).into()),
        enrol_until: Some(add_days(app.today(), 35)),
        duration_minutes: 420,
        seats_min: 1,
        seats_max: seats,
        price_cents: Some(21_000),
        price_note: String::new(),
        funding_note: String::new(),
        eu_funded: false,
        welcome_id: None,
        rules_id: None,
        contact: String::new(),
        officer_id: None,
        series_id: None,
        postponed_from_id: None,
        cause: None,
        reason: None,
        opened_at: Some(app.now().into()),
        confirmed_at: None,
        summoned_at: None,
        started_at: None,
        ended_at: None,
        closed_at: None,
        cancelled_at: None,
        sequence: 0,
        deadline_at: None,
        external_ref: None,
        created_by: None,
        created_at: app.now().into(),
        version: 1,
        search: "ses 2025 0001 maintien des competences sst".to_owned(),
    }
}

/// Another session of the same programme, under a number, a week later.
pub async fn another_session(
    app: &Arc<App>,
    first: TrainingSessionId,
    number: &str,
    seats: i32,
) -> TrainingSessionId {
    let conn = app.db.bookkeeping();
    let first = training_session::Entity::find_by_id(first).one(conn).await.unwrap().unwrap();
    let later = |at: Option<entity::Instant>| at.map(|at| entity::Instant::from(*at + Duration::days(7)));
    let session = training_session::Model {
        id: app.new_id().into(),
        number: number.to_owned(),
        starts_on: first.starts_on.map(|day| add_days(day, 7)),
        ends_on: first.ends_on.map(|day| add_days(day, 7)),
        starts_at: later(first.starts_at),
        ends_at: later(first.ends_at),
        seats_max: seats,
        ..first
    };
    let tally = training_tally::Model { session_id: session.id, seats, held: 0, waiting: 0, last_seq: 0 };
    let id = session.id;
    training_session::Entity::insert(session.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    training_tally::Entity::insert(tally.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await
        .unwrap();
    id
}

/// An enrolment that a structure pays for, in a session of three seats.
pub async fn row(t: &TestApp, structure: &structure::Model) -> enrolment::Model {
    let session = open_session(&t.app, 3).await;
    let row = enrol_in(&t.app, session, &[1]).await.unwrap().remove(0);
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::StructureId, Expr::value(structure.id))
        .filter(enrolment::Column::Id.eq(row.id))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    enrolment::Entity::find_by_id(row.id).one(t.app.db.read()).await.unwrap().unwrap()
}

/// The SIRET of the seat of a structure.
pub async fn siret(t: &TestApp, structure: &structure::Model) -> String {
    let seat = site::Entity::find().filter(site::Column::StructureId.eq(structure.id)).one(t.app.db.read());
    seat.await.unwrap().unwrap().siret
}

/// Somebody as the API sends them.
pub fn somebody(rank: usize) -> Value {
    json!({
        "family_name": format!("Traoré {rank}"),
        "first_names": "Anne Lise",
        "birth_date": "1985-05-12",
        "email": format!("anne{rank}@exemple.org"),
        "needs_adaptation": false,
        "consent": true,
    })
}

/// People whom an employer enrols, as the API sends them.
pub fn enrolling(session: TrainingSessionId, siret: &str, ranks: std::ops::RangeInclusive<usize>) -> Value {
    json!({
        "session_id": session,
        "payer": { "buyer": "employer", "employer_siret": siret },
        "people": ranks.map(somebody).collect::<Vec<_>>(),
    })
}

pub fn states(rows: &[enrolment::Model]) -> Vec<EnrolmentState> {
    rows.iter().map(|row| row.state).collect()
}
