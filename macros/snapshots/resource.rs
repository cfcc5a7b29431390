// #[resource(on = &Client)]
// /// Users.
// pub struct Users;

/// Users.
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct Users<__C> {
    client: __C,
}
const _: () = {
    use ::stytch_client::__private as __p;
    impl<__C> Users<__C> {
        ///The handle over a client.
        pub fn new(client: __C) -> Self {
            Self { client }
        }
    }
    impl<__C> __p::Holds for Users<__C> {
        type Client = __C;
        fn into_client(self) -> __C {
            self.client
        }
    }
    impl Client {
        /// Users.
        pub fn users<'__c>(&'__c self) -> Users<&'__c Self> {
            Users::new(self)
        }
    }
};
