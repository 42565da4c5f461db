//! Who is enrolled: invented names, drawn in turn so that nobody is twice in a session.

use anyhow::ensure;
use serde::Deserialize;

/// The file of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family_names: Vec<String>,
    first_names: Vec<String>,
    jobs: Vec<String>,
}

/// Names to draw from.
pub(super) struct People {
    file: File,
    drawn: usize,
}

/// Somebody.
pub(super) struct Somebody {
    pub(super) family_name: String,
    pub(super) first_names: String,
    pub(super) birth_date: String,
    pub(super) email: String,
    pub(super) job: String,
    /// Whether an adaptation would help.
    pub(super) needs_adaptation: bool,
}

impl People {
    pub(super) fn read() -> anyhow::Result<Self> {
        let file: File = toml::from_str(include_str!("../data/enrolments.toml"))?;
        let lists = [&file.family_names, &file.first_names, &file.jobs];
        ensure!(lists.iter().all(|list| !list.is_empty()), "nobody to draw");
        Ok(Self { file, drawn: 0 })
    }

    /// The next person. The two lists have lengths without a common factor, so that all their pairs come.
    pub(super) fn next(&mut self, number: usize) -> Somebody {
        let drawn = self.drawn;
        self.drawn += 1;
        let File { family_names, first_names, jobs } = &self.file;
        Somebody {
            family_name: family_names[drawn % family_names.len()].clone(),
            first_names: first_names[drawn % first_names.len()].clone(),
            birth_date: format!("{}-{:02}-{:02}", 1964 + drawn % 38, 1 + drawn % 12, 1 + drawn % 28),
            email: format!("stagiaire-{drawn}@stagiaires.exemple"),
            job: jobs[drawn % jobs.len()].clone(),
            needs_adaptation: number % 11 == 10,
        }
    }
}
