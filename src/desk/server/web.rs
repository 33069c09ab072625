//! The page: static files that are part of the program, under headers that let it do only what it needs.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(rust_embed::RustEmbed)]
#[folder = "web/desk"]
#[exclude = "*.md"]
#[exclude = "test/*"]
#[exclude = "tests/*"]
#[exclude = "node_modules/*"]
struct Page;

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
#[include = "*/desk.ftl"]
#[include = "*/desk-page.ftl"]
#[include = "*/phrases.ftl"]
struct Locales;

/// Scripts and styles of ours alone, no inline code, no foreign frame but Telegram's own web app. The one
/// trusted type is the address of the page's worker.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors https://web.telegram.org; require-trusted-types-for 'script'; \
    trusted-types relais-worker";

/// The page in one file holds its own code and is meant to be kept; it asks no server for anything.
const OFFLINE_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
    img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) async fn index() -> Response {
    file(Page::get("index.html").map(|file| file.data), "index.html")
}

pub(super) async fn to_index() -> Redirect {
    Redirect::permanent("/desk")
}

pub(super) async fn asset(Path(path): Path<String>) -> Response {
    file(Page::get(&path).map(|file| file.data), &path)
}

pub(super) async fn locale(Path((tag, name)): Path<(String, String)>) -> Response {
    let path = format!("{tag}/{name}");
    file(Locales::get(&path).map(|file| file.data), &path)
}

fn file(content: Option<Cow<'static, [u8]>>, path: &str) -> Response {
    let Some(content) = content else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let mut response = Response::new(Body::from(content.into_owned()));
    let offline = path == "offline.html";
    let policy = if offline { OFFLINE_POLICY } else { POLICY };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type(path)),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if path.ends_with("worker.js") {
        // The page stands at /desk, one level above the worker's own folder.
        headers.insert("service-worker-allowed", HeaderValue::from_static("/desk"));
    }
    if offline {
        let kept = HeaderValue::from_static("attachment; filename=\"relais-desk.html\"");
        headers.insert(header::CONTENT_DISPOSITION, kept);
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "ftl") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some(_) | None => "application/octet-stream",
    }
}
