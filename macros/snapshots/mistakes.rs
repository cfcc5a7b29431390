// #[endpoint(post = "/v1/users/{user_idd}", on = Users)]
// #[derive(Debug)]
// struct Update {
//     #[endpoint(secert)]
//     user_id: u8,
// }

#[derive()]
struct Update {
    user_id: u8,
}
///The builder of [`Update`], with a setter for each field.
#[must_use = "a builder does nothing until `.send()` or `.build()`"]
struct UpdateBuilder<__Client = (), const __USER_ID: bool = false> {
    client: __Client,
    values: __UpdateValues,
}
struct __UpdateValues {
    user_id: ::core::option::Option<u8>,
}
#[doc(hidden)]
enum Update·user_id {}
const _: () = {
    use ::declapi::__private as __p;
    use __p::Around as _;
    #[automatically_derived]
    impl __p::Endpoint for Update {
        type Response = ::core::compile_error! {
            "`response` is missing: write `response = Type`, the type of a successful response, or `response = ()`"
        };
        const READER: __p::Reader<Self::Response> = __p::Reader::new();
        const INFO: &'static __p::Info = &__p::Info::new(
                "Update",
                __p::Method::Post,
                "/v1/users/{user_idd}",
                false,
                "",
                63,
                &["\nbody required secret\nu8\n\nuser_id"],
            )
            .on(<Users<()>>::__DEFAULTS);
        #[inline]
        fn write(&self, __to: &mut __p::Parts) {
            __to.secret().body("user_id", &self.user_id);
        }
    }
    #[automatically_derived]
    impl __p::fmt::Debug for Update {
        #[inline]
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::debug(__f, "Update", "user_id", &[&__p::Hidden])
        }
    }
    impl Update {
        ///A builder of [`Update`] with no field set.
        #[inline]
        fn builder() -> UpdateBuilder<()> {
            UpdateBuilder {
                client: (),
                values: __UpdateValues {
                    user_id: __p::None,
                },
            }
        }
    }
    impl __UpdateValues {
        #[inline]
        fn finish(self) -> Update {
            Update {
                user_id: __p::set(self.user_id),
            }
        }
    }
    impl<__Client, const __USER_ID: bool> UpdateBuilder<__Client, __USER_ID> {
        ///**Required.** Sets `user_id`.
        fn user_id(mut self, __value: u8) -> UpdateBuilder<__Client, true>
        where
            __p::Flag<__USER_ID>: __p::IsUnset<Update·user_id>,
        {
            self.values.user_id = __p::Some(__value);
            UpdateBuilder {
                client: self.client,
                values: self.values,
            }
        }
        ///Returns the [`Update`]; compiles if every required field is set.
        fn build(self) -> Update
        where
            __p::Flag<__USER_ID>: __p::IsSet<Update·user_id>,
        {
            self.values.finish()
        }
        ///Sets options for this call, for example a timeout.
        fn with_options(
            self,
            __options: __p::CallOptions,
        ) -> UpdateBuilder<__p::CallerWithOptions<__Client>, __USER_ID>
        where
            __Client: __p::Caller,
        {
            UpdateBuilder {
                client: __p::CallerWithOptions::new(self.client, __options),
                values: self.values,
            }
        }
        /**Sends `POST /v1/users/{user_idd}`.

# Errors

An error response, no response, a response that cannot be read, or an invalid request.*/
        fn send(self) -> __p::Sent<__Client, <Update as __p::Endpoint>::Response>
        where
            __Client: __p::Caller,
            __p::Flag<__USER_ID>: __p::IsSet<Update·user_id>,
        {
            __p::Caller::call(self.client, &self.values.finish())
        }
        /**Like `send`, but reads the response as another type.

# Errors

The same as `send`.*/
        fn send_as<__Response: __p::FromResponse>(
            self,
        ) -> __p::Sent<__Client, __Response>
        where
            __Client: __p::Caller,
            __p::Flag<__USER_ID>: __p::IsSet<Update·user_id>,
        {
            __p::Caller::call_as(self.client, &self.values.finish())
        }
    }
    #[automatically_derived]
    impl<__Client, const __USER_ID: bool> __p::fmt::Debug
    for UpdateBuilder<__Client, __USER_ID> {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.write_str("UpdateBuilder { .. }")
        }
    }
    impl<__Client> Users<__Client> {
        ///Sends `POST /v1/users/{user_idd}`.
        fn update(self) -> UpdateBuilder<__Client> {
            UpdateBuilder {
                client: __p::Resource::into_client(self),
                values: <Update>::builder().values,
            }
        }
    }
};
::core::compile_error! {
    "`#[endpoint]` implements a `Debug` that hides secrets: remove this one"
}
::core::compile_error! {
    "unknown key `secert`; did you mean `secret`?"
}
::core::compile_error! {
    "`{user_idd}` is not the name of a field; did you mean `user_id`?"
}
