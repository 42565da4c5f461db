//! The program itself: what it prints, how it ends, how it stops.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

#[test]
fn every_command_explains_itself() {
    let help = text(&run(Path::new("."), &["--help"]));
    for command in ["serve", "demo", "migrate", "import", "backup", "restore", "openapi", "doctor"] {
        assert!(help.contains(command), "{command} is not in\n{help}");
        let help = run(Path::new("."), &[command, "--help"]);
        assert_eq!(help.status.code(), Some(0), "{command} --help");
    }
}

#[test]
fn migrations_are_listed_then_applied_once() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = text(&run(folder.path(), &["migrate", "--status"]));
    assert!(waiting.lines().all(|line| line.starts_with("en attente")), "{waiting}");
    assert!(text(&run(folder.path(), &["migrate"])).contains("la base est à jour"));
    assert_eq!(text(&run(folder.path(), &["migrate"])).trim(), "La base était déjà à jour.");
    let applied = text(&run(folder.path(), &["migrate", "--status"]));
    assert!(applied.lines().all(|line| line.starts_with("appliquée")), "{applied}");
}

#[test]
fn a_server_that_may_not_migrate_refuses_an_old_schema() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["serve", "--no-migrate", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("parchemin migrate"));
}

#[test]
fn a_wrong_configuration_is_told_in_french() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("parchemin.toml"), "inconnu = 1\n").unwrap();
    let output = run(folder.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("La configuration est refusée") && told.contains("inconnu"), "{told}");
}

#[test]
fn the_doctor_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["migrate"]);
    let output = run(folder.path(), &["doctor"]);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(1), "no relay is configured\n{told}");
    assert!(told.contains("OK      Base de données"), "{told}");
    assert!(told.contains("OK      Horloge"), "{told}");
    assert!(told.contains("À voir  Organisme") && told.contains("organisation_siret"), "{told}");
    assert!(told.contains("OK      Antivirus\u{202f}: aucun"), "{told}");
    assert!(told.contains("À voir  Relais de messagerie") && told.contains("smtp_url"), "{told}");
}

#[test]
fn the_doctor_looks_for_the_antivirus_of_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("parchemin.toml"), "clamd = \"/nulle/part/clamd.ctl\"\n").unwrap();
    run(folder.path(), &["migrate"]);
    let told = text(&run(folder.path(), &["doctor"]));
    assert!(
        told.contains("À voir  Antivirus\u{202f}: ne répond pas") && told.contains("clamd.ctl"),
        "{told}"
    );
}

