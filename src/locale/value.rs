//! What may be put into a message.

use fluent_bundle::FluentValue;

/// A value for a place in a message. Numbers choose plural forms and are written without grouping; amounts
/// and dates come as text that is already formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A count.
    Number(i64),
    /// A text, put in as it is.
    Text(std::borrow::Cow<'a, str>),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&Value<'a>> for FluentValue<'a> {
    fn from(value: &Value<'a>) -> Self {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Text(text) => FluentValue::String(text.clone()),
        }
    }
}
