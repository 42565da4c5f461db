//! A run over rows that are due, each in its own transaction: one that fails keeps none of the others waiting.

use std::fmt::Display;

use crate::error::{DomainError, ErrorKind};

/// What a run has done so far.
#[derive(Debug)]
pub struct DueRun<E> {
    work: &'static str,
    done: usize,
    failed: usize,
    first: Option<E>,
}

impl<E: DomainError> DueRun<E> {
    /// A run of that work, `agreements.deadlines`.
    #[must_use]
    pub const fn of(work: &'static str) -> Self {
        Self { work, done: 0, failed: 0, first: None }
    }

    /// Counts what became of one row. A failure is logged under the key of the row, and the run goes on.
    ///
    /// # Errors
    /// When the database is away: the next rows would fail alike.
    pub fn count(&mut self, id: impl Display, became: Result<bool, E>) -> Result<(), E> {
        match became {
            Ok(done) => self.done += usize::from(done),
            Err(error) if error.kind() == ErrorKind::Unavailable => return Err(error),
            Err(error) => {
                tracing::error!(work = self.work, row = %id, %error, "one row failed, the others go on");
                self.failed += 1;
                self.first.get_or_insert(error);
            }
        }
        Ok(())
    }

    /// How many acts were done, once every row was looked at.
    ///
    /// # Errors
    /// The first failure, so that the work is shown as failed and tried again.
    pub fn end(self) -> Result<usize, E> {
        let Some(error) = self.first else { return Ok(self.done) };
        tracing::error!(work = self.work, failed = self.failed, done = self.done, "rows failed");
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Error;
    use super::*;

    fn broken(id: &str) -> Error {
        Error::Inconsistent { table: "mission", id: id.to_owned(), what: "a test" }
    }

    #[test]
    fn a_row_that_fails_keeps_none_of_the_others_waiting_and_the_run_tells_it() {
        let mut run = DueRun::of("test");
        for (id, became) in [
            ("1", Err(broken("1"))),
            ("2", Ok(true)),
            ("3", Err(broken("3"))),
            ("4", Ok(false)),
            ("5", Ok(true)),
        ] {
            run.count(id, became).unwrap();
        }
        assert_eq!((run.done, run.failed), (2, 2));
        let error = run.end().unwrap_err();
        assert!(matches!(error, Error::Inconsistent { id, .. } if id == "1"));
        let mut sound: DueRun<Error> = DueRun::of("test");
        sound.count("1", Ok(true)).unwrap();
        assert_eq!(sound.end().unwrap(), 1);
    }

    #[test]
    fn a_database_that_is_away_ends_the_run() {
        let mut run = DueRun::of("test");
        let away = Error::Database(sea_orm::DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout));
        assert!(run.count("1", Err(away)).is_err());
    }
}
