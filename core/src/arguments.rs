//! Builds requests from a JSON object of arguments.

mod deserializer;
mod error;

use serde::de::{Deserialize, Deserializer, IntoDeserializer};
use serde_json::Value;

use self::deserializer::{Argument, Rest};
pub use self::error::ArgumentsError;
use crate::JsonObject;

/// Builds a request from a JSON object of arguments. Use it for requests that are stored, queued or replayed.
///
/// With the feature `arguments`, every [`#[endpoint]`](macro@crate::endpoint) implements this trait. An argument has
/// the JSON name of its field, whether the field belongs to the path, the query, a header or the body.
///
/// ```
/// use declapi::{Endpoint, FromArguments, endpoint, object};
///
/// /// Who wrote a commit.
/// #[object]
/// pub struct Author<'a> {
///     /// The name.
///     pub name: &'a str,
///     /// The email address.
///     pub email: Option<&'a str>,
/// }
///
/// /// Writes a file.
/// #[endpoint(put = "/files/{path}", response = ())]
/// pub struct WriteFile<'a> {
///     /// The path of the file.
///     pub path: &'a str,
///     /// Who wrote it.
///     pub author: Author<'a>,
///     /// The branch; null for the default one.
///     pub branch: Option<Option<String>>,
/// }
///
/// let stored = r#"{"path": "a.md", "author": {"name": "Ada"}, "branch": null}"#;
/// let arguments = serde_json::from_str(stored)?;
/// let request = WriteFile::from_arguments(&arguments)?.request()?;
/// assert_eq!(request.path(), "/files/a.md");
/// assert_eq!(request.body(), Some(&br#"{"author":{"name":"Ada"},"branch":null}"#[..]));
///
/// let stored = r#"{"path": "a.md", "author": {"name": 7}}"#;
/// let error = WriteFile::from_arguments(&serde_json::from_str(stored)?).unwrap_err();
/// assert_eq!(error.to_string(), "argument `author.name` is a number, but it must be a borrowed string");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A field of type `Option` is set if its argument is present. Only an `Option<Option<T>>` accepts null.
///
/// The types of the fields must implement `serde::Deserialize`. An endpoint with a field of another type does not
/// implement this trait. [`#[object]`](macro@crate::object) derives `Deserialize` unless you derive it. With this
/// feature, a hand-written implementation for an object is an error. A borrowed string borrows from the arguments.
///
/// If two objects contain each other, write `#[serde(bound(deserialize = ""))]` on one of the fields. Otherwise rustc
/// reports an overflow (E0275) where this trait is used. An object that contains itself does not need it.
///
/// A field with `serialize_with` also needs `deserialize_with`. On an endpoint, `with` is enough if its module has both
/// functions. In an object, write both keys.
///
/// ```compile_fail,E0277
/// # use declapi::{FromArguments, JsonObject, endpoint};
/// # fn seconds<S: serde::Serializer>(time: &std::time::Duration, to: S) -> Result<S::Ok, S::Error> {
/// #     to.serialize_u64(time.as_secs())
/// # }
/// /// Waits.
/// #[endpoint(post = "/wait", response = ())]
/// pub struct Wait {
///     /// How long.
///     #[serde(serialize_with = "seconds")]
///     pub time: std::time::Duration,
/// }
///
/// // error[E0277]: a field with `serialize_with` cannot be made from arguments
/// let wait = Wait::from_arguments(&JsonObject::new());
/// ```
pub trait FromArguments<'a>: Sized {
    /// Reads the fields.
    #[doc(hidden)]
    fn read(from: &mut Arguments<'a>) -> Result<Self, ArgumentsError>;

    /// Builds the request.
    ///
    /// # Errors
    ///
    /// An argument is missing, has another type than its field, or belongs to no field. The error names the argument
    /// and never contains its value.
    fn from_arguments(arguments: &'a JsonObject) -> Result<Self, ArgumentsError> {
        let mut from =
            Arguments { left: arguments.iter().map(|(name, value)| (name.as_str(), value)).collect() };
        let made = Self::read(&mut from)?;
        match from.left.first() {
            Some((name, _)) => Err(ArgumentsError::unknown(name)),
            None => Ok(made),
        }
    }
}

