//! The pages that anybody may read: how to become an agreed structure, help, accessibility, personal data, legal
//! notice, map of the site.
//!
//! Their texts are in `templates/web/pages`; what changes from one body to another (its name, its address, the delays
//! of the procedure) comes from the configuration and the settings. Nothing is stored and no permission is asked.
//!
//! Pages: `/devenir-agree`, `/aide`, `/accessibilite`, `/donnees-personnelles`, `/mentions-legales`, `/plan-du-site`.

pub mod labels;
pub mod web;
