// #[endpoint(post = "/v1/search", response = Users, on = Users, body = Form, page(cursor = after))]
// /// Searches for users.
// pub struct Search<'a> {
//     /// The text to search for.
//     pub text: &'a str,
//     /// The start of the page.
//     #[serde(rename = "starting_after")]
//     pub after: Option<&'a str>,
// }

#[derive(::declapi::__private::Read)]
/// Searches for users.
pub struct Search<'a> {
    /// The text to search for.
    pub text: &'a str,
    /// The start of the page.
    #[serde(rename = "starting_after")]
    pub after: Option<&'a str>,
}
///The builder of [`Search`], with a setter for each field.
#[must_use = "a builder does nothing until `.send()` or `.build()`"]
pub struct SearchBuilder<'a, __Client = (), const __TEXT: bool = false> {
    client: __Client,
    values: __SearchValues<'a>,
}
struct __SearchValues<'a> {
    text: ::core::option::Option<&'a str>,
    after: Option<&'a str>,
}
#[doc(hidden)]
pub enum Search·text {}
const _: () = {
    use ::declapi::__private as __p;
    use __p::Around as _;
    #[automatically_derived]
    impl<'a> __p::Endpoint for Search<'a> {
        type Response = Users;
        const READER: __p::Reader<Self::Response> = __p::Reader::new();
        const INFO: &'static __p::Info = &__p::Info::new(
                "Search",
                __p::Method::Post,
                "/v1/search",
                false,
                "Searches for users.",
                0,
                &[
                    "\nbody required\n&'a str\nThe text to search for.\ntext\nbody\nOption<&'a str>\nThe start of the page.\nstarting_after",
                ],
            )
            .on(<Users<()>>::__DEFAULTS);
        #[inline]
        fn write(&self, __to: &mut __p::Parts) {
            __to.format::<Form, _>(self);
        }
    }
    #[automatically_derived]
    impl<'a> __p::BodyFields for Search<'a> {
        fn write_fields<__S: __p::Serializer>(
            &self,
            __to: __S,
        ) -> __p::Result<__S::Ok, __S::Error> {
            __p::writing::MapWriter::write(
                __to,
                |__to| {
                    __to.field("text", &self.text);
                    __to.option("starting_after", &self.after);
                },
            )
        }
    }
    const _: __p::Paging = __p::paging::<Search<'static>>();
    #[automatically_derived]
    impl<'a> __p::Paged for Search<'a> {
        const PAGING: __p::Paging = __p::Paging::of::<
            Self,
        >(__p::Paging::cursor(__p::Location::Body, "starting_after"))
            .inside::<Form>();
    }
    #[automatically_derived]
    impl<'a> __p::fmt::Debug for Search<'a> {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(__f, "Search", "text after", &[&self.text, &self.after])
        }
    }
    impl<'a> Search<'a> {
        ///A builder of [`Search`] with no field set.
        #[inline]
        pub fn builder() -> SearchBuilder<'a, ()> {
            SearchBuilder {
                client: (),
                values: __SearchValues {
                    text: __p::None,
                    after: __p::None,
                },
            }
        }
    }
    impl<'a> __SearchValues<'a> {
        #[inline]
        fn finish(self) -> Search<'a> {
            Search {
                text: __p::set(self.text),
                after: self.after,
            }
        }
    }
    impl<'a, __Client, const __TEXT: bool> SearchBuilder<'a, __Client, __TEXT> {
        #[doc = "**Required.**\n"]
        /// The text to search for.
        pub fn text(mut self, __value: &'a str) -> SearchBuilder<'a, __Client, true>
        where
            __p::Flag<__TEXT>: __p::IsUnset<Search·text>,
        {
            self.values.text = __p::Some(__value);
            SearchBuilder {
                client: self.client,
                values: self.values,
            }
        }
        #[doc = "*Optional.*\n"]
        /// The start of the page.
        pub fn after(mut self, __value: &'a str) -> Self {
            self.values.after = __p::Some(__value);
            self
        }
        ///Sets `after`, or omits it for `None`.
        pub fn maybe_after(mut self, __value: __p::Option<&'a str>) -> Self {
            self.values.after = __value;
            self
        }
        ///Returns the [`Search`]; compiles if every required field is set.
        pub fn build(self) -> Search<'a>
        where
            __p::Flag<__TEXT>: __p::IsSet<Search·text>,
        {
            self.values.finish()
        }
        ///Sets options for this call, for example a timeout.
        pub fn with_options(
            self,
            __options: __p::CallOptions,
        ) -> SearchBuilder<'a, __p::CallerWithOptions<__Client>, __TEXT>
        where
            __Client: __p::Caller,
        {
            SearchBuilder {
                client: __p::CallerWithOptions::new(self.client, __options),
                values: self.values,
            }
        }
        /**Sends `POST /v1/search`.

# Errors

An error response, no response, a response that cannot be read, or an invalid request.*/
        pub fn send(self) -> __p::Sent<__Client, Users>
        where
            __Client: __p::Caller,
            __p::Flag<__TEXT>: __p::IsSet<Search·text>,
        {
            __p::Caller::call(self.client, &self.values.finish())
        }
        /**Like `send`, but reads the response as another type.

# Errors

The same as `send`.*/
        pub fn send_as<__Response: __p::FromResponse>(
            self,
        ) -> __p::Sent<__Client, __Response>
        where
            __Client: __p::Caller,
            __p::Flag<__TEXT>: __p::IsSet<Search·text>,
        {
            __p::Caller::call_as(self.client, &self.values.finish())
        }
        ///Returns the pages of the list. Each page is requested when it is needed.
        pub fn pages(self) -> __p::PagesOf<__Client, Search<'a>>
        where
            __Client: __p::PageCaller,
            __p::Flag<__TEXT>: __p::IsSet<Search·text>,
        {
            __p::PageCaller::pages(self.client, &self.values.finish())
        }
        ///Returns the items of all pages. Each page is requested when it is needed.
        pub fn items(self) -> __p::ItemsOf<__Client, Search<'a>>
        where
            __Client: __p::PageCaller,
            __p::Flag<__TEXT>: __p::IsSet<Search·text>,
        {
            __p::items(self.client, &self.values.finish())
        }
    }
    #[automatically_derived]
    impl<'a, __Client, const __TEXT: bool> __p::fmt::Debug
    for SearchBuilder<'a, __Client, __TEXT> {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.write_str("SearchBuilder { .. }")
        }
    }
    impl<__Client> Users<__Client> {
        /// Searches for users.
        /**
Sends `POST /v1/search`.*/
        pub fn search<'a>(self) -> SearchBuilder<'a, __Client> {
            SearchBuilder {
                client: __p::Resource::into_client(self),
                values: <Search<'a>>::builder().values,
            }
        }
    }
};
