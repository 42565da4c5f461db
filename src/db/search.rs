//! Search over a folded column: every word typed is found, in any order, whatever accents and case.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};

use crate::rules::fold::fold;

/// The condition that a folded column holds every word of what was typed; nothing typed is no condition.
///
/// A number typed with spaces (a SIRET) is looked for without them. Words are letters and digits only once
/// folded, and are escaped all the same.
#[must_use]
pub fn contains_words(column: impl ColumnTrait, typed: &str) -> Condition {
    if typed.trim().is_empty() {
        return Condition::all();
    }
    let folded = fold(typed);
    let number: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let words: Vec<&str> = match () {
        () if number.len() >= 9 && number.bytes().all(|c| c.is_ascii_digit()) => vec![&number],
        () => folded.split(' ').filter(|word| !word.is_empty()).collect(),
    };
    if words.is_empty() {
        return Condition::all().add(Expr::cust("1 = 0"));
    }
    words.into_iter().fold(Condition::all(), |all, word| {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = LikeExpr::new(format!("%{escaped}%")).escape('\\');
        all.add(Expr::col(column.as_column_ref()).like(pattern))
    })
}
