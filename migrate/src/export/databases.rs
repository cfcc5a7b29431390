//! User tables of frameworks, exported as CSV or JSON: Django, WordPress, Rails with Devise, Laravel, Supabase.

use time::{Duration, OffsetDateTime};

use super::{Fields, User};

/// `manage.py dumpdata auth.user`, or the table `auth_user`.
pub(super) fn django(record: &mut Fields, user: &mut User) {
    let Some(mut fields) = record.inside("fields") else {
        user.set("external_id", record.string("id"));
        return table_of_django(record, user);
    };
    user.set("external_id", record.string("pk"));
    table_of_django(&mut fields, user);
    record.drop(&["model"]);
    record.put_back("fields", fields);
}

fn table_of_django(fields: &mut Fields, user: &mut User) {
    user.set("email", fields.string("email"));
    user.password(fields.string("password"));
    user.name(fields.string("first_name"), fields.string("last_name"));
    if fields.boolean("is_active") == Some(false) {
        user.disabled("is_active");
    }
}

/// The table `wp_users`, or `wp user list`.
pub(super) fn wordpress(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("ID"));
    user.set("email", record.string("user_email"));
    match record.string("user_pass") {
        // WordPress before 2.5, and imports from other systems.
        Some(digest) if digest.len() == 32 && !digest.contains('$') => {
            user.hash(Ok(super::hash::salted("md_5", &digest, "", "")));
        }
        hash => user.password(hash),
    }
    // In a network of sites.
    for field in ["spam", "deleted"] {
        if record.boolean(field) == Some(true) {
            user.disabled(field);
        }
    }
    let names = (record.string("first_name"), record.string("last_name"));
    let display_name = record.string("display_name");
    match names {
        (None, None) => user.full_name(display_name),
        (first, last) => user.name(first, last),
    }
}

/// The table of a model with `devise :database_authenticatable`.
pub(super) fn devise(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    user.set("email", record.string("email"));
    user.password(record.string("encrypted_password"));
    user.set("set_email_verified", record.happened("confirmed_at"));
    user.name(record.string("first_name"), record.string("last_name"));
    soft_deleted(record, user);
    record.drop(&["reset_password_token", "confirmation_token", "unlock_token", "remember_created_at"]);
}

/// The table `users` of Laravel's starter kits.
pub(super) fn laravel(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    user.set("email", record.string("email"));
    user.password(record.string("password"));
    user.set("set_email_verified", record.happened("email_verified_at"));
    user.full_name(record.string("name"));
    soft_deleted(record, user);
    record.drop(&["remember_token"]);
}

/// The table `auth.users` of Supabase, which has the format of `GoTrue`.
pub(super) fn supabase(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    user.set("email", record.string("email"));
    user.password(record.string("encrypted_password"));
    user.set("set_email_verified", record.happened("email_confirmed_at"));
    // GoTrue stores numbers without the plus sign.
    let phone = record.string("phone").map(|digits| format!("+{}", digits.trim_start_matches('+')));
    let has_phone = phone.is_some();
    user.set("phone_number", phone);
    let is_confirmed = record.happened("phone_confirmed_at").filter(|_| has_phone);
    user.set("set_phone_number_verified", is_confirmed);
    user.metadata("trusted_metadata", record.object("raw_app_meta_data"));
    user.metadata("untrusted_metadata", record.object("raw_user_meta_data"));
    if record.date("banned_until").is_some_and(|until| !is_past(&until)) {
        user.disabled("banned_until");
    }
    soft_deleted(record, user);
    // Fields of the session or of the service. `confirmed_at` is computed from the two others.
    record.drop(&["instance_id", "aud", "role", "confirmed_at", "is_sso_user", "is_anonymous"]);
    record.drop(&["confirmation_token", "recovery_token", "reauthentication_token"]);
    record.drop(&["email_change_token_new", "email_change_token_current", "phone_change_token"]);
    record.drop(&["email_change_confirm_status", "is_super_admin"]);
}

/// A user who is marked as deleted stays in the table, and cannot log in.
fn soft_deleted(record: &mut Fields, user: &mut User) {
    if record.date("deleted_at").is_some() {
        user.disabled("deleted_at");
    }
}

/// Whether a date is past in every time zone.
fn is_past(date: &str) -> bool {
    let yesterday = (OffsetDateTime::now_utc() - Duration::days(1)).date().to_string();
    date.get(..10).is_some_and(|date| date.contains('-') && date < yesterday.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_before_yesterday_are_past() {
        assert!(is_past("2024-02-29 10:00:00+00"));
        assert!(!is_past("2999-01-01") && !is_past("1714557600"));
    }
}
