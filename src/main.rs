//! The `parchemin` program.
fn main() {}
