//! The pages of certificates: the register, the acts, what a holder reaches by their link, and what anybody verifies.

mod act;
mod file;
mod holder;
mod language;
mod list;
mod session;
mod show;
mod verify;

pub use act::ActPage;
pub use file::{FilePage, FileView};
pub use holder::HolderPage;
pub use list::{CertificateRow, CertificatesPage};
pub use session::{BatchRow, ReadyRow, SessionPage};
pub use show::{CertificatePage, FileRow};
pub use verify::{Compared, VerifiedView, VerifyPage};

use poem::{Route, get, post};

/// Adds the pages of certificates.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/verifier", get(verify::ask))
        .at("/verifier/un-fichier", get(file::ask_file).post(file::check_file))
        .at("/verifier/:number", get(verify::show).post(verify::compare))
        .at("/verifier/:number/signature", get(verify::signature))
        .at("/verifier/:number/preuve", get(verify::proof))
        .at("/badges/etats/:list", get(verify::states))
        .at("/.well-known/did.json", get(verify::did))
        .at("/mes-certificats/:token", get(holder::show).post(holder::act))
        .at("/mes-certificats/:token/fichier", get(holder::read_file))
        .at("/mes-certificats/:token/badge", post(holder::make_badge))
        .at("/mes-certificats/:token/contenu", get(holder::read_content))
        .at("/certificats", get(list::show))
        .at("/certificats/jurys/:session", get(session::show).post(session::issue))
        .at("/certificats/jurys/:session/archive", get(session::archive))
        .at("/certificats/jurys/:session/reprise", post(session::resume))
        .at("/certificats/:number", get(show::show))
        .at("/certificats/:number/fichiers/:id", get(show::read_file))
        .at("/certificats/:number/:act", get(act::show).post(act::submit))
}
