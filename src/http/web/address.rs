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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_safely_and_empty_ones_left_out() {
        assert_eq!(with_query("/structures", &[]), "/structures");
        let address = with_query("/structures", &[("q", "L’é & 1"), ("region", ""), ("suite", "a-b")]);
        assert_eq!(address, "/structures?q=L%E2%80%99%C3%A9%20%26%201&suite=a-b");
    }
}
