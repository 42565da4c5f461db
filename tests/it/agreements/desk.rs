//! A desk with its people, and the way to any state of a request through the API.

use std::sync::Mutex;

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::{certification_version, expert, structure};
use parchemin::features::agreements::actions::deadlines;
use parchemin::features::agreements::state::Step;
use parchemin::features::agreements::{grid, pieces};
use parchemin::rules::calendar::Calendar;
use serde_json::{Value, json};
use time::{Date, Duration};

use crate::support::{Answer, Person, TestApp};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
pub const PROJECT: &str =
    "Maraîchage et conserverie : huit parcours par an, en alternance, avec deux entreprises d’accueil.";

/// A desk, its people and one request.
pub struct Desk {
    pub t: TestApp,
    pub version: certification_version::Model,
    pub structure: structure::Model,
    pub owner: Person,
    pub stranger: Person,
    pub officer: Person,
    pub manager: Person,
    pub other_manager: Person,
    pub controller: expert::Model,
    pub expert: Person,
    pub id: Mutex<String>,
    committee: Mutex<Option<(Date, String)>>,
}

impl Desk {
    pub async fn new() -> Self {
        Self::at("58000", "Nevers").await
    }

    /// A desk whose structure is somewhere.
    pub async fn at(postal_code: &str, commune: &str) -> Self {
        Self::on(TestApp::new().await, postal_code, commune).await
    }

    /// The same, on an application of its own.
    pub async fn on(t: TestApp, postal_code: &str, commune: &str) -> Self {
        let version = t.certification_version("CQP_SP").await;
        let structure = t.structure_at("Les Jardins du Morvan", postal_code, commune).await;
        let other = t.structure("Recyclerie des Amognes").await;
        let controller = t.controller("Zéphyr").await;
        Self {
            owner: t.of_structure(structure.id).await,
            stranger: t.of_structure(other.id).await,
            officer: t.person(Role::Officer).await,
            manager: t.person(Role::Manager).await,
            other_manager: t.person(Role::Manager).await,
            expert: t.of_expert(controller.id).await,
            version,
            structure,
            controller,
            t,
            id: Mutex::default(),
            committee: Mutex::default(),
        }
    }

    pub fn today(&self) -> Date {
        self.t.app.now().date()
    }

    pub fn id(&self) -> String {
        self.id.lock().unwrap().clone()
    }

    pub fn path(&self) -> String {
        format!("/agreement-requests/{}", self.id())
    }

