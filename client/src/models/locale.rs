//! The languages of messages that Stytch sends to users.

use declapi::open_enum;

open_enum! {
    /// The language of a mail.
    pub enum Locale {
        /// English.
        En = "en",
        /// Spanish.
        Es = "es",
        /// Brazilian Portuguese.
        PtBr = "pt-br",
        /// French.
        Fr = "fr",
    }
}

open_enum! {
    /// The language of an SMS or a `WhatsApp` message.
    pub enum MessageLocale {
        /// English.
        En = "en",
        /// Spanish.
        Es = "es",
        /// Brazilian Portuguese.
        PtBr = "pt-br",
        /// French.
        Fr = "fr",
        /// Italian.
        It = "it",
        /// German.
        De = "de-DE",
        /// Simplified Chinese.
        ZhHans = "zh-Hans",
        /// Catalan.
        Ca = "ca-ES",
        /// Japanese.
        Ja = "ja",
        /// Russian.
        Ru = "ru",
        /// Dutch.
        Nl = "nl",
        /// Polish.
        Pl = "pl",
        /// Turkish.
        Tr = "tr",
        /// Persian.
        Fa = "fa",
        /// Vietnamese.
        Vi = "vi",
        /// Czech.
        Cs = "cs",
    }
}
