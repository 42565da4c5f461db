//! Calls of the API and of the pages, as a person makes them.

use poem::http::{Method, StatusCode};
use poem::test::TestResponse;
use serde_json::Value;

use super::{Person, TestApp};

/// An answer of the API.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub etag: Option<String>,
    pub location: Option<String>,
}

impl Answer {
    /// Pointers of the faults, in order.
    pub fn pointers(&self) -> Vec<&str> {
        self.body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["pointer"].as_str().unwrap())
            .collect()
    }

    /// The stable code of a refusal.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

async fn read(response: TestResponse) -> Answer {
    let header = |name: &str| response.0.header(name).map(str::to_owned);
    let (etag, location) = (header("etag"), header("location"));
    let status = response.0.status();
    // a file is no text: what matters of it here is its status
    let bytes = response.0.into_body().into_bytes().await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)), etag, location }
}

impl TestApp {
    /// `GET /api/v1…`.
    pub async fn get(&self, person: &Person, path: &str) -> Answer {
        read(self.request(person, Method::GET, path).send().await).await
    }

    /// `POST /api/v1…` with a JSON body.
    pub async fn post(&self, person: &Person, path: &str, body: &Value) -> Answer {
        read(self.request(person, Method::POST, path).body_json(body).send().await).await
    }

    /// `POST /api/v1…` at a version, without a body.
    pub async fn post_at(&self, person: &Person, path: &str, version: i32) -> Answer {
        let request = self.request(person, Method::POST, path).header("if-match", format!("\"{version}\""));
        read(request.send().await).await
    }

    /// `PUT /api/v1…` of a text.
    pub async fn put_text(&self, person: &Person, path: &str, version: Option<i32>, text: &str) -> Answer {
        let mut request =
            self.request(person, Method::PUT, path).content_type("text/plain").body(text.to_owned());
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        read(request.send().await).await
    }

    /// `PATCH /api/v1…` at a version.
    pub async fn patch(&self, person: &Person, path: &str, version: Option<i32>, body: &Value) -> Answer {
        let mut request = self.request(person, Method::PATCH, path).body_json(body);
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        read(request.send().await).await
    }

    /// `PUT /api/v1…` at a version.
    pub async fn put(&self, person: &Person, path: &str, version: Option<i32>, body: &Value) -> Answer {
        let mut request = self.request(person, Method::PUT, path).body_json(body);
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        read(request.send().await).await
    }

    /// `DELETE /api/v1…`.
    pub async fn delete(&self, person: &Person, path: &str) -> Answer {
        read(self.request(person, Method::DELETE, path).send().await).await
    }

    /// `POST /api/v1…` with a file and other fields.
    pub async fn upload(
        &self,
        person: &Person,
        path: &str,
        name: &str,
        file: Vec<u8>,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut form = poem::test::TestForm::new()
            .field(poem::test::TestFormField::bytes(file).filename(name).name("file"));
        for (key, value) in fields {
            form = form.text(*key, *value);
        }
        read(self.request(person, Method::POST, path).multipart(form).send().await).await
    }

    /// `POST` of a form of a page with a file: its status, where it leads, its text.
    pub async fn send_file(
        &self,
        person: &Person,
        path: &str,
        name: &str,
        file: Vec<u8>,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let file = poem::test::TestFormField::bytes(file).filename(name).name("file");
        let mut form = poem::test::TestForm::new().text("csrf", person.csrf.as_str()).field(file);
        for (key, value) in fields {
            form = form.text(*key, *value);
        }
        let response = self.client.post(path).header("cookie", &person.cookie).multipart(form).send().await;
        let status = response.0.status();
        let location = response.0.header("location").unwrap_or_default().to_owned();
        (status, location, response.0.into_body().into_string().await.unwrap())
    }

    fn request(
        &self,
        person: &Person,
        method: Method,
        path: &str,
    ) -> poem::test::TestRequestBuilder<'_, poem::endpoint::BoxEndpoint<'static, poem::Response>> {
        self.client
            .request(method, format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", person.token))
    }

    /// `GET` of a page: its status and its text.
    pub async fn open(&self, person: &Person, path: &str) -> (StatusCode, String) {
        let response = self.client.get(path).header("cookie", &person.cookie).send().await;
        let status = response.0.status();
        (status, response.0.into_body().into_string().await.unwrap())
    }

    /// `POST` of a form of a page: its status, where it leads, its text.
    pub async fn submit(
        &self,
        person: &Person,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let mut fields = fields.to_vec();
        fields.push(("csrf", &person.csrf));
        let response = self.client.post(path).header("cookie", &person.cookie).form(&fields).send().await;
        let status = response.0.status();
        let location = response.0.header("location").unwrap_or_default().to_owned();
        (status, location, response.0.into_body().into_string().await.unwrap())
    }
}
