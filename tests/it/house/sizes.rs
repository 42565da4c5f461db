//! A file that a person can hold in their head.

use super::source::sources;

const QUESTIONED: usize = 400;
const REFUSED: usize = 600;

#[test]
fn no_file_is_longer_than_a_person_reads() {
    let mut long: Vec<_> = sources(&["src", "entity/src", "migration/src", "tests/it"])
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > QUESTIONED)
        .collect();
    long.sort();
    for (lines, path) in &long {
        println!("to question: {path} has {lines} lines");
    }
    long.retain(|(lines, _)| *lines > REFUSED);
    assert!(long.is_empty(), "to cut: {long:?}");
}
