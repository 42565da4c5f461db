//! Structures that are not known yet ask for an account.

mod answers;
mod asking;
mod states;

use entity::{access_request, account, mail};
use parchemin::features::access::actions::LINK_LIFE;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::{Person, TestApp, siret_of};

const FORM: &str = "/devenir-agree/acces";

/// What the neutral answer says, without the address.
const NEUTRAL: &str = "Sans cette confirmation, votre demande n’est pas transmise";

impl TestApp {
    /// Sends a form without any account.
    async fn send_alone(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let answer = self.client.post(path).form(&fields).send().await;
        (answer.0.status(), answer.0.into_body().into_string().await.unwrap())
    }

    /// Opens a page without any account.
    async fn open_alone(&self, path: &str) -> (StatusCode, String) {
        let answer = self.client.get(path).send().await;
        (answer.0.status(), answer.0.into_body().into_string().await.unwrap())
    }

    /// A structure of that rank asks for an account; the answer must be the neutral one.
    async fn ask(&self, rank: u64, email: &str) {
        let siret = siret_of(rank, 1).to_string();
        let (status, html) = self.send_alone(FORM, &typed(&siret, email)).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        assert!(html.contains(NEUTRAL) && html.contains(email), "{html}");
    }

    /// The path of the link of the last mail that confirms.
    async fn link(&self) -> String {
        let mails =
            mail::Entity::find().order_by_desc(mail::Column::Id).all(self.app.db.read()).await.unwrap();
        let sent = mails.iter().find(|mail| mail.template == "access-confirm").unwrap();
        let start = sent.body_text.find(FORM).unwrap();
        sent.body_text[start..].lines().next().unwrap().to_owned()
    }

    /// The same, confirmed: the number of the request.
    async fn asked(&self, rank: u64, email: &str) -> String {
        self.ask(rank, email).await;
        let (status, html) = self.send_alone(&self.link().await, &[]).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        self.last_request().await.number.unwrap()
    }

    async fn email_of(&self, person: &Person) -> String {
        let found = account::Entity::find_by_id(person.id).one(self.app.db.read()).await;
        found.unwrap().unwrap().email
    }

    async fn last_request(&self) -> access_request::Model {
        let last = access_request::Entity::find().order_by_desc(access_request::Column::Id);
        last.one(self.app.db.read()).await.unwrap().unwrap()
    }
}

fn typed<'a>(siret: &'a str, email: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("siret", siret),
        ("name", "Les Paniers du Layon"),
        ("address", "3 rue des Vignes"),
        ("postal_code", "49000"),
        ("commune", "Angers"),
        ("contact/name", "Ève O’Brien"),
        ("contact/title", "Directrice"),
        ("contact/email", email),
    ]
}
