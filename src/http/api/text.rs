//! Texts of the API: bounded, and free of control characters, which PostgreSQL refuses.

use std::borrow::Cow;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type};
use serde_json::Value;

/// Declares a text whose bounds are enforced and published.
macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, longest: $longest:literal, pattern: $pattern:literal, allowed: $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub String);

        impl $name {
            fn checked(text: &str) -> ParseResult<Self> {
                if text.chars().count() > $longest {
                    return Err(ParseError::custom("text too long"));
                }
                if text.chars().any(|c| c.is_control() && !$allowed.contains(&c)) {
                    return Err(ParseError::custom("control character"));
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl Type for $name {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                let mut schema = MetaSchema::new("string");
                schema.max_length = Some($longest);
                schema.pattern = Some($pattern.to_owned());
                MetaSchemaRef::Inline(Box::new(schema))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::once(self))
            }

            fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                match value.unwrap_or_default() {
                    Value::String(text) => Self::checked(&text),
                    other => Err(ParseError::expected_type(other)),
                }
            }
        }

        impl ParseFromParameter for $name {
            fn parse_from_parameter(text: &str) -> ParseResult<Self> {
                Self::checked(text)
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                Some(Value::String(self.0.clone()))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

bounded_text!(
    /// One line, up to 200 characters.
    ShortText, longest: 200, pattern: r"^[^\x00-\x1F\x7F-\x9F]*$", allowed: [] as [char; 0]
);
bounded_text!(
    /// Several lines, up to 10 000 characters.
    LongText, longest: 10000, pattern: r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$", allowed: ['\n', '\r', '\t']
);
