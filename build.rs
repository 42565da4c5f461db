//! Says when the third-party files of the pages are absent: the program then works without htmx and with the fonts
//! of the system. Building again after they arrive or change puts them inside.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=templates/assets");
    if !Path::new("templates/assets/vendor/htmx.min.js").exists() {
        println!("cargo::warning=front-end packages absent: pages without htmx and with system fonts");
        println!(
            "cargo::warning=to add them: npm ci --ignore-scripts && node templates/assets/copy-vendor.mjs"
        );
    }
}