#[test]
fn a_command_that_needs_an_installation_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let token = ["token", "create", "--email", "zoe@essai.exemple", "--name", "Tableur", "--ttl", "30d"];
    for command in [
        &["journal", "verify"][..],
        &["journal", "export", "--out", "j.jsonl"],
        &["backup", "copie.tar"],
        &token,
    ] {
        let output = run(folder.path(), command);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{command:?} {told}");
        assert!(told.contains("pas d’installation") && told.contains("--data-dir"), "{command:?} {told}");
        assert!(output.stdout.is_empty(), "{command:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{command:?} made something");
    }
    std::fs::write(folder.path().join("vide.sqlite"), "").unwrap();
    let empty = run(folder.path(), &["journal", "verify", "--database-url", "sqlite://vide.sqlite"]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("pas d’installation"));
    run(folder.path(), &["migrate"]);
    let output = run(folder.path(), &["journal", "verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_file_is_checked_refused_whole_and_recorded_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let line = "Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;01/01/2020;31/12/2022;CQP_SP";
    let file = format!("Nom;Prénom;Courriel;Statut;Département;Fonction;Du;Au;Certification\n{line}\n");
    std::fs::write(folder.path().join("experts.csv"), &file).unwrap();
    let nowhere = run(folder.path(), &["import", "experts", "experts.csv"]);
    assert_eq!(nowhere.status.code(), Some(2), "there is no installation");
    run(folder.path(), &["migrate"]);
    let checked = run(folder.path(), &["import", "experts", "experts.csv", "--dry-run"]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
    assert!(text(&checked).contains("1 ligne peut être enregistrée"), "{}", text(&checked));
    std::fs::write(folder.path().join("wrong.csv"), format!("{file}{line}\n")).unwrap();
    let refused = run(folder.path(), &["import", "experts", "wrong.csv"]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("Ligne 3, Du") && told.contains("celle de la ligne 2"), "{told}");
    assert!(told.contains("1 ligne est à corriger. Rien n’a été enregistré."), "{told}");
    let skipped = run(folder.path(), &["import", "experts", "wrong.csv", "--skip-invalid"]);
    assert_eq!(skipped.status.code(), Some(2));
    assert!(text(&skipped).contains("1 ligne enregistrée."), "{}", text(&skipped));
    let again = run(folder.path(), &["import", "experts", "experts.csv"]);
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    assert!(text(&again).contains("1 ligne déjà connue, sans changement."), "{}", text(&again));
    let other = file.replace("01/01/2020", "01/01/2021");
    std::fs::write(folder.path().join("other.csv"), other).unwrap();
    let again = run(folder.path(), &["import", "experts", "other.csv"]);
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(2), "{told}");
    assert!(told.contains("déjà enregistrée, du 1er janvier 2020 au 31 décembre 2022"), "{told}");
    let absent = run(folder.path(), &["import", "history", "rien.csv"]);
    assert_eq!(absent.status.code(), Some(1));
}

#[test]
fn a_copy_goes_and_comes_back_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["migrate"]);
    let made = run(folder.path(), &["backup", "copie.tar"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let back = run(folder.path(), &["restore", "copie.tar", "--data-dir", "ailleurs"]);
    assert_eq!(back.status.code(), Some(0), "{}", String::from_utf8_lossy(&back.stderr));
    assert!(text(&back).contains("restaurée"));
}

#[test]
fn a_restoration_that_is_refused_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("copie.tar"), "rien").unwrap();
    for file in ["copie.tar", "absente.tar"] {
        let output = run(folder.path(), &["restore", file, "--data-dir", "ailleurs"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(!told.contains("os error"), "{told}");
        assert!(!folder.path().join("ailleurs").exists(), "{file}");
    }
    run(folder.path(), &["migrate"]);
    run(folder.path(), &["backup", "entière.tar"]);
    std::fs::create_dir_all(folder.path().join("ailleurs/keys")).unwrap();
    std::fs::write(folder.path().join("ailleurs/keys/journal.pem"), "").unwrap();
    let output = run(folder.path(), &["restore", "entière.tar", "--data-dir", "ailleurs"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let left: Vec<_> = std::fs::read_dir(folder.path().join("ailleurs")).unwrap().collect();
    assert_eq!(left.len(), 1, "only the keys that were there: {left:?}");
}

#[test]
fn an_export_of_the_journal_is_not_written_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["migrate"]);
    std::fs::write(folder.path().join("j.jsonl"), "précieux").unwrap();
    let export = ["journal", "export", "--out", "j.jsonl"];
    let refused = run(folder.path(), &export);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert_eq!(std::fs::read_to_string(folder.path().join("j.jsonl")).unwrap(), "précieux");
    let forced = run(folder.path(), &["journal", "export", "--out", "j.jsonl", "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", String::from_utf8_lossy(&forced.stderr));
}

#[test]
fn an_account_that_exists_is_told_without_the_place_of_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let create = ["user", "create", "--email", "zoe@essai.exemple", "--role", "admin"];
    assert_eq!(run(folder.path(), &create).status.code(), Some(0));
    let again = run(folder.path(), &create);
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(again.status.code(), Some(1), "{told}");
    assert!(!told.contains("/email") && told.matches("compte existe").count() == 1, "{told}");
    let verified = run(folder.path(), &["journal", "verify"]);
    let told = text(&verified);
    assert!(!told.starts_with("OK 0 ") && told.contains("pas encore scellés"), "{told}");
}

#[test]
fn the_demonstration_spares_a_folder_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/précieux"), "").unwrap();
    let output = run(folder.path(), &["demo", "--data-dir", "data", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("data/précieux").exists());
}

#[test]
fn the_server_ends_well_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let address = free_address();
    let mut server = program(folder.path(), &["serve", "--listen", &address]).spawn().unwrap();
    wait_for(&address, &mut server);
    let asked = Instant::now();
    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(30), "{:?}", asked.elapsed());
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parchemin"));
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn wait_for(address: &str, server: &mut Child) {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        if std::net::TcpStream::connect(address).is_ok() {
            return;
        }
        assert!(server.try_wait().unwrap().is_none(), "the server stopped");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    panic!("nothing listens on {address}");
}
