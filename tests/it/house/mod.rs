//! What the whole house must respect.

mod access_samples;
mod architecture;
mod catalogue_samples;
mod certificate_samples;
mod contrast;
mod error_codes;
mod french;
mod gallery;
mod home_samples;
mod imports;
mod mail_samples;
mod markup;
mod migrations;
mod notice_samples;
mod openapi;
mod operations;
mod pages;
mod people;
mod policy;
mod routes;
mod samples;
mod sizes;
mod source;
