//! The wallet that a request names.

use crate::{
    api_error::{ApiError, ErrorType, INVALID_ETHEREUM_ADDRESS, INVALID_SOLANA_ADDRESS, INVALID_WALLET_TYPE},
    route::Call,
    wallet::{WalletType, address_key},
};

/// The error types of [`Wallet::of`].
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_WALLET_TYPE, &INVALID_ETHEREUM_ADDRESS, &INVALID_SOLANA_ADDRESS];

/// A wallet, as a request spells it.
pub(super) struct Wallet<'a> {
    pub(super) wallet_type: WalletType,
    pub(super) address: &'a str,
}

impl<'a> Wallet<'a> {
    /// Returns the wallet of the request.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`].
    pub(super) fn of(call: &'a Call<'_>) -> Result<Self, ApiError> {
        let wallet_type = WalletType::named(call.parameters.required("crypto_wallet_type")?);
        let wallet_type = wallet_type.ok_or(&INVALID_WALLET_TYPE)?;
        let address = call.parameters.required("crypto_wallet_address")?;
        match wallet_type {
            _ if wallet_type.is_address(address) => Ok(Self { wallet_type, address }),
            WalletType::Ethereum => Err((&INVALID_ETHEREUM_ADDRESS).into()),
            WalletType::Solana => Err((&INVALID_SOLANA_ADDRESS).into()),
        }
    }

    /// Returns the key of the proof that the owner of the wallet has to sign.
    pub(super) fn proof_key(&self) -> String {
        let name = self.wallet_type.name();
        format!("wallet {name} {}", address_key(name, self.address))
    }
}
