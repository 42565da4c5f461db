//! A structure keeps an administrator, the installation keeps an administrator: the rule, pure.

use entity::ids::AccountId;

/// Someone who administers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// Key of the account.
    pub account: AccountId,
    /// Whether the account may sign in.
    pub active: bool,
}

/// Whether `leaving` may stop being an administrator: someone else who may sign in remains, or `leaving` was not one
/// who counts.
#[must_use]
pub fn may_leave(administrators: &[Administrator], leaving: AccountId) -> bool {
    let counts = |account_leaves: bool| {
        administrators.iter().any(|one| one.active && (one.account == leaving) == account_leaves)
    };
    let (was_one, others_remain) = (counts(true), counts(false));
    !was_one || others_remain
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_last_active_administrator_stays() {
        let one = |n: u128, active| Administrator { account: AccountId(Uuid::from_u128(n)), active };
        for (administrators, may, why) in [
            (vec![one(1, true)], false, "alone"),
            (vec![one(1, true), one(2, true)], true, "another one stays"),
            (vec![one(1, true), one(2, false)], false, "the other one cannot sign in"),
            (vec![one(1, false), one(2, true)], true, "did not count"),
            (vec![one(2, true)], true, "not an administrator"),
            (vec![], true, "nobody administers yet"),
        ] {
            assert_eq!(may_leave(&administrators, AccountId(Uuid::from_u128(1))), may, "{why}");
        }
    }
}
