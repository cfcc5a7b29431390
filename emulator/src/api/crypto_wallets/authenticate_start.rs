//! `POST /v1/crypto_wallets/authenticate/start`: a message for the owner of a wallet to sign.

use hyper::Method;
use time::Duration;

use super::named::{self, Wallet};
use crate::{
    api::{
        reach,
        shared::{object, session_jwt, session_token},
    },
    api_error::{ApiError, CRYPTO_WALLET_TYPE_INCOMPATIBLE_WITH_SIWE, DUPLICATE_WALLET_ADDRESS},
    parameter::{Kind, optional, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    siwe,
    state::{Change, State},
    user::{CryptoWallet, Identity, User},
    wallet::WalletType,
};

/// How long the message can be signed.
const MINUTES: i64 = 5;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/crypto_wallets/authenticate/start",
    parameters: &[
        required("crypto_wallet_type", Kind::String),
        required("crypto_wallet_address", Kind::String),
        optional("user_id", Kind::String),
        session_token(),
        session_jwt(),
        siwe::PARAMETER,
    ],
    access: Access::Project,
    error_types: &[
        &[&CRYPTO_WALLET_TYPE_INCOMPATIBLE_WITH_SIWE, &DUPLICATE_WALLET_ADDRESS],
        named::ERROR_TYPES,
        siwe::ERROR_TYPES,
        reach::SELECTION_ERROR_TYPES,
    ],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let wallet = Wallet::of(call)?;
    let siwe = call
        .parameters
        .object("siwe_params")
        .map(|given| siwe::Params::read(&given, call.now))
        .transpose()?;
    if siwe.is_some() && wallet.wallet_type != WalletType::Ethereum {
        return Err((&CRYPTO_WALLET_TYPE_INCOMPATIBLE_WITH_SIWE).into());
    }
    let mut state = call.app.state();
    let (user, created) = user(call, &state, &wallet)?;
    let nonce = call.app.ids.nonce();
    let challenge = match &siwe {
        Some(siwe) => siwe.message(wallet.address, &nonce),
        None => format!(
            "Sign in to the project of stytch-emulator.\n\nAddress: {}\nNonce: {nonce}",
            wallet.address
        ),
    };
    let body = object([
        ("user_id", user.user_id.as_str().into()),
        ("challenge", challenge.as_str().into()),
        ("user_created", created.into()),
    ]);
    let proof = Proof {
        key: wallet.proof_key(),
        user_id: user.user_id.clone(),
        expires_at: call.now + Duration::minutes(MINUTES),
        purpose: Purpose::Wallet { challenge, siwe },
    };
    let users = if created { vec![user] } else { Vec::new() };
    state.commit(Change { users, proofs: vec![proof], ..Change::default() }, call.now)?;
    Ok(body)
}

/// Returns the user of the wallet, and whether the user is new. In this order: the user whom the request selects, the
/// user who has the wallet, a new user with the wallet.
fn user(call: &Call<'_>, state: &State, wallet: &Wallet<'_>) -> Result<(User, bool), ApiError> {
    let name = wallet.wallet_type.name();
    let owner = state.user_by(&Identity::crypto_wallet(name, wallet.address));
    match (reach::selected(call, state)?, owner) {
        (Some(user), Some(owner)) if user.user_id != owner.user_id => Err((&DUPLICATE_WALLET_ADDRESS).into()),
        (Some(user), _) | (None, Some(user)) => Ok((user.clone(), false)),
        (None, None) => {
            let mut user = User::new(call.app.ids.id("user"), call.now);
            user.factors.crypto_wallets.push(CryptoWallet {
                crypto_wallet_id: call.app.ids.id("crypto-wallet"),
                crypto_wallet_address: wallet.address.to_owned(),
                crypto_wallet_type: name.to_owned(),
                verified: false,
            });
            Ok((user, true))
        }
    }
}
