//! The `parchemin` program.

fn main() -> std::process::ExitCode {
    parchemin::cli::main()
}
