// #[object]
// /// A name.
// #[derive(Clone)]
// pub struct Name<'a> {
//     /// The first name.
//     pub first: &'a str,
//     #[object(secret)]
//     #[serde(rename = "last_name")]
//     pub last: Option<&'a str>,
// }

#[derive(::declapi::__private::Read)]
/// A name.
#[derive(Clone)]
pub struct Name<'a> {
    /// The first name.
    pub first: &'a str,
    #[serde(rename = "last_name")]
    pub last: Option<&'a str>,
}
///The builder of [`Name`], with a setter for each field.
#[must_use = "a builder does nothing until `.build()`"]
pub struct NameBuilder<'a, const __FIRST: bool = false> {
    values: __NameValues<'a>,
}
struct __NameValues<'a> {
    first: ::core::option::Option<&'a str>,
    last: Option<&'a str>,
}
#[doc(hidden)]
pub enum Name·first {}
const _: () = {
    use ::declapi::__private as __p;
    impl<'a> Name<'a> {
        ///A builder of [`Name`] with no field set.
        #[inline]
        pub fn builder() -> NameBuilder<'a> {
            NameBuilder {
                values: __NameValues {
                    first: __p::None,
                    last: __p::None,
                },
            }
        }
    }
    impl<'a> __NameValues<'a> {
        #[inline]
        fn finish(self) -> Name<'a> {
            Name {
                first: __p::set(self.first),
                last: self.last,
            }
        }
    }
    impl<'a, const __FIRST: bool> NameBuilder<'a, __FIRST> {
        #[doc = "**Required.**\n"]
        /// The first name.
        pub fn first(mut self, __value: &'a str) -> NameBuilder<'a, true>
        where
            __p::Flag<__FIRST>: __p::IsUnset<Name·first>,
        {
            self.values.first = __p::Some(__value);
            NameBuilder { values: self.values }
        }
        ///*Optional.* Sets `last`.
        pub fn last(mut self, __value: &'a str) -> Self {
            self.values.last = __p::Some(__value);
            self
        }
        ///Sets `last`, or omits it for `None`.
        pub fn maybe_last(mut self, __value: __p::Option<&'a str>) -> Self {
            self.values.last = __value;
            self
        }
        ///Returns the [`Name`]; compiles if every required field is set.
        pub fn build(self) -> Name<'a>
        where
            __p::Flag<__FIRST>: __p::IsSet<Name·first>,
        {
            self.values.finish()
        }
    }
    #[automatically_derived]
    impl<'a, const __FIRST: bool> __p::fmt::Debug for NameBuilder<'a, __FIRST> {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.write_str("NameBuilder { .. }")
        }
    }
    #[automatically_derived]
    impl<'a> __p::fmt::Debug for Name<'a> {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(
                __f,
                "Name",
                "first last",
                &[&self.first, &__p::hidden(&self.last)],
            )
        }
    }
    #[automatically_derived]
    impl<'a> __p::Serialize for Name<'a> {
        fn serialize<__S: __p::Serializer>(
            &self,
            __to: __S,
        ) -> __p::Result<__S::Ok, __S::Error> {
            __p::writing::StructWriter::write(
                __to,
                "Name",
                1,
                &[__p::Option::is_some(&self.last)],
                |__to| {
                    __to.field("first", &self.first);
                    __to.option("last_name", &self.last);
                },
            )
        }
    }
};
