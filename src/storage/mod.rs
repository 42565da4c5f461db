//! Documents by the hash of their content: written once, never overwritten, the same content kept once.

use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use sha2::{Digest, Sha256};

use crate::config::Config;

pub mod content;
pub mod issued;
pub mod receive;
pub mod scan;

/// Where documents are.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
}

/// What went wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The store answered an error.
    #[error("document store: {0}")]
    Store(#[from] object_store::Error),
    /// What was read is not what was written.
    #[error("document {0} does not have the content of its hash")]
    Altered(String),
    /// The address of the store is not understood.
    #[error("adresse de stockage non reconnue : {0}")]
    UnknownUrl(String),
    /// The folder cannot be made.
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
}

impl Storage {
    /// The store of the configuration: a folder by default, a bucket for `s3://`.
    ///
    /// # Errors
    /// When the folder cannot be made or the address is not understood.
    pub fn from_config(config: &Config) -> Result<Self, StorageError> {
        if config.storage_url == "file:" {
            let folder = config.data_dir.join("documents");
            std::fs::create_dir_all(&folder)?;
            let store = object_store::local::LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
            return Ok(Self { store: Arc::new(store) });
        }
        Self::bucket(config)
    }

    #[cfg(feature = "s3")]
    fn bucket(config: &Config) -> Result<Self, StorageError> {
        let Some(rest) = config.storage_url.strip_prefix("s3://") else {
            return Err(StorageError::UnknownUrl(config.storage_url.clone()));
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let mut builder = object_store::aws::AmazonS3Builder::new().with_bucket_name(bucket);
        builder = builder.with_region(config.s3_region.as_deref().unwrap_or("us-east-1"));
        if let Some(endpoint) = &config.s3_endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let (Some(key), Some(secret)) = (&config.s3_access_key, &config.s3_secret_key) {
            builder = builder.with_access_key_id(key.reveal()).with_secret_access_key(secret.reveal());
        }
        let store = object_store::prefix::PrefixStore::new(builder.build()?, prefix);
        Ok(Self { store: Arc::new(store) })
    }

    #[cfg(not(feature = "s3"))]
    fn bucket(config: &Config) -> Result<Self, StorageError> {
        Err(StorageError::UnknownUrl(config.storage_url.clone()))
    }

    /// A store in memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        Self { store: Arc::new(object_store::memory::InMemory::new()) }
    }

    /// Keeps a content and gives its SHA-256. Doing it twice does nothing more.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn put(&self, content: Vec<u8>) -> Result<Vec<u8>, StorageError> {
        let hash = Sha256::digest(&content).to_vec();
        let once = PutOptions::from(PutMode::Create);
        match self.store.put_opts(&place(&hash), PutPayload::from(content), once).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(hash),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a content back and checks it against its hash.
    ///
    /// # Errors
    /// When it is missing, or is no longer what was written.
    pub async fn get(&self, hash: &[u8]) -> Result<bytes::Bytes, StorageError> {
        let content = self.store.get(&place(hash)).await?.bytes().await?;
        if Sha256::digest(&content).as_slice() != hash {
            return Err(StorageError::Altered(hex::encode(hash)));
        }
        Ok(content)
    }

    /// Whether a content is there.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub async fn has(&self, hash: &[u8]) -> Result<bool, StorageError> {
        match self.store.head(&place(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// `ab/cdef…`: a folder of at most 256 folders.
fn place(hash: &[u8]) -> Path {
    let name = hex::encode(hash);
    let (folder, rest) = name.split_at(2);
    Path::from(format!("{folder}/{rest}"))
}
