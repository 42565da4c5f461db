//! The pages of candidates.

mod act;
mod acts;
mod adaptations;
mod civil;
mod correct;
mod files;
mod import;
mod list;
mod livret;
mod new;
mod position;
mod show;
mod ties;

pub use act::{ActKind, CandidateActPage};
pub use adaptations::{AdaptationsPage, MeasureRow};
pub use civil::CivilChoices;
pub use correct::CivilStatusPage;
pub use list::{CandidateRow, CandidatesPage, Counter};
pub use livret::{ImmersionRow, LivretPage, LivretRow, ObservationRow};
pub use new::NewCandidatePage;
pub use position::{PositioningPage, SkillField};
pub use show::{CandidateShowPage, PieceRow, SkillRow};
pub use ties::{BondRow, CandidateTiesPage};

use poem::{Route, get, post};

/// Adds the pages of candidates.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/candidats", get(list::show))
        .at("/candidats/nouveau", get(new::blank).post(new::create))
        .at("/candidats/import", get(import::show).post(import::load))
        .at("/candidats/:number", get(show::show))
        .at("/candidats/:number/etat-civil", get(correct::show).post(correct::correct))
        .at("/candidats/:number/coordonnees", get(act::contact).post(act::change_contact))
        .at("/candidats/:number/positionnement", get(position::show).post(position::record))
        .at("/candidats/:number/abandon", get(act::withdrawal).post(act::withdraw))
        .at("/candidats/:number/exclusion", get(act::exclusion).post(act::exclude))
        .at("/candidats/:number/structure", get(act::transfer).post(act::change_structure))
        .at("/candidats/:number/livret", get(livret::show))
        .at("/candidats/:number/livret/observations", post(livret::observe))
        .at("/candidats/:number/livret/observations/:id/retirer", post(livret::void_observation))
        .at("/candidats/:number/livret/immersions", post(livret::immerse))
        .at("/candidats/:number/livret/immersions/:id/retirer", post(livret::void_immersion))
        .at("/candidats/:number/adaptations", get(adaptations::show).post(adaptations::agree))
        .at("/candidats/:number/adaptations/:id/terminer", post(adaptations::end))
        .at("/candidats/:number/liens", get(ties::show).post(ties::declare))
        .at("/candidats/:number/liens/:id/retirer", post(ties::take_back))
        .at("/intervenants/:number/candidats", get(ties::own).post(ties::declare_own))
        .at("/candidats/:number/parcours", post(acts::start))
        .at("/candidats/:number/pieces", post(files::add))
        .at("/candidats/:number/pieces/:piece/retirer", post(files::remove))
        .at("/candidats/:number/deposer", post(acts::submit))
        .at("/candidats/:number/complements", post(acts::ask))
        .at("/candidats/:number/admettre", post(acts::admit))
        .at("/candidats/:number/nouveau-passage", post(acts::plan_resit))
        .at("/candidats/:number/documents/:document", get(files::download))
}
