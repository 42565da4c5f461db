//! The civil status of a candidate: names, sex, date and place of birth, as the accrochage will compare them.
pub mod birth_date;
pub mod birthplace;
pub mod communes;
pub mod countries;
pub mod name;
