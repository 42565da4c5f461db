//! Pure rules shared by every feature: no database, no network, no clock.
//!
//! Each file holds one subject, with its tables as tests. A rule takes the date or the instant it needs as an
//! argument; a default that the certifier may change is a value with `Default`, never a constant hidden in a
//! function. Messages are in French because a person reads them as they are.
pub mod application_pieces;
pub mod calendar;
pub mod certificate_number;
pub mod civil_status;
pub mod deadline;
pub mod delays;
pub mod draw;
pub mod email_address;
pub mod engagement;
pub mod expenses;
pub mod fold;
pub mod grid;
pub mod habilitation_path;
pub mod half_day;
pub mod identifiers;
pub mod interests;
pub mod jury;
pub mod jury_figures;
pub mod life;
pub mod line;
pub mod meetings;
pub mod merkle;
pub mod missions;
pub mod money;
pub mod notices;
pub mod period;
pub mod person_name;
pub mod phone;
pub mod pieces;
pub mod referential;
pub mod renewal;
pub mod right;
pub mod sanction;
pub mod school_zone;
pub mod signals;
pub mod siret;
pub mod territory;
pub mod thousands;
pub mod ties;
pub mod transitions;
pub mod typed_date;
mod typed_text;
pub mod visit_time;
