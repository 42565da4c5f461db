//! Accounts: signing in, second factor, sessions, tokens, administration, people of structures.

mod administration;
mod colleagues;
mod demonstration;
mod journal;
mod password;
mod profile;
mod second_factor;
mod sessions;
mod sign_in;
mod tokens;

use std::sync::Arc;

use entity::ids::AccountId;
use entity::{account, mail};
use parchemin::app::App;
use parchemin::features::accounts::password as passwords;
use poem::http::StatusCode;
use poem::test::TestResponse;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, EntityTrait, QueryOrder};

use crate::support::{Person, TestApp};

/// A password that the rules accept.
const PASSWORD: &str = "correct cheval pile agrafe";

/// What a page answered to a browser.
struct Visited {
    status: StatusCode,
    location: String,
    /// The session cookie that was set, as the browser sends it back.
    cookie: Option<String>,
    text: String,
}

async fn visited(response: TestResponse) -> Visited {
    let headers = response.0.headers().clone();
    let cookies = headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let cookie =
        cookies.filter_map(|value| value.split(';').next()).find(|pair| pair.starts_with("session="));
    Visited {
        status: response.0.status(),
        location: headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned(),
        cookie: cookie.map(str::to_owned),
        text: response.0.into_body().into_string().await.unwrap(),
    }
}

impl Visited {
    /// The anti-forgery token of the page.
    fn csrf(&self) -> String {
        between(&self.text, "name=\"csrf\" value=\"", "\"").unwrap()
    }
}

fn between(text: &str, start: &str, end: &str) -> Option<String> {
    Some(text.split_once(start)?.1.split_once(end)?.0.to_owned())
}

impl TestApp {
    /// Opens a page with a cookie, or none.
    async fn visit(&self, path: &str, cookie: &str) -> Visited {
        visited(self.client.get(path).header("cookie", cookie).send().await).await
    }

    /// Sends a form with a cookie, or none.
    async fn fill(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Visited {
        visited(self.client.post(path).header("cookie", cookie).form(&fields).send().await).await
    }

    /// The path of the link of the last mail.
    async fn mailed_link(&self) -> String {
        let mail = mail::Entity::find()
            .order_by_desc(mail::Column::Id)
            .one(self.app.db.read())
            .await
            .unwrap()
            .unwrap();
        let link = between(&mail.body_text, "/connexion/lien/", "\n").unwrap();
        format!("/connexion/lien/{}", link.trim())
    }

    async fn account(&self, id: AccountId) -> account::Model {
        account::Entity::find_by_id(id).one(self.app.db.read()).await.unwrap().unwrap()
    }

    /// Gives an account a password.
    async fn give_password(&self, id: AccountId) {
        let hash = passwords::hash(&self.app, PASSWORD).await.unwrap();
        let row =
            account::ActiveModel { id: Unchanged(id), password_hash: Set(Some(hash)), ..Default::default() };
        row.update(self.app.db.bookkeeping()).await.unwrap();
    }

    /// Asks for a link and signs in with it; the cookie.
    async fn sign_in(&self, email: &str) -> String {
        self.fill("/connexion/lien", "", &[("email", email)]).await;
        let link = self.mailed_link().await;
        self.fill(&link, "", &[]).await.cookie.unwrap()
    }
}

/// The address of a person of the tests.
async fn address(t: &TestApp, person: &Person) -> String {
    t.account(person.id).await.email
}

/// The code that an application shows for a key written in base 32.
fn code_of(app: &Arc<App>, key: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(app.now().unix_timestamp()).unwrap()).to_string()
}
