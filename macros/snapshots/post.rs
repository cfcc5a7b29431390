// #[endpoint(post = "/v1/users", response = User, on = Users)]
// /// Creates a user.
// ///
// /// The error can be `duplicate_email`.
// #[derive(Clone, PartialEq)]
// pub struct Create<'a> {
//     /// The email address.
//     pub email: Cow<'a, str>,
//     /// The password in plain text.
//     #[endpoint(secret)]
//     pub password: &'a str,
//     /// The name; null for none.
//     pub nick: Option<Option<String>>,
//     /// The roles of the user.
//     pub roles: Option<Vec<Cow<'a, str>>>,
// }

#[allow(clippy::option_option)]
/// Creates a user.
///
/// The error can be `duplicate_email`.
#[derive(Clone, PartialEq)]
pub struct Create<'a> {
    /// The email address.
    pub email: Cow<'a, str>,
    /// The password in plain text.
    pub password: &'a str,
    /// The name; null for none.
    pub nick: Option<Option<String>>,
    /// The roles of the user.
    pub roles: Option<Vec<Cow<'a, str>>>,
}
///The builder of [`Create`], with a setter for each field.
#[allow(clippy::option_option)]
#[must_use = "a builder does nothing until `.send()` or `.build()`"]
pub struct CreateBuilder<
    'a,
    __Client = (),
    const __EMAIL: bool = false,
    const __PASSWORD: bool = false,
