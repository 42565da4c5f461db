//! The tar file: entries written once with their hash, and read back one by one.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::BackupError;

/// A file in the making, under another name until it is whole.
pub(super) struct Writer {
    tar: tar::Builder<BufWriter<File>>,
    partial: PathBuf,
    target: PathBuf,
}

impl Writer {
    /// Begins a file that only its owner reads.
    ///
    /// # Errors
    /// When it exists or cannot be made.
    pub(super) fn begin(target: &Path) -> Result<Self, BackupError> {
        if target.exists() {
            return Err(BackupError::Exists(target.to_owned()));
        }
        let partial = beside(target, "partial");
        let file = private(&partial)?;
        Ok(Self { tar: tar::Builder::new(BufWriter::new(file)), partial, target: target.to_owned() })
    }

    /// Adds an entry and gives its SHA-256, in hexadecimal.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<String, BackupError> {
        self.append(name, u64::try_from(content.len()).unwrap_or(u64::MAX), content)?;
        Ok(hex::encode(Sha256::digest(content)))
    }

    fn append(&mut self, name: &str, size: u64, content: impl Read) -> Result<(), BackupError> {
        let mut header = tar::Header::new_gnu();
        header.set_size(size);
        header.set_mode(0o600);
        self.tar.append_data(&mut header, name, content).map_err(BackupError::file(&self.partial))
    }

    /// Adds an entry from lines that were written beside.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub(super) fn add_lines(&mut self, name: &str, lines: Lines) -> Result<String, BackupError> {
        let failed = |path: &Path| BackupError::file(path);
        let mut file = lines.file.into_inner().map_err(|error| failed(&lines.path)(error.into_error()))?;
        let size = file.stream_position().map_err(failed(&lines.path))?;
        file.rewind().map_err(failed(&lines.path))?;
        self.append(name, size, BufReader::new(file))?;
        Ok(hex::encode(lines.hash.finalize()))
    }

    /// A place beside the file for the lines of one entry.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn lines(&self) -> Result<Lines, BackupError> {
        let path = beside(&self.target, "rows");
        let file = private(&path)?;
        // Without a name, it disappears when it is closed, also when the program is killed.
        std::fs::remove_file(&path).map_err(BackupError::file(&path))?;
        Ok(Lines { file: BufWriter::new(file), path, hash: Sha256::new(), count: 0 })
    }

    /// Gives up, and leaves nothing.
    pub(super) fn forget(self) {
        drop(std::fs::remove_file(&self.partial));
    }

    /// Flushes to the disk and gives the file its name. Returns its size in bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn finish(self) -> Result<u64, BackupError> {
        let failed = || BackupError::file(&self.partial);
        let file = self.tar.into_inner().map_err(failed())?;
        let file = file.into_inner().map_err(|error| failed()(error.into_error()))?;
        file.sync_all().map_err(failed())?;
        let size = file.metadata().map_err(failed())?.len();
        std::fs::rename(&self.partial, &self.target).map_err(failed())?;
        Ok(size)
    }
}

/// Lines written one by one, hashed on the way.
pub(super) struct Lines {
    file: BufWriter<File>,
    path: PathBuf,
    hash: Sha256,
    /// How many lines.
    pub(super) count: u64,
}

impl Lines {
    /// Adds a line.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn push(&mut self, line: &str) -> Result<(), BackupError> {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        self.count += 1;
        writeln!(self.file, "{line}").map_err(BackupError::file(&self.path))
    }
}

fn beside(target: &Path, suffix: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn private(path: &Path) -> Result<File, BackupError> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(BackupError::file(path))?;
    Ok(file)
}

/// The entries of a file, in their order.
pub(super) type Reader = tar::Archive<BufReader<File>>;

/// Opens a file to read its entries.
///
/// # Errors
/// When it cannot be opened.
pub(super) fn open(path: &Path) -> Result<Reader, BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    Ok(tar::Archive::new(BufReader::new(file)))
}

/// Name of an entry.
pub(super) fn name_of(entry: &tar::Entry<'_, impl Read>) -> String {
    String::from_utf8_lossy(&entry.path_bytes()).into_owned()
}

/// What is said of a file that is not whole.
pub(super) fn unreadable(_: std::io::Error) -> BackupError {
    BackupError::altered("ce n’est pas un fichier de sauvegarde, ou il est coupé")
}
