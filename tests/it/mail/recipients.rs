//! Who is written to is found when the message leaves.

use entity::account::AccountState;
use entity::account_role::Role;
use entity::agreement_request::{AgreementRole, RequestKind, RequestState};
use entity::ids::{AccountId, AgreementRequestId, CertificationVersionId, ExpertId, StructureId};
use entity::mail::MailState;
use entity::{
    account, account_role, agreement_request, certification, certification_version, committee, expert,
    structure,
};
use parchemin::events::Recipient;
use parchemin::mailer::Mailer;
use parchemin::worker::error::Nobody;
use parchemin::worker::recipients::resolve;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::macros::date;

use super::letter;
use crate::support::{Person, TestApp};

const REGION: &str = "75";

impl TestApp {
    pub(super) async fn addressed_structure(&self) -> StructureId {
        let id = self.app.new_id().into();
        let row = structure::ActiveModel {
            id: Set(id),
            siren: Set(format!("{:09}", id.0.as_u128() % 1_000_000_000)),
            name: Set("Les Jardins".to_owned()),
            search: Set("les jardins".to_owned()),
            legal_form: Set("association".to_owned()),
            activities: Set(String::new()),
            contact_name: Set("La référente".to_owned()),
            contact_title: Set("Direction".to_owned()),
            contact_email: Set("contact@jardins.exemple".to_owned()),
            address: Set("1 rue".to_owned()),
            postal_code: Set("33000".to_owned()),
            commune: Set("Bordeaux".to_owned()),
            department: Set("33".to_owned()),
            region: Set(REGION.to_owned()),
            zone: Set("Europe/Paris".to_owned()),
            created_at: Set(self.app.now().into()),
            version: Set(1),
            ..Default::default()
        };
        structure::Entity::insert(row).exec_without_returning(self.app.db.bookkeeping()).await.unwrap();
        id
    }

    async fn certification(&self) -> CertificationVersionId {
        let (id, version) = (self.app.new_id().into(), self.app.new_id().into());
        let row = certification::ActiveModel {
            id: Set(id),
            code: Set("cqp".to_owned()),
            short_title: Set("CQP".to_owned()),
            title: Set("CQP".to_owned()),
        };
        certification::Entity::insert(row).exec_without_returning(self.app.db.bookkeeping()).await.unwrap();
        let row = certification_version::ActiveModel {
            id: Set(version),
            certification_id: Set(id),
            label: Set("2024".to_owned()),
            title: Set("CQP".to_owned()),
            valid_from: Set(date!(2024 - 01 - 01)),
            version: Set(1),
            ..Default::default()
        };
        certification_version::Entity::insert(row)
            .exec_without_returning(self.app.db.bookkeeping())
            .await
            .unwrap();
        version
    }

    /// A request just submitted, without any officer.
    pub(super) async fn addressed_request(&self) -> AgreementRequestId {
        let (structure, version) = (self.addressed_structure().await, self.certification().await);
        let author = self.of_structure(structure).await;
        let id = AgreementRequestId(self.app.new_id());
        let row = agreement_request::ActiveModel {
            id: Set(id),
            draft_number: Set("BRO-2025-0001".to_owned()),
            number: Set(Some("AGR-2025-0042".to_owned())),
            structure_id: Set(structure),
            certification_version_id: Set(version),
            kind: Set(RequestKind::First),
            role: Set(AgreementRole::Train),
            state: Set(RequestState::Submitted),
            version: Set(1),
            contact_name: Set(String::new()),
            contact_email: Set(String::new()),
            project: Set(String::new()),
            signatory_name: Set(String::new()),
            signatory_title: Set(String::new()),
            commitment_accepted: Set(true),
            is_training_body: Set(false),
            has_subcontracting: Set(false),
            created_by: Set(author.id),
            created_at: Set(self.app.now().into()),
            touched_at: Set(self.app.now().into()),
            submission_count: Set(1),
            visit_sequence: Set(0),
            visit_number: Set(1),
            visit_moved_by_structure: Set(false),
            visit_refused: Set(false),
            warned: Set(0),
            search: Set(String::new()),
            ..Default::default()
        };
        agreement_request::Entity::insert(row)
            .exec_without_returning(self.app.db.bookkeeping())
            .await
            .unwrap();
        id
    }

