//! Parcels API.

use declapi::{Text, client, endpoint};

use self::models::Label;

// Further servers: `https://sandbox.parcels.example.com/v1`. To use one, pass it to
// `.base_url(…)`.
// Not declared: the webhooks `delivered`, which the API sends.
/// Parcels API.
///
/// Sends parcels around the world. See <https://parcels.example.com/docs>.
///
/// Credentials are set on the builder: `.bearer_auth(token)`, and `.named_auth("admin", …)`.
#[client(
    base_url = "https://api.parcels.example.com/v1",
    host("labels" = "https://labels.parcels.example.com/v1", auth)
)]
pub struct Parcels;

/// A value that must be sent and may be null.
pub type Nullable<T> = Option<T>;

/// Health.
#[endpoint(
    get = "/health",
    auth = none,
    header("accept" = "text/plain"),
    response = Text,
    on = &Parcels,
    idempotent
)]
pub struct Health;

/// Labels files.
#[endpoint(get = "/labels/files", response = Vec<Label>, on = &Parcels, idempotent)]
pub struct LabelsFilesCall;

/// Parcels and where they are.
pub mod parcels {
    use std::collections::BTreeMap;

    use declapi::{
        Events, JsonObject, Secret, Timestamp, endpoint, object, open_enum, resource, response,
    };
    use serde::{Deserialize, Serialize};
    use serde_json::Value;

    use super::models::{Status, Token};
    use super::{Nullable, Parcels};

    /// Parcels and where they are.
    #[resource(on = &Parcels, name = parcels)]
    pub struct ParcelsApi;

