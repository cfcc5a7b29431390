//! Logins with crypto wallets. The tests make the signatures in the same way as a wallet.

use std::time::Duration;

use k256::ecdsa::SigningKey;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha3::{Digest, Keccak256};
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, Reply, start, text};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("0x".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// An Ethereum wallet.
struct Ethereum(SigningKey);

impl Ethereum {
    fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).expect("a key"))
    }

    fn address(&self) -> String {
        let point = self.0.verifying_key().to_sec1_point(false);
        hex(&Keccak256::digest(&point.as_bytes()[1..])[12..])
    }

    /// Signs a message with `personal_sign`, which EIP-191 describes.
    fn sign(&self, message: &str) -> String {
        let signed = format!("\x19Ethereum Signed Message:\n{}{message}", message.len());
        let (signature, recovery) = self.0.sign_prehash_recoverable(&Keccak256::digest(signed));
        hex(&[&signature.to_bytes()[..], &[recovery.to_byte() + 27]].concat())
    }
}

async fn begin(peer: &Peer, body: Value) -> Reply {
    peer.post("/v1/crypto_wallets/authenticate/start", body).await
}

async fn authenticate(peer: &Peer, kind: &str, address: &str, signature: &str) -> Reply {
    let body = json!({
        "crypto_wallet_type": kind, "crypto_wallet_address": address, "signature": signature,
        "session_duration_minutes": 60,
    });
    peer.post("/v1/crypto_wallets/authenticate", body).await
}

#[tokio::test]
async fn the_owner_of_a_wallet_logs_in() {
    let peer = Peer::start().await;
    let wallet = Ethereum::new(7);
    let body = json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallet.address() });
    let started = begin(&peer, body.clone()).await.ok();
    assert_eq!(started["user_created"], true);
    let challenge = text(&started["challenge"]);
    let other = Ethereum::new(8).sign(&challenge);
    let rejected = authenticate(&peer, "ethereum", &wallet.address(), &other).await;
    rejected.rejected(401, "unable_to_authenticate_crypto_wallet");
    let rejected = authenticate(&peer, "ethereum", &wallet.address(), "0x1234z").await;
    rejected.rejected(400, "invalid_signature");

    let signature = wallet.sign(&challenge);
    let response = authenticate(&peer, "ethereum", &wallet.address(), &signature).await.ok();
    assert_eq!((&response["user_id"], &response["siwe_params"]), (&started["user_id"], &Value::Null));
    let shown = &response["user"]["crypto_wallets"][0];
    assert_eq!((&shown["verified"], &shown["crypto_wallet_type"]), (&json!(true), &json!("ethereum")));
    let factor = &response["session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("crypto"), &json!("crypto_wallet")));
    assert_eq!(factor["crypto_wallet_factor"]["crypto_wallet_id"], shown["crypto_wallet_id"]);
    let again = authenticate(&peer, "ethereum", &wallet.address(), &signature).await;
    again.rejected(401, "unable_to_authenticate_crypto_wallet");

    // Upper and lower case in an address are only a checksum, so this is the same address.
    let upper = wallet.address().to_uppercase().replace("0X", "0x");
    let body = json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": upper });
    let started = begin(&peer, body).await.ok();
    assert_eq!((&started["user_created"], &started["user_id"]), (&json!(false), &response["user_id"]));
}

#[tokio::test]
async fn a_solana_wallet_signs_with_ed25519() {
    let peer = Peer::start().await;
    let key = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).expect("a key");
    let address = bs58::encode(key.public_key().as_ref()).into_string();
    let body = json!({ "crypto_wallet_type": "solana", "crypto_wallet_address": address });
    for in_hex in [false, true] {
        let challenge = text(&begin(&peer, body.clone()).await.ok()["challenge"]);
        let bytes = key.sign(challenge.as_bytes());
        let signature = if in_hex { hex(bytes.as_ref()) } else { bs58::encode(bytes).into_string() };
        let wrong = bs58::encode(key.sign(b"something else")).into_string();
        let rejected = authenticate(&peer, "solana", &address, &wrong).await;
        rejected.rejected(401, "unable_to_authenticate_crypto_wallet");
        let response = authenticate(&peer, "solana", &address, &signature).await.ok();
        assert_eq!(response["user"]["crypto_wallets"][0]["crypto_wallet_address"], address);
    }
}

