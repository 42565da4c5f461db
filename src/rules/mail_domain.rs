//! A domain of mail that looks like a usual one with a slip of the finger: `gmial.com`, `orange.f`. A suggestion, never a
//! refusal.
use super::email_address::EmailAddress;

/// Usual domains, the most used first.
const USUAL: &[&str] = &[
    "gmail.com",
    "orange.fr",
    "hotmail.fr",
    "hotmail.com",
    "wanadoo.fr",
    "free.fr",
    "yahoo.fr",
    "yahoo.com",
    "outlook.fr",
    "outlook.com",
    "laposte.net",
    "sfr.fr",
    "live.fr",
    "icloud.com",
    "bbox.fr",
    "neuf.fr",
    "msn.com",
    "protonmail.com",
    "proton.me",
    "mailo.com",
    "mail.com",
    "ymail.com",
    "live.com",
    "aol.com",
    "gmx.fr",
    "gmx.com",
];

/// The address that was perhaps meant; none when the domain is usual, or like no usual one.
#[must_use]
pub fn suggestion(address: &EmailAddress) -> Option<String> {
    let domain = address.domain();
    if USUAL.contains(&domain) {
        return None;
    }
    let near =
        |usual: &&&str| distance(domain, usual) == 1 || (usual.len() >= LONG && distance(domain, usual) == 2);
    let meant = USUAL.iter().filter(near).min_by_key(|usual| distance(domain, usual))?;
    let (local, _) = address.as_str().split_once('@')?;
    Some(format!("{local}@{meant}"))
}

/// From this length, two slips are still one word.
const LONG: usize = 9;

/// Letters to add, remove, replace or swap with the next one to go from one word to another.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before = vec![0; other.len() + 1];
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1; other.len() + 1];
        for (column, facing) in other.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != facing);
            let mut least = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *facing && other[column - 1] == *letter;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            line[column + 1] = least;
        }
        before = std::mem::replace(&mut above, line);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_and_another_domain_is_left_alone() {
        for (typed, meant) in [
            ("a@gmial.com", Some("a@gmail.com")),
            ("a@gmail.con", Some("a@gmail.com")),
            ("a@gmal.com", Some("a@gmail.com")),
            ("a@orange.f", None),
            ("a@orange.fe", Some("a@orange.fr")),
            ("Zoé.N@oragne.fr", Some("Zoé.N@orange.fr")),
            ("a@hotmial.fr", Some("a@hotmail.fr")),
            ("a@outlouk.con", Some("a@outlook.com")),
            ("a@gmail.com", None),
            ("a@free.fr", None),
            ("a@chantier-des-lavoirs.fr", None),
            ("a@ville.fr", None),
        ] {
            let address = EmailAddress::parse(typed);
            let found = address.ok().and_then(|address| suggestion(&address));
            assert_eq!(found.as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn distances_are_counted() {
        for (one, other, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("abc", "ab", 1),
            ("abc", "xyz", 3),
            ("ab", "", 2),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected);
        }
    }
}
