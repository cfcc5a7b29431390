// #[endpoint(get = "/v1/users/{user_id}", response = User, name = fetch, idempotent, crate = api)]
// #[serde(rename_all = "camelCase")]
// pub(crate) struct GetUser<T = u32, const N: usize = 1>
// where
//     T: Display,
// {
//     user_id: T,
//     page_size: Option<u8>,
//     #[serde(with = "seconds")]
//     #[deprecated]
//     max_age: Option<Duration>,
//     #[cfg(feature = "tracing")]
//     #[endpoint(header = "X-Trace")]
//     trace: String,
// }

#[derive(api::__private::Read)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GetUser<T = u32, const N: usize = 1>
where
    T: Display,
{
    user_id: T,
    page_size: Option<u8>,
    #[serde(with = "seconds")]
    #[deprecated]
    max_age: Option<Duration>,
    #[cfg(feature = "tracing")]
    trace: String,
}
///The builder of [`GetUser`], with a setter for each field.
#[allow(deprecated)]
#[must_use = "a builder does nothing until `.send()` or `.build()`"]
pub(crate) struct GetUserBuilder<
    T = u32,
    const N: usize = 1,
    __Client = (),
    const __USER_ID: bool = false,
    const __TRACE: bool = false,
>
where
    T: Display,
{
    client: __Client,
    values: __GetUserValues<T, { N }>,
}
#[allow(deprecated)]
struct __GetUserValues<T, const N: usize>
where
    T: Display,
{
    user_id: ::core::option::Option<T>,
    #[cfg(feature = "tracing")]
    trace: ::core::option::Option<String>,
    page_size: Option<u8>,
    max_age: Option<Duration>,
}
#[doc(hidden)]
pub(crate) enum GetUser·user_id {}
#[doc(hidden)]
pub(crate) enum GetUser·trace {}
///Gives every client the method `fetch`.
#[allow(deprecated)]
pub(crate) trait GetUserExt: api::__private::Caller {
    ///Sends `GET /v1/users/{user_id}`.
    fn fetch<T, const N: usize>(self) -> GetUserBuilder<T, { N }, Self>
    where
        T: Display,
    {
        GetUserBuilder {
            client: self,
            values: <GetUser<T, { N }>>::builder().values,
        }
    }
}
#[allow(deprecated)]
const _: () = {
    use api::__private as __p;
    #[automatically_derived]
    impl<T, const N: usize> __p::Endpoint for GetUser<T, { N }>
    where
        T: Display,
        T: __p::Serialize,
    {
        type Response = User;
        const READER: __p::Reader<Self::Response> = __p::Reader::new();
        const INFO: &'static __p::Info = &__p::Info::new(
            "GetUser",
            __p::Method::Get,
            "/v1/users/{user_id}",
            true,
            "",
            0,
            &[
                "path required\nT\n\nuser_id",
                "query\nOption<u8>\n\npageSize",
                "query own\nOption<Duration>\n\nmaxAge",
                #[cfg(feature = "tracing")]
                "header required\nString\n\nx-trace",
            ],
        );
        #[inline]
        fn write(&self, __to: &mut __p::Parts) {
            __to.path("user_id", &self.user_id);
            __to.query_opt("pageSize", &self.page_size);
            __to.query_opt_with(
                "maxAge",
                &self.max_age,
                |__value, __to| seconds::serialize(__value, __to),
            );
            #[cfg(feature = "tracing")] __to.header("x-trace", &self.trace);
        }
    }
    #[automatically_derived]
    impl<T, const N: usize> __p::fmt::Debug for GetUser<T, { N }>
    where
        T: Display,
        T: __p::fmt::Debug,
    {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(
                __f,
                "GetUser",
                &__p::joined(
                    &[
                        "user_id",
                        "page_size",
                        "max_age",
                        #[cfg(feature = "tracing")]
                        "trace",
                    ],
                ),
                &[
                    &self.user_id,
                    &self.page_size,
                    &self.max_age,
                    #[cfg(feature = "tracing")]
                    &self.trace,
                ],
            )
        }
    }
    impl<T, const N: usize> GetUser<T, { N }>
    where
        T: Display,
    {
        ///A builder of [`GetUser`] with no field set.
        #[inline]
        pub(crate) fn builder() -> GetUserBuilder<T, { N }, ()> {
            GetUserBuilder {
                client: (),
                values: __GetUserValues {
                    user_id: __p::None,
                    page_size: __p::None,
                    max_age: __p::None,
                    #[cfg(feature = "tracing")]
                    trace: __p::None,
                },
            }
        }
    }
    impl<T, const N: usize> __GetUserValues<T, { N }>
    where
        T: Display,
    {
        #[inline]
        fn finish(self) -> GetUser<T, { N }> {
            GetUser {
                user_id: __p::set(self.user_id),
                #[cfg(feature = "tracing")]
                trace: __p::set(self.trace),
                page_size: self.page_size,
                max_age: self.max_age,
            }
        }
    }
    #[cfg(not(all(all(feature = "tracing"))))]
    impl __p::IsSet<GetUser·trace> for __p::Flag<false> {}
    impl<
        T,
        const N: usize,
        __Client,
        const __USER_ID: bool,
        const __TRACE: bool,
    > GetUserBuilder<T, { N }, __Client, __USER_ID, __TRACE>
    where
        T: Display,
    {
        ///**Required.** Sets `user_id`.
        pub(crate) fn user_id(
            mut self,
            __value: T,
        ) -> GetUserBuilder<T, { N }, __Client, true, __TRACE>
        where
            __p::Flag<__USER_ID>: __p::IsUnset<GetUser·user_id>,
        {
            self.values.user_id = __p::Some(__value);
            GetUserBuilder {
                client: self.client,
                values: self.values,
            }
        }
        ///*Optional.* Sets `page_size`.
        pub(crate) fn page_size(mut self, __value: u8) -> Self {
            self.values.page_size = __p::Some(__value);
            self
        }
        ///Sets `page_size`, or omits it for `None`.
        pub(crate) fn maybe_page_size(mut self, __value: __p::Option<u8>) -> Self {
            self.values.page_size = __value;
            self
        }
        #[deprecated]
        ///*Optional.* Sets `max_age`.
        pub(crate) fn max_age(mut self, __value: impl __p::Into<Duration>) -> Self {
            self.values.max_age = __p::some(__value);
            self
        }
        #[deprecated]
        ///Sets `max_age`, or omits it for `None`.
        pub(crate) fn maybe_max_age(
            mut self,
            __value: __p::Option<impl __p::Into<Duration>>,
        ) -> Self {
            self.values.max_age = __p::maybe(__value);
            self
        }
        #[cfg(feature = "tracing")]
        ///**Required.** Sets `trace`.
        pub(crate) fn trace(
            mut self,
            __value: impl __p::Into<String>,
        ) -> GetUserBuilder<T, { N }, __Client, __USER_ID, true>
        where
            __p::Flag<__TRACE>: __p::IsUnset<GetUser·trace>,
        {
            self.values.trace = __p::some(__value);
            GetUserBuilder {
                client: self.client,
                values: self.values,
            }
        }
        ///Returns the [`GetUser`]; compiles if every required field is set.
        pub(crate) fn build(self) -> GetUser<T, { N }>
        where
            __p::Flag<__USER_ID>: __p::IsSet<GetUser·user_id>,
            __p::Flag<__TRACE>: __p::IsSet<GetUser·trace>,
        {
            self.values.finish()
        }
        ///Sets options for this call, for example a timeout.
        pub(crate) fn with_options(
            self,
            __options: __p::CallOptions,
        ) -> GetUserBuilder<
            T,
            { N },
            __p::CallerWithOptions<__Client>,
            __USER_ID,
            __TRACE,
        >
        where
            __Client: __p::Caller,
        {
            GetUserBuilder {
                client: __p::CallerWithOptions::new(self.client, __options),
                values: self.values,
            }
        }
        /**Sends `GET /v1/users/{user_id}`.

# Errors

An error response, no response, a response that cannot be read, or an invalid request.*/
        pub(crate) fn send(self) -> __p::Sent<__Client, User>
        where
            __Client: __p::Caller,
            __p::Flag<__USER_ID>: __p::IsSet<GetUser·user_id>,
            __p::Flag<__TRACE>: __p::IsSet<GetUser·trace>,
            T: __p::Serialize,
        {
            __p::Caller::call(self.client, &self.values.finish())
        }
        /**Like `send`, but reads the response as another type.

# Errors

The same as `send`.*/
        pub(crate) fn send_as<__Response: __p::FromResponse>(
            self,
        ) -> __p::Sent<__Client, __Response>
        where
            __Client: __p::Caller,
            __p::Flag<__USER_ID>: __p::IsSet<GetUser·user_id>,
            __p::Flag<__TRACE>: __p::IsSet<GetUser·trace>,
            T: __p::Serialize,
        {
            __p::Caller::call_as(self.client, &self.values.finish())
        }
    }
    #[automatically_derived]
    impl<
        T,
        const N: usize,
        __Client,
        const __USER_ID: bool,
        const __TRACE: bool,
    > __p::fmt::Debug for GetUserBuilder<T, { N }, __Client, __USER_ID, __TRACE>
    where
        T: Display,
    {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.write_str("GetUserBuilder { .. }")
        }
    }
    impl<__Client: __p::Caller> GetUserExt for __Client {}
};
