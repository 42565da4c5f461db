//! The pages of accounts.

mod colleagues;
mod demo;
mod labels;
pub mod pages;
mod profile;
mod second_factor;
mod security;
mod setup;
mod sign_in;
mod users;
mod visit;

pub use colleagues::{ColleagueRow, ColleaguesPage};
pub use demo::{DemoAccount, DemoPage};
pub use setup::SecondFactorRemovalPage;
pub use users::{RoleChoices, RoleRow, UserPage, UserRow, UsersPage};

use poem::{Route, get, post};

/// Adds the pages of accounts.
#[must_use]
pub fn pages(route: Route) -> Route {
    let route = route
        .at("/connexion", get(sign_in::show).post(sign_in::by_password))
        .at("/connexion/lien", post(sign_in::ask_link))
        .at("/connexion/lien/:token", get(sign_in::show_link).post(sign_in::use_link))
        .at("/connexion/second-facteur", get(second_factor::show).post(second_factor::give))
        .at("/deconnexion", post(sign_in::sign_out))
        .at("/compte", get(profile::show).post(profile::save))
        .at("/compte/securite", get(security::show))
        .at("/compte/securite/mot-de-passe", post(security::change_password))
        .at("/compte/securite/second-facteur", get(setup::show).post(setup::confirm))
        .at("/compte/securite/second-facteur/retrait", get(setup::show_removal).post(setup::remove))
        .at("/compte/securite/codes-de-secours", post(setup::renew_codes))
        .at("/compte/securite/sessions/fermer", post(security::revoke_others))
        .at("/compte/securite/sessions/:id/fermer", post(security::revoke))
        .at("/compte/securite/jetons", post(security::create_token))
        .at("/compte/securite/jetons/:id/retirer", post(security::revoke_token));
    people(route)
}

fn people(route: Route) -> Route {
    route
        .at("/compte/collegues", get(colleagues::show).post(colleagues::invite))
        .at("/compte/collegues/:id/retirer", get(colleagues::ask_removal).post(colleagues::remove))
        .at("/compte/collegues/:id/administration", post(colleagues::change))
        .at("/compte/collegues/:id/inviter", post(colleagues::invite_again))
        .at("/parametres/utilisateurs", get(users::list).post(users::create))
        .at("/parametres/utilisateurs/:id", get(users::show).post(users::rename))
        .at("/parametres/utilisateurs/:id/etat", get(users::ask_close).post(users::set_state))
        .at("/parametres/utilisateurs/:id/intervenant", post(users::tie_expert))
        .at("/parametres/utilisateurs/:id/roles", post(users::add_role))
        .at("/parametres/utilisateurs/:id/roles/:role/retirer", post(users::remove_role))
        .at(
            "/parametres/utilisateurs/:id/second-facteur",
            get(users::ask_reset).post(users::reset_second_factor),
        )
}

/// Adds the page of the demonstration. Outside the demonstration it is not added at all.
#[must_use]
pub fn demo_pages(route: Route) -> Route {
    route.at("/demo", get(demo::show).post(demo::sign_in))
}