#[tokio::test]
async fn a_wallet_can_be_added_to_a_user() {
    let peer = Peer::start().await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let ada = peer.post("/v1/passwords", ada).await.ok();
    let wallet = Ethereum::new(7);
    let with = |selection: &Value| {
        json!({
            "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallet.address(), "session_token": selection,
        })
    };
    let started = begin(&peer, with(&ada["session_token"])).await.ok();
    assert_eq!((&started["user_id"], &started["user_created"]), (&ada["user_id"], &json!(false)));
    let path = format!("/v1/users/{}", text(&ada["user_id"]));
    assert_eq!(peer.get(&path).await.ok()["crypto_wallets"], json!([]));
    let signature = wallet.sign(&text(&started["challenge"]));
    let response = authenticate(&peer, "ethereum", &wallet.address(), &signature).await.ok();
    assert_eq!(
        (&response["user_id"], &response["user"]["emails"][0]["email"]),
        (&ada["user_id"], &json!("ada@example.com"))
    );

    let bob = json!({ "email": "bob@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let bob = peer.post("/v1/passwords", bob).await.ok();
    begin(&peer, with(&bob["session_token"])).await.rejected(400, "duplicate_wallet_address");
}

#[tokio::test]
async fn a_wallet_can_sign_a_message_of_sign_in_with_ethereum() {
    let peer = Peer::with(Emulator::builder().strict(true).start_at(start())).await;
    let wallet = Ethereum::new(7);
    let body = |siwe: Value| {
        json!({
            "crypto_wallet_type": "ethereum", "crypto_wallet_address": wallet.address(), "siwe_params": siwe,
        })
    };
    let siwe = json!({
        "domain": "example.com", "uri": "https://example.com/login", "statement": "Sign in", "chain_id": "5",
        "not_before": "2026-01-01T00:01:00Z", "message_request_id": "r", "resources": ["https://example.com/a"],
    });
    let started = begin(&peer, body(siwe)).await.ok();
    let challenge = text(&started["challenge"]);
    let beginning = format!(
        "example.com wants you to sign in with your Ethereum account:\n{}\n\nSign in\n\nURI: https://example.com/login\n\
         Version: 1\nChain ID: 5\nNonce: ",
        wallet.address()
    );
    assert!(challenge.starts_with(&beginning), "{challenge}");
    let end = "\nIssued At: 2026-01-01T00:00:00Z\nNot Before: 2026-01-01T00:01:00Z\nRequest ID: r\nResources:\n\
               - https://example.com/a";
    assert!(challenge.ends_with(end), "{challenge}");
    let signature = wallet.sign(&challenge);
    let early = authenticate(&peer, "ethereum", &wallet.address(), &signature).await;
    early.rejected(401, "siwe_message_not_valid_yet");
    peer.emulator.advance(Duration::from_secs(60));
    let response = authenticate(&peer, "ethereum", &wallet.address(), &signature).await.ok();
    let siwe = &response["siwe_params"];
    assert_eq!((&siwe["domain"], &siwe["chain_id"]), (&json!("example.com"), &json!("5")));
    assert_eq!(
        (&siwe["issued_at"], &siwe["resources"]),
        (&json!("2026-01-01T00:00:00Z"), &json!(["https://example.com/a"]))
    );

    let least = || json!({ "domain": "example.com", "uri": "https://example.com" });
    begin(&peer, body(least())).await.ok();
    for (name, value, error_type) in [
        ("domain", json!("a b"), "invalid_siwe_domain"),
        ("uri", json!("login"), "invalid_siwe_uri"),
        ("chain_id", json!("one"), "invalid_siwe_chain_id"),
        ("statement", json!("a\nb"), "invalid_siwe_statement"),
        ("resources", json!(["x y"]), "invalid_siwe_resource"),
        ("message_request_id", json!("a\nb"), "invalid_siwe_message_request_id"),
        ("issued_at", json!("now"), "bad_request"),
    ] {
        let mut siwe = least();
        siwe[name] = value;
        begin(&peer, body(siwe)).await.rejected(400, error_type);
    }
}

#[tokio::test]
async fn invalid_requests_have_specific_error_types() {
    let peer = Peer::start().await;
    let body =
        |kind: &str, address: &str| json!({ "crypto_wallet_type": kind, "crypto_wallet_address": address });
    begin(&peer, body("bitcoin", "1")).await.rejected(400, "invalid_wallet_type");
    begin(&peer, body("ethereum", "0x1")).await.rejected(400, "invalid_ethereum_address");
    begin(&peer, body("solana", "0x1")).await.rejected(400, "invalid_solana_address");
    let mut siwe = body("solana", "Hh8QwFUA6MtVu1qAoq12ucvFHNwCcVTV7hpWjeY1Hztb");
    siwe["siwe_params"] = json!({ "domain": "example.com", "uri": "https://example.com" });
    begin(&peer, siwe).await.rejected(400, "crypto_wallet_type_incompatible_with_siwe");
    let wallet = Ethereum::new(7);
    let never = authenticate(&peer, "ethereum", &wallet.address(), &wallet.sign("anything")).await;
    never.rejected(401, "unable_to_authenticate_crypto_wallet");
    let started = begin(&peer, body("ethereum", &wallet.address())).await.ok();
    let signature = wallet.sign(&text(&started["challenge"]));
    peer.emulator.advance(Duration::from_secs(300));
    let late = authenticate(&peer, "ethereum", &wallet.address(), &signature).await;
    late.rejected(401, "unable_to_authenticate_crypto_wallet");
}
