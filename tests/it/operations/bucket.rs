//! Documents in a bucket: the same door as a folder, over a server that answers as an S3 does, path style.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use parchemin::config::{Config, Secret};
use parchemin::http::{Limits, serve};
use parchemin::storage::{Storage, StorageError};
use poem::endpoint::{BoxEndpoint, make};
use poem::http::{Method, StatusCode};
use poem::{EndpointExt, Request, Response};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the server keeps, by its path.
type Objects = Arc<Mutex<HashMap<String, Vec<u8>>>>;

#[tokio::test]
async fn a_document_is_kept_once_in_its_bucket_and_read_back() {
    let (endpoint, objects) = bucket().await;
    let storage = Storage::from_config(&configured(&endpoint, "cle")).unwrap();
    let content = b"Convention d'habilitation".to_vec();
    let hash = storage.put(content.clone()).await.unwrap();
    assert_eq!(hash, Sha256::digest(&content).to_vec());
    let (folder, rest) = (hex::encode(&hash[..1]), hex::encode(&hash[1..]));
    let path = format!("/parchemin/pieces/{folder}/{rest}");
    assert_eq!(paths(&objects), [path]);
    assert_eq!(storage.get(&hash).await.unwrap(), content);
    assert!(storage.has(&hash).await.unwrap());
    assert_eq!(storage.put(content).await.unwrap(), hash, "the same content is kept once");
    assert_eq!(paths(&objects).len(), 1);
    storage.put(b"Un autre".to_vec()).await.unwrap();
    assert_eq!(paths(&objects).len(), 2);
}

#[tokio::test]
async fn what_a_bucket_lost_or_altered_is_never_given() {
    let (endpoint, objects) = bucket().await;
    let storage = Storage::from_config(&configured(&endpoint, "cle")).unwrap();
    let hash = storage.put(b"Avis".to_vec()).await.unwrap();
    let path = paths(&objects).remove(0);
    objects.lock().unwrap().insert(path.clone(), b"Avi$".to_vec());
    assert!(matches!(storage.get(&hash).await, Err(StorageError::Altered(_))));
    objects.lock().unwrap().remove(&path);
    assert!(!storage.has(&hash).await.unwrap());
    let lost = storage.get(&hash).await;
    assert!(matches!(lost, Err(StorageError::Store(object_store::Error::NotFound { .. }))), "{lost:?}");
}

#[tokio::test]
async fn a_bucket_that_does_not_know_the_key_keeps_nothing() {
    let (endpoint, objects) = bucket().await;
    let storage = Storage::from_config(&configured(&endpoint, "autre")).unwrap();
    assert!(storage.put(b"Avis".to_vec()).await.is_err());
    assert!(storage.has(&[0; 32]).await.is_err());
    assert!(paths(&objects).is_empty());
}

fn configured(endpoint: &str, key: &str) -> Config {
    Config {
        storage_url: "s3://parchemin/pieces".to_owned(),
        s3_endpoint: Some(endpoint.to_owned()),
        s3_access_key: Some(Secret::from(key)),
        s3_secret_key: Some(Secret::from("secret")),
        ..Config::default()
    }
}

fn paths(objects: &Objects) -> Vec<String> {
    objects.lock().unwrap().keys().cloned().collect()
}

/// A server on a free port, and what it keeps.
async fn bucket() -> (String, Objects) {
    // The program does it when it starts; a second installation is refused, and changes nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let objects = Objects::default();
    let kept = Arc::clone(&objects);
    let answers = make(move |request| answer(request, Arc::clone(&kept)));
    let answers: BoxEndpoint<'static, Response> = answers.map_to_response().boxed();
    tokio::spawn(async move {
        serve(listener, answers, Limits::default(), CancellationToken::new()).await.unwrap();
    });
    (endpoint, objects)
}

async fn answer(request: Request, objects: Objects) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let signed = request.header("authorization").unwrap_or_default().to_owned();
    let only_new = request.header("if-none-match") == Some("*");
    let body = request.into_body().into_vec().await.unwrap();
    if !signed.starts_with("AWS4-HMAC-SHA256 Credential=cle/") {
        return StatusCode::FORBIDDEN.into();
    }
    let mut objects = objects.lock().unwrap();
    if method == Method::PUT {
        if only_new && objects.contains_key(&path) {
            return StatusCode::PRECONDITION_FAILED.into();
        }
        objects.insert(path, body);
        return Response::builder().header("etag", "\"1\"").finish();
    }
    let Some(content) = objects.get(&path) else { return StatusCode::NOT_FOUND.into() };
    let head = Response::builder()
        .header("etag", "\"1\"")
        .header("last-modified", "Mon, 06 Oct 2025 08:00:00 GMT")
        .header("content-length", content.len().to_string());
    if method == Method::HEAD { head.finish() } else { head.body(content.clone()) }
}
