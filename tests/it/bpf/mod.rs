//! The inputs of the BPF: whatever was attended, every table adds up to it, and every line lists whom it counts.

use entity::account_role::Role;
use entity::attendance::{self, Presence, Proof};
use entity::enrolment::{self, TraineeStatus};
use entity::funding::{self, FundingState, Scheme};
use entity::training_session::{self, Delivery};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::Value;

use crate::attendance::Day;
use crate::support::Person;

/// A generator of numbers, the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Throws what people are, who funds them and what they attended. Gives the people who came and their minutes.
async fn attend(day: &Day, dice: &mut Dice) -> (u64, u64) {
    let conn = day.t().app.db.bookkeeping();
    attendance::Entity::delete_many().exec(conn).await.unwrap();
    funding::Entity::delete_many().exec(conn).await.unwrap();
    let statuses: Vec<TraineeStatus> = TraineeStatus::all().collect();
    let schemes: Vec<Scheme> = Scheme::all().collect();
    let (mut came, mut minutes) = (0, 0);
    for person in &day.people {
        enrolment::Entity::update_many()
            .col_expr(enrolment::Column::Status, Expr::value(dice.one_of(&statuses).word()))
            .filter(enrolment::Column::Id.eq(person.id))
            .exec(conn)
            .await
            .unwrap();
        if dice.below(2) == 0 {
            fund(day, person, dice.one_of(&schemes)).await;
        }
        let mut own = 0;
        for slot in &day.slots {
            let (presence, attended) = match dice.below(4) {
                0 => (Presence::Present, slot.minutes),
                1 => (Presence::Partial, 1 + i32::try_from(dice.below(200)).unwrap()),
                2 => (Presence::Absent, 0),
                _ => continue,
            };
            let row = attendance::Model {
                id: day.t().app.new_id().into(),
                slot_id: slot.id,
                enrolment_id: person.id,
                presence,
                minutes: attended,
                proof: Proof::None,
                signature: String::new(),
                signed_at: None,
                client_id: None,
                countersigned_by: None,
                countersigned_at: None,
                recorded_by: None,
                recorded_at: day.t().app.now().into(),
                version: 1,
            };
            let insert = attendance::Entity::insert(row.into_active_model().reset_all());
            insert.exec_without_returning(conn).await.unwrap();
            own += u64::try_from(attended).unwrap();
        }
        came += u64::from(own > 0);
        minutes += own;
    }
    (came, minutes)
}

async fn fund(day: &Day, person: &enrolment::Model, scheme: Scheme) {
    let row = funding::Model {
        id: day.t().app.new_id().into(),
        enrolment_id: person.id,
        seq: 1,
        session_id: person.session_id,
        structure_id: None,
        scheme,
        funder: String::new(),
        state: FundingState::Agreed,
        agreement_number: "A1".to_owned(),
        amount_cents: 10_000,
        agreed_minutes: 420,
        subrogation: false,
        eu_funded: false,
        requested_on: None,
        agreed_on: Some(day.t().app.today()),
        paid_cents: 0,
        reason: String::new(),
        recorded_by: None,
        recorded_at: day.t().app.now().into(),
        version: 1,
    };
    let insert = funding::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(day.t().app.db.bookkeeping()).await.unwrap();
}

async fn deliver(day: &Day, delivery: Delivery) {
    training_session::Entity::update_many()
        .col_expr(training_session::Column::Delivery, Expr::value(delivery.word()))
        .filter(training_session::Column::Id.eq(day.course.session))
        .exec(day.t().app.db.bookkeeping())
        .await
        .unwrap();
}

fn sums(lines: &Value, table: &str) -> (u64, u64) {
    let own = lines.as_array().unwrap().iter().filter(|line| line["table"] == table);
    own.fold((0, 0), |(people, minutes), line| {
        let sum = &line["sum"];
        (people + sum["people"].as_u64().unwrap(), minutes + sum["minutes"].as_u64().unwrap())
    })
}

/// The people whom a line lists, and their minutes.
async fn listed(day: &Day, reader: &Person, year: i32, line: &Value) -> (u64, u64) {
    let (table, key) = (line["table"].as_str().unwrap(), line["key"].as_str().unwrap());
    let path = format!("/annual-returns/people?limit=200&year={year}&table={table}&key={key}");
    let answer = day.t().get(reader, &path).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let items = answer.body["items"].as_array().unwrap();
    let minutes = items.iter().map(|one| one["minutes"].as_u64().unwrap()).sum();
    (u64::try_from(items.len()).unwrap(), minutes)
}

#[tokio::test]
async fn whatever_was_attended_every_table_adds_up_to_it() {
    let day = Day::of(8).await;
    day.at(1, 300);
    let reader = day.t().person(Role::Manager).await;
    let year = day.slots[0].day.year();
    let mut dice = Dice(2025);
    for round in 0..9 {
        let delivery = [Delivery::Own, Delivery::Entrusted, Delivery::Received][round % 3];
        deliver(&day, delivery).await;
        let attended = attend(&day, &mut dice).await;
        let answer = day.t().get(&reader, &format!("/annual-returns?year={year}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let told = |name: &str| {
            let sum = &answer.body[name];
            (sum["people"].as_u64().unwrap(), sum["minutes"].as_u64().unwrap())
        };
        assert_eq!(answer.body["adds_up"], true);
        let (inside, received) =
            if delivery == Delivery::Received { ((0, 0), attended) } else { (attended, (0, 0)) };
        assert_eq!((told("total"), told("received")), (inside, received), "round {round}");
        let entrusted = if delivery == Delivery::Entrusted { attended } else { (0, 0) };
        assert_eq!(told("entrusted"), entrusted, "round {round}");
        for frame in answer.body["frames"].as_array().unwrap() {
            for table in ["status", "origin", "objective", "speciality"] {
                let own = sums(&frame["lines"], table);
                let here = frame["lines"].as_array().unwrap().iter().any(|line| line["table"] == table);
                assert!(!here || own == inside, "round {round}, {table}: {own:?} and not {inside:?}");
            }
            for line in frame["lines"].as_array().unwrap().iter().filter(|line| line["table"].is_string()) {
                let sum = (line["sum"]["people"].as_u64().unwrap(), line["sum"]["minutes"].as_u64().unwrap());
                assert_eq!(listed(&day, &reader, year, line).await, sum, "round {round}: {line}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_leads_to_the_people_and_its_file_is_in_the_journal() {
    let day = Day::of(2).await;
    day.at(0, 0);
    day.record(0, &[(0, Presence::Present, 210)]).await.unwrap();
    let officer = day.t().person(Role::Officer).await;
    let year = day.slots[0].day.year();
    let (status, text) = day.t().open(&officer, &format!("/bpf?annee={year}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Chiffres provisoires") && text.contains("NSF 344"), "{text}");
    let people = format!("/bpf/inscriptions?annee={year}&tableau=speciality&ligne=344");
    let (status, text) = day.t().open(&officer, &people).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("SES-2025-0001-1") && !text.contains("SES-2025-0001-2"), "{text}");
    let (status, file) = day.t().open(&officer, &format!("/bpf.csv?annee={year}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(file.contains("NSF 344;1;4;210"), "{file}");
    let (status, _) = day.t().open(&officer, "/bpf?annee=2999").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let limited = day.t().limited(Role::Officer, "75").await;
    assert_eq!(day.t().get(&limited, "/annual-returns").await.status, 404, "the whole house's");
}
