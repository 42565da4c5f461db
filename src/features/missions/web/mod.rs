//! The pages of missions.
//!
//! Every act of a mission posts to `/missions/{number}/{verb}`, which asks before anything reaches somebody. The
//! page of a link (`reply`) needs no account: it shows on GET and acts on POST only.

mod act;
mod agenda;
mod documents;
mod expenses;
mod export;
mod impediment;
mod import;
mod labels;
mod list;
mod payable;
mod propose;
mod replace;
mod reply;
mod show;

pub use agenda::{AgendaPage, Month};
pub use expenses::{ExpensesPage, LineFields};
pub use impediment::ImpedimentFormPage;
pub use list::{Item, ListPage, MinePage, REPORTS, Row, VACANT};
pub use payable::{PayablePage, PayableRow};
pub use propose::{Away, ProposePage};
pub use replace::{CandidateRow, ReplacePage};
pub use reply::ReplyPage;
pub use show::{ClaimView, DocumentRow, OfferRow, ShowPage};

use poem::{Route, get, post};

/// Adds the pages of missions.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/missions", get(list::show))
        .at("/missions/nouvelle", get(propose::blank).post(propose::send))
        .at("/missions/export.csv", get(export::export))
        .at("/missions/import", get(import::show).post(import::load))
        .at("/missions/reponse/:token", get(reply::show).post(reply::answer))
        .at("/missions/a-payer", get(payable::show).post(payable::settle))
        .at("/missions/a-payer/csv", post(payable::export))
        .at("/missions/:number", get(show::show))
        .at("/missions/:number/frais", get(expenses::show).post(expenses::send))
        .at("/missions/:number/remplacement", get(replace::show).post(replace::send))
        .at("/missions/:number/documents/:id", get(documents::download))
        .at("/missions/:number/:verb", post(act::submit))
        .at("/intervenants/:number/empechement", get(impediment::show).post(impediment::send))
        .at("/agenda", get(agenda::show))
        .at("/agenda/adresse", post(agenda::open))
        .at("/agenda/adresse/fermer", post(agenda::close))
        .at("/agenda/:file", get(agenda::feed))
}
