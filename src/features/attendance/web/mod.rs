//! The pages of attendance: the sheet of a session for whoever teaches and the team, the room, and the trainee's own page.

mod acts;
mod correct;
mod list;
mod room;
mod session;
mod slot;
mod trainee;

pub use correct::{CorrectPage, ProofRow};
pub use list::{TaughtPage, TaughtRow};
pub use room::{PrintPage, PrintRow, RoomPage, RoomSignPage};
pub use session::{PersonRow, SheetPage, SlotRow};
pub use slot::{Acts, LineRow, SlotPage};
pub use trainee::{AskLinkPage, HalfDayRow, TraineePage};

use poem::{Route, get, post};

/// Adds the pages of attendance.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/mes-seances", get(list::show))
        .at("/sessions/:number/emargement", get(session::show))
        .at("/sessions/:number/emargement/:slot", get(slot::show))
        .at("/sessions/:number/emargement/:slot/ouvrir", post(acts::open))
        .at("/sessions/:number/emargement/:slot/presences", post(acts::record))
        .at("/sessions/:number/emargement/:slot/contresigner", post(acts::countersign))
        .at("/sessions/:number/emargement/:slot/feuille", post(acts::keep_sheet))
        .at("/sessions/:number/emargement/:slot/salle", get(room::codes))
        .at("/sessions/:number/emargement/:slot/imprimer", get(room::print))
        .at("/sessions/:number/emargement/:slot/corriger/:line", get(correct::show).post(correct::send))
        .at("/sessions/:number/emargement/:slot/preuves/:line", post(correct::prove))
        .at("/sessions/:number/emargement/:slot/preuves/:line/retirer", post(correct::void_proof))
        .at("/sessions/:number/emargement/:slot/fichiers/:id", get(acts::download))
        .at("/emargement/:token", get(room::show).post(room::sign))
        .at("/stagiaire", get(trainee::ask).post(trainee::send_link))
        .at("/stagiaire/:token", get(trainee::show))
        .at("/stagiaire/:token/signer/:slot", post(trainee::sign))
        .at("/stagiaire/:token/documents/:id", get(trainee::download))
}