    async fn disable(&self, id: AccountId) {
        account::Entity::update_many()
            .col_expr(account::Column::State, Expr::value(AccountState::Disabled))
            .filter(account::Column::Id.eq(id))
            .exec(self.app.db.bookkeeping())
            .await
            .unwrap();
    }

    pub(crate) async fn limit(&self, person: &Person, regions: &str) {
        account_role::Entity::update_many()
            .col_expr(account_role::Column::Regions, Expr::value(regions))
            .filter(account_role::Column::AccountId.eq(person.id))
            .exec(self.app.db.bookkeeping())
            .await
            .unwrap();
    }

    async fn written_to(&self, to: Recipient) -> Result<Vec<String>, Nobody> {
        let found = resolve(self.app.db.read(), &to).await.unwrap()?;
        Ok(found.into_iter().map(|to| to.address).collect())
    }
}

fn address(role: &str, person: &Person) -> String {
    format!("{role}-{}@essai.exemple", person.id)
}

#[tokio::test]
async fn a_structure_is_written_to_at_its_active_accounts_then_at_its_contact() {
    let t = TestApp::new().await;
    let id = t.addressed_structure().await;
    let to = || Recipient::Structure { id };
    assert_eq!(t.written_to(to()).await, Ok(vec!["contact@jardins.exemple".to_owned()]));
    let (first, second) = (t.of_structure(id).await, t.of_structure(id).await);
    assert_eq!(
        t.written_to(to()).await,
        Ok(vec![address("structure", &first), address("structure", &second)])
    );
    t.disable(first.id).await;
    assert_eq!(t.written_to(to()).await, Ok(vec![address("structure", &second)]));
    t.disable(second.id).await;
    assert_eq!(t.written_to(to()).await, Ok(vec!["contact@jardins.exemple".to_owned()]));
    assert_eq!(
        t.written_to(Recipient::Structure { id: StructureId(t.app.new_id()) }).await,
        Err(Nobody::Structure)
    );
}

#[tokio::test]
async fn a_request_is_followed_by_its_officer_or_by_those_whose_scope_holds_it() {
    let t = TestApp::new().await;
    let id = t.addressed_request().await;
    let to = || Recipient::RequestOfficer { id };
    assert_eq!(t.written_to(to()).await, Err(Nobody::Officer));
    let manager = t.person(Role::Manager).await;
    assert_eq!(t.written_to(to()).await, Ok(vec![address("manager", &manager)]), "somebody is always told");
    let (here, elsewhere) = (t.person(Role::Officer).await, t.person(Role::Officer).await);
    t.limit(&here, &format!("11,{REGION}")).await;
    t.limit(&elsewhere, "11").await;
    assert_eq!(t.written_to(to()).await, Ok(vec![address("officer", &here)]));
    agreement_request::Entity::update_many()
        .col_expr(agreement_request::Column::OfficerId, Expr::value(elsewhere.id))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    assert_eq!(
        t.written_to(to()).await,
        Ok(vec![address("officer", &elsewhere)]),
        "the one in charge, wherever"
    );
    t.disable(elsewhere.id).await;
    assert_eq!(t.written_to(to()).await, Ok(vec![address("officer", &here)]), "or the others once they left");
}

