//! The common part of the filters of all searches.

use serde_json::{Map, Value};

use crate::{
    api::search::Filter,
    api_error::{ApiError, ErrorType},
};

/// The minimum number of characters of a fuzzy filter's value.
const MIN_FUZZY: usize = 3;

/// The form of a filter's value, and the test.
pub(super) enum Test<T> {
    /// A list of strings, of which one must be the item's.
    OneOf(fn(&T, &str) -> bool),
    /// A string that must be the item's.
    Is(fn(&T, &str) -> bool),
    /// A string that must be a part of the item's, without regard to case. With the error if it is too short.
    Contains(fn(&T) -> Vec<String>, &'static ErrorType),
    Bool(fn(&T, bool) -> bool),
}

/// The error types of one kind of search.
pub(super) struct Errors {
    pub(super) missing_value: &'static ErrorType,
    pub(super) expected_strings: &'static ErrorType,
    pub(super) expected_string: &'static ErrorType,
    pub(super) expected_boolean: &'static ErrorType,
}

impl<T: 'static> Test<T> {
    /// Reads the value of an operand.
    ///
    /// # Errors
    ///
    /// Those for a value of another form.
    pub(super) fn read(&self, operand: &Map<String, Value>, errors: &Errors) -> Result<Filter<T>, ApiError> {
        let value = value(operand, errors)?;
        let string = || value.as_str().map(str::to_owned).ok_or(errors.expected_string);
        match *self {
            Self::OneOf(is) => {
                let texts = strings(value).ok_or(errors.expected_strings)?;
                Ok(Box::new(move |item| texts.iter().any(|text| is(item, text))))
            }
            Self::Is(is) => {
                let text = string()?;
                Ok(Box::new(move |item| is(item, &text)))
            }
            Self::Contains(texts, too_short) => {
                let part = string()?.to_lowercase();
                if part.chars().count() < MIN_FUZZY {
                    return Err(too_short.into());
                }
                Ok(Box::new(move |item| texts(item).iter().any(|text| text.to_lowercase().contains(&part))))
            }
            Self::Bool(test) => {
                let wanted = value.as_bool().ok_or(errors.expected_boolean)?;
                Ok(Box::new(move |item| test(item, wanted)))
            }
        }
    }
}

/// Returns the value of an operand, which has to be there.
pub(super) fn value<'o>(operand: &'o Map<String, Value>, errors: &Errors) -> Result<&'o Value, ApiError> {
    let value = operand.get("filter_value").filter(|value| !value.is_null());
    Ok(value.ok_or(errors.missing_value)?)
}

/// Returns a list of strings. `None` if the value is something else.
pub(super) fn strings(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}
