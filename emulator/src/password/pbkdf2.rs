//! Hashes of PBKDF2 with HMAC-SHA-256 or HMAC-SHA-512.

use serde::{Deserialize, Serialize};
use sha2::{Sha256, Sha512};

use super::{blob::Blob, cost::MAX_PBKDF_2_WORK};
use crate::{
    api_error::{
        ApiError, INVALID_PBKDF_2_ALGORITHM, INVALID_PBKDF_2_HASH, INVALID_PBKDF_2_ITERATION_AMOUNT,
        INVALID_PBKDF_2_SALT, PBKDF_2_KEY_LENGTH_MISMATCH,
    },
    parameter::Parameters,
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Hash {
    algorithm: Algorithm,
    iterations: u32,
    salt: Blob,
    output: Blob,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Algorithm {
    Sha256,
    Sha512,
}

pub(super) fn import(text: &str, config: &Parameters) -> Result<Hash, ApiError> {
    let not_empty = |blob: &Blob| blob.len() > 0;
    let output = Blob::from_base64(text).filter(not_empty).ok_or(&INVALID_PBKDF_2_HASH)?;
    let salt = Blob::from_base64(config.required("salt")?).filter(not_empty).ok_or(&INVALID_PBKDF_2_SALT)?;
    if config.integer("key_length") != i64::try_from(output.len()).ok() {
        return Err((&PBKDF_2_KEY_LENGTH_MISMATCH).into());
    }
    let algorithm = match config.string("algorithm").unwrap_or("sha256") {
        "sha256" => Algorithm::Sha256,
        "sha512" => Algorithm::Sha512,
        _ => return Err((&INVALID_PBKDF_2_ALGORITHM).into()),
    };
    let iterations = config.integer("iteration_amount").and_then(|amount| u32::try_from(amount).ok());
    let most = MAX_PBKDF_2_WORK / algorithm.blocks(output.len()).max(1);
    if let Some(iterations) = iterations.filter(|iterations| (1..=most).contains(&u64::from(*iterations))) {
        Ok(Hash { algorithm, iterations, salt, output })
    } else {
        let message =
            format!("{} This emulator accepts 1 to {most}.", INVALID_PBKDF_2_ITERATION_AMOUNT.message);
        Err(ApiError::new(&INVALID_PBKDF_2_ITERATION_AMOUNT, message))
    }
}

impl Algorithm {
    fn blocks(self, output_bytes: usize) -> u64 {
        let block = match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        };
        output_bytes.div_ceil(block) as u64
    }
}

impl Hash {
    pub(super) fn verify(&self, password: &str) -> bool {
        let derive = match self.algorithm {
            Algorithm::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
            Algorithm::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>,
        };
        let mut output = vec![0; self.output.len()];
        derive(password.as_bytes(), &self.salt.0, self.iterations, &mut output);
        self.output.equals(&output)
    }
}
