//! The types of authentication factors, and their delivery methods.

use declapi::open_enum;

open_enum! {
    /// The type of an authentication factor.
    pub enum FactorType {
        /// A link that was mailed or sent.
        MagicLink = "magic_link",
        /// A one-time passcode.
        Otp = "otp",
        /// A login with an identity provider.
        Oauth = "oauth",
        /// A hardware key or a passkey.
        Webauthn = "webauthn",
        /// A passcode of an authenticator app.
        Totp = "totp",
        /// A crypto wallet.
        Crypto = "crypto",
        /// A password.
        Password = "password",
        /// A signature, for example with biometrics on a phone.
        SignatureChallenge = "signature_challenge",
        /// Single sign-on with an organization's identity provider.
        Sso = "sso",
        /// A session of another system.
        Imported = "imported",
        /// A code for users who have lost their authenticator app.
        RecoveryCodes = "recovery_codes",
        /// A one-time passcode in a mail.
        EmailOtp = "email_otp",
        /// An administrator who acts as the user.
        Impersonated = "impersonated",
        /// A token of an issuer that the project trusts.
        TrustedAuthToken = "trusted_auth_token",
    }
}

open_enum! {
    /// The delivery method of a factor.
    pub enum DeliveryMethod {
        /// By mail.
        Email = "email",
        /// By SMS.
        Sms = "sms",
        /// By `WhatsApp`.
        Whatsapp = "whatsapp",
        /// By a link that the application sent itself.
        Embedded = "embedded",
        /// By Google.
        OauthGoogle = "oauth_google",
        /// By Microsoft.
        OauthMicrosoft = "oauth_microsoft",
        /// By Apple.
        OauthApple = "oauth_apple",
        /// By a hardware key or a passkey.
        WebauthnRegistration = "webauthn_registration",
        /// By an authenticator app.
        AuthenticatorApp = "authenticator_app",
        /// By `GitHub`.
        OauthGithub = "oauth_github",
        /// By a recovery code.
        RecoveryCode = "recovery_code",
        /// By Facebook.
        OauthFacebook = "oauth_facebook",
        /// By a crypto wallet.
        CryptoWallet = "crypto_wallet",
        /// By Amazon.
        OauthAmazon = "oauth_amazon",
        /// By Bitbucket.
        OauthBitbucket = "oauth_bitbucket",
        /// By Coinbase.
        OauthCoinbase = "oauth_coinbase",
        /// By Discord.
        OauthDiscord = "oauth_discord",
        /// By Figma.
        OauthFigma = "oauth_figma",
        /// By `GitLab`.
        OauthGitlab = "oauth_gitlab",
        /// By Instagram.
        OauthInstagram = "oauth_instagram",
        /// By `LinkedIn`.
        OauthLinkedin = "oauth_linkedin",
        /// By Shopify.
        OauthShopify = "oauth_shopify",
        /// By Slack.
        OauthSlack = "oauth_slack",
        /// By Snapchat.
        OauthSnapchat = "oauth_snapchat",
        /// By Spotify.
        OauthSpotify = "oauth_spotify",
        /// By Steam.
        OauthSteam = "oauth_steam",
        /// By `TikTok`.
        OauthTiktok = "oauth_tiktok",
        /// By Twitch.
        OauthTwitch = "oauth_twitch",
        /// By Twitter.
        OauthTwitter = "oauth_twitter",
        /// The user knows the factor.
        Knowledge = "knowledge",
        /// By biometrics.
        Biometric = "biometric",
        /// By SAML.
        SsoSaml = "sso_saml",
        /// By OIDC.
        SsoOidc = "sso_oidc",
        /// By Salesforce.
        OauthSalesforce = "oauth_salesforce",
        /// By Yahoo.
        OauthYahoo = "oauth_yahoo",
        /// By `HubSpot`.
        OauthHubspot = "oauth_hubspot",
        /// By a session of Auth0.
        ImportedAuth0 = "imported_auth0",
        /// By a token of Slack.
        OauthExchangeSlack = "oauth_exchange_slack",
        /// By a token of `HubSpot`.
        OauthExchangeHubspot = "oauth_exchange_hubspot",
        /// By a token of `GitHub`.
        OauthExchangeGithub = "oauth_exchange_github",
        /// By a token of Google.
        OauthExchangeGoogle = "oauth_exchange_google",
        /// By the impersonation of the user.
        Impersonation = "impersonation",
        /// By the access token of a connected app.
        OauthAccessTokenExchange = "oauth_access_token_exchange",
        /// By a token of an issuer that the project trusts.
        TrustedTokenExchange = "trusted_token_exchange",
    }
}
