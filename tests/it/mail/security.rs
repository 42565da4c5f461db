//! What goes to the relay is protected, or does not leave.

use entity::mail::MailState;
use parchemin::worker;

use super::{letter, to};
use crate::support::TestApp;
use crate::support::smtp::{Relay, Security, mailer_of, secured_mailer};

const ADDRESS: &str = "camille@structure.exemple";
const SECRET: &str = "courrier:bon-secret";

#[tokio::test]
async fn a_mail_leaves_over_tls_with_its_password_and_never_without() {
    let t = TestApp::new().await;
    for security in [Security::StartTls, Security::Wrapped] {
        let relay = Relay::secured(security, SECRET).await;
        let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
        let sender = t.another_process(secured_mailer(relay.port(), security, SECRET));
        assert_eq!(worker::mail::run_once(&sender).await.unwrap(), 1, "{security:?}");
        let mail = t.mail(id).await;
        assert_eq!((mail.state, relay.kept().len()), (MailState::Sent, 1), "{security:?}: {:?}", mail.answer);
    }

    let id = t.announce(vec![letter(to(ADDRESS))]).await[0];
    let plain = Relay::secured(Security::Plain, SECRET).await;
    let guarded = Relay::secured(Security::StartTls, SECRET).await;
    let unknown = format!("smtp://{SECRET}@127.0.0.1:{}?tls=required", guarded.port());
    for (relay, mailer, said) in [
        (&plain, secured_mailer(plain.port(), Security::StartTls, SECRET), "STARTTLS is not supported"),
        (&guarded, secured_mailer(guarded.port(), Security::StartTls, "courrier:faux"), "wrong credentials"),
        (&guarded, mailer_of(&unknown), "certificate"),
    ] {
        let sender = t.another_process(mailer);
        worker::mail::run_once(&sender).await.unwrap();
        let mail = t.mail(id).await;
        assert_eq!((mail.state, mail.attempts), (MailState::Pending, 0), "{said}");
        let answer = mail.answer.unwrap();
        assert!(answer.to_lowercase().contains(&said.to_lowercase()), "{said}: {answer}");
        assert!(relay.kept().is_empty() && relay.asked(ADDRESS) == 0, "{said}");
    }
}
