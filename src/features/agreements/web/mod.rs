//! The pages of the agreement desk.
//!
//! Reading pages are one file each, and that of the number of an agreement (`verify`) is open to anybody; every act
//! of a file posts to `/agrements/{ref}/{verbe}` (`doing`), which asks before anything reaches somebody, at an address
//! of its own when the act needs no words (`question`), and shows the form again when it is refused.

pub mod act;
pub mod agenda;
pub mod assign;
mod cautions;
pub mod committee_change;
pub mod committees;
mod deposit;
pub mod documents;
pub mod doing;
pub mod draft;
pub mod draft_fields;
pub mod draft_form;
pub mod file;
mod forms;
pub mod life;
mod life_words;
pub mod list;
mod margin;
pub mod new;
pub mod outcomes;
pub mod own;
pub mod parts;
mod perform;
mod piece_removal;
pub mod pieces_step;
mod preview;
mod question;
mod reading;
pub mod report;
pub mod right;
pub mod right_act;
pub mod rights;
mod steps;
pub mod traces;
pub mod verify;
pub mod visit;
pub mod visit_date;
pub mod visit_reply;
mod words;

use poem::{Route, get, post};

/// Adds the pages of the desk.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/agrements", get(list::list))
        .at("/agrements/nouveau", get(new::show).post(new::create))
        .at("/agrements/droits", get(rights::list))
        .at("/agrements/droits/:number", get(right::show))
        .at("/agrements/droits/:number/:verb", get(right_act::show).post(right_act::submit))
        .at("/agrements/partenaires", get(rights::partners))
        .at("/agrements/partenaires/liste.csv", get(rights::export))
        .at("/agrements/partenaires/:id", post(rights::acknowledge))
        .at("/agrements/:reference", get(file::show))
        .at("/agrements/:reference/brouillon", get(draft::show).post(draft::save))
        .at("/agrements/:reference/brouillon/enregistrer", post(draft::autosave))
        .at("/agrements/:reference/brouillon/pieces", post(pieces_step::upload))
        .at(
            "/agrements/:reference/brouillon/pieces/retirer",
            get(piece_removal::show).post(piece_removal::remove),
        )
        .at("/agrements/:reference/visite", get(visit::show).post(visit::keep))
        .at("/agrements/:reference/visite/confier", get(assign::show))
        .at("/agrements/:reference/visite/date", get(visit_date::show))
        .at("/agrements/:reference/rapport", get(report::show))
        .at("/agrements/:reference/fournir", post(deposit::supply))
        .at("/agrements/:reference/justifier-reserve", post(deposit::prove))
        .at("/agrements/:reference/:verb", get(question::show).post(doing::submit))
        .at("/notre-agrement", get(own::show))
        .at("/commissions", get(committees::list).post(committees::plan))
        .at("/commissions/:date", get(agenda::show))
        .at("/commissions/:date/:verb", post(committee_change::submit))
        .at("/documents/:id", get(documents::download))
        .at("/visites/reponse/:token", get(visit_reply::show).post(visit_reply::answer))
}
