//! Search: every word typed is found, in any order, whatever accents and case.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, DynIden, Expr, ExprTrait, Func, LikeExpr};

use crate::rules::fold::fold;

/// The accented letters of French, those that the lower case of a database may leave alone included.
const LETTERS: [(&str, &str); 52] = [
    ("à", "a"),
    ("â", "a"),
    ("ä", "a"),
    ("á", "a"),
    ("ã", "a"),
    ("ç", "c"),
    ("é", "e"),
    ("è", "e"),
    ("ê", "e"),
    ("ë", "e"),
    ("î", "i"),
    ("ï", "i"),
    ("í", "i"),
    ("ñ", "n"),
    ("ô", "o"),
    ("ö", "o"),
    ("ó", "o"),
    ("õ", "o"),
    ("ù", "u"),
    ("û", "u"),
    ("ü", "u"),
    ("ú", "u"),
    ("ÿ", "y"),
    ("ý", "y"),
    ("œ", "oe"),
    ("æ", "ae"),
    ("À", "a"),
    ("Â", "a"),
    ("Ä", "a"),
    ("Á", "a"),
    ("Ã", "a"),
    ("Ç", "c"),
    ("É", "e"),
    ("È", "e"),
    ("Ê", "e"),
    ("Ë", "e"),
    ("Î", "i"),
    ("Ï", "i"),
    ("Í", "i"),
    ("Ñ", "n"),
    ("Ô", "o"),
    ("Ö", "o"),
    ("Ó", "o"),
    ("Õ", "o"),
    ("Ù", "u"),
    ("Û", "u"),
    ("Ü", "u"),
    ("Ú", "u"),
    ("Ÿ", "y"),
    ("Ý", "y"),
    ("Œ", "oe"),
    ("Æ", "ae"),
];

/// The condition that a folded column holds every word of what was typed; nothing typed is no condition.
///
/// A number typed with spaces (a SIRET) is looked for without them. Words are letters and digits only once
/// folded, and are escaped all the same.
#[must_use]
pub fn contains_words(column: impl ColumnTrait, typed: &str) -> Condition {
    every_word(typed, |word| Condition::all().add(Expr::col(column.as_column_ref()).like(like(word))))
}

/// The same where two tables are read together: each word is in one of two folded columns.
#[must_use]
pub fn either_contains_words(one: impl ColumnTrait, other: impl ColumnTrait, typed: &str) -> Condition {
    every_word(typed, |word| {
        let one = Expr::col(one.as_column_ref()).like(like(word));
        let other = Expr::col(other.as_column_ref()).like(like(word));
        Condition::any().add(one).add(other)
    })
}

/// The same where no column is folded: each word is in one of these columns, which the database folds row by row. For
/// lists that a filter, a page or their nature keeps short.
#[must_use]
pub fn shows_words(columns: &[(DynIden, DynIden)], typed: &str) -> Condition {
    every_word(typed, |word| {
        let shown = |column: &(DynIden, DynIden)| folded(Expr::col(column.clone())).like(like(word));
        columns.iter().map(shown).fold(Condition::any(), Condition::add)
    })
}

fn every_word(typed: &str, holds: impl Fn(&str) -> Condition) -> Condition {
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
    words.into_iter().fold(Condition::all(), |all, word| all.add(holds(word)))
}

fn like(word: &str) -> LikeExpr {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// A text in lower case and without accents, by the database.
fn folded(text: Expr) -> Expr {
    let bare = |text: Expr, (letter, plain): (&str, &str)| -> Expr {
        Func::cust("replace").args([text, Expr::val(letter), Expr::val(plain)]).into()
    };
    LETTERS.into_iter().fold(Func::lower(text).into(), bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_the_database_folds_are_folded_as_the_words_typed() {
        for (letter, plain) in LETTERS {
            assert_eq!(fold(letter), plain);
        }
    }
}
