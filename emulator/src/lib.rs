//! stytch-emulator