> {
    client: __Client,
    values: __CreateValues<'a>,
}
#[allow(clippy::option_option)]
struct __CreateValues<'a> {
    email: ::core::option::Option<Cow<'a, str>>,
    password: ::core::option::Option<&'a str>,
    nick: Option<Option<String>>,
    roles: Option<Vec<Cow<'a, str>>>,
}
#[doc(hidden)]
pub enum Create·email {}
#[doc(hidden)]
pub enum Create·password {}
#[allow(clippy::option_option)]
const _: () = {
    use ::declapi::__private as __p;
    use __p::Around as _;
    #[automatically_derived]
    impl<'a> __p::Endpoint for Create<'a> {
        type Response = User;
        const READER: __p::Reader<Self::Response> = __p::Reader::new();
        const INFO: &'static __p::Info = &__p::Info::new(
                "Create",
                __p::Method::Post,
                "/v1/users",
                false,
                "Creates a user.",
                144,
                &[
                    "\nbody required\nCow<'a, str>\nThe email address.\nemail\nbody required secret\n&'a str\nThe password in plain text.\npassword\nbody\nOption<Option<String>>\nThe name; null for none.\nnick\nbody\nOption<Vec<Cow<'a, str>>>\nThe roles of the user.\nroles",
                ],
            )
            .on(<Users<()>>::__DEFAULTS);
        #[inline]
        fn write(&self, __to: &mut __p::Parts) {
            __to.body("email", &self.email);
            __to.secret().body("password", &self.password);
            __to.body_opt("nick", &self.nick);
            __to.body_opt("roles", &self.roles);
        }
    }
    #[automatically_derived]
    impl<'a> __p::fmt::Debug for Create<'a> {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(
                __f,
                "Create",
                "email password nick roles",
                &[&self.email, &__p::Hidden, &self.nick, &self.roles],
            )
        }
    }
    impl<'a> Create<'a> {
        ///A builder of [`Create`] with no field set.
        #[inline]
        pub fn builder() -> CreateBuilder<'a, ()> {
            CreateBuilder {
                client: (),
                values: __CreateValues {
                    email: __p::None,
                    password: __p::None,
                    nick: __p::None,
                    roles: __p::None,
                },
            }
        }
    }
    impl<'a> __CreateValues<'a> {
        #[inline]
        fn finish(self) -> Create<'a> {
            Create {
                email: __p::set(self.email),
                password: __p::set(self.password),
                nick: self.nick,
                roles: self.roles,
            }
        }
    }
    impl<
        'a,
        __Client,
        const __EMAIL: bool,
        const __PASSWORD: bool,
    > CreateBuilder<'a, __Client, __EMAIL, __PASSWORD> {
        #[doc = "**Required.**\n"]
        /// The email address.
        pub fn email(
            mut self,
            __value: impl __p::Into<Cow<'a, str>>,
        ) -> CreateBuilder<'a, __Client, true, __PASSWORD>
        where
            __p::Flag<__EMAIL>: __p::IsUnset<Create·email>,
        {
            self.values.email = __p::some(__value);
            CreateBuilder {
                client: self.client,
                values: self.values,
            }
        }
        #[doc = "**Required.**\n"]
        /// The password in plain text.
        pub fn password(
            mut self,
            __value: &'a str,
        ) -> CreateBuilder<'a, __Client, __EMAIL, true>
        where
            __p::Flag<__PASSWORD>: __p::IsUnset<Create·password>,
        {
            self.values.password = __p::Some(__value);
            CreateBuilder {
                client: self.client,
                values: self.values,
            }
        }
        #[doc = "*Optional; can be null.*\n"]
        /// The name; null for none.
        pub fn nick(mut self, __value: impl __p::Into<String>) -> Self {
            self.values.nick = __p::Some(__p::some(__value));
            self
        }
        ///Sets `nick` to null.
        pub fn null_nick(mut self) -> Self {
            self.values.nick = __p::Some(__p::None);
            self
        }
        ///Sets `nick` to null for `Some(None)`, or omits it for `None`.
        pub fn maybe_nick(
            mut self,
            __value: __p::Option<__p::Option<impl __p::Into<String>>>,
        ) -> Self {
            self.values.nick = __value.map(__p::maybe);
            self
        }
        #[doc = "*Optional.*\n"]
        /// The roles of the user.
        pub fn roles(
            mut self,
            __value: impl __p::IntoIterator<Item = impl __p::Into<Cow<'a, str>>>,
        ) -> Self {
            self.values.roles = __p::some_list(__value);
            self
        }
        ///Sets `roles`, or omits it for `None`.
        pub fn maybe_roles(
            mut self,
            __value: __p::Option<
                impl __p::IntoIterator<Item = impl __p::Into<Cow<'a, str>>>,
            >,
        ) -> Self {
            self.values.roles = __p::maybe_list(__value);
            self
        }
        ///Returns the [`Create`]; compiles if every required field is set.
        pub fn build(self) -> Create<'a>
        where
            __p::Flag<__EMAIL>: __p::IsSet<Create·email>,
            __p::Flag<__PASSWORD>: __p::IsSet<Create·password>,
        {
            self.values.finish()
        }
        ///Sets options for this call, for example a timeout.
        pub fn with_options(
            self,
            __options: __p::CallOptions,
        ) -> CreateBuilder<'a, __p::CallerWithOptions<__Client>, __EMAIL, __PASSWORD>
        where
            __Client: __p::Caller,
        {
            CreateBuilder {
                client: __p::CallerWithOptions::new(self.client, __options),
                values: self.values,
            }
        }
        /**Sends `POST /v1/users`.

# Errors

An error response, no response, a response that cannot be read, or an invalid request.*/
        pub fn send(self) -> __p::Sent<__Client, User>
        where
            __Client: __p::Caller,
            __p::Flag<__EMAIL>: __p::IsSet<Create·email>,
            __p::Flag<__PASSWORD>: __p::IsSet<Create·password>,
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
            __p::Flag<__EMAIL>: __p::IsSet<Create·email>,
            __p::Flag<__PASSWORD>: __p::IsSet<Create·password>,
        {
            __p::Caller::call_as(self.client, &self.values.finish())
        }
    }
    #[automatically_derived]
    impl<'a, __Client, const __EMAIL: bool, const __PASSWORD: bool> __p::fmt::Debug
    for CreateBuilder<'a, __Client, __EMAIL, __PASSWORD> {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.write_str("CreateBuilder { .. }")
        }
    }
    impl<__Client> Users<__Client> {
        /// Creates a user.
        ///
        /// The error can be `duplicate_email`.
        /**
Sends `POST /v1/users`.*/
        pub fn create<'a>(self) -> CreateBuilder<'a, __Client> {
            CreateBuilder {
                client: __p::Resource::into_client(self),
                values: <Create<'a>>::builder().values,
            }
        }
    }
};
