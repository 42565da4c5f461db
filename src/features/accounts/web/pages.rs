//! The contexts of the sign-in and account pages.
//!
//! Nothing here says whether an address is known: the answer to a request for a link is the same for everybody, and
//! opening a link signs nobody in before its button is pressed (mail programs open links by themselves).

use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::http::web::component::{Choice, Fact, Status};
use crate::http::web::filters;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Shell, Tone};

/// `/connexion`: a link by mail, or a password.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/sign_in.html")]
pub struct SignInPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form of the link: `email`, sent to `/connexion/lien`. Give it a prefix: both forms have an `email`.
    pub link: FormState,
    /// The form of the password: `email`, `password`, sent to `/connexion`. Give it another prefix.
    pub password: FormState,
    /// Where to go after signing in (hidden field `suite`); a path of this site, or empty.
    pub next: String,
}

/// The neutral answer to a request for a link.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/link_sent.html")]
pub struct LinkSentPage {
    /// The shell.
    pub shell: Shell,
    /// The address as it was typed.
    pub email: String,
    /// Minutes the link is valid.
    pub minutes: u32,
    /// How the hint sounds.
    pub tone: Tone,
}

/// The page that the link of the mail opens: it signs in by its button only.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/confirm_link.html")]
pub struct ConfirmLinkPage {
    /// The shell.
    pub shell: Shell,
    /// Whether the link still works.
    pub valid: bool,
    /// The account it opens.
    pub email: String,
    /// Where the button posts.
    pub action: String,
    /// Where to go afterwards, or empty.
    pub next: String,
}

/// `/connexion/second-facteur`: the code of the application, or a recovery code.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/second_factor.html")]
pub struct SecondFactorPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form of the code: `code`.
    pub code: FormState,
    /// The form of the recovery code: `recovery_code`.
    pub recovery: FormState,
    /// Where to go afterwards, or empty.
    pub next: String,
}

/// Where the setting up of the second factor stands.
#[derive(Clone, Debug)]
pub enum SetupStep {
    /// The key is shown, waiting for a first code.
    Scan {
        /// The square code, as an SVG element without style.
        qr_svg: String,
        /// The key in groups of four: `JBSW Y3DP …`.
        secret: String,
    },
    /// It is on; the recovery codes are shown once.
    Codes(Vec<String>),
}

/// `/compte/securite/second-facteur`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/second_factor_setup.html")]
pub struct SecondFactorSetupPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Key or codes.
    pub step: SetupStep,
    /// The form of the first code: `code`.
    pub form: FormState,
    /// How the confirmation sounds.
    pub tone: Tone,
}

/// A device where the person is signed in.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its key, for the address of the button.
    pub id: Uuid,
    /// "Firefox sur Windows".
    pub device: String,
    /// When it was opened.
    pub opened: OffsetDateTime,
    /// When it last asked for a page.
    pub last_seen: OffsetDateTime,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// An API token.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Its key, for the address of the button.
    pub id: Uuid,
    /// The name given to it.
    pub name: String,
    /// When it was made.
    pub created: OffsetDateTime,
    /// When it stops working.
    pub expires: OffsetDateTime,
    /// When it was last used.
    pub last_used: Option<OffsetDateTime>,
}

/// `/compte/securite`: password, second factor, devices, tokens.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/security.html")]
pub struct SecurityPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The zone in which instants are written.
    pub zone: String,
    /// Whether a password exists.
    pub has_password: bool,
    /// The form of the password: `current_password`, `new_password`.
    pub password: FormState,
    /// Since when the second factor is on.
    pub second_factor_since: Option<OffsetDateTime>,
    /// Whether the roles of the person demand it.
    pub second_factor_required: bool,
    /// How many recovery codes were not used.
    pub recovery_codes_left: u32,
    /// The label of a second factor that is on.
    pub active: Status,
    /// The devices, the current one first.
    pub sessions: Vec<SessionRow>,
    /// The tokens that work.
    pub tokens: Vec<TokenRow>,
    /// The token just made, shown once.
    pub new_token: Option<String>,
    /// The form of a new token: `name`, `ttl_days`.
    pub token_form: FormState,
    /// How long a token may last.
    pub durations: Vec<Choice>,
    /// How the message of a new token sounds.
    pub done: Tone,
}

/// `/compte`: name, theme, shortcuts.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/profile.html")]
pub struct ProfilePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Address, roles, structure: what the person cannot change herself.
    pub facts: Vec<Fact>,
    /// The form: `name`, `theme`, `shortcuts`.
    pub form: FormState,
    /// System, light, dark.
    pub themes: Vec<Choice>,
    /// Whether the person belongs to a structure.
    pub has_structure: bool,
}
