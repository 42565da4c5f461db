//! The control grid, as versioned data: domains, criteria, and what a set of scores is worth.

use std::sync::LazyLock;

use serde::Deserialize;

use super::wording;

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Criterion {
    /// A1, B2…
    pub code: String,
    /// French sentence to assess; [`Criterion::said_of`] gives it as people read it.
    wording: String,
    /// A gap here is at most minor.
    pub minor: bool,
}

impl Criterion {
    /// The sentence to assess, for a certification; for any of them when the title is empty.
    #[must_use]
    pub fn said_of(&self, title: &str) -> String {
        wording::said_of(&self.wording, title)
    }
}

/// One domain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Domain {
    /// A to H.
    pub code: String,
    /// French title.
    pub title: String,
    /// Its criteria.
    pub criterion: Vec<Criterion>,
}

/// One version of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Grid {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its domains.
    pub domain: Vec<Domain>,
}

static CURRENT: LazyLock<Grid> = LazyLock::new(|| {
    toml::from_str(include_str!("data/grid.toml")).unwrap_or_else(|_| Grid {
        version: String::new(),
        title: String::new(),
        domain: Vec::new(),
    })
});

/// The grid used for new visits.
#[must_use]
pub fn current() -> &'static Grid {
    &CURRENT
}

impl Grid {
    /// Every criterion, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.domain.iter().flat_map(|domain| &domain.criterion)
    }

    /// The criterion of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Criterion> {
        self.criteria().find(|criterion| criterion.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_grid_has_eight_domains_and_distinct_criteria() {
        assert_eq!(current().domain.len(), 8);
        let mut seen = HashSet::new();
        assert!(current().criteria().all(|criterion| seen.insert(criterion.code.clone())));
        assert!(current().find("B5").is_some_and(|criterion| criterion.minor));
    }

    #[test]
    fn no_criterion_says_cqp_of_another_certification() {
        for criterion in current().criteria() {
            let said = criterion.said_of("Socle de compétences transversales pour l’employabilité");
            assert!(!said.contains("CQP") && !said.contains(['{', '}']), "{said}");
        }
        let said = current().find("A1").map(|criterion| criterion.said_of("CQP Salarié polyvalent"));
        assert!(said.is_some_and(|said| said.starts_with("Une personne référente du CQP est nommée")));
    }
}