    /// Lists parcels.
    ///
    /// The newest come first.
    #[endpoint(
        get = "/parcels",
        query("format" = "json"),
        response = Vec<Parcel>,
        page(link),
        on = ParcelsApi,
        idempotent
    )]
    pub struct List<'a> {
        /// Only those with this status.
        pub status: Option<Status>,
        /// The sort. `created` by default.
        pub sort: Option<Sort>,
        /// The ids.
        #[endpoint(query(comma))]
        pub ids: Option<Vec<&'a str>>,
        /// The tag.
        #[serde(rename = "tag[]")]
        pub tag: Option<Vec<&'a str>>,
        /// When they were created.
        #[endpoint(query(deep))]
        pub created: Option<Created>,
        // Not declared: `zones`. `query(…)` has no style for values with `|` between them.
        // Not declared: `filter`. It is JSON inside a query pair: add it with a custom
        // `serialize_with`.
        // Not declared: the cookie `session`. The transport handles cookies.
        /// Shown in the log.
        #[endpoint(header = "x-trace-id")]
        pub x_trace_id: Option<&'a str>,
        // Not declared: `user-agent`. The runtime writes it.
        // Not declared: `x-where`. A header has one value.
        /// How many there are on a page. `20` by default. From 1 to 100.
        pub per_page: Option<u32>,
        /// The page. `1` by default. At least 1.
        pub page: Option<u32>,
    }

    // Not declared: the callbacks `moved`, which the API sends to a URL of the caller.
    // The body may also be `application/xml`.
    /// Creates a parcel.
    #[endpoint(
        post = "/parcels",
        body("kind" = "parcel"),
        response = Option<CreateResponse>,
        none = 202,
        on = ParcelsApi
    )]
    pub struct Create<'a> {
        /// Your own number. `none` by default.
        pub reference: Option<&'a str>,
        /// The weight. From 0.1 to 30.
        pub weight: Option<f64>,
        /// The to.
        pub to: AddressInput<'a>,
        /// The contents.
        pub contents: Vec<Item>,
        /// The carrier.
        pub carrier: Nullable<&'a str>,
        /// A hint for the carrier.
        pub note: Option<Option<&'a str>>,
        /// The size.
        pub r#type: Option<Type>,
        /// Opens the door.
        #[endpoint(secret)]
        #[serde(rename = "doorCode")]
        pub door_code: Option<&'a str>,
        /// The value of the insurance.
        pub insurance: Option<Insurance<'a>>,
        // One of `1`, `2`, `3`. An open enum has only strings.
        /// The priority.
        pub priority: Option<i64>,
    }

    /// Gets a parcel.
    #[endpoint(get = "/parcels/{parcel_id}", response = Parcel, on = ParcelsApi, idempotent)]
    pub struct Get<'a> {
        /// The id of the parcel.
        pub parcel_id: &'a str,
    }

    /// Updates a parcel.
    #[endpoint(
        patch = "/parcels/{parcel_id}",
        header("content-type" = "application/merge-patch+json"),
        response = Parcel,
        on = ParcelsApi
    )]
    #[deprecated]
    pub struct Update<'a> {
        /// The id of the parcel.
        pub parcel_id: &'a str,
        /// The notify.
        #[endpoint(query)]
        pub notify: Option<bool>,
        /// The to.
        pub to: Option<AddressInput<'a>>,
        /// Sends it at once.
        #[deprecated]
        #[serde(rename = "send")]
        pub send_field: Option<bool>,
        /// All other fields.
        #[serde(flatten)]
        pub more: Option<BTreeMap<&'a str, &'a str>>,
    }

    /// Deletes a parcel.
    #[endpoint(delete = "/parcels/{parcel_id}", response = (), on = ParcelsApi, idempotent)]
    pub struct Delete<'a> {
        /// The id of the parcel.
        pub parcel_id: &'a str,
        /// The reason.
        #[endpoint(body)]
        pub reason: &'a str,
    }

    // Not declared: OPTIONS /parcels/{parcel-id}. `#[endpoint]` has no key for OPTIONS.

    /// Checks if a parcel is watched.
    #[endpoint(
        get = "/parcels/{parcel_id}/watch",
        response = Option<()>,
        none = 404,
        on = ParcelsApi,
        idempotent
    )]
    pub struct IsWatched<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
    }

    /// Watches a parcel.
    #[endpoint(
        get = "/parcels/{parcel_id}/events",
        header("accept" = "text/event-stream"),
        response = Events<Event>,
        on = ParcelsApi,
        idempotent
    )]
    pub struct Watch<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
    }

    /// Gets the last move of a parcel.
    #[endpoint(
        get = "/parcels/{parcel_id}/moves/last",
        response = MovedEvent,
        on = ParcelsApi,
        idempotent
    )]
    pub struct GetLastMove<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
    }

    /// Lists the stops of a parcel.
    #[endpoint(
        get = "/parcels/{parcel_id}/route",
        response = ListStopsResponse,
        page(cursor = cursor),
        on = ParcelsApi,
        idempotent
    )]
    pub struct ListStops<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
        /// The cursor.
        pub cursor: Option<&'a str>,
    }

    /// Sets the contact of a parcel.
    #[endpoint(
        put = "/parcels/{parcel_id}/contact",
        response = Contact,
        on = ParcelsApi,
        idempotent
    )]
    pub struct SetContact<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
        /// The body.
        #[endpoint(whole_body)]
        pub body: ContactInput<'a>,
    }

    // Not declared: the body. Proxies drop the body of a GET.
    // The response may also be `application/xml`, if the request accepts it.
    // One of `job`, `other`, which cannot be distinguished: any object.
    /// Reads what a parcel says.
    #[endpoint(
        get = "/parcels/{parcel_id}/raw",
        response = JsonObject,
        on = ParcelsApi,
        idempotent
    )]
    pub struct ReadRaw<'a> {
        /// The parcel id.
        pub parcel_id: &'a str,
    }

    // A success is a redirect (303). The client does not follow it: the result is an error with
    // this status.
    /// Moves parcels.
    #[endpoint(post = "/parcels/move", auth = "admin", response = (), on = ParcelsApi)]
    pub struct Move<'a> {
        /// The body.
        #[endpoint(whole_body)]
        pub body: Vec<Step<'a>>,
    }

    // Not declared: GET /parcels?archived=true. A path must not have a query or a fragment.

    /// Uses key.
    #[endpoint(get = "/keys/{key}", response = Token, on = ParcelsApi, idempotent)]
    pub struct UseKey<'a> {
        // `key` is a secret, but logs contain the path.
        /// The key.
        pub key: &'a str,
    }

    open_enum! {
        /// The values of sort.
        pub enum Sort {
            Created = "created",
            MinusCreated = "-created",
        }
    }

    /// A created.
    #[object]
    pub struct Created {
        /// Not before this.
        pub after: Option<Timestamp>,
        /// Not after this.
        pub before: Option<Timestamp>,
    }

    /// A parcel.
    ///
    /// ```text
    /// {"id": "p1"}
    /// ```
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Parcel {
        /// Your own number.
        pub reference: Option<String>,
        /// The weight.
        pub weight: Option<f64>,
        /// The id, as in `[p1]`.
        #[response(required)]
        pub id: String,
        /// The object. Always `parcel`.
        pub object: String,
        /// How far a parcel is.
        pub status: Status,
        /// The to.
        #[response(required)]
        pub to: Address,
        /// The created at.
        #[response(lenient)]
        pub created_at: Option<Timestamp>,
        /// The history.
        pub history: Vec<Event>,
        /// The labels.
        pub labels: Option<BTreeMap<String, String>>,
        /// Anything at all.
        pub extra: Option<JsonObject>,
        /// A parcel.
        pub parent: Option<Box<Parcel>>,
        /// Shown once: **keep it**.
        pub secret: Option<Secret>,
        /// The use.
        pub r#use: Option<bool>,
        /// The 2fa.
        #[serde(rename = "2fa")]
        pub n2fa: Option<bool>,
        /// The option.
        #[serde(rename = "Option")]
        pub option: Option<OptionObject>,
    }

    /// An address.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Address {
        /// The street line.
        pub street_line: String,
        /// The country code.
        #[serde(rename = "countryCode")]
        pub country_code: String,
        /// The zip code.
        #[serde(rename = "zipCode")]
        pub zip_code: Option<String>,
    }

    /// An event of a parcel.
    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[non_exhaustive]
    #[serde(tag = "event")]
    pub enum Event {
        /// [`MovedEvent`].
        #[serde(rename = "moved")]
        Moved(MovedEvent),
        /// [`LostEvent`].
        #[serde(rename = "lost")]
        Lost(LostEvent),
        /// A variant that this version does not know.
        #[serde(other)]
        Other,
    }

    /// A moved event.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct MovedEvent {
        // Not declared: `event`. The enum with this variant reads it.
        /// The to.
        pub to: String,
    }

    /// A lost event.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct LostEvent {
        /// The why.
        pub why: Option<String>,
    }

    /// An option.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct OptionObject {
        /// The value.
        pub value: Option<Value>,
    }

    /// An address.
    #[object]
    #[serde(rename_all = "camelCase")]
    pub struct AddressInput<'a> {
        /// The street line.
        #[serde(rename = "street_line")]
        pub street_line: &'a str,
        /// The country code.
        pub country_code: &'a str,
        /// The zip code.
        pub zip_code: Option<&'a str>,
        /// The po box.
        pub po_box: Option<bool>,
    }

    /// An item.
    #[derive(Debug, Serialize)]
    #[serde(tag = "type")]
    pub enum Item {
        /// [`BookItem`].
        #[serde(rename = "book")]
        Book(BookItem),
        /// [`GlassItem`].
        #[serde(rename = "glass")]
        Glass(GlassItem),
    }

    /// A book item.
    #[object]
    pub struct BookItem {
        /// The pages.
        pub pages: i64,
    }

    /// A glass item.
    #[object]
    pub struct GlassItem {
        /// The pieces.
        pub pieces: i64,
    }

    open_enum! {
        /// The size.
        pub enum Type {
            Small = "small",
            Large = "large",
            OtherValue = "other",
        }
    }

    open_enum! {
        /// The values of insurance text.
        pub enum InsuranceText {
            None = "none",
            Full = "full",
        }
    }

    /// A money.
    #[object]
    pub struct Money<'a> {
        /// The amount.
        pub amount: i32,
        /// The currency. Always `EUR`.
        pub currency: Option<&'a str>,
    }

    /// The value of the insurance.
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum Insurance<'a> {
        /// [`InsuranceText`].
        Text(InsuranceText),
        /// A number.
        Number(i64),
        /// [`Money`].
        Object(Money<'a>),
    }

    /// A job.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Job {
        /// The progress.
        pub progress: Option<f64>,
    }

    /// The response to [`Create`].
    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[non_exhaustive]
    #[serde(untagged)]
    pub enum CreateResponse {
        /// [`Parcel`].
        Parcel(Parcel),
        /// [`Job`].
        Job(Job),
    }

    /// A stop.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Stop {
        /// The id.
        #[response(required)]
        pub id: u64,
        /// The at.
        #[response(lenient)]
        pub at: Option<Timestamp>,
    }

    /// The response to [`ListStops`].
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ListStopsResponse {
        /// The stops.
        #[response(items)]
        pub stops: Vec<Stop>,
        /// The next cursor.
        #[response(next)]
        pub next_cursor: Option<String>,
    }

    /// The person to ask.
    #[derive(Debug, Serialize)]
    #[serde(tag = "kind")]
    pub enum ContactInput<'a> {
        /// [`MailContactInput`].
        #[serde(rename = "mail")]
        Mail(MailContactInput<'a>),
        /// [`PhoneContactInput`].
        #[serde(rename = "phone")]
        Phone(PhoneContactInput<'a>),
    }

    /// A mail contact.
    #[object]
    pub struct MailContactInput<'a> {
        /// The to.
        pub to: &'a str,
    }

    /// A phone contact.
    #[object]
    pub struct PhoneContactInput<'a> {
        /// The to.
        pub to: &'a str,
    }

    /// The person to ask.
    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[non_exhaustive]
    #[serde(tag = "kind")]
    pub enum Contact {
        /// [`MailContact`].
        #[serde(rename = "mail")]
        Mail(MailContact),
        /// [`PhoneContact`].
        #[serde(rename = "phone")]
        Phone(PhoneContact),
        /// A variant that this version does not know.
        #[serde(other)]
        Other,
    }

    /// A mail contact.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct MailContact {
        /// The to.
        pub to: String,
    }

    /// A phone contact.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct PhoneContact {
        /// The to.
        pub to: String,
    }

    /// A step.
    #[object]
    pub struct Step<'a> {
        /// The parcel.
        pub parcel: &'a str,
        /// The then.
        pub then: Option<Box<Step<'a>>>,
    }
}

