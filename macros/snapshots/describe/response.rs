// #[response]
// /// A page of users.
// #[derive(Debug)]
// pub struct Page<T> {
//     /// The users.
//     pub results: Vec<T>,
//     #[response(required)]
//     pub total: u64,
//     #[response(lenient)]
//     pub created_at: Option<Timestamp>,
//     #[serde(rename = "next")]
//     pub cursor: String,
//     #[serde(flatten)]
//     pub more: JsonObject,
// }

#[derive(::declapi::__private::Read)]
/// A page of users.
#[derive(Debug)]
pub struct Page<T> {
    /// The users.
    pub results: Vec<T>,
    pub total: u64,
    pub created_at: Option<Timestamp>,
    #[serde(rename = "next")]
    pub cursor: String,
    #[serde(flatten)]
    pub more: JsonObject,
}
const _: () = {
    use ::declapi::__private as __p;
    struct __Read<T> {
        results: Vec<T>,
        total: __p::Option<u64>,
        created_at: Option<Timestamp>,
        cursor: String,
        __of: __p::PhantomData<Page<T>>,
    }
    #[automatically_derived]
    impl<'de, T> __p::reading::Fields<'de> for __Read<T>
    where
        T: __p::serde::Deserialize<'de>,
    {
        const REQUIRED: &'static [__p::usize] = &[1];
        #[inline]
        fn unread() -> Self {
            __Read {
                results: __p::tolerant::missing(),
                total: __p::None,
                created_at: __p::None,
                cursor: __p::tolerant::missing(),
                __of: __p::PhantomData,
            }
        }
        #[inline]
        fn field(__name: &str) -> __p::usize {
            match __name {
                "results" => 0,
                "total" => 1,
                "created_at" => 2,
                "next" => 3,
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
                0 => __p::tolerant::or_default(&mut self.results, __from),
                1 => __p::tolerant::required(&mut self.total, __from),
                2 => __p::tolerant::lenient(&mut self.created_at, __from),
                3 => __p::tolerant::or_default(&mut self.cursor, __from),
                _ => __p::tolerant::ignored(__from),
            }
        }
    }
    #[automatically_derived]
    impl<'de, T> __p::serde::Deserialize<'de> for Page<T>
    where
        T: __p::serde::Deserialize<'de>,
    {
        fn deserialize<__D: __p::Deserializer<'de>>(
            __from: __D,
        ) -> __p::Result<Self, __D::Error> {
            let (__read, __flat): (__Read<T>, __p::beside::Flat<JsonObject, ()>) = __p::beside::read(
                __from,
                "Page",
                &["results", "total", "created_at", "next"],
            )?;
            __p::Result::Ok(Page {
                results: __read.results,
                total: __p::tolerant::given(__read.total, "total")?,
                created_at: __read.created_at,
                cursor: __read.cursor,
                more: __flat.value,
            })
        }
    }
    #[automatically_derived]
    impl<T> __p::Serialize for Page<T>
    where
        T: __p::Serialize,
    {
        fn serialize<__S: __p::Serializer>(
            &self,
            __to: __S,
        ) -> __p::Result<__S::Ok, __S::Error> {
            __p::writing::MapWriter::write(
                __to,
                |__to| {
                    __to.field("results", &self.results);
                    __to.field("total", &self.total);
                    __to.option("created_at", &self.created_at);
                    __to.field("next", &self.cursor);
                    __to.flat(&self.more);
                },
            )
        }
    }
    use __p::NotDescribed as _;
    const _: __p::JsonKind = __p::KindOf::<__p::Opaque>::KIND;
    #[automatically_derived]
    impl<T> __p::Describe for Page<T>
    where
        T: __p::Describe,
    {
        const KIND: __p::JsonKind = __p::JsonKind::Object(
            &__p::ObjectInfo {
                name: "Page",
                module: ::core::module_path!(),
                docs: "A page of users.",
                described: || const {
                    __p::Described::new(
                        &[
                            "\nbody\nVec<T>\nThe users.\nresults\nbody required\nu64\n\ntotal\nbody\nOption<Timestamp>\n\ncreated_at\nbody\nString\n\nnext\nbody\nJsonObject\n\n*",
                        ],
                        &[
                            __p::JsonKind::List(&__p::KindOf::<T>::KIND),
                            __p::KindOf::<u64>::KIND,
                            __p::JsonKind::Nullable(&__p::KindOf::<Timestamp>::KIND),
                            __p::KindOf::<String>::KIND,
                            __p::KindOf::<JsonObject>::KIND,
                        ],
                    )
                },
            },
        );
    }
};
