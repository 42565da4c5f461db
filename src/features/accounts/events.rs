//! What happens to accounts, in the journal and in the mails. Names, addresses and names of tokens are personal
//! values: the journal refers to them by salted hash.

use entity::account::AccountState;
use entity::ids::{AccountId, ApiTokenId, StructureId, WebSessionId};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::input::RoleInput;
use super::labels;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::deadline;

/// Zone in which mails about accounts say the hour: the person may be anywhere, the sentence says which zone it is.
const ZONE: &str = "Europe/Paris";

/// How someone signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The one-time link of a mail.
    Link,
    /// The password.
    Password,
    /// The button of the demonstration.
    Demonstration,
}

impl Means {
    fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Password => "password",
            Self::Demonstration => "demonstration",
        }
    }
}

/// What served as second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// A code of the application.
    Totp,
    /// A recovery code.
    RecoveryCode,
}

/// A link that opens an account, and until when.
#[derive(Clone, Debug)]
pub struct Link {
    /// The whole address.
    pub url: String,
    /// When it stops working.
    pub expires_at: OffsetDateTime,
}

/// An event on one account.
#[derive(Clone, Debug)]
pub struct AccountEvent {
    /// The account.
    pub account: AccountId,
    /// What happened.
    pub what: What,
}

/// What happened to an account.
#[derive(Clone, Debug)]
pub enum What {
    /// A link to sign in was sent.
    LinkSent {
        /// The link.
        link: Link,
        /// When it was asked.
        asked_at: OffsetDateTime,
    },
    /// Someone signed in.
    SignedIn {
        /// How.
        means: Means,
        /// The session opened.
        session: WebSessionId,
    },
    /// The second factor was given.
    SecondFactorGiven {
        /// What served.
        factor: SecondFactor,
        /// The session.
        session: WebSessionId,
    },
    /// The person signed out.
    SignedOut {
        /// The session ended.
        session: WebSessionId,
    },
    /// Sessions were ended from elsewhere.
    SessionsRevoked {
        /// Those ended.
        sessions: Vec<WebSessionId>,
    },
    /// The password was set or changed.
    PasswordChanged {
        /// Whether there was none before.
        first: bool,
        /// When.
        at: OffsetDateTime,
        /// Page that secures the account.
        link: String,
    },
    /// The second factor was switched on.
    SecondFactorEnabled {
        /// When.
        at: OffsetDateTime,
        /// Page that secures the account.
        link: String,
    },
    /// The second factor was removed.
    SecondFactorDisabled {
        /// Whether an administrator did it.
        reset: bool,
        /// When.
        at: OffsetDateTime,
        /// Page that secures the account.
        link: String,
    },
    /// New recovery codes replaced the old ones.
    RecoveryCodesMade,
    /// A token of the API was made.
    TokenCreated {
        /// The token.
        token: ApiTokenId,
        /// Its name.
        name: String,
        /// When it stops working.
        expires_at: OffsetDateTime,
    },
    /// A token of the API was revoked.
    TokenRevoked {
        /// The token.
        token: ApiTokenId,
    },
    /// The account was opened.
    Created {
        /// Its address.
        email: String,
        /// Its name.
        name: String,
        /// What its mail says; none when the link is handed over otherwise.
        welcome: Option<Welcome>,
    },
    /// The name changed.
    Renamed {
        /// Before.
        before: String,
        /// After.
        after: String,
    },
    /// The person changed how pages look.
    ProfileChanged {
        /// What changed.
        changes: Value,
    },
    /// The account was opened again or closed.
    StateChanged {
        /// Before.
        before: AccountState,
        /// After.
        after: AccountState,
    },
    /// A role was given, or its scope changed.
    RoleGranted {
        /// The role and its scope.
        role: RoleInput,
    },
    /// A role was taken.
    RoleRevoked {
        /// The role and its scope.
        role: RoleInput,
    },
    /// Someone was invited into a structure.
    ColleagueInvited {
        /// The structure.
        structure: StructureId,
        /// What the mail says.
        welcome: Welcome,
    },
}

