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

#[derive(
    ::declapi::__private::serde::Deserialize,
    ::declapi::__private::serde::Serialize
)]
#[serde(crate = "::declapi::__private::serde")]
/// A page of users.
#[derive(Debug)]
pub struct Page<T> {
    #[serde(
        default = "::declapi::__private::tolerant::missing",
        deserialize_with = "::declapi::__private::tolerant::or_default",
        bound(deserialize = "T: ::declapi::__private::serde::Deserialize<'de>")
    )]
    /// The users.
    pub results: Vec<T>,
    #[serde()]
    pub total: u64,
    #[serde(
        default = "::declapi::__private::tolerant::missing",
        deserialize_with = "::declapi::__private::tolerant::lenient",
        skip_serializing_if = "::declapi::__private::Option::is_none",
    )]
    pub created_at: Option<Timestamp>,
    #[serde(
        default = "::declapi::__private::tolerant::missing",
        deserialize_with = "::declapi::__private::tolerant::or_default",
    )]
    #[serde(rename = "next")]
    pub cursor: String,
    #[serde()]
    #[serde(flatten)]
    pub more: JsonObject,
}
