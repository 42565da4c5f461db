//! The pages of surveys: those of the team, and the one where people answer.

mod answer;
mod ask;
mod list;
mod show;

pub use answer::{AnswerPage, QuestionRow};
pub use ask::AskPage;
pub use list::{SurveyRow, SurveysPage};
pub use show::{ResultRow, SurveyShowPage};

use poem::{Route, get, post};

/// Adds the pages of surveys.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/qualite/enquetes", get(list::show))
        .at("/qualite/enquetes/nouvelle", get(ask::blank).post(ask::send))
        .at("/qualite/enquetes/:id", get(show::show))
        .at("/qualite/enquetes/:id/clore", get(show::confirm_close).post(show::close))
        .at("/qualite/enquetes/:id/rouvrir", post(show::reopen))
        .at("/qualite/enquetes/:id/relancer", post(show::remind))
        .at("/enquetes/:token", get(answer::show).post(answer::send))
}