/// What the mail that opens an account says.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// The link.
    pub link: Link,
    /// The role, in French.
    pub role: String,
    /// The structure, when there is one.
    pub structure: Option<String>,
    /// Who invites; the certifier when nobody in particular.
    pub invited_by: String,
}

impl DomainEvent for AccountEvent {
    fn name(&self) -> &'static str {
        match &self.what {
            What::LinkSent { .. } => "account.sign_in_link_sent",
            What::SignedIn { .. } => "account.signed_in",
            What::SecondFactorGiven { .. } => "account.second_factor_given",
            What::SignedOut { .. } => "account.signed_out",
            What::SessionsRevoked { .. } => "session.revoked",
            What::PasswordChanged { .. } => "account.password_changed",
            What::SecondFactorEnabled { .. } => "account.second_factor_enabled",
            What::SecondFactorDisabled { .. } => "account.second_factor_disabled",
            What::RecoveryCodesMade => "account.recovery_codes_made",
            What::TokenCreated { .. } => "token.created",
            What::TokenRevoked { .. } => "token.revoked",
            What::Created { .. } => "account.created",
            What::Renamed { .. } => "account.renamed",
            What::ProfileChanged { .. } => "account.profile_changed",
            What::StateChanged { .. } => "account.state_changed",
            What::RoleGranted { .. } => "account.role_granted",
            What::RoleRevoked { .. } => "account.role_revoked",
            What::ColleagueInvited { .. } => "account.invited",
        }
    }

    fn code(&self) -> &'static str {
        match &self.what {
            What::LinkSent { .. } => "AUTH_LINK_SENT",
            What::SignedIn { .. } => "AUTH_SIGNED_IN",
            What::SecondFactorGiven { .. } => "AUTH_SECOND_FACTOR_GIVEN",
            What::SignedOut { .. } => "AUTH_SIGNED_OUT",
            What::SessionsRevoked { .. } => "AUTH_SESSION_REVOKED",
            What::PasswordChanged { .. } => "AUTH_PASSWORD_CHANGED",
            What::SecondFactorEnabled { .. } => "AUTH_SECOND_FACTOR_ENABLED",
            What::SecondFactorDisabled { .. } => "AUTH_SECOND_FACTOR_DISABLED",
            What::RecoveryCodesMade => "AUTH_RECOVERY_CODES_MADE",
            What::TokenCreated { .. } => "AUTH_TOKEN_CREATED",
            What::TokenRevoked { .. } => "AUTH_TOKEN_REVOKED",
            What::Created { .. } => "ACCOUNT_CREATED",
            What::Renamed { .. } => "ACCOUNT_RENAMED",
            What::ProfileChanged { .. } => "ACCOUNT_PROFILE_CHANGED",
            What::StateChanged { .. } => "ACCOUNT_STATE_CHANGED",
            What::RoleGranted { .. } => "ACCOUNT_ROLE_GRANTED",
            What::RoleRevoked { .. } => "ACCOUNT_ROLE_REVOKED",
            What::ColleagueInvited { .. } => "ACCOUNT_INVITED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("account", self.account, self.account.to_string())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::StateChanged { before, after } => (Some(before.word()), Some(after.word())),
            _ => (None, None),
        }
    }

    fn payload(&self) -> Value {
        match &self.what {
            What::SignedIn { means, session } => json!({ "means": means.word(), "session_id": session }),
            What::SecondFactorGiven { factor, session } => {
                let factor = match factor {
                    SecondFactor::Totp => "totp",
                    SecondFactor::RecoveryCode => "recovery_code",
                };
                json!({ "factor": factor, "session_id": session })
            }
            What::SignedOut { session } => json!({ "session_id": session }),
            What::SessionsRevoked { sessions } => json!({ "session_ids": sessions }),
            What::PasswordChanged { first, .. } => json!({ "first": first }),
            What::SecondFactorDisabled { reset, .. } => json!({ "reset": reset }),
            What::TokenCreated { token, expires_at, .. } => {
                json!({ "token_id": token, "expires_at": expires_at.unix_timestamp() })
            }
            What::TokenRevoked { token } => json!({ "token_id": token }),
            What::ProfileChanged { changes } => json!({ "changes": changes }),
            What::RoleGranted { role } | What::RoleRevoked { role } => role_payload(role),
            What::ColleagueInvited { structure, .. } => json!({ "structure_id": structure }),
            What::LinkSent { .. }
            | What::SecondFactorEnabled { .. }
            | What::RecoveryCodesMade
            | What::Created { .. }
            | What::Renamed { .. }
            | What::StateChanged { .. } => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Created { email, name, .. } => vec![("email", email.clone()), ("name", name.clone())],
            What::Renamed { before, after } => {
                vec![("name_before", before.clone()), ("name_after", after.clone())]
            }
            What::TokenCreated { name, .. } => vec![("token_name", name.clone())],
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let to = Recipient::Account { id: self.account };
        match &self.what {
            What::LinkSent { link, asked_at } => vec![sign_in_link(to, link, *asked_at)],
            What::PasswordChanged { at, link, .. } => {
                let variables = json!({ "changed_at": paris(*at), "link": link });
                vec![Mail::new("password-changed", to, labels::REASON_SECURITY, variables)]
            }
            What::SecondFactorEnabled { at, link } => vec![second_factor(to, "enabled", *at, link)],
            What::SecondFactorDisabled { at, link, .. } => vec![second_factor(to, "disabled", *at, link)],
            What::Created { welcome: Some(welcome), .. } => vec![account_created(to, welcome)],
            What::ColleagueInvited { welcome, .. } => vec![invitation(to, welcome)],
            What::SignedIn { .. }
            | What::SecondFactorGiven { .. }
            | What::SignedOut { .. }
            | What::SessionsRevoked { .. }
            | What::RecoveryCodesMade
            | What::TokenCreated { .. }
            | What::TokenRevoked { .. }
            | What::Created { welcome: None, .. }
            | What::Renamed { .. }
            | What::ProfileChanged { .. }
            | What::StateChanged { .. }
            | What::RoleGranted { .. }
            | What::RoleRevoked { .. } => Vec::new(),
        }
    }
}

