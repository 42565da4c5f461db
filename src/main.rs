//! The `parchemin` program.

/// Lists of thousands of rows are made of small pieces of memory: see `docs/decisions/0008-allocator.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    parchemin::cli::main()
}
