//! The loops that work after the answers: mail, jobs, schedule, seals.