fn role_payload(role: &RoleInput) -> Value {
    json!({
        "role": role.role.word(),
        "structure_id": role.structure,
        "structure_admin": role.structure_admin,
        "certification_id": role.certification,
        "regions": role.regions,
    })
}

fn sign_in_link(to: Recipient, link: &Link, asked_at: OffsetDateTime) -> Mail {
    let valid_for = labels::minutes((link.expires_at - asked_at).whole_minutes());
    let variables = json!({
        "link": link.url,
        "requested_at": local(asked_at),
        "valid_for": valid_for,
        "expires_at": paris(link.expires_at),
    });
    Mail::new("sign-in-link", to, labels::REASON_SIGN_IN, variables)
}

fn second_factor(to: Recipient, change: &str, at: OffsetDateTime, link: &str) -> Mail {
    let variables = json!({ "change": change, "changed_at": paris(at), "link": link });
    Mail::new("second-factor-changed", to, labels::REASON_SECURITY, variables)
}

fn account_created(to: Recipient, welcome: &Welcome) -> Mail {
    let variables = json!({
        "link": welcome.link.url,
        "role_label": welcome.role,
        "structure_name_of_account": welcome.structure,
        "expires_at": paris(welcome.link.expires_at),
    });
    Mail::new("account-created", to, labels::REASON_CREATED, variables)
}

fn invitation(to: Recipient, welcome: &Welcome) -> Mail {
    let variables = json!({
        "link": welcome.link.url,
        "role_label": welcome.role,
        "structure_name": welcome.structure.clone().unwrap_or_default(),
        "invited_by": welcome.invited_by,
        "expires_at": paris(welcome.link.expires_at),
    });
    Mail::new("structure-invitation", to, labels::REASON_INVITED, variables)
}

fn local(instant: OffsetDateTime) -> String {
    deadline::local(instant, ZONE).map_or_else(|_| instant.to_string(), french::date_time)
}

fn paris(instant: OffsetDateTime) -> String {
    format!("{}, heure de Paris", local(instant))
}
