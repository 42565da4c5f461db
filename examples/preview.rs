#[path = "../tests/it/house"]
mod house {
    pub mod gallery;
    pub mod samples;
}
use poem::listener::TcpListener;
use poem::web::*;
use poem::*;
#[handler]
fn page(Path(name): Path<String>) -> Response {
    match house::samples::all().into_iter().find(|(n, _)| *n == name) {
        Some((_, html)) => Response::builder().header("content-type","text/html; charset=utf-8")
          .header("content-security-policy","default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'").body(html),
        None => Response::builder().status(http::StatusCode::NOT_FOUND).finish() }
}
#[handler]
fn list() -> String {
    house::samples::all().into_iter().map(|(n, _)| n).collect::<Vec<_>>().join("\n")
}
#[tokio::main]
async fn main() {
    let app = Route::new()
        .nest("/assets", parchemin::http::web::assets::Assets)
        .at("/list", get(list))
        .at("/p/:name", get(page));
    Server::new(TcpListener::bind("127.0.0.1:4877")).run(app).await.unwrap();
}
