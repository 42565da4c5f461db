//! What the acts on a file put in agendas, and take off them.

use std::collections::BTreeSet;

use entity::agreement_request::RequestState as S;
use entity::mail;
use parchemin::features::agreements::state::Step;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::desk::Desk;

/// The recipients, the methods and the objects of the mails of a template.
async fn sent(desk: &Desk, template: &str) -> (BTreeSet<String>, BTreeSet<String>, Vec<String>) {
    let mails = mail::Entity::find().filter(mail::Column::Template.eq(template));
    let mails = mails.all(desk.t.app.db.read()).await.unwrap();
    (
        mails.iter().map(|mail| mail.recipient.to_string()).collect(),
        mails.iter().filter_map(|mail| mail.calendar_method.clone()).collect(),
        mails.into_iter().filter_map(|mail| mail.calendar).collect(),
    )
}

/// The value of a property of a calendar object, once its folded lines are joined.
pub fn property(calendar: &str, name: &str) -> String {
    let whole = calendar.replace("\r\n ", "").replace("\n ", "");
    let line = whole.lines().find(|line| line.starts_with(&format!("{name}:")));
    line.unwrap_or_else(|| panic!("no {name} in {whole}")).trim().to_owned()
}

#[tokio::test]
async fn a_withdrawal_takes_the_visit_off_every_agenda_that_holds_it() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.step(Step::Withdraw).await;
    let (invited, _, dates) = sent(&desk, "visit-scheduled").await;
    let (told, methods, off) = sent(&desk, "visit-cancelled").await;
    assert_eq!(told, invited, "the structure and the contrôleur");
    assert_eq!((invited.len(), off.len()), (2, 2));
    assert_eq!(methods, BTreeSet::from(["CANCEL".to_owned()]));
    for object in &off {
        assert_eq!(property(object, "UID"), property(&dates[0], "UID"));
        assert_eq!(
            (property(&dates[0], "SEQUENCE"), property(object, "SEQUENCE")),
            ("SEQUENCE:0".to_owned(), "SEQUENCE:1".to_owned())
        );
    }
}
