//! `/catalogue/documents/{name}`: what everybody is given before they enrol, in the version in force.

use entity::training_handbook::HandbookKind;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::shelf::Shelf;
use super::super::{CatalogueError, labels, queries};
use crate::http::web::component::Link;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, download};

/// The end of the address of each.
const NAMES: [(HandbookKind, &str); 3] = [
    (HandbookKind::Terms, "conditions"),
    (HandbookKind::HouseRules, "reglement"),
    (HandbookKind::WelcomeBooklet, "livret"),
];

/// What there is to read before one enrols.
pub(super) fn links(shelf: &Shelf) -> Vec<Link> {
    let known = NAMES.into_iter().filter(|(kind, _)| shelf.stamp.handbooks.contains(kind));
    let link = |(kind, name)| Link::new(labels::handbook(kind), format!("/catalogue/documents/{name}"));
    known.map(link).collect()
}

#[handler]
pub(super) async fn read(page: PublicPage, Path(name): Path<String>) -> Result<Response> {
    let done = async {
        let known = NAMES.into_iter().find(|(_, known)| *known == name);
        let (kind, _) = known.ok_or(CatalogueError::NotFound)?;
        let document = queries::handbook(page.app.db.read(), kind, page.app.today()).await?;
        let content = page.app.storage.get(&document.sha256).await?;
        Ok::<_, CatalogueError>((document, content))
    };
    let (document, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&document.media_type, &document.download_name(), content))
}
