//! The OAuth providers, and the accounts at them.

use serde::{Deserialize, Serialize};

/// A provider: its name in paths, its name in responses, and the field of a factor.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) name: &'static str,
    pub(crate) spelling: &'static str,
    pub(crate) factor: &'static str,
}

const fn provider(name: &'static str, spelling: &'static str, factor: &'static str) -> Provider {
    Provider { name, spelling, factor }
}

static PROVIDERS: [Provider; 24] = [
    provider("amazon", "Amazon", "amazon_oauth_factor"),
    provider("apple", "Apple", "apple_oauth_factor"),
    provider("bitbucket", "Bitbucket", "bitbucket_oauth_factor"),
    provider("coinbase", "Coinbase", "coinbase_oauth_factor"),
    provider("discord", "Discord", "discord_oauth_factor"),
    provider("facebook", "Facebook", "facebook_oauth_factor"),
    provider("figma", "Figma", "figma_oauth_factor"),
    provider("github", "Github", "github_oauth_factor"),
    provider("gitlab", "GitLab", "git_lab_oauth_factor"),
    provider("google", "Google", "google_oauth_factor"),
    provider("hubspot", "Hubspot", "hubspot_oauth_factor"),
    provider("instagram", "Instagram", "instagram_oauth_factor"),
    provider("linkedin", "LinkedIn", "linked_in_oauth_factor"),
    provider("microsoft", "Microsoft", "microsoft_oauth_factor"),
    provider("salesforce", "Salesforce", "salesforce_oauth_factor"),
    provider("shopify", "Shopify", "shopify_oauth_factor"),
    provider("slack", "Slack", "slack_oauth_factor"),
    provider("snapchat", "Snapchat", "snapchat_oauth_factor"),
    provider("spotify", "Spotify", "spotify_oauth_factor"),
    provider("steam", "Steam", "steam_oauth_factor"),
    provider("tiktok", "TikTok", "tik_tok_oauth_factor"),
    provider("twitch", "Twitch", "twitch_oauth_factor"),
    provider("twitter", "Twitter", "twitter_oauth_factor"),
    provider("yahoo", "Yahoo", "yahoo_oauth_factor"),
];

impl Provider {
    /// Returns the provider of this name, such as `google`.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PROVIDERS.iter().find(|provider| provider.name == name)
    }
}

/// A login at a provider, stored under its token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Login {
    /// The name of the provider.
    pub(crate) provider: String,
    pub(crate) provider_subject: String,
    pub(crate) oauth_user_registration_id: String,
    pub(crate) email_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) code_challenge: Option<String>,
}
