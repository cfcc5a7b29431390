//! Stripe: forms with brackets, a key that makes a retry safe, and pages that start after the last object.
//!
//! A server in the program plays the API.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use declapi::{NestedForm, Page, Position, client, endpoint, object, resource, response};
use serde_json::{Value, json};

/// Stripe's API.
#[client(
    base_url = "https://api.stripe.com",
    header("stripe-version" = "2025-09-30.clover"),
    idempotency_key = "Idempotency-Key"
)]
pub struct Stripe;

/// Payments.
#[resource(on = &Stripe)]
pub struct PaymentIntents;

/// Starts a payment.
#[endpoint(post = "/v1/payment_intents", body = NestedForm, response = PaymentIntent, on = PaymentIntents)]
pub struct Create<'a> {
    /// The amount, in the smallest unit of the currency.
    pub amount: u64,
    /// The currency, such as `eur`.
    pub currency: &'a str,
    /// The ways in which the customer may pay.
    pub payment_method_types: Option<Vec<&'a str>>,
    /// The shipping address.
    pub shipping: Option<Shipping<'a>>,
    /// Data of the shop.
    pub metadata: Option<BTreeMap<&'a str, &'a str>>,
}

/// The shipping address.
#[object]
pub struct Shipping<'a> {
    /// The name of the customer.
    pub name: &'a str,
    /// The address.
    pub address: Address<'a>,
}

/// An address.
#[object]
pub struct Address<'a> {
    /// The city.
    pub city: Option<&'a str>,
    /// The country, such as `DE`.
    pub country: Option<&'a str>,
}

/// A payment.
#[response]
#[derive(Debug)]
pub struct PaymentIntent {
    /// The id of the payment.
    #[response(required)]
    pub id: String,
    /// The status of the payment.
    pub status: String,
}

/// Customers.
#[resource(on = &Stripe)]
pub struct Customers;

/// Lists the customers, the newest first.
#[endpoint(
    get = "/v1/customers",
    response = List<Customer>,
    page(cursor = starting_after),
    on = Customers,
    name = list
)]
pub struct ListCustomers<'a> {
    /// The number of customers on a page.
    pub limit: Option<u8>,
    /// The id of the last customer of the previous page.
    pub starting_after: Option<&'a str>,
}

/// A page of a list.
#[response]
#[derive(Debug)]
pub struct List<T> {
    /// The objects of this page.
    pub data: Vec<T>,
    /// Whether there are more pages.
    pub has_more: bool,
}

/// The next page starts after the last object.
impl Page for List<Customer> {
    type Item = Customer;

    fn next_position(&self) -> Option<Position> {
        Position::of(&self.data.last().filter(|_| self.has_more)?.id)
    }

    fn item_count(&self) -> usize {
        self.data.len()
    }

    fn into_items(self) -> Vec<Customer> {
        self.data
    }
}

/// A customer.
#[response]
#[derive(Debug)]
pub struct Customer {
    /// The id of the customer.
    #[response(required)]
    pub id: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Router::new()
        .route("/v1/payment_intents", post(pay).with_state(Keys::default()))
        .route("/v1/customers", get(customers));
    let url = stytch_client_examples::serve(server).await?;
    let stripe = Stripe::builder().base_url(url).bearer_auth("sk_test_1").build()?;

    // The server fails at first. The retry has the same key, so that the customer pays once.
    let address = Address::builder().city("Berlin").country("DE").build();
    let shipping = Shipping::builder().name("Ada Lovelace").address(address).build();
    let create = stripe.payment_intents().create().amount(1999).currency("eur");
    let create = create.payment_method_types(["card", "sepa_debit"]).shipping(shipping);
    let payment = create.metadata([("order", "7")]).send().await?;
    println!("{} is {}", payment.id, payment.status);

    let mut pages = stripe.customers().list().limit(2).pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page?.data.len();
        // A job that stops here stores this value, and continues later with `starting_at`.
        println!("{count} customers, the next page is {}", serde_json::to_string(&pages.position())?);
    }
    if count == 5 { Ok(()) } else { Err("customers are missing".into()) }
}

/// The idempotency keys that the server has seen.
type Keys = Arc<Mutex<Vec<String>>>;

/// Plays the server for payments, which fails once.
async fn pay(
    State(keys): State<Keys>,
    headers: HeaderMap,
    form: String,
) -> Result<Json<Value>, (StatusCode, String)> {
    const WANTED: &str = "amount=1999&currency=eur&payment_method_types[0]=card&payment_method_types[1]=sepa_debit\
                          &shipping[name]=Ada+Lovelace&shipping[address][city]=Berlin&shipping[address][country]=DE\
                          &metadata[order]=7";
    if form.replace("%5B", "[").replace("%5D", "]") != WANTED {
        return Err((StatusCode::BAD_REQUEST, form));
    }
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let mut keys = keys.lock().expect("nothing panics");
    keys.push(key.to_owned());
    match &keys[..] {
        [_] => Err((StatusCode::INTERNAL_SERVER_ERROR, "try again".into())),
        [first, second] if first == second && !key.is_empty() => {
            Ok(Json(json!({"id": "pi_1", "status": "processing"})))
        }
        _ => Err((StatusCode::CONFLICT, "this is another payment".into())),
    }
}

/// Plays the server for the list of customers.
async fn customers(Query(query): Query<BTreeMap<String, String>>) -> Json<Value> {
    let first =
        query.get("starting_after").and_then(|last| last.strip_prefix("cus_")?.parse().ok()).unwrap_or(0) + 1;
    let last = 5.min(first + 1);
    let data: Vec<_> = (first..=last).map(|number| json!({"id": format!("cus_{number}")})).collect();
    Json(json!({"data": data, "has_more": last < 5}))
}
