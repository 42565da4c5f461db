//! A file that a page sends: always a download, never kept by caches, never guessed at.

use poem::http::header;
use poem::{Body, Response};

/// The answer that sends a file.
#[must_use]
pub fn attachment(media_type: &str, name: &str, content: impl Into<Body>) -> Response {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CONTENT_DISPOSITION, disposition(name))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(content)
}

/// The name in plain letters and, for those who read it, as it was sent (RFC 6266).
fn disposition(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let plain: String = name.chars().map(safe).collect();
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = name.bytes().map(encode).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leaves_its_header() {
        let header = disposition("pièce \"1\"\r\n.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"pi_ce__1___.pdf\"; filename*=UTF-8''pi%C3%A8ce%20%221%22%0D%0A.pdf"
        );
    }
}
