//! The pages about people: accounts, colleagues, the demonstration, with invented data.

use askama::Template;
use parchemin::features::accounts::labels::state;
use parchemin::features::accounts::web::{
    ColleagueRow, ColleaguesPage, DemoAccount, DemoPage, RoleChoices, RoleRow, SecondFactorRemovalPage,
    UserPage, UserRow, UsersPage,
};
use parchemin::http::web::component::{Choice, Link, Pagination};
use parchemin::http::web::form::FormState;
use parchemin::http::web::layout::Shell;
use time::macros::datetime;
use uuid::Uuid;

use super::samples::{Sample, connected, words};
use entity::account::AccountState;

/// Every page about people.
pub(super) fn all() -> Vec<Sample> {
    vec![
        named("utilisateurs", &users(true)),
        named("utilisateurs-vide", &users(false)),
        named("utilisateur", &user(true)),
        named("utilisateur-lecture", &user(false)),
        named("collegues", &colleagues(true)),
        named("collegues-vide", &colleagues(false)),
        named("demonstration", &demonstration()),
        named("second-facteur-retrait", &removal()),
    ]
}

fn named(name: &str, page: &impl Template) -> Sample {
    (words(name), page.render().unwrap())
}

fn faulty(fields: &[(&str, &str)], prefix: &str) -> FormState {
    let errors = fields.iter().map(|(name, _)| (format!("/{name}"), "À corriger")).collect();
    FormState::filled(fields.iter().copied()).with_errors(errors).with_prefix(prefix)
}

fn choices() -> RoleChoices {
    RoleChoices {
        roles: vec![Choice::new("officer", "Gestionnaire"), Choice::new("structure", "Structure")],
        regions: vec![Choice::new("11", "Île-de-France"), Choice::new("01", "Guadeloupe")],
        certifications: vec![Choice::new(Uuid::nil().to_string(), "CQP d’essai")],
    }
}

fn users(full: bool) -> UsersPage {
    let form = if full {
        faulty(&[("email", "x"), ("name", ""), ("role", ""), ("siret", "1"), ("regions", "00")], "nouveau")
    } else {
        FormState::default().with_prefix("nouveau")
    };
    let user = |n| UserRow {
        id: Uuid::from_u128(n),
        name: words("Éléonore N’Guyen-d’Arc"),
        email: words("eleonore@essai.exemple"),
        roles: words("Gestionnaire, Auditeur"),
        state: state(if n == 1 { AccountState::Active } else { AccountState::Disabled }),
        second_factor: n == 1,
        last_sign_in: (n == 1).then_some(datetime!(2026-01-16 08:30 UTC)),
    };
    UsersPage {
        shell: connected("Utilisateurs", "/parametres/utilisateurs").with_errors(full),
        summary: form.summary("Le compte n’est pas encore ouvert"),
        filter: FormState::filled([("q", "eleonore")]).with_prefix("filtre"),
        states: vec![Choice::new("active", "Actif")],
        users: if full { vec![user(1), user(2)] } else { vec![] },
        pages: Pagination { first: None, next: full.then(|| words("/parametres/utilisateurs?suivant=x")) },
        manages: true,
        form,
        choices: choices(),
    }
}

fn user(manages: bool) -> UserPage {
    let since = datetime!(2026-01-16 08:30 UTC);
    let role_form = faulty(&[("siret", "1"), ("role", "x")], "role");
    UserPage {
        shell: connected("Éléonore N’Guyen-d’Arc", "/parametres/utilisateurs/1").with_errors(manages),
        summary: role_form.summary("Le compte n’a pas changé").filter(|_| manages),
        key: Uuid::nil(),
        email: words("eleonore@essai.exemple"),
        state: state(AccountState::Active),
        active: manages,
        version: 3,
        second_factor_since: manages.then_some(since),
        last_sign_in: None,
        roles: vec![RoleRow { id: Uuid::nil(), role: "Gestionnaire", scope: words("Île-de-France"), since }],
        expert: Some(Link::new("Anne-Lise Zéphyr", "/intervenants/INT-0001")),
        is_expert: true,
        manages,
        name_form: faulty(&[("name", "")], "nom"),
        role_form,
        expert_form: faulty(&[("expert", "x")], "intervenant"),
        choices: choices(),
        zone: "Indian/Reunion",
    }
}

fn colleagues(full: bool) -> ColleaguesPage {
    let person = |n: u128| ColleagueRow {
        id: Uuid::from_u128(n),
        name: words("Maëlys Kerzoncuf-Attoumani"),
        email: words("maelys@structure.exemple"),
        administrator: n == 1,
        state: state(AccountState::Active),
        invited: if n == 1 { String::new() } else { words("12 janvier 2026") },
        oneself: n == 1,
    };
    let form = faulty(&[("email", "x"), ("name", "")], "");
    ColleaguesPage {
        shell: connected("Accès de Les Jardins du Morvan", "/compte/collegues").with_errors(true),
        summary: form.summary("L’invitation n’est pas encore envoyée"),
        structure: Uuid::nil(),
        people: if full { vec![person(1), person(2)] } else { vec![] },
        manages: true,
        form,
    }
}

fn demonstration() -> DemoPage {
    let account = DemoAccount {
        word: words("admin"),
        role: "Administration",
        email: words("admin@demo.test"),
        name: words("Zoé"),
    };
    DemoPage { shell: Shell::public("Démonstration", "Certifieur", "").at("/demo"), accounts: vec![account] }
}

fn removal() -> SecondFactorRemovalPage {
    let form = faulty(&[("code", ""), ("recovery_code", "")], "");
    SecondFactorRemovalPage {
        shell: connected("Retirer le second facteur", "/compte/securite/second-facteur/retrait")
            .with_errors(true),
        summary: form.summary("Le second facteur est toujours actif"),
        form,
    }
}
