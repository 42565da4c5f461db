//! Whose time a page shows: the visitor's own under `/disponibilites`, someone else's under their file.

use entity::expert;
use poem::{FromRequest, Request, RequestBody, Result};
use uuid::Uuid;

use super::super::{AvailabilityError, queries};
use crate::http::web::{Page, WebError};

/// The page asked, the expert, where the page is.
pub(super) struct Target {
    /// The page.
    pub(super) page: Page,
    /// Whose time.
    pub(super) expert: expert::Model,
    /// Address of the page.
    pub(super) base: String,
    /// Whether the visitor is the expert.
    pub(super) own: bool,
    /// The key in the address, when there is one.
    pub(super) id: Option<Uuid>,
}

impl<'a> FromRequest<'a> for Target {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let page = Page::from_request(request, body).await?;
        let conn = page.app.db.read();
        let (expert, base) = if let Some(number) = request.raw_path_param("number") {
            let expert = queries::expert_by_number(conn, page.actor(), number).await;
            (expert, format!("/intervenants/{number}/disponibilites"))
        } else {
            let expert = match page.actor().expert() {
                Some(own) => queries::expert(conn, page.actor(), own).await,
                None => Err(AvailabilityError::NotFound),
            };
            (expert, "/disponibilites".to_owned())
        };
        let expert = expert.map_err(WebError::from)?;
        let own = page.actor().expert() == Some(expert.id);
        let id = request.raw_path_param("id").and_then(|id| id.parse().ok());
        Ok(Self { page, expert, base, own, id })
    }
}
