//! The JSON types of Rust types.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::{Described, FieldInfo};

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonKind {
    /// Any JSON, or a type that does not implement [`Describe`].
    #[default]
    Unknown,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A string from a list. The server may add more values to the list.
    Enum(&'static [&'static str]),
    /// A list with elements of one type, or a stream of lines or events of that type.
    List(&'static JsonKind),
    /// An object with any names and values of one type.
    Map(&'static JsonKind),
    /// An object with the fields of a struct.
    Object(&'static ObjectInfo),
    /// This type or null.
    Nullable(&'static JsonKind),
}

/// The metadata of a struct inside a request or a response. Its declaration creates it.
#[derive(Clone, Copy)]
pub struct ObjectInfo {
    /// The name of the struct.
    pub name: &'static str,
    /// The path of the module that declares it.
    pub module: &'static str,
    /// The first paragraph of the struct's documentation.
    pub docs: &'static str,
    /// A function, because a struct may contain itself.
    #[doc(hidden)]
    pub described: fn() -> Described,
}

impl ObjectInfo {
    /// Returns the fields in the order of their declaration, with their JSON names.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = FieldInfo> + ExactSizeIterator + Clone + use<> {
        (self.described)().all().collect::<Vec<_>>().into_iter()
    }
}

/// Compares the declarations, without generic parameters.
impl PartialEq for ObjectInfo {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.module) == (other.name, other.module)
    }
}

impl Eq for ObjectInfo {}

/// Does not show the fields, because a struct may contain itself.
impl fmt::Debug for ObjectInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectInfo").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A type with a known JSON type.
///
/// With the feature `describe`, [`#[response]`](macro@crate::response), [`#[object]`](macro@crate::object) and
/// [`open_enum!`](crate::open_enum) implement it, and the metadata of an endpoint contains the JSON types of its fields
/// and of the response. A type that does not implement it is [`Unknown`](JsonKind::Unknown).
///
/// ```
/// use declapi::{Describe, JsonKind};
///
/// /// A colour, in JSON a string like `#ff0000`.
/// #[derive(Debug)]
/// pub struct Colour(u32);
///
/// impl Describe for Colour {
///     const KIND: JsonKind = JsonKind::String;
/// }
/// assert_eq!(Vec::<Colour>::KIND, JsonKind::List(&JsonKind::String));
/// ```
pub trait Describe {
    /// The JSON type of a value.
    const KIND: JsonKind;
}

macro_rules! scalars {
    ($($kind:ident: $($ty:ty)*,)*) => {
        $($(impl Describe for $ty {
            const KIND: JsonKind = JsonKind::$kind;
        })*)*
    };
}

scalars! {
    Boolean: bool,
    Integer: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize,
    Number: f32 f64 serde_json::Number,
    String: str String char crate::Secret crate::Timestamp,
    Null: (),
    Unknown: serde_json::Value,
}

/// Types that are serialized like the type that they contain, as a list of it, or as a map to it.
macro_rules! holders {
    ($([$($parameters:tt)*] $ty:ty => $kind:expr,)*) => {
        $(impl<T: Describe, $($parameters)*> Describe for $ty {
            const KIND: JsonKind = $kind;
        })*
    };
}

impl<T: Describe + ?Sized> Describe for &T {
    const KIND: JsonKind = T::KIND;
}

impl<T: Describe + ToOwned + ?Sized> Describe for Cow<'_, T> {
    const KIND: JsonKind = T::KIND;
}

holders! {
    [] Box<T> => T::KIND,
    [] Rc<T> => T::KIND,
    [] Arc<T> => T::KIND,
    [] Option<T> => JsonKind::Nullable(&T::KIND),
    [] Vec<T> => JsonKind::List(&T::KIND),
    [] [T] => JsonKind::List(&T::KIND),
    [const N: usize] [T; N] => JsonKind::List(&T::KIND),
    [] VecDeque<T> => JsonKind::List(&T::KIND),
    [] BTreeSet<T> => JsonKind::List(&T::KIND),
    [S] HashSet<T, S> => JsonKind::List(&T::KIND),
    [K] BTreeMap<K, T> => JsonKind::Map(&T::KIND),
    [K, S] HashMap<K, T, S> => JsonKind::Map(&T::KIND),
}

impl Describe for crate::JsonObject {
    const KIND: JsonKind = JsonKind::Map(&JsonKind::Unknown);
}

/// Returns the JSON type of any type, described or not.
///
/// `KindOf::<T>::KIND` is the constant of this `impl` if `T` implements [`Describe`], and that of [`NotDescribed`]
/// otherwise.
#[derive(Debug)]
pub struct KindOf<T: ?Sized>(std::marker::PhantomData<T>);

impl<T: Describe + ?Sized> KindOf<T> {
    /// The JSON type from [`Describe`].
    pub const KIND: JsonKind = T::KIND;
}

/// The fallback for types that do not implement [`Describe`].
pub trait NotDescribed {
    /// Unknown.
    const KIND: JsonKind = JsonKind::Unknown;
    /// None: it is no format.
    const MEDIA_TYPE: Option<&'static str> = None;
}

impl<T: ?Sized> NotDescribed for KindOf<T> {}

/// A type that does not implement [`Describe`].
#[derive(Debug)]
pub enum Opaque {}
