//! Something that a user has proven: the known factors readable, the unknown ones kept.

use std::fmt;

use declapi::Timestamp;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::JsonObject;
use declapi::open_enum;
use declapi::response;

open_enum! {
    /// What kind of thing a user has proven.
    pub enum FactorType {
        /// A password.
        Password = "password",
        /// A link that was mailed or sent.
        MagicLink = "magic_link",
        /// A one-time passcode.
        Otp = "otp",
        /// A login with an identity provider.
        Oauth = "oauth",
        /// A hardware key or a passkey.
        Webauthn = "webauthn",
        /// An authenticator app.
        Totp = "totp",
        /// A crypto wallet.
        Crypto = "crypto",
    }
}

open_enum! {
    /// How a factor reached the user.
    pub enum DeliveryMethod {
        /// The user knows it.
        Knowledge = "knowledge",
        /// By mail.
        Email = "email",
        /// By SMS.
        Sms = "sms",
        /// By `WhatsApp`.
        Whatsapp = "whatsapp",
        /// By an authenticator app.
        AuthenticatorApp = "authenticator_app",
    }
}

/// Something that a user has proven, and when.
///
/// Beside the fields that every factor has, Stytch sends one object named for its method, such as
/// `email_factor`. There are over forty of them: those of addresses and numbers are typed, and the others are kept
/// in [`details`](Self::details).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Factor {
    /// What kind of thing was proven.
    pub factor_type: FactorType,
    /// How it reached the user.
    pub delivery_method: DeliveryMethod,
    /// When it was last proven.
    pub last_authenticated_at: Option<Timestamp>,
    /// When it was first proven.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// The address that it went to.
    pub email_factor: Option<EmailFactor>,
    /// The number that it went to.
    pub phone_number_factor: Option<PhoneFactor>,
    /// Every other field, as it came.
    pub details: JsonObject,
}

/// The address that a factor went to.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailFactor {
    /// The id of the address.
    pub email_id: String,
    /// The address.
    pub email_address: String,
}

/// The number that a factor went to.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhoneFactor {
    /// The id of the number.
    pub phone_id: String,
    /// The number, in E.164 form.
    pub phone_number: String,
}

/// Written by hand, because serde's `flatten` reads every factor twice, and logins are full of them.
impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FactorVisitor)
    }
}

struct FactorVisitor;

impl<'de> Visitor<'de> for FactorVisitor {
    type Value = Factor;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an authentication factor")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Factor, A::Error> {
        let mut factor = Factor::default();
        while let Some(field) = fields.next_key::<Name>()? {
            match field {
                Name::Type => factor.factor_type = fields.next_value::<Option<_>>()?.unwrap_or_default(),
                Name::DeliveryMethod => {
                    factor.delivery_method = fields.next_value::<Option<_>>()?.unwrap_or_default();
                }
                Name::LastAuthenticatedAt => factor.last_authenticated_at = fields.next_value::<Time>()?.0,
                Name::CreatedAt => factor.created_at = fields.next_value::<Time>()?.0,
                Name::UpdatedAt => factor.updated_at = fields.next_value::<Time>()?.0,
                Name::EmailFactor => factor.email_factor = fields.next_value()?,
                Name::PhoneNumberFactor => factor.phone_number_factor = fields.next_value()?,
                Name::Other(name) => drop(factor.details.insert(name, fields.next_value()?)),
            }
        }
        Ok(factor)
    }

    /// A null in the list says nothing, and is no reason to lose a login.
    fn visit_unit<E>(self) -> Result<Factor, E> {
        Ok(Factor::default())
    }
}

enum Name {
    Type,
    DeliveryMethod,
    LastAuthenticatedAt,
    CreatedAt,
    UpdatedAt,
    EmailFactor,
    PhoneNumberFactor,
    Other(String),
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(match name {
                    "type" => Name::Type,
                    "delivery_method" => Name::DeliveryMethod,
                    "last_authenticated_at" => Name::LastAuthenticatedAt,
                    "created_at" => Name::CreatedAt,
                    "updated_at" => Name::UpdatedAt,
                    "email_factor" => Name::EmailFactor,
                    "phone_number_factor" => Name::PhoneNumberFactor,
                    other => Name::Other(other.to_owned()),
                })
            }
        }

        deserializer.deserialize_identifier(NameVisitor)
    }
}

/// A time; `None` if the value is not one.
struct Time(Option<Timestamp>);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        declapi::if_readable(deserializer).map(Self)
    }
}

impl Serialize for Factor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;

        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("type", &self.factor_type)?;
        fields.serialize_entry("delivery_method", &self.delivery_method)?;
        let times = [
            ("last_authenticated_at", self.last_authenticated_at),
            ("created_at", self.created_at),
            ("updated_at", self.updated_at),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                fields.serialize_entry(name, &time)?;
            }
        }
        if let Some(email) = &self.email_factor {
            fields.serialize_entry("email_factor", email)?;
        }
        if let Some(phone) = &self.phone_number_factor {
            fields.serialize_entry("phone_number_factor", phone)?;
        }
        for (name, value) in &self.details {
            fields.serialize_entry(name, value)?;
        }
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_factors_are_readable_and_unknown_ones_kept() {
        let json = json!({
            "type": "magic_link", "delivery_method": "email", "created_at": "2026-11-22T10:00:00Z", "updated_at": "",
            "last_authenticated_at": null, "email_factor": {"email_id": "email-1", "email_address": "a@b.c"},
            "factor_of_the_future": {"x": [1, null]},
        });
        let factor: Factor = serde_json::from_value(json).unwrap();
        assert_eq!(factor.factor_type, FactorType::MagicLink);
        assert_eq!(factor.email_factor.as_ref().unwrap().email_address, "a@b.c");
        assert_eq!(factor.phone_number_factor, None);
        assert_eq!(factor.updated_at, None);
        assert_eq!(factor.details["factor_of_the_future"], json!({"x": [1, null]}));
        let again: Factor = serde_json::from_value(serde_json::to_value(&factor).unwrap()).unwrap();
        assert_eq!(again, factor);
    }

    #[test]
    fn nulls_are_no_obstacle() {
        let factors: Vec<Factor> = serde_json::from_value(json!([null, {"type": null}])).unwrap();
        assert_eq!(factors, [Factor::default(), Factor::default()]);
    }
}
