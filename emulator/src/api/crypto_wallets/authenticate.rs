//! `POST /v1/crypto_wallets/authenticate`: a login with the signature of a wallet.

use hyper::Method;
use serde_json::Value;

use super::named::{self, Wallet};
use crate::{
    api::{
        log_in::log_in,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{
        ApiError, DUPLICATE_WALLET_ADDRESS, INVALID_SIGNATURE, SIWE_MESSAGE_NOT_VALID_YET,
        UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET,
    },
    parameter::{Kind, required},
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    siwe,
    state::{Change, State},
    user::{CryptoWallet, Identity, User},
    wallet::address_key,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/crypto_wallets/authenticate",
    parameters: &[
        required("crypto_wallet_type", Kind::String),
        required("crypto_wallet_address", Kind::String),
        required("signature", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[
            &UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET,
            &INVALID_SIGNATURE,
            &SIWE_MESSAGE_NOT_VALID_YET,
            &DUPLICATE_WALLET_ADDRESS,
        ],
        named::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let wallet = Wallet::of(call)?;
    let key = wallet.proof_key();
    let mut state = call.app.state();
    let proof = state.proof(&key).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::Wallet { challenge, siwe })) = proof.map(|proof| (proof, &proof.purpose))
    else {
        return Err((&UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET).into());
    };
    let signature = call.parameters.required("signature")?;
    let is_signed = wallet.wallet_type.verifies(wallet.address, challenge, signature);
    if !is_signed.ok_or(&INVALID_SIGNATURE)? {
        return Err((&UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET).into());
    }
    if siwe.as_ref().is_some_and(|siwe| !siwe.is_valid_at(call.now)) {
        return Err((&SIWE_MESSAGE_NOT_VALID_YET).into());
    }
    let siwe = siwe.as_ref().map_or(Value::Null, siwe::Params::to_json);
    let user = state.user(&proof.user_id).cloned().ok_or(&UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET)?;
    let (user, method) = verified(call, &state, user, &wallet)?;
    let change = Change { used_proofs: vec![key], ..Change::default() };
    let mut body = log_in(call, &mut state, user, method, change)?;
    body.insert("siwe_params".to_owned(), siwe);
    Ok(body)
}

/// Adds the wallet to the user, as verified.
fn verified(
    call: &Call<'_>,
    state: &State,
    mut user: User,
    wallet: &Wallet<'_>,
) -> Result<(User, FactorMethod), ApiError> {
    let name = wallet.wallet_type.name();
    let key = address_key(name, wallet.address);
    let is_same = |known: &&mut CryptoWallet| {
        known.crypto_wallet_type == name && address_key(name, &known.crypto_wallet_address) == key
    };
    if let Some(known) = user.factors.crypto_wallets.iter_mut().find(is_same) {
        known.verified = true;
        let method = method(known);
        return Ok((user, method));
    }
    if state.user_by(&Identity::crypto_wallet(name, wallet.address)).is_some() {
        return Err((&DUPLICATE_WALLET_ADDRESS).into());
    }
    let added = CryptoWallet {
        crypto_wallet_id: call.app.ids.id("crypto-wallet"),
        crypto_wallet_address: wallet.address.to_owned(),
        crypto_wallet_type: name.to_owned(),
        verified: true,
    };
    let method = method(&added);
    user.factors.crypto_wallets.push(added);
    Ok((user, method))
}

fn method(wallet: &CryptoWallet) -> FactorMethod {
    FactorMethod::CryptoWallet {
        crypto_wallet_id: wallet.crypto_wallet_id.clone(),
        crypto_wallet_address: wallet.crypto_wallet_address.clone(),
        crypto_wallet_type: wallet.crypto_wallet_type.clone(),
    }
}
