//! What a value is in JSON, as its type says.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::{Described, FieldInfo, field};

/// What a value is in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonKind {
    /// Any JSON, or a type that does not say what it is.
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
    /// A string out of a list, which may grow on the server's side.
    Enum(&'static [&'static str]),
    /// A list of one kind, or a stream of lines or events with it.
    List(&'static JsonKind),
    /// An object with any names, whose values are of one kind.
    Map(&'static JsonKind),
    /// An object with the fields of a struct.
    Object(&'static ObjectInfo),
    /// Null, or this kind.
    Nullable(&'static JsonKind),
}

/// The description of a struct inside a request or a response, made by its declaration.
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
    pub described: fn() -> &'static [Described],
}

impl ObjectInfo {
    /// Returns the fields, in the order of their declaration, with the names that JSON has for them.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = FieldInfo> + ExactSizeIterator + Clone + use<> {
        (self.described)().iter().map(field)
    }
}

/// The same declaration; what its parameters are is not compared.
impl PartialEq for ObjectInfo {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.module) == (other.name, other.module)
    }
}

impl Eq for ObjectInfo {}

/// Without the fields, since a struct may contain itself.
impl fmt::Debug for ObjectInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectInfo").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A type that says what it is in JSON.
///
/// With the feature `describe`, [`#[response]`](macro@crate::response), [`#[object]`](macro@crate::object) and
/// [`open_enum!`](crate::open_enum) implement it, and the description of an endpoint asks the type of each field, and
/// that of the response. A type without it is [`Unknown`](JsonKind::Unknown) there.
///
/// ```
/// use declapi::{Describe, JsonKind};
///
/// /// A colour as the API writes it, `#ff0000`.
/// #[derive(Debug)]
/// pub struct Colour(u32);
///
/// impl Describe for Colour {
///     const KIND: JsonKind = JsonKind::String;
/// }
/// assert_eq!(Vec::<Colour>::KIND, JsonKind::List(&JsonKind::String));
/// ```
pub trait Describe {
    /// What a value is in JSON.
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

/// Types that are written as what they hold, as a list of it, or as a map to it.
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

/// Asks a type what it is, whether or not it says so.
///
/// `KindOf::<T>::KIND` is the constant of this `impl` where `T` is described, and that of [`NotDescribed`] elsewhere.
#[derive(Debug)]
pub struct KindOf<T: ?Sized>(std::marker::PhantomData<T>);

impl<T: Describe + ?Sized> KindOf<T> {
    /// What the type says.
    pub const KIND: JsonKind = T::KIND;
}

/// What is said of a type that says nothing.
pub trait NotDescribed {
    /// Nothing.
    const KIND: JsonKind = JsonKind::Unknown;
    /// None: it is no format.
    const MEDIA_TYPE: Option<&'static str> = None;
}

impl<T: ?Sized> NotDescribed for KindOf<T> {}

/// A type that says nothing.
#[derive(Debug)]
pub enum Opaque {}
