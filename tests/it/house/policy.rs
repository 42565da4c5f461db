//! Who may do what, on one page that a person reviews, and the decision itself for every role, own and foreign.

use std::fmt::Write as _;
use std::path::Path;

use entity::account_role::Role;
use entity::ids::{AccountId, ExpertId, StructureId};
use parchemin::authz::{Actor, Channel, Denied, Facts, Held, Permission, Scope, allows, rules};
use uuid::Uuid;

const ROLES: [Role; 7] =
    [Role::Admin, Role::Manager, Role::Officer, Role::Expert, Role::Structure, Role::Trainee, Role::Auditor];

const LEGEND: &str = "\
Who may do what: one line for each permission, one column for each role, the last for the program itself.
  x   on everything          own  on what belongs to their structure   adm  the same, as its administrator
  mis on their own mission   self on their own account                 ind  unless they inspected or decided
  oth on the missions of others
";

#[test]
fn the_table_of_rights_is_the_reviewed_one() {
    insta::with_settings!({ snapshot_path => snapshots(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("policy", table());
    });
}

#[test]
fn the_decision_follows_the_table_for_every_role_on_own_and_foreign_things() {
    for permission in Permission::ALL.iter().copied() {
        for role in ROLES {
            for (own, facts) in [(true, own_facts()), (false, foreign_facts())] {
                let expected = holds(permission, role, own);
                let decision = allows(&actor(role), permission, &facts);
                assert_eq!(decision.is_ok(), expected, "{} for {role}, own: {own}", permission.name());
                if let Err(refusal) = decision {
                    let seen = permission.view() != permission && holds(permission.view(), role, own);
                    assert_eq!(
                        hidden(refusal),
                        !seen,
                        "{} for {role}, own: {own}: {refusal}",
                        permission.name()
                    );
                }
            }
        }
    }
}

#[test]
fn nobody_signed_in_may_do_nothing() {
    for permission in Permission::ALL.iter().copied() {
        let refusal = allows(&Actor::anonymous(Channel::Web), permission, &own_facts()).unwrap_err();
        assert_eq!(refusal, Denied::Anonymous, "{}", permission.name());
    }
}

#[test]
fn someone_without_role_sees_nothing() {
    let nobody = Actor::account(account(1), "Sans rôle", Vec::new(), Channel::Web);
    for permission in Permission::ALL.iter().copied() {
        let refusal = allows(&nobody, permission, &own_facts()).unwrap_err();
        assert_eq!(refusal, Denied::Hidden(permission), "{}", permission.name());
    }
}

#[test]
fn every_permission_has_one_name_and_somebody_who_holds_it() {
    let mut names = std::collections::BTreeSet::new();
    for permission in Permission::ALL.iter().copied() {
        assert!(names.insert(permission.name()), "{} twice", permission.name());
        assert!(!rules(permission).is_empty(), "nobody may {}", permission.name());
    }
}

fn table() -> String {
    let mut text = format!("{LEGEND}\n{:32}", "");
    let names = ROLES.map(Role::word);
    for name in names.iter().map(String::as_str).chain(["program"]) {
        write!(text, "{name:>10}").unwrap();
    }
    text.push('\n');
    for permission in Permission::ALL.iter().copied() {
        write!(text, "{:32}", permission.name()).unwrap();
        for role in ROLES.map(Some).into_iter().chain([None]) {
            let sign =
                rules(permission).iter().find(|rule| rule.role == role).map_or("·", |rule| sign(rule.scope));
            write!(text, "{sign:>10}").unwrap();
        }
        text.push('\n');
    }
    text
}

fn sign(scope: Scope) -> &'static str {
    match scope {
        Scope::Any => "x",
        Scope::OwnStructure => "own",
        Scope::OwnStructureAdmin => "adm",
        Scope::OwnMission => "mis",
        Scope::OthersMission => "oth",
        Scope::Oneself => "self",
        Scope::DidNotInspect | Scope::DidNotDecide => "ind",
    }
}

/// What the table says of a role that has every tie with the thing, or none.
fn holds(permission: Permission, role: Role, own: bool) -> bool {
    rules(permission).iter().any(|rule| {
        let tied = match rule.scope {
            Scope::Any => true,
            Scope::OwnStructure | Scope::OwnStructureAdmin | Scope::OwnMission | Scope::Oneself => own,
            Scope::DidNotInspect | Scope::DidNotDecide | Scope::OthersMission => !own,
        };
        rule.role == Some(role) && tied
    })
}

/// The actor owns, inspected and decided the thing of `own_facts`, and has no tie with that of `foreign_facts`.
fn actor(role: Role) -> Actor {
    let held = Held {
        structure: (role == Role::Structure).then(|| StructureId(key(1))),
        structure_admin: role == Role::Structure,
        expert: Some(ExpertId(key(1))),
        ..Held::everywhere(role)
    };
    Actor::account(account(1), "Quelqu’un", vec![held], Channel::Api)
}

fn own_facts() -> Facts {
    facts(1)
}

fn foreign_facts() -> Facts {
    facts(2)
}

fn facts(n: u128) -> Facts {
    Facts {
        structure: Some(StructureId(key(n))),
        expert: Some(ExpertId(key(n))),
        account: Some(account(n)),
        decided_by: Some(account(n)),
        inspected_by: Some(ExpertId(key(n))),
        ..Facts::default()
    }
}

fn account(n: u128) -> AccountId {
    AccountId(key(n))
}

fn key(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn hidden(refusal: Denied) -> bool {
    matches!(refusal, Denied::Hidden(_))
}

fn snapshots() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}
