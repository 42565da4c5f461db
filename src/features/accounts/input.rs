//! What accounts accept: every fault at once, with its place.

use entity::account::{AccountState, Theme};
use entity::account_role::{self, Role};
use entity::ids::{CertificationId, ExpertId, StructureId};
use time::Duration;

use super::error::AccountError;
use super::labels;
use crate::error::Fault;
use crate::rules::email_address::EmailAddress;
use crate::rules::person_name::PersonName;
use crate::rules::territory;

/// Longest life of a token of the API, in days.
pub const LONGEST_TOKEN_DAYS: i64 = 365;
const LONGEST_TOKEN_NAME: usize = 80;

/// A role to give, with the scope in which it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleInput {
    /// The role.
    pub role: Role,
    /// Own structure, for the role `structure` and no other.
    pub structure: Option<StructureId>,
    /// Administers the structure.
    pub structure_admin: bool,
    /// Only this certification.
    pub certification: Option<CertificationId>,
    /// Only these INSEE regions; empty = everywhere.
    pub regions: Vec<String>,
}

impl RoleInput {
    /// A role without any limit of scope.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        Self { role, structure: None, structure_admin: false, certification: None, regions: Vec::new() }
    }

    /// A place in a structure.
    #[must_use]
    pub fn in_structure(structure: StructureId, administrator: bool) -> Self {
        Self {
            structure: Some(structure),
            structure_admin: administrator,
            ..Self::everywhere(Role::Structure)
        }
    }

    /// Two roles that cannot be held together: the same one, in the same structure.
    #[must_use]
    pub fn same_as(&self, role: Role, structure: Option<StructureId>) -> bool {
        self.role == role && self.structure == structure
    }

    /// The regions as kept.
    #[must_use]
    pub fn regions_text(&self) -> String {
        self.regions.join(",")
    }

    fn faults(&self, pointer: &str, faults: &mut Vec<Fault>) {
        let mut push = |field: &str, code, message: &str| {
            faults.push(Fault::new(format!("{pointer}{field}"), code, message));
        };
        match (self.role == Role::Structure, self.structure.is_some()) {
            (true, false) => push("/structure_id", "structure-missing", labels::ROLE_NEEDS_STRUCTURE),
            (false, true) => push("/structure_id", "structure-unexpected", labels::ROLE_WITHOUT_STRUCTURE),
            _ => {}
        }
        if self.role != Role::Structure && self.structure_admin {
            push("/structure_admin", "structure-unexpected", labels::ROLE_WITHOUT_STRUCTURE);
        }
        if !may_be_limited(self.role) && (self.certification.is_some() || !self.regions.is_empty()) {
            push("/regions", "scope-unexpected", labels::ROLE_WITHOUT_SCOPE);
        }
        for (at, code) in self.regions.iter().enumerate() {
            if territory::region(code).is_none() {
                push(&format!("/regions/{at}"), "region-unknown", labels::REGION_UNKNOWN);
            }
        }
    }
}

impl From<&account_role::Model> for RoleInput {
    fn from(row: &account_role::Model) -> Self {
        Self {
            role: row.role,
            structure: row.structure_id,
            structure_admin: row.structure_admin,
            certification: row.certification_id,
            regions: row.regions.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        }
    }
}

/// Roles that a certification or regions may limit.
#[must_use]
pub fn may_be_limited(role: Role) -> bool {
    matches!(role, Role::Manager | Role::Officer | Role::Auditor)
}

/// Every fault of a list of roles.
#[must_use]
pub fn role_faults(roles: &[RoleInput]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if roles.is_empty() {
        faults.push(Fault::new("/roles", "role-missing", labels::ROLE_MISSING));
    }
    for (at, role) in roles.iter().enumerate() {
        let pointer = format!("/roles/{at}");
        role.faults(&pointer, &mut faults);
        if roles[..at].iter().any(|other| other.same_as(role.role, role.structure)) {
            faults.push(Fault::new(format!("{pointer}/role"), "role-twice", labels::ROLE_TWICE));
        }
    }
    faults
}

/// An account to open.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Address, as it will be written to.
    pub email: EmailAddress,
    /// Name shown.
    pub name: PersonName,
    /// Roles.
    pub roles: Vec<RoleInput>,
    /// Own file of expert.
    pub expert: Option<ExpertId>,
}

impl NewAccount {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn parse(
        email: &str,
        name: &str,
        roles: Vec<RoleInput>,
        expert: Option<ExpertId>,
    ) -> Result<Self, AccountError> {
        let mut faults = Vec::new();
        let email = email_or_fault(email, &mut faults);
        let name = name_or_fault(name, &mut faults);
        faults.extend(role_faults(&roles));
        match (email, name, faults.is_empty()) {
            (Some(email), Some(name), true) => Ok(Self { email, name, roles, expert }),
            _ => Err(AccountError::Invalid(faults)),
        }
    }
}

/// What changes of an account; nothing said, nothing changed.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// Name shown.
    pub name: Option<PersonName>,
    /// Open or closed.
    pub state: Option<AccountState>,
    /// Every role, replacing those held.
    pub roles: Option<Vec<RoleInput>>,
    /// Own file of expert.
    pub expert: Option<ExpertId>,
}

impl AccountChange {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn parse(
        name: Option<&str>,
        state: Option<AccountState>,
        roles: Option<Vec<RoleInput>>,
        expert: Option<ExpertId>,
    ) -> Result<Self, AccountError> {
        let mut faults = Vec::new();
        let name = name.and_then(|name| name_or_fault(name, &mut faults));
        faults.extend(roles.iter().flat_map(|roles| role_faults(roles)));
        if faults.is_empty() {
            Ok(Self { name, state, roles, expert })
        } else {
            Err(AccountError::Invalid(faults))
        }
    }
}

