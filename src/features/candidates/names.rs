//! How a candidate is named, from the row. First names are stored in the order of the civil status, set apart by a comma.

use entity::candidate;

use crate::rules::civil_status::name::comparable;

/// Between two first names; no first name holds one.
pub const BETWEEN: &str = ", ";

/// The first names, in the order of the civil status.
pub fn first_names(row: &candidate::Model) -> impl Iterator<Item = &str> {
    row.first_names.split(BETWEEN).filter(|name| !name.is_empty())
}

/// The name used in life: the usual one, else that of birth.
#[must_use]
pub fn family(row: &candidate::Model) -> &str {
    if row.usual_name.is_empty() { &row.birth_name } else { &row.usual_name }
}

/// « Éléonore N’Guyen-d’Arc », as in a sentence.
#[must_use]
pub fn in_a_sentence(row: &candidate::Model) -> String {
    joined(first_names(row).next().unwrap_or_default(), family(row))
}

/// « N’Guyen-d’Arc Éléonore », as in a list.
#[must_use]
pub fn in_a_list(row: &candidate::Model) -> String {
    joined(family(row), first_names(row).next().unwrap_or_default())
}

/// All the first names and the name of birth, as a document states them.
#[must_use]
pub fn official(row: &candidate::Model) -> String {
    let all = first_names(row).collect::<Vec<_>>().join(" ");
    joined(&all, if row.birth_name.is_empty() { &row.usual_name } else { &row.birth_name })
}

/// Whether two rows name one person: the same name of birth and the same first first name, whatever their spelling.
#[must_use]
pub fn same(one: &candidate::Model, birth_name: &str, first_name: &str) -> bool {
    comparable(&one.birth_name) == comparable(birth_name)
        && comparable(first_names(one).next().unwrap_or_default()) == comparable(first_name)
}

fn joined(one: &str, other: &str) -> String {
    format!("{one} {other}").trim().to_owned()
}