    /// The request as a manager reads it.
    pub async fn read(&self) -> Value {
        let answer = self.t.get(&self.manager, &self.path()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    pub async fn act(&self, person: &Person, event: &str, body: &Value) -> Answer {
        self.t.post(person, &format!("{}/{event}", self.path()), body).await
    }

    pub async fn deadlines(&self) -> usize {
        deadlines::run(&self.t.app).await.unwrap()
    }

    /// Does all the queued work.
    pub async fn work(&self) {
        self.t.work().await;
    }

    /// A committee of the day on which it is asked for, the same all day.
    pub async fn committee(&self) -> String {
        let known = self.committee.lock().unwrap().clone();
        if let Some((_, id)) = known.filter(|(day, _)| *day == self.today()) {
            return id;
        }
        let body = json!({ "meets_on": self.today().to_string(), "place": "Salle Verlaine" });
        let answer = self.t.post(&self.officer, "/committees", &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let id = answer.body["id"].as_str().unwrap().to_owned();
        *self.committee.lock().unwrap() = Some((self.today(), id.clone()));
        id
    }

    pub fn new_request(&self) -> Value {
        self.new_request_of("first")
    }

    fn new_request_of(&self, kind: &str) -> Value {
        json!({
            "structure_id": self.structure.id,
            "certification_version_id": self.version.id,
            "kind": kind,
            "role": "train_and_organise",
        })
    }

    /// Opens a draft and fills it in.
    pub async fn draft(&self) {
        self.draft_of("first").await;
    }

    /// The same, for a first request or a renewal.
    pub async fn draft_of(&self, kind: &str) {
        let answer = self.t.post(&self.owner, "/agreement-requests", &self.new_request_of(kind)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.body["id"].as_str().unwrap().clone_into(&mut self.id.lock().unwrap());
        let found = self.t.get(&self.owner, &format!("/structures/{}", self.structure.id)).await;
        let form = json!({
            "sites": [found.body["sites"][0]["id"]],
            "contact_name": "Maëlys Kerzoncuf-Attoumani",
            "contact_email": "referente@structure.exemple",
            "project": PROJECT,
            "signatory_name": "Ulysse N’Diaye",
            "signatory_title": "président",
            "commitment_accepted": true,
        });
        let answer = self.t.patch(&self.owner, &self.path(), Some(1), &form).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let situation = pieces::Situation { is_renewal: kind == "renewal", ..pieces::Situation::default() };
        for kind in pieces::all().iter().filter(|kind| kind.is_mandatory(situation)) {
            self.piece(&kind.code).await;
        }
    }

    pub async fn piece(&self, code: &str) -> Answer {
        let near = |days| (self.today() + Duration::days(days)).to_string();
        let (eve, end) = (near(-1), near(300));
        let fields = [("code", code), ("proof_on", eve.as_str()), ("valid_until", end.as_str())];
        let path = format!("{}/pieces", self.path());
        let answer = self.t.upload(&self.owner, &path, "piece.pdf", PDF.to_vec(), &fields).await;
        assert_eq!(answer.status, 201, "{code} {answer:?}");
        answer
    }

    pub async fn accept_pieces(&self) {
        for piece in self.read().await["pieces"].as_array().unwrap() {
            let path = format!("pieces/{}/review", piece["id"].as_str().unwrap());
            let answer = self.act(&self.officer, &path, &json!({ "accepted": true })).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
    }

    /// Both parties sign the convention of the request.
    pub async fn sign(&self) {
        let right = self.read().await["agreement"]["id"].as_str().unwrap().to_owned();
        for (person, party) in [(&self.owner, "sign-structure"), (&self.manager, "sign-certifier")] {
            let path = format!("/agreements/{right}/{party}");
            let answer = self.t.post(person, &path, &json!({ "name": "Ulysse N’Diaye" })).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
    }

    /// Path, person and body of a step that must succeed from the right state.
    pub async fn ask(&self, step: Step) -> (&'static str, &Person, Value) {
        let today = self.today();
        let day = |days| (today + Duration::days(days)).to_string();
        let visit = |days| {
            let open = Calendar::Metropolitan.next_working_day(today + Duration::days(days));
            let at = format!("{open}T09:00:00Z");
            json!({ "at": at, "place": "Site de Nevers", "mode": "on_site" })
        };
        match step {
            Step::Submit => ("submit", &self.owner, Value::Null),
            Step::Return => (
                "return",
                &self.officer,
                json!({ "pieces": [{ "code": "P02", "reason": "Convention échue" }], "message": "" }),
            ),
            Step::DeclareComplete => ("declare-complete", &self.officer, Value::Null),
            Step::AssignController => {
                ("assign-controller", &self.officer, json!({ "controller_id": self.controller.id }))
            }
            Step::Decline => ("decline", &self.expert, json!({ "reason": "Indisponible" })),
            Step::Release => ("release", &self.officer, json!({ "reason": "Grippe" })),
            Step::Schedule => ("schedule", &self.expert, visit(18)),
            Step::Postpone => {
                let mut body = visit(40);
                body["reason"] = json!("Grève des trains");
                ("postpone", &self.owner, body)
            }
            Step::RecordVisit => (
                "record-visit",
                &self.expert,
                json!({ "scores": conforming(), "persons_met": "La direction" }),
            ),
            Step::SendReport => ("send-provisional-report", &self.expert, Value::Null),
            Step::Comment => ("comment", &self.owner, json!({ "text": "Nous signerons la convention." })),
            Step::Finalise => {
                ("finalise", &self.expert, json!({ "opinion": "favourable", "text": "Équipe solide." }))
            }
            Step::WaiveVisit => ("waive-visit", &self.manager, json!({ "reason": "Contrôle récent" })),
            Step::PutOnAgenda => {
                ("put-on-agenda", &self.officer, json!({ "committee_id": self.committee().await }))
            }
            Step::Grant => ("grant", &self.manager, json!({ "starts_on": day(0) })),
            Step::GrantWithReserves => (
                "grant-with-reserves",
                &self.manager,
                json!({ "starts_on": day(0), "reserves": [{ "text": "Signer la convention d’immersion", "due_on": day(60) }] }),
            ),
            Step::Adjourn => {
                ("adjourn", &self.manager, json!({ "text": "Le certificat EPSP", "due_on": day(60) }))
            }
            Step::Refuse => {
                ("refuse", &self.manager, json!({ "reasons": "Pas de livrets\nPas d’encadrement" }))
            }
            Step::ResumeToCommittee => {
                ("resume", &self.officer, json!({ "committee_id": self.committee().await }))
            }
            Step::ResumeToVisit => ("resume", &self.officer, json!({})),
            Step::Withdraw => ("withdraw", &self.owner, json!({ "reason": "Projet abandonné" })),
            Step::LodgeAppeal => ("lodge-recours", &self.owner, json!({ "text": "Les livrets existent." })),
            Step::Uphold => ("uphold", &self.other_manager, json!({ "reasons": "Livrets non datés" })),
            Step::Overturn => (
                "overturn",
                &self.other_manager,
                json!({ "reasons": "Livrets retrouvés", "committee_id": self.committee().await }),
            ),
            Step::ExpireDraft | Step::CloseIdle | Step::TakeOffAgenda => ("", &self.owner, Value::Null),
        }
    }

    /// Makes ready what a step needs besides the state, and does it.
    pub async fn step(&self, step: Step) {
        match step {
            Step::ExpireDraft => return self.until_state(RequestState::Abandoned).await,
            Step::CloseIdle => return self.until_state(RequestState::ClosedIdle).await,
            _ => {}
        }
        let (event, person, body) = self.ask(step).await;
        let answer = self.act(person, event, &body).await;
        assert_eq!(answer.status, 200, "{step:?} {answer:?}");
        assert!(answer.etag.is_some(), "{step:?}");
    }

    /// What must be true for a step besides the state.
    pub async fn ready(&self, step: Step, from: RequestState) {
        match (step, from) {
            (Step::Submit, RequestState::Incomplete) => {
                self.piece("P02").await;
            }
            (Step::DeclareComplete, _) => self.accept_pieces().await,
            (Step::RecordVisit, _) => self.t.advance(Duration::days(21)),
            (Step::Finalise, RequestState::Adversarial) => self.t.advance(Duration::days(16)),
            (Step::ResumeToCommittee, _) => {
                self.piece("P06").await;
                self.committee().await;
            }
            (Step::ResumeToVisit, _) => {
                self.piece("P06").await;
            }
            (Step::PutOnAgenda | Step::Overturn, _) => {
                self.committee().await;
            }
            _ => {}
        }
    }

    async fn until_state(&self, state: RequestState) {
        for _ in 0..200 {
            if self.read().await["state"] == state.word() {
                return;
            }
            self.t.advance(Duration::days(1));
            self.deadlines().await;
        }
        panic!("{state} was not reached");
    }

    /// Brings a new request to a state, through the API and the clock.
    pub async fn reach(&self, state: RequestState) {
        use RequestState as S;
        self.draft().await;
        self.goes_to(state).await;
        let reached = self.read().await;
        assert_eq!(reached["state"], state.word());
        assert_ne!(state, S::Draft, "a draft is what `draft` makes");
    }

    /// Brings the draft that is open to a state.
    pub async fn goes_to(&self, state: RequestState) {
        for (step, from) in way(state) {
            self.ready(step, from).await;
            self.step(step).await;
        }
    }

    /// The same, a draft included.
    pub async fn bring_to(&self, state: RequestState) {
        if state == RequestState::Draft { self.draft().await } else { self.reach(state).await }
    }
}

/// The steps from a draft to a state, each with the state before it.
fn way(state: RequestState) -> Vec<(Step, RequestState)> {
    use RequestState as S;
    let (before, step) = match state {
        S::Draft => return Vec::new(),
        S::Submitted => (S::Draft, Step::Submit),
        S::Incomplete => (S::Submitted, Step::Return),
        S::Complete => (S::Submitted, Step::DeclareComplete),
        S::VisitToSchedule => (S::Complete, Step::AssignController),
        S::VisitScheduled => (S::VisitToSchedule, Step::Schedule),
        S::VisitDone => (S::VisitScheduled, Step::RecordVisit),
        S::Adversarial => (S::VisitDone, Step::SendReport),
        S::OpinionGiven => (S::Adversarial, Step::Finalise),
        S::InCommittee => (S::OpinionGiven, Step::PutOnAgenda),
        S::Granted => (S::InCommittee, Step::Grant),
        S::GrantedWithReserves => (S::InCommittee, Step::GrantWithReserves),
        S::Adjourned => (S::InCommittee, Step::Adjourn),
        S::Refused => (S::InCommittee, Step::Refuse),
        S::Appeal => (S::Refused, Step::LodgeAppeal),
        S::RefusedFinal => (S::Appeal, Step::Uphold),
        S::Withdrawn => (S::Draft, Step::Withdraw),
        S::Abandoned => (S::Draft, Step::ExpireDraft),
        S::ClosedIdle => (S::Incomplete, Step::CloseIdle),
    };
    let mut steps = way(before);
    steps.push((step, before));
    steps
}

/// A whole grid without any gap.
pub fn conforming() -> Vec<Value> {
    let one = |criterion: &grid::Criterion| json!({ "criterion": criterion.code, "score": "conforming" });
    grid::latest().criteria().map(one).collect()
}