/// Someone to invite into a structure.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Address.
    pub email: EmailAddress,
    /// Name, used when no account exists at the address.
    pub name: PersonName,
    /// Administers the structure.
    pub administrator: bool,
}

impl Invitation {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn parse(email: &str, name: &str, administrator: bool) -> Result<Self, AccountError> {
        let mut faults = Vec::new();
        let email = email_or_fault(email, &mut faults);
        let name = name_or_fault(name, &mut faults);
        match (email, name) {
            (Some(email), Some(name)) => Ok(Self { email, name, administrator }),
            _ => Err(AccountError::Invalid(faults)),
        }
    }
}

/// What a person sets for herself.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Name shown.
    pub name: PersonName,
    /// Colours.
    pub theme: Theme,
    /// Shortcuts of one letter.
    pub shortcuts: bool,
}

impl Profile {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn parse(name: &str, theme: &str, shortcuts: bool) -> Result<Self, AccountError> {
        let mut faults = Vec::new();
        let name = name_or_fault(name, &mut faults);
        let theme = Theme::from_word(theme);
        if theme.is_none() {
            faults.push(Fault::new("/theme", "theme-unknown", labels::THEME_UNKNOWN));
        }
        match (name, theme) {
            (Some(name), Some(theme)) => Ok(Self { name, theme, shortcuts }),
            _ => Err(AccountError::Invalid(faults)),
        }
    }
}

/// A token to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// Name, to recognise it.
    pub name: String,
    /// How long it lives.
    pub ttl: Duration,
}

impl NewToken {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn parse(name: &str, ttl_days: Option<i64>) -> Result<Self, AccountError> {
        let mut faults = Vec::new();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            faults.push(Fault::new("/name", "name-missing", labels::TOKEN_NAME_MISSING));
        } else if name.chars().count() > LONGEST_TOKEN_NAME {
            faults.push(Fault::new("/name", "name-too-long", labels::TOKEN_NAME_TOO_LONG));
        }
        let days = ttl_days.filter(|days| (1..=LONGEST_TOKEN_DAYS).contains(days));
        if days.is_none() {
            faults.push(Fault::new("/ttl_days", "ttl-out-of-bounds", labels::TOKEN_TTL));
        }
        match days {
            Some(days) if faults.is_empty() => Ok(Self { name, ttl: Duration::days(days) }),
            _ => Err(AccountError::Invalid(faults)),
        }
    }
}

fn email_or_fault(text: &str, faults: &mut Vec<Fault>) -> Option<EmailAddress> {
    EmailAddress::parse(text)
        .map_err(|error| faults.push(Fault::new("/email", "email-malformed", error.message())))
        .ok()
}

fn name_or_fault(text: &str, faults: &mut Vec<Fault>) -> Option<PersonName> {
    PersonName::parse(text)
        .map_err(|error| faults.push(Fault::new("/name", "name-malformed", error.message())))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn codes(error: AccountError) -> Vec<(String, &'static str)> {
        match error {
            AccountError::Invalid(faults) => {
                faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
            }
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_token_lives_from_one_day_to_one_year() {
        for (days, ok) in [
            (Some(1), true),
            (Some(365), true),
            (Some(366), false),
            (Some(0), false),
            (Some(-1), false),
            (None, false),
        ] {
            assert_eq!(NewToken::parse("Tableur", days).is_ok(), ok, "{days:?}");
        }
        assert_eq!(NewToken::parse("  Mon   tableur ", Some(30)).unwrap().name, "Mon tableur");
        let faults = codes(NewToken::parse(" ", Some(366)).unwrap_err());
        assert_eq!(
            faults,
            [("/name".to_owned(), "name-missing"), ("/ttl_days".to_owned(), "ttl-out-of-bounds")]
        );
    }

    #[test]
    fn a_role_has_the_scope_that_makes_sense_for_it() {
        let structure = StructureId(Uuid::from_u128(1));
        let everywhere = RoleInput::everywhere;
        for (roles, expected) in [
            (vec![everywhere(Role::Officer)], vec![]),
            (vec![RoleInput { regions: vec!["11".to_owned()], ..everywhere(Role::Officer) }], vec![]),
            (vec![RoleInput::in_structure(structure, true)], vec![]),
            (vec![], vec!["role-missing"]),
            (vec![everywhere(Role::Structure)], vec!["structure-missing"]),
            (
                vec![RoleInput { structure: Some(structure), ..everywhere(Role::Admin) }],
                vec!["structure-unexpected"],
            ),
            (
                vec![RoleInput { regions: vec!["11".to_owned()], ..everywhere(Role::Trainee) }],
                vec!["scope-unexpected"],
            ),
            (
                vec![RoleInput { regions: vec!["00".to_owned()], ..everywhere(Role::Manager) }],
                vec!["region-unknown"],
            ),
            (vec![everywhere(Role::Auditor), everywhere(Role::Auditor)], vec!["role-twice"]),
        ] {
            let found: Vec<_> = role_faults(&roles).into_iter().map(|fault| fault.code).collect();
            assert_eq!(found, expected, "{roles:?}");
        }
    }

    #[test]
    fn every_fault_of_an_account_is_told_at_once() {
        let faults = codes(NewAccount::parse("camille@", " ", vec![], None).unwrap_err());
        let pointers: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(pointers, ["/email", "/name", "/roles"]);
    }
}
