// #[response]
// /// A page of users.
// pub struct Users {
//     /// The users.
//     #[response(items)]
//     pub users: Vec<User>,
//     /// The position of the page.
//     #[response(next = cursors.after)]
//     pub paging: Option<Cursors>,
// }

/// A page of users.
pub struct Users {
    /// The users.
    pub users: Vec<User>,
    /// The position of the page.
    pub paging: Option<Cursors>,
}
const _: () = {
    use ::declapi::__private as __p;
    #[automatically_derived]
    impl<'de> __p::reading::Fields<'de> for Users {
        #[inline]
        fn unread() -> Self {
            Users {
                users: __p::tolerant::missing(),
                paging: __p::None,
            }
        }
        #[inline]
        fn field(__name: &str) -> __p::usize {
            match __name {
                "users" => 0,
                "paging" => 1,
                _ => __p::UNKNOWN,
            }
        }
        #[inline(never)]
        fn read<__D: __p::Deserializer<'de>>(
            &mut self,
            __field: __p::usize,
            __from: __D,
        ) -> __p::Result<(), __D::Error> {
            match __field {
                0 => __p::tolerant::or_default(&mut self.users, __from),
                1 => __p::tolerant::option(&mut self.paging, __from),
                _ => __p::tolerant::ignored(__from),
            }
        }
    }
    #[automatically_derived]
    impl<'de> __p::serde::Deserialize<'de> for Users {
        fn deserialize<__D: __p::Deserializer<'de>>(
            __from: __D,
        ) -> __p::Result<Self, __D::Error> {
            __p::reading::read(__from, "Users", &["users", "paging"])
        }
    }
    #[automatically_derived]
    impl __p::Serialize for Users {
        fn serialize<__S: __p::Serializer>(
            &self,
            __to: __S,
        ) -> __p::Result<__S::Ok, __S::Error> {
            __p::writing::StructWriter::write(
                __to,
                "Users",
                1,
                &[__p::Option::is_some(&self.paging)],
                |__to| {
                    __to.field("users", &self.users);
                    __to.option("paging", &self.paging);
                },
            )
        }
    }
    #[automatically_derived]
    impl __p::Page for Users {
        type Item = User;
        fn next_position(&self) -> __p::Option<__p::Position> {
            __p::Option::and_then(
                __p::Option::as_ref(&self.paging),
                |__below| __p::Position::of(&__below.cursors.after),
            )
        }
        fn item_count(&self) -> __p::usize {
            __p::Vec::len(&self.users)
        }
        fn into_items(self) -> __p::Vec<User> {
            self.users
        }
    }
};
