//! Crypto wallets: their addresses, and the signatures that prove ownership of their keys.

use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use ring::signature::{ED25519, UnparsedPublicKey};
use sha3::{Digest, Keccak256};

/// The types of wallets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalletType {
    Ethereum,
    Solana,
}

impl WalletType {
    /// Returns the type of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ethereum" => Some(Self::Ethereum),
            "solana" => Some(Self::Solana),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ethereum => "ethereum",
            Self::Solana => "solana",
        }
    }

    pub(crate) fn is_address(self, text: &str) -> bool {
        match self {
            Self::Ethereum => ethereum_address(text).is_some(),
            Self::Solana => solana_key(text).is_some(),
        }
    }

    /// Returns whether the key of an address has signed a message; `None` if the signature has another form.
    pub(crate) fn verifies(self, address: &str, message: &str, signature: &str) -> Option<bool> {
        match self {
            Self::Ethereum => {
                let signature = bytes_of_hex(signature)?;
                Some(
                    ethereum_address(address)
                        .is_some_and(|address| signer_of(message, &signature) == Some(address)),
                )
            }
            Self::Solana => {
                // Wallets give base58, and libraries hexadecimal digits.
                let bytes = bs58::decode(signature).into_vec().ok().filter(|bytes| bytes.len() == 64);
                let bytes = bytes.or_else(|| bytes_of_hex(signature).filter(|bytes| bytes.len() == 64))?;
                let key = UnparsedPublicKey::new(&ED25519, solana_key(address)?);
                Some(key.verify(message.as_bytes(), &bytes).is_ok())
            }
        }
    }
}

/// Returns the spelling under which a wallet is found. The case of an Ethereum address is only a checksum.
pub(crate) fn address_key(wallet_type: &str, address: &str) -> String {
    if wallet_type == WalletType::Ethereum.name() { address.to_lowercase() } else { address.to_owned() }
}

fn ethereum_address(text: &str) -> Option<[u8; 20]> {
    text.strip_prefix("0x").and_then(bytes_of_hex)?.try_into().ok()
}

fn solana_key(text: &str) -> Option<[u8; 32]> {
    bs58::decode(text).into_vec().ok()?.try_into().ok()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok()).collect()
}

/// Returns the address whose key has signed a message as EIP-191 says, as all wallets do.
fn signer_of(message: &str, signature: &[u8]) -> Option<[u8; 20]> {
    let (rest, last) = signature.split_at_checked(64)?;
    let &[recovery] = last else { return None };
    let recovery = RecoveryId::from_byte(if recovery >= 27 { recovery - 27 } else { recovery })?;
    let signed = format!("\x19Ethereum Signed Message:\n{}{message}", message.len());
    let hash = Keccak256::digest(signed);
    let key = VerifyingKey::recover_from_prehash(&hash, &Signature::from_slice(rest).ok()?, recovery).ok()?;
    Some(address_of(&key))
}

fn address_of(key: &VerifyingKey) -> [u8; 20] {
    let point = key.to_sec1_point(false);
    // Without the byte for the form of the point.
    let hash = Keccak256::digest(&point.as_bytes()[1..]);
    let mut address = [0; 20];
    address.copy_from_slice(&hash[12..]);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "0x14791697260E4c9A71f18484C9f997B308e59325";

    /// The signatures were made by the library ethers 6.
    #[test]
    fn known_signatures_have_their_signer() {
        let ethereum = WalletType::Ethereum;
        for (message, signature) in [
            (
                "Hello World",
                "0xe0ed34fbbe927a58267ce2e8067a611c69869e20e731bc99187a8bc97058664c\
                 16de07f7660f06ce0985d1d8e063726783033fda59b307897f26a21392d62b3a1c",
            ),
            (
                "Grüße, 世界",
                "0xb2f36ae18e8229db3d48f70bf43b431616d92273bbb83a5ae65fd90985cf587f\
                 240e9bdb12adbdf1b45e1b293b95e027a2d22ebd00de4a05132136234ee2444e1c",
            ),
        ] {
            assert_eq!(ethereum.verifies(ADDRESS, message, signature), Some(true), "{message}");
            assert_eq!(
                ethereum.verifies(&ADDRESS.to_lowercase(), message, signature),
                Some(true),
                "{message}"
            );
            assert_eq!(
                ethereum.verifies(ADDRESS, &format!("{message}!"), signature),
                Some(false),
                "{message}"
            );
            let other = ADDRESS.replace("25", "26");
            assert_eq!(ethereum.verifies(&other, message, signature), Some(false), "{message}");
        }
        for malformed in ["", "0x", "0xzz", "0xé", "0x1234"] {
            assert_ne!(ethereum.verifies(ADDRESS, "Hello World", malformed), Some(true), "{malformed}");
        }
    }

    #[test]
    fn addresses_have_a_form() {
        assert!(WalletType::Ethereum.is_address("0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1"));
        assert!(WalletType::Solana.is_address("Hh8QwFUA6MtVu1qAoq12ucvFHNwCcVTV7hpWjeY1Hztb"));
        for wrong in [
            "",
            "0x",
            "6df2dB4Fb3DA35d241901Bd53367770BF03123f1",
            "0x6df2dB4Fb3DA35d241901Bd53367770BF03123",
            "0Il",
        ] {
            assert!(
                !WalletType::Ethereum.is_address(wrong) && !WalletType::Solana.is_address(wrong),
                "{wrong}"
            );
        }
    }
}