/// The arguments that no field has used so far.
#[derive(Debug)]
pub struct Arguments<'a> {
    left: Vec<(&'a str, &'a Value)>,
}

/// The function with which a field reads its argument.
type Reader<'a, T> = fn(Argument<'a>) -> Result<T, ArgumentsError>;

#[expect(
    clippy::missing_errors_doc,
    reason = "only macro expansions call them; `from_arguments` documents the errors"
)]
impl<'a> Arguments<'a> {
    fn take(&mut self, name: &str) -> Option<&'a Value> {
        let at = self.left.iter().position(|(known, _)| *known == name)?;
        Some(self.left.remove(at).1)
    }

    /// Reads a required field.
    pub fn required<T: Deserialize<'a>>(&mut self, name: &str) -> Result<T, ArgumentsError> {
        self.required_with(name, T::deserialize)
    }

    /// Reads a required field with the user's function.
    pub fn required_with<T>(&mut self, name: &str, read: Reader<'a, T>) -> Result<T, ArgumentsError> {
        let value = self.take(name).ok_or_else(|| ArgumentsError::missing(name))?;
        read(Argument(value)).map_err(|error| error.inside(name))
    }

    /// Reads an optional field.
    pub fn optional<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Option<T>, ArgumentsError> {
        self.take(name)
            .map(|value| T::deserialize(Argument(value)).map_err(|error| error.inside(name)))
            .transpose()
    }

    /// Reads an optional field with the user's function, which returns the whole `Option`.
    pub fn optional_with<T>(
        &mut self,
        name: &str,
        read: Reader<'a, Option<T>>,
    ) -> Result<Option<T>, ArgumentsError> {
        let value = self.take(name);
        value.map_or(Ok(None), |value| read(Argument(value)).map_err(|error| error.inside(name)))
    }

    /// Reads a field that can be null.
    pub fn nullable<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Option<Option<T>>, ArgumentsError> {
        self.optional(name)
    }

    /// Reads a field from the arguments that no other field uses.
    pub fn flat<T: Deserialize<'a>>(&mut self) -> Result<T, ArgumentsError> {
        T::deserialize(Rest(&mut self.left))
    }

    /// Reads an optional field from the arguments that no other field uses. The field is not set if no arguments are
    /// left.
    pub fn flat_optional<T: Deserialize<'a>>(&mut self) -> Result<Option<T>, ArgumentsError> {
        if self.left.is_empty() { Ok(None) } else { self.flat().map(Some) }
    }

    /// Type-checks a field that can only be written. The code that calls this function never runs.
    pub fn unreadable<T>(&mut self, name: &str) -> Result<T, ArgumentsError> {
        Err(ArgumentsError::missing(name))
    }
}

/// The error type of a field that has `serialize_with` but no function to read it.
#[derive(Debug)]
pub enum WrittenOnly {}

/// A trait that [`WrittenOnly`] never implements.
#[diagnostic::on_unimplemented(
    message = "a field with `serialize_with` cannot be made from arguments",
    note = "add `deserialize_with = \"function\"` to the field"
)]
pub trait Readable<'a> {}

/// Reads an optional field of an object. Null is not a valid value.
///
/// # Errors
///
/// The value is not a `T`.
pub fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Type-checks a field that can only be written.
///
/// # Errors
///
/// Always.
pub fn unreadable<'de, D: Deserializer<'de>, T>(_: D) -> Result<T, D::Error> {
    Err(serde::de::Error::custom("it can only be written"))
}

/// Provides `deserialize` for a type in `with` that has no such function. If the type has one, Rust prefers it.
pub trait UnreadableType {
    /// Always fails.
    ///
    /// # Errors
    ///
    /// Always.
    fn deserialize<'de, D: Deserializer<'de>, T>(deserializer: D) -> Result<T, D::Error> {
        unreadable(deserializer)
    }
}

impl<W: ?Sized> UnreadableType for W {}

impl<'de> IntoDeserializer<'de, ArgumentsError> for Argument<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