/// Labels files.
pub mod labels_files {
    use declapi::{
        Bytes, Form, Multipart, MultipartRelated, Text, Upload, endpoint, object, resource,
    };
    use serde::Serialize;

    use super::Parcels;
    use super::models::{Label, Token};

    /// Labels files.
    #[resource(on = &Parcels)]
    pub struct LabelsFiles;

    /// Creates a token.
    #[endpoint(
        post = "/token",
        body("grant_type" = "client_credentials"),
        body = Form,
        response = Token,
        on = LabelsFiles
    )]
    pub struct CreateToken<'a> {
        /// The client secret.
        #[endpoint(secret)]
        #[serde(rename = "clientSecret")]
        pub client_secret: &'a str,
        /// The scopes.
        pub scopes: Option<Vec<&'a str>>,
    }

    /// Creates a token for a guest.
    #[endpoint(
        post = "/token/guest",
        body("grant_type" = "guest"),
        body = Form,
        response = Token,
        on = LabelsFiles
    )]
    pub struct CreateGuestToken;

    /// Uploads a label.
    #[endpoint(
        post = "/labels",
        host = "labels",
        body = Multipart,
        response = Label,
        on = LabelsFiles
    )]
    pub struct UploadLabel<'a> {
        /// The image.
        pub file: Upload,
        /// The title.
        pub title: Option<&'a str>,
    }

    /// Uploads a label with its data.
    #[endpoint(
        post = "/labels/with-data",
        body = MultipartRelated,
        response = (),
        on = LabelsFiles
    )]
    pub struct UploadWithData<'a> {
        /// The data.
        pub data: Data<'a>,
        /// The image.
        pub image: Upload,
    }

    // Not declared: POST /labels/batch. No body format writes `multipart/mixed`.

    /// Downloads a label.
    #[endpoint(
        get = "/labels/{id}",
        header("accept" = "image/png, image/gif"),
        response = Bytes,
        on = LabelsFiles,
        idempotent
    )]
    pub struct DownloadLabel {
        /// The id. At least 1.
        pub id: u64,
    }

    /// Replaces a label.
    #[endpoint(
        put = "/labels/{id}",
        header("content-type" = "image/png"),
        body = Bytes,
        response = Label,
        on = LabelsFiles,
        idempotent
    )]
    pub struct ReplaceLabel {
        /// The id. At least 1.
        pub id: u64,
        /// The body.
        #[endpoint(whole_body)]
        pub body: Upload,
    }

    /// Writes the text of a label.
    #[endpoint(
        put = "/labels/{id}/text",
        header("content-type" = "text/markdown"),
        body = Text,
        response = (),
        on = LabelsFiles,
        idempotent
    )]
    pub struct WriteText<'a> {
        /// The id. At least 1.
        pub id: u64,
        /// The body.
        #[endpoint(whole_body)]
        pub body: &'a str,
    }

    /// Searches labels.
    #[endpoint(
        get = "/labels/search",
        response = Vec<Label>,
        page(offset = offset),
        on = LabelsFiles,
        idempotent
    )]
    pub struct SearchLabels<'a> {
        /// The offset.
        pub offset: Option<u64>,
        /// The limit. From 1 to 50.
        pub limit: Option<u32>,
        /// How large they are.
        #[serde(flatten)]
        pub size: Option<Size>,
        /// When they were made.
        #[endpoint(query(deep))]
        pub made: Option<Made>,
        // Not declared: `where`. It is an object or another value, and only an object can be
        // several pairs.
        /// The key.
        #[endpoint(secret, query)]
        #[serde(rename = "apiKey")]
        pub api_key: &'a str,
    }

    /// The data.
    #[object]
    pub struct Data<'a> {
        /// The title.
        pub title: Option<&'a str>,
    }

    /// A size.
    #[object]
    pub struct Size {
        /// In pixels.
        pub width: Option<i64>,
        /// In pixels.
        pub height: Option<i64>,
    }

    /// A made object.
    #[object]
    pub struct MadeObject {
        /// Not before.
        pub gte: Option<i64>,
    }

    /// A made.
    #[derive(Debug, Serialize)]
    #[serde(untagged)]
    pub enum Made {
        /// A number.
        Number(i64),
        /// [`MadeObject`].
        Object(MadeObject),
    }
}

/// Types that several resources use.
pub mod models {
    use declapi::{Secret, open_enum, response};
    use serde::{Deserialize, Serialize};

    open_enum! {
        /// How far a parcel is.
        pub enum Status {
            Waiting = "waiting",
            OnTheWay = "on-the-way",
            N3DaysLate = "3-days-late",
            OtherValue = "other",
            SelfValue = "self",
        }
    }

    /// A token.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Token {
        /// The access token.
        pub access_token: Secret,
        /// The expires in.
        pub expires_in: Option<u32>,
    }

    /// A label.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Label {
        /// The id.
        #[response(required)]
        pub id: i64,
        /// How far a parcel is.
        pub status: Status,
        /// The content.
        pub content: Option<Content>,
    }

    /// A content.
    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[non_exhaustive]
    #[serde(untagged)]
    pub enum Content {
        /// A string.
        Text(String),
        /// A list.
        List(Vec<String>),
    }
}
