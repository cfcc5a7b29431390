//! Sets of texts that may grow on the server's side.

/// Declares an enum of known texts that keeps an unknown one as it came.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        ///
        /// The set is open: a text that is not known here is kept in `Other`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* #[doc = concat!("\n\nOn the wire: `", $text, "`.")] $variant,)+
            /// A text that this version does not know.
            Other(String),
        }

        impl $name {
            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::open_enum::TextVisitor::read(deserializer)
            }
        }

        impl Default for $name {
            /// An empty text, for an answer that leaves it out.
            fn default() -> Self {
                Self::Other(String::new())
            }
        }
    };
}

pub(crate) use open_enum;

/// Reads a text without copying one that is known.
pub(crate) struct TextVisitor<T>(std::marker::PhantomData<T>);

impl<T: for<'t> From<&'t str> + From<String>> TextVisitor<T> {
    pub(crate) fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_string(Self(std::marker::PhantomData))
    }
}

impl<T: for<'t> From<&'t str> + From<String>> serde::de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}
