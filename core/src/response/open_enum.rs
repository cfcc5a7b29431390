//! Enums to which the server may add values.

/// Declares an enum of known strings. An unknown string is kept in an additional variant.
///
/// Each variant has its string in JSON. The enum gets the variant `Other(String)`, the method `as_str`, `From<&str>`,
/// `From<String>`, `Display`, `Serialize`, `Deserialize`, and a `Default` for responses without the field. The string
/// `"other"` needs a variant with another name, as in `OtherKind = "other"`.
///
/// ```
/// declapi::open_enum! {
///     /// Whether an issue is open.
///     pub enum IssueState {
///         /// It is open.
///         Open = "open",
///         /// It is closed.
///         Closed = "closed",
///     }
/// }
///
/// assert_eq!(IssueState::from("open"), IssueState::Open);
/// assert_eq!(IssueState::from("draft"), IssueState::Other("draft".to_owned()));
/// assert_eq!(IssueState::from("draft").as_str(), "draft");
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }
    ) => {
        $(#[$meta])*
        ///
        /// The list is open: an unknown string is kept in `Other`.
        #[derive(
            ::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
        )]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$variant_meta])* #[doc = ::core::concat!("\n\nOn the wire: `", $text, "`.")] $variant,)+
            /// A string that this version does not know.
            Other(::std::string::String),
        }

        impl $name {
            /// Returns the string in JSON.
            $vis fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(::std::borrow::ToOwned::to_owned(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match &*text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        $crate::__describe_enum! { $name [$($text),+] }

        impl $crate::__private::fmt::Display for $name {
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::TextVisitor::read(deserializer)
            }
        }

        impl ::core::default::Default for $name {
            /// Returns an empty string, for responses without the field.
            fn default() -> Self {
                Self::Other(::std::string::String::new())
            }
        }
    };
}

/// Implements `Describe` for an open enum, with the feature `describe`.
#[cfg(feature = "describe")]
#[doc(hidden)]
#[macro_export]
macro_rules! __describe_enum {
    ($name:ident [$($text:literal),+]) => {
        impl $crate::Describe for $name {
            const KIND: $crate::JsonKind = $crate::JsonKind::Enum(&[$($text),+]);
        }
    };
}

/// Expands to nothing without the feature `describe`.
#[cfg(not(feature = "describe"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __describe_enum {
    ($name:ident [$($text:literal),+]) => {};
}

/// Reads a string. A known string is not copied.
#[derive(Debug)]
pub struct TextVisitor<T>(std::marker::PhantomData<T>);

impl<T: for<'t> From<&'t str> + From<String>> TextVisitor<T> {
    /// Reads the string.
    ///
    /// # Errors
    ///
    /// The input is not a string.
    pub fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_string(Self(std::marker::PhantomData))
    }
}

impl<T: for<'t> From<&'t str> + From<String>> serde::de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}
