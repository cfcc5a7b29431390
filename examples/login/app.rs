//! The application: its routes, and the layers around them.

mod account;
mod assets;
mod cookies;
mod csrf;
mod forgotten;
mod headers;
mod log;
mod login;
mod logout;
mod new_password;
mod outbox;
mod page;
mod public_url;
mod session;
mod sign_up;
mod strength;
mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::response::Redirect;
use axum::routing::{get, post};
use stytch_client::Client;
use stytch_emulator::Emulator;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use self::cookies::Cookies;
pub(crate) use self::public_url::PublicUrl;

/// The timeout of a request, including its body and the calls to the API.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The state that the handlers share.
pub(crate) struct App {
    client: Client,
    public_url: PublicUrl,
    cookies: Cookies,
    csrf: csrf::Key,
    /// The emulator whose outbox is shown, because it does not send emails.
    emulator: Option<Arc<Emulator>>,
}

type Shared = State<Arc<App>>;

impl App {
    pub(crate) fn new(client: Client, public_url: PublicUrl, emulator: Option<Arc<Emulator>>) -> Self {
        let cookies = Cookies { secure: public_url.is_https() };
        Self { client, public_url, cookies, csrf: csrf::Key::random(), emulator }
    }
}

pub(crate) fn router(app: App) -> Router {
    let app = Arc::new(app);
    let limit = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT);
    // The last layer is the outermost one.
    routes(&app)
        .layer(from_fn_with_state(Arc::clone(&app), csrf::guard))
        .layer(CsrfLayer::new().with_rejection_response(csrf::foreign))
        .layer(limit)
        .layer(map_response_with_state(Arc::clone(&app), headers::add))
        .layer(from_fn(log::line))
        .with_state(app)
}

fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    let protected = Router::new()
        .route("/account", get(account::show))
        .route_layer(from_fn_with_state(Arc::clone(app), session::require));
    let routes = Router::new()
        .route("/", get(Redirect::to("/account")))
        .merge(protected)
        .route("/sign-up", get(sign_up::show).post(sign_up::submit))
        .route("/login", get(login::show).post(login::submit))
        .route("/logout", post(logout::submit))
        .route("/forgotten", get(forgotten::show).post(forgotten::submit))
        .route("/new-password", get(new_password::show).post(new_password::submit))
        .route("/password-strength", post(strength::check))
        .merge(assets::routes())
        .fallback(page::not_found);
    if app.emulator.is_some() { routes.route("/outbox", get(outbox::show)) } else { routes }
}
