//! Every change of an account, one file each.

mod administer;
mod change_password;
mod colleagues;
mod create_account;
mod edit_profile;
mod link;
mod load;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod tokens;
mod view;

pub use administer::{reset_second_factor, update_account};
pub use change_password::change_password;
pub use colleagues::{change_colleague, invite_colleague, invite_colleague_again, remove_colleague};
pub use create_account::{HandOver, create_account};
pub use edit_profile::edit_profile;
pub use link::{LINK_LIFE, request_link};
pub use second_factor::{
    Given, disable_second_factor, enable_second_factor, give_second_factor, renew_recovery_codes,
};
pub use sessions::{revoke_other_sessions, revoke_session, sign_out};
pub use sign_in::{Browser, Opened, sign_in_by_demonstration, sign_in_by_link, sign_in_by_password};
pub use tokens::{create_token, revoke_token};
pub use view::view;
