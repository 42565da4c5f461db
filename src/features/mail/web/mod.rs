//! The pages of the outbox.

mod demo;
mod list;
mod show;
mod templates;
mod text;

use poem::{Route, get, post};

pub use demo::{DemoListPage, DemoMailPage, DemoRow};
pub use list::{MailRow, MailsPage, StateTab};
pub use show::{DeliveryRow, MailPage};
pub use templates::{DocumentRow, TemplateArea, TemplatePage, TemplateRow, TemplatesPage, VariableRow};
pub use text::{Line, Piece, paragraphs};

/// The zone in which the team reads hours.
const ZONE: &str = "Europe/Paris";

/// Adds the pages.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/courriels", get(list::list).post(list::look))
        .at("/courriels/:id", get(show::show))
        .at("/courriels/:id/html", get(show::html))
        .at("/courriels/:id/relancer", post(show::retry))
        .at("/demo/courriels", get(demo::list))
        .at("/demo/courriels/:id", get(demo::show))
        .at("/parametres/modeles", get(templates::list))
        .at("/parametres/modeles/:name", get(templates::show))
        .at("/parametres/modeles/:name/exemple", get(templates::example))
        .at("/parametres/modeles/:name/html", get(templates::html))
}
