//! `DELETE /v1/users/crypto_wallets/{crypto_wallet_id}`: removes a crypto wallet.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, CRYPTO_WALLET_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/crypto_wallets/{crypto_wallet_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&CRYPTO_WALLET_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "crypto_wallet_id",
        |user, id| user.factors.crypto_wallets.iter().any(|known| known.crypto_wallet_id == id),
        |user, id| user.factors.crypto_wallets.retain(|known| known.crypto_wallet_id != id),
        &CRYPTO_WALLET_NOT_FOUND,
    )
}
