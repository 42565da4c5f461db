//! Configuration: defaults, then `parchemin.toml`, then `PARCHEMIN_*` in the environment, then flags.
//!
//! What the certifier decides in daily life (delays, texts, names) is not here but in the settings.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

/// A value that must not be printed: a password, a URL that holds one.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Whether rate limits apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimits {
    /// They do.
    On,
    /// They do not: load tests only, refused when the public address is https.
    Off,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For a person.
    Text,
    /// For a machine.
    Json,
}

/// Everything that is known at start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port of the web server.
    pub listen: SocketAddr,
    /// Address and port of the metrics; none = off.
    pub metrics_listen: Option<SocketAddr>,
    /// Address that people type; mails link to it.
    pub public_url: String,
    /// `sqlite://…` or `postgres://…`; none = a SQLite file in the data folder.
    pub database_url: Option<Secret>,
    /// Folder of the embedded database, the documents and the keys.
    pub data_dir: PathBuf,
    /// Applies missing migrations at start.
    pub migrate: bool,
    /// Runs the workers in the server.
    pub workers: bool,
    /// Rate limits.
    pub rate_limits: RateLimits,
    /// Requests a second that one address may make for long.
    pub rate_per_address: u32,
    /// The same, at once.
    pub burst_per_address: u32,
    /// Requests a minute that one account may make for long, from wherever it comes.
    pub rate_per_account: u32,
    /// The same, at once.
    pub burst_per_account: u32,
    /// Attempts a minute that one address may make for long on the pages where a secret is given.
    pub rate_of_secrets: u32,
    /// The same, at once.
    pub burst_of_secrets: u32,
    /// Seconds after which a request that is not a file is given up.
    pub request_seconds: u64,
    /// Addresses of the proxies whose `Forwarded` headers are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// `smtp://user:password@host:587?tls=required` or `smtps://…`; none = mails wait in the outbox.
    pub smtp_url: Option<Secret>,
    /// Address from which mails are sent.
    pub mail_from: String,
    /// Address to which people answer.
    pub mail_reply_to: Option<String>,
    /// `file:` (the data folder) or `s3://bucket/prefix`.
    pub storage_url: String,
    /// Region of the bucket.
    pub s3_region: Option<String>,
    /// Address of an S3-compatible service.
    pub s3_endpoint: Option<String>,
    /// Key of the bucket.
    pub s3_access_key: Option<Secret>,
    /// Secret of the bucket.
    pub s3_secret_key: Option<Secret>,
    /// Where a clamd daemon listens, `127.0.0.1:3310`, `clamav:3310` or `/run/clamav/clamd.ctl`; none = no scan.
    pub clamd: Option<String>,
    /// File of the key that signs the journal; made in the data folder when there is none.
    pub journal_key_file: Option<PathBuf>,
    /// Roles that must have a second factor, as words.
    pub second_factor_roles: Vec<String>,
    /// Minutes after which an idle session ends.
    pub session_idle_minutes: i64,
    /// Hours after which any session ends.
    pub session_hours: i64,
    /// Name of the certifier, as printed.
    pub organisation: String,
    /// Its address, as printed; it ends with the town, after the last comma.
    pub organisation_address: String,
    /// Its legal form, "association loi de 1901".
    pub organisation_legal_form: String,
    /// Its SIRET, written in groups.
    pub organisation_siret: String,
    /// Its phone number, as printed.
    pub organisation_phone: String,
    /// The person who represents it in a convention, with their quality: "Prénom Nom, présidente".
    pub organisation_representative: String,
    /// The person answerable for what the site publishes.
    pub organisation_director: String,
    /// Name, address and phone number of the host of the site.
    pub organisation_host: String,
    /// Format of the logs.
    pub log_format: LogFormat,
    /// Whether this is the demonstration.
    #[serde(skip)]
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            public_url: "http://127.0.0.1:8080".to_owned(),
            database_url: None,
            data_dir: PathBuf::from("data"),
            migrate: true,
            workers: true,
            rate_limits: RateLimits::On,
            rate_per_address: 50,
            burst_per_address: 300,
            rate_per_account: 1800,
            burst_per_account: 300,
            rate_of_secrets: 10,
            burst_of_secrets: 20,
            request_seconds: 30,
            trusted_proxies: Vec::new(),
            smtp_url: None,
            mail_from: "Parchemin <parchemin@localhost.localdomain>".to_owned(),
            mail_reply_to: None,
            storage_url: "file:".to_owned(),
            s3_region: None,
            s3_endpoint: None,
            s3_access_key: None,
            s3_secret_key: None,
            clamd: None,
            journal_key_file: None,
            second_factor_roles: ["admin", "manager", "officer"].map(str::to_owned).to_vec(),
            session_idle_minutes: 120,
            session_hours: 12,
            organisation: "Organisme certificateur".to_owned(),
            organisation_address: String::new(),
            organisation_legal_form: String::new(),
            organisation_siret: String::new(),
            organisation_phone: String::new(),
            organisation_representative: String::new(),
            organisation_director: String::new(),
            organisation_host: String::new(),
            log_format: LogFormat::Text,
            demo: false,
        }
    }
}

/// Why the configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or a variable cannot be read.
    #[error("configuration illisible : {0}")]
    Unreadable(#[from] config::ConfigError),
    /// A value is not allowed.
    #[error("{0}")]
    Refused(&'static str),
}

impl Config {
    /// Reads the file and the environment over the defaults.
    ///
    /// # Errors
    /// When a value cannot be read or is refused.
    pub fn load(file: Option<&std::path::Path>) -> Result<Self, ConfigError> {
        let path = file.map_or_else(|| PathBuf::from("parchemin.toml"), PathBuf::from);
        let lists = config::Environment::with_prefix("PARCHEMIN")
            .prefix_separator("_")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("trusted_proxies")
            .with_list_parse_key("second_factor_roles")
            .ignore_empty(true);
        let config: Self = config::Config::builder()
            .add_source(config::File::from(path).required(file.is_some()))
            .add_source(lists)
            .build()?
            .try_deserialize()?;
        config.checked()
    }

    /// The configuration, if its values go together.
    ///
    /// # Errors
    /// [`ConfigError::Refused`].
    pub fn checked(self) -> Result<Self, ConfigError> {
        if self.rate_limits == RateLimits::Off && self.is_https() {
            return Err(ConfigError::Refused(
                "PARCHEMIN_RATE_LIMITS=off est refusé quand l’adresse publique est en https.",
            ));
        }
        if self.session_idle_minutes < 1 || self.session_hours < 1 {
            return Err(ConfigError::Refused("La durée des sessions doit être d’au moins une minute."));
        }
        let rates = [self.rate_per_address, self.rate_per_account, self.rate_of_secrets];
        let bursts = [self.burst_per_address, self.burst_per_account, self.burst_of_secrets];
        if rates.into_iter().chain(bursts).any(|limit| limit == 0) || self.request_seconds == 0 {
            return Err(ConfigError::Refused(
                "Chaque limite de débit (rate_…, burst_…) et request_seconds valent au moins 1.",
            ));
        }
        Ok(self)
    }

    /// Whether people come by https, which decides of the cookies.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The database, by default a file in the data folder.
    #[must_use]
    pub fn database(&self) -> String {
        match &self.database_url {
            Some(url) => url.reveal().to_owned(),
            None => format!("sqlite://{}?mode=rwc", self.data_dir.join("parchemin.sqlite").display()),
        }
    }
}
