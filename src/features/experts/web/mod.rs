//! The pages of experts.

mod ask;
mod documents;
mod export;
mod files;
mod form;
mod habilitation;
mod import;
mod labels;
mod list;
mod mine;
mod own;
mod pieces;
mod show;

pub use files::{FileRow, FilesPage};
pub use form::ExpertFormPage;
pub use habilitation::{DocumentRow, HabilitationPage, StepRow};
pub use list::{ListPage, Row};
pub use mine::{EndingPiece, MinePage, OwnHabilitation};
pub use own::UnlinkedPage;
pub use show::{Ending, HabilitationRow, MissionRow, PieceFileLink, PieceRow, ShowPage, WorkPanel};

use poem::{Route, get, post};

/// Adds the pages of experts.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/ma-fiche", get(own::show))
        .at("/mes-habilitations", get(mine::show))
        .at("/intervenants", get(list::show))
        .at("/intervenants/nouveau", get(form::blank).post(form::create))
        .at("/intervenants/dossiers", get(files::show))
        .at("/intervenants/export.csv", get(export::export))
        .at("/intervenants/import", get(import::show).post(import::load))
        .at("/intervenants/:number", get(show::show))
        .at("/intervenants/:number/modifier", get(form::edit).post(form::save))
        .at("/intervenants/:number/habilitations", post(show::record))
        .at("/intervenants/:number/candidatures", post(show::apply))
        .at("/intervenants/:number/pieces", post(pieces::add))
        .at("/intervenants/:number/pieces/correction", post(pieces::correct))
        .at("/intervenants/:number/pieces/fichier", post(pieces::attach))
        .at("/intervenants/:number/pieces/:piece/fichier", get(pieces::download))
        .at(
            "/intervenants/:number/habilitations/:habilitation",
            get(habilitation::show).post(habilitation::take_step),
        )
        .at("/intervenants/:number/habilitations/:habilitation/documents/:id", get(documents::download))
}
