// #[resource(on = &Client)]
// /// Users.
// pub struct Users;

/// Users.
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct Users<__Client> {
    client: __Client,
}
const _: () = {
    use ::declapi::__private as __p;
    impl<__Client> Users<__Client> {
        ///Creates the resource for a client.
        pub fn new(__client: __Client) -> Self {
            Self { client: __client }
        }
    }
    impl<__Client> __p::Holds for Users<__Client> {
        type Client = __Client;
        fn into_client(self) -> __Client {
            self.client
        }
    }
    impl<__Mode> Client<__Mode> {
        /// Users.
        pub fn users<'__client>(&'__client self) -> Users<&'__client Self> {
            Users::new(self)
        }
    }
};
