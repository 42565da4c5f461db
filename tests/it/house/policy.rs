//! Who may do what, on one page that a person reviews, and the decision itself for every role, own and foreign.

use std::fmt::Write as _;
use std::path::Path;

use entity::account_role::Role;
use entity::ids::{AccountId, CertificationId, ExpertId, StructureId};
use parchemin::authz::{
    Actor, Bound, Channel, Denied, Facts, Held, Permission, Scope, allows, allows_somewhere, bounds, rules,
};
use uuid::Uuid;

const ROLES: [Role; 7] =
    [Role::Admin, Role::Manager, Role::Officer, Role::Expert, Role::Structure, Role::Trainee, Role::Auditor];

const LEGEND: &str = "\
Who may do what: one line for each permission, one column for each role, the last for the program itself.
  x   on everything          own  on what belongs to their structure   adm  the same, as its administrator
  mis on their own mission   self on their own account                 ind  unless they inspected or decided
  oth on the missions of others
";

const REACH: &str = "\
How far a limited role reaches: one line for each permission, what a role limited to regions asks of the thing, then what a
role limited to a certification asks. A role that is tied to the thing by name, as an expert to their file, is not limited.
  must      to say where it is, and be within     if known  to be within, when it says where it is
  none      nothing is: only a role without this limit        ·  nothing: the limit does not count
";

#[test]
fn the_table_of_rights_is_the_reviewed_one() {
    insta::with_settings!({ snapshot_path => snapshots(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("policy", table());
    });
}

#[test]
fn the_table_of_limits_is_the_reviewed_one() {
    insta::with_settings!({ snapshot_path => snapshots(), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("bounds", reach());
    });
}

#[test]
fn a_limited_role_reaches_what_the_table_says_inside_outside_and_nobody_knows_where() {
    let each = [Limit::Region, Limit::Certification].map(|limit| PLACES.map(|place| (limit, place)));
    for permission in Permission::ALL.iter().copied() {
        for role in ROLES {
            for (limit, place) in each.into_iter().flatten() {
                for (own, facts) in [(true, own_facts()), (false, foreign_facts())] {
                    let facts = limit.placed(facts, place);
                    let expected = limit.holds(permission, role, own, Some(place));
                    let told =
                        format!("{} for {role} of one {limit:?}, {place:?}, own: {own}", permission.name());
                    assert_eq!(allows(&limit.actor(role), permission, &facts).is_ok(), expected, "{told}");
                }
            }
        }
    }
}

#[test]
fn a_limited_role_opens_the_lists_that_hold_something_of_its_own() {
    for permission in Permission::ALL.iter().copied() {
        for role in ROLES {
            for limit in [Limit::Region, Limit::Certification] {
                let expected = limit.holds(permission, role, false, None);
                let found = allows_somewhere(&limit.actor(role), permission, &foreign_facts());
                assert_eq!(found.is_ok(), expected, "{} for {role} of one {limit:?}", permission.name());
            }
        }
    }
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

fn reach() -> String {
    let word = |bound| match bound {
        Bound::Free => "·",
        Bound::Known => "if known",
        Bound::Carried => "must",
        Bound::Whole => "none",
    };
    let mut text = format!("{REACH}\n{:34}{:10}certification\n", "", "region");
    for permission in Permission::ALL.iter().copied() {
        let each = bounds(permission);
        let (region, certification) = (word(each.region), word(each.certification));
        writeln!(text, "{:34}{region:10}{certification}", permission.name()).unwrap();
    }
    text
}

/// What a role is limited to.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Region,
    Certification,
}

/// Where the thing is, for a limited role.
#[derive(Clone, Copy, Debug)]
enum Place {
    Inside,
    Outside,
    Unknown,
}

const PLACES: [Place; 3] = [Place::Inside, Place::Outside, Place::Unknown];

impl Limit {
    fn actor(self, role: Role) -> Actor {
        let mut actor = actor(role);
        for held in &mut actor.held {
            match self {
                Self::Region => held.regions = vec!["27".to_owned(), "53".to_owned()],
                Self::Certification => held.certification = Some(CertificationId(key(1))),
            }
        }
        actor
    }

    fn placed(self, facts: Facts, place: Place) -> Facts {
        let (region, certification) = match place {
            Place::Inside => (Some("53".to_owned()), Some(CertificationId(key(1)))),
            Place::Outside => (Some("11".to_owned()), Some(CertificationId(key(2)))),
            Place::Unknown => (None, None),
        };
        match self {
            Self::Region => Facts { region, ..facts },
            Self::Certification => Facts { certification, ..facts },
        }
    }

    /// What both tables say together; no place stands for a list.
    fn holds(self, permission: Permission, role: Role, own: bool, place: Option<Place>) -> bool {
        let bound = match self {
            Self::Region => bounds(permission).region,
            Self::Certification => bounds(permission).certification,
        };
        let within = match (bound, place) {
            (Bound::Free, _) => true,
            (Bound::Whole, _) => false,
            (Bound::Known, place) => !matches!(place, Some(Place::Outside)),
            (Bound::Carried, place) => matches!(place, Some(Place::Inside) | None),
        };
        let named = [Scope::OwnStructure, Scope::OwnStructureAdmin, Scope::OwnMission, Scope::Oneself];
        rules(permission).iter().any(|rule| {
            rule.role == Some(role) && tied(rule.scope, own) && (within || named.contains(&rule.scope))
        })
    }
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
    rules(permission).iter().any(|rule| rule.role == Some(role) && tied(rule.scope, own))
}

fn tied(scope: Scope, own: bool) -> bool {
    match scope {
        Scope::Any => true,
        Scope::OwnStructure | Scope::OwnStructureAdmin | Scope::OwnMission | Scope::Oneself => own,
        Scope::DidNotInspect | Scope::DidNotDecide | Scope::OthersMission => !own,
    }
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