#[tokio::test]
async fn an_expert_is_written_to_at_their_account_or_at_their_file() {
    let t = TestApp::new().await;
    let id = ExpertId(t.app.new_id());
    let row = expert::ActiveModel {
        id: Set(id),
        number: Set("INT-0001".to_owned()),
        family_name: Set("N.".to_owned()),
        first_names: Set("Zoé".to_owned()),
        search: Set(String::new()),
        email: Set("zoe@intervenants.exemple".to_owned()),
        status: Set("freelance".to_owned()),
        department: Set("33".to_owned()),
        region: Set(REGION.to_owned()),
        zone: Set("Europe/Paris".to_owned()),
        created_at: Set(t.app.now().into()),
        version: Set(1),
        ..Default::default()
    };
    expert::Entity::insert(row).exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    let to = || Recipient::Expert { id };
    assert_eq!(t.written_to(to()).await, Ok(vec!["zoe@intervenants.exemple".to_owned()]));
    let person = t.of_expert(id).await;
    assert_eq!(t.written_to(to()).await, Ok(vec![address("expert", &person)]));
    t.disable(person.id).await;
    assert_eq!(t.written_to(to()).await, Err(Nobody::Expert));
}

#[tokio::test]
async fn a_committee_is_its_managers_and_who_called_it_each_once() {
    let t = TestApp::new().await;
    let (manager, officer) = (t.person(Role::Manager).await, t.person(Role::Officer).await);
    for (day, created_by, expected) in [
        (date!(2025 - 12 - 01), &officer, vec![address("manager", &manager), address("officer", &officer)]),
        (date!(2025 - 12 - 08), &manager, vec![address("manager", &manager)]),
    ] {
        let id = t.app.new_id().into();
        let row = committee::ActiveModel {
            id: Set(id),
            meets_on: Set(day),
            zone: Set("Europe/Paris".to_owned()),
            place: Set("Paris".to_owned()),
            state: Set(committee::CommitteeState::Planned),
            created_by: Set(created_by.id),
            created_at: Set(t.app.now().into()),
            version: Set(1),
        };
        committee::Entity::insert(row).exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
        assert_eq!(t.written_to(Recipient::Committee { id }).await, Ok(expected));
    }
}

#[tokio::test]
async fn a_role_given_after_the_act_receives_the_mail_and_one_taken_does_not() {
    let t = TestApp::new().await;
    let leaving = t.person(Role::Manager).await;
    t.announce(vec![letter(Recipient::Managers)]).await;
    account_role::Entity::delete_many()
        .filter(account_role::Column::AccountId.eq(leaving.id))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    let coming = t.person(Role::Manager).await;
    t.send().await;
    let Mailer::Memory(captured) = &t.app.mailer else { panic!("mails are kept in memory") };
    let to: Vec<_> = captured.lock().unwrap().iter().map(|mail| mail.to.clone()).collect();
    assert_eq!(to, [address("manager", &coming)]);
}

#[tokio::test]
async fn a_mail_for_nobody_fails_and_says_why() {
    let t = TestApp::new().await;
    let id = t.announce(vec![letter(Recipient::Managers)]).await[0];
    t.send().await;
    let mail = t.mail(id).await;
    assert_eq!(mail.state, MailState::Failed);
    assert_eq!(mail.answer, Some(Nobody::Managers.to_string()));
}

#[tokio::test]
async fn a_reminder_of_something_done_meanwhile_is_skipped() {
    let t = TestApp::new().await;
    t.person(Role::Manager).await;
    let id = t.addressed_request().await;
    let reminder =
        || letter(Recipient::Managers).while_in(id, &[RequestState::Submitted, RequestState::Incomplete]);
    let mails = t.announce(vec![reminder()]).await;
    t.send().await;
    assert_eq!(t.mail(mails[0]).await.state, MailState::Sent);
    let mails = t.announce(vec![reminder()]).await;
    agreement_request::Entity::update_many()
        .col_expr(agreement_request::Column::State, Expr::value(RequestState::Complete))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    t.send().await;
    assert_eq!(t.mail(mails[0]).await.state, MailState::Skipped);
    assert!(t.deliveries(mails[0]).await.is_empty());
}
