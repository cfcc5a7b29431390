// #[client(base_url = "https://parcels.example.com/v2", header("x-api-version" = "3"), error = ParcelError)]
// /// A tracker of parcels.
// pub struct Parcels;

/// A tracker of parcels.
#[derive(::core::clone::Clone)]
pub struct Parcels<__Mode = ::declapi::Async> {
    __client: ::declapi::Client<__Mode>,
}
const _: () = {
    use ::declapi::__private as __p;
    impl Parcels {
        ///Returns a builder for a [`Parcels`].
        pub fn builder() -> __p::ClientBuilder<Self> {
            __p::ClientBuilder::new(())
        }
    }
    impl<__Mode: __p::Mode> Parcels<__Mode> {
        ///Sends a request that was built as a value.
        ///
        ///# Errors
        ///
        ///The API returned an error response, no readable response arrived, or the request could not be built.
        pub fn send<__E: __p::Endpoint>(
            &self,
            request: &__E,
        ) -> __Mode::Output<__E::Response> {
            __p::Client::send(&self.__client, request)
        }
        ///Sends a request and reads the response as another type. That type can declare only the fields that you need.
        ///
        ///# Errors
        ///
        ///The same as `send`.
        pub fn send_as<__T: __p::FromResponse>(
            &self,
            request: &impl __p::Endpoint,
        ) -> __Mode::Output<__T> {
            __p::Client::send_as(&self.__client, request)
        }
        ///Creates a request to an endpoint that is not declared.
        pub fn request(
            &self,
            method: __p::Method,
            path: impl __p::Into<::std::string::String>,
        ) -> __p::RequestBuilder<'_, __Mode> {
            __p::Client::request(&self.__client, method, path)
        }
        ///Returns the same client with another timeout. The timeout is for a whole call, including retries.
        #[must_use]
        pub fn with_timeout(&self, timeout: __p::Duration) -> Self {
            Self {
                __client: __p::Client::with_timeout(&self.__client, timeout),
            }
        }
        ///Returns the same client with another retry policy. The two clients share the retry budget.
        #[must_use]
        pub fn with_retries(&self, retries: __p::RetryPolicy) -> Self {
            Self {
                __client: __p::Client::with_retries(&self.__client, retries),
            }
        }
        ///Returns the base URL, to which every path is appended.
        pub fn base_url(&self) -> &str {
            __p::Client::base_url(&self.__client)
        }
        ///Returns an async client that shares everything with this one.
        pub fn to_async(&self) -> Parcels {
            Parcels {
                __client: __p::Client::to_async(&self.__client),
            }
        }
        ///Returns the runtime's client inside of this one.
        pub fn inner(&self) -> &__p::Client<__Mode> {
            &self.__client
        }
    }
    impl __p::ApiClient for Parcels {
        type State = ();
        type In<__Mode: __p::Mode> = Parcels<__Mode>;
        const INFO: __p::ClientInfo = __p::ClientInfo::new(
                ::core::concat!(
                    ::core::env!("CARGO_PKG_NAME"), "/",
                    ::core::env!("CARGO_PKG_VERSION")
                ),
            )
            .with_base_url("https://parcels.example.com/v2")
            .with_headers(&[("x-api-version", "3")])
            .with_errors(__p::ErrorFormat::of::<ParcelError>());
        fn assemble<__Mode: __p::Mode>(
            __client: __p::Client<__Mode>,
            (): Self::State,
        ) -> Parcels<__Mode> {
            Parcels { __client }
        }
    }
    impl<__Mode: __p::Mode> __p::Caller for &Parcels<__Mode> {
        type Output<__T> = __Mode::Output<__T>;
        fn call_with<__E: __p::Endpoint, __T>(
            self,
            endpoint: &__E,
            reader: __p::Reader<__T>,
        ) -> __Mode::Output<__T> {
            __p::Caller::call_with(&self.__client, endpoint, reader)
        }
    }
    impl<__Mode: __p::Mode> __p::PageCaller for &Parcels<__Mode> {
        type Mode = __Mode;
        fn pages<__E: __p::Paged>(
            self,
            endpoint: &__E,
        ) -> __p::Pages<__E::Response, __Mode> {
            __p::PageCaller::pages(&self.__client, endpoint)
        }
    }
    #[automatically_derived]
    impl<__Mode: __p::Mode> __p::fmt::Debug for Parcels<__Mode> {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug_client(__f, "Parcels", &self.__client)
        }
    }
};
