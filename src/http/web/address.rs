//! Addresses of pages with their parameters.

use std::fmt::Write as _;

/// `/structures` with `q=ch%C3%A2teau`; parameters without a value are left out.
#[must_use]
pub fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    for (rank, (name, value)) in given.enumerate() {
        address.push(if rank == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    address.push(char::from(byte));
                }
                _ => {
                    let _ = write!(address, "%{byte:02X}");
                }
            }
        }
    }
    address
}

/// Always a download, with the name in plain letters and, for those who read it, as it was sent (RFC 6266).
#[must_use]
pub fn disposition(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let plain: String = name.chars().map(safe).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_safely_and_empty_ones_left_out() {
        assert_eq!(with_query("/structures", &[]), "/structures");
        let address = with_query("/structures", &[("q", "L’é & 1"), ("region", ""), ("suite", "a-b")]);
        assert_eq!(address, "/structures?q=L%E2%80%99%C3%A9%20%26%201&suite=a-b");
    }

    #[test]
    fn a_name_never_leaves_its_header() {
        let header = disposition("pièce \"1\"\r\n.pdf");
        assert!(header.starts_with("attachment; filename=\"pi_ce__1___.pdf\"; filename*=UTF-8''pi%C3%A8ce"));
        assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    }
}
