//! The error types that only the B2B API has.

use super::{ErrorType, Origin};

error_types! {
    Sdk {
        ORGANIZATION_NOT_FOUND = 404 "organization_not_found": "Organization could not be found.";
        MEMBER_NOT_FOUND = 404 "member_not_found": "Member could not be found.";
        INVALID_ORGANIZATION_NAME = 400 "invalid_organization_name": "`organization_name` has 1 to 128 characters.";
        INVALID_ORGANIZATION_SLUG = 400 "invalid_organization_slug": "`organization_slug` has 2 to 128 letters, digits and `-`, `.`, `_`, `~`.";
        ORGANIZATION_SLUG_ALREADY_USED = 400 "organization_slug_already_used": "Another organization has the given slug.";
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING = 400 "invalid_organization_auth_factor_setting": "A setting for who can join has another value.";
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_EMAIL_JIT_PROVISIONING = 400 "invalid_organization_auth_factor_setting_for_email_jit_provisioning": "`email_jit_provisioning` is RESTRICTED or NOT_ALLOWED.";
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_OAUTH_TENANT_JIT_PROVISIONING = 400 "invalid_organization_auth_factor_setting_for_oauth_tenant_jit_provisioning": "`oauth_tenant_jit_provisioning` is RESTRICTED or NOT_ALLOWED.";
        INVALID_ORGANIZATION_AUTH_METHOD_SETTINGS = 400 "invalid_organization_auth_method_settings": "`auth_methods` is ALL_ALLOWED or RESTRICTED.";
        INVALID_ORGANIZATION_ALLOWED_AUTH_METHODS = 400 "invalid_organization_allowed_auth_methods": "`allowed_auth_methods` has a method that does not exist.";
        ALLOWED_AUTH_METHODS_REQUIRED_FOR_RESTRICTED = 400 "allowed_auth_methods_required_for_restricted": "`auth_methods` can be RESTRICTED only with `allowed_auth_methods`.";
        INVALID_ORGANIZATION_MFA_POLICY = 400 "invalid_organization_mfa_policy": "`mfa_policy` is REQUIRED_FOR_ALL or OPTIONAL.";
        INVALID_ORGANIZATION_MFA_FACTOR_SETTING = 400 "invalid_organization_mfa_factor_setting": "`mfa_methods` is ALL_ALLOWED or RESTRICTED.";
        INVALID_ORGANIZATION_ALLOWED_MFA_METHODS = 400 "invalid_organization_allowed_mfa_methods": "`allowed_mfa_methods` has a method other than sms_otp and totp.";
        ALLOWED_MFA_METHODS_REQUIRED_FOR_RESTRICTED = 400 "allowed_mfa_methods_required_for_restricted": "`mfa_methods` can be RESTRICTED only with `allowed_mfa_methods`.";
        INVALID_RESTRICTED_EMAIL_SETTING = 400 "invalid_restricted_email_setting": "`email_invites` and `email_jit_provisioning` can be RESTRICTED only with `email_allowed_domains`.";
        INVALID_RESTRICTED_SSO_SETTING = 400 "invalid_restricted_sso_setting": "`sso_jit_provisioning` can be RESTRICTED only with `sso_jit_provisioning_allowed_connections`.";
        INVALID_RESTRICTED_OAUTH_TENANTS_SETTING = 400 "invalid_restricted_oauth_tenants_setting": "`oauth_tenant_jit_provisioning` can be RESTRICTED only with `allowed_oauth_tenants`.";
        ORGANIZATION_SETTINGS_INVALID_DOMAIN = 400 "organization_settings_invalid_domain": "A domain has a form such as example.com.";
        ORGANIZATION_SETTINGS_DUPLICATE_DOMAIN = 400 "organization_settings_duplicate_domain": "A domain is in the list twice.";
        ORGANIZATION_SETTINGS_DOMAIN_TOO_COMMON = 400 "organization_settings_domain_too_common": "The domain belongs to a provider of email, and not to one organization.";
        INVALID_RBAC_ROLE_ASSIGNMENT = 400 "invalid_rbac_role_assignment": "The policy has no such role.";
        CANNOT_ASSIGN_DEFAULT_RBAC_ROLE_ID = 400 "cannot_assign_default_rbac_role_id": "Every member has the role stytch_member, so it cannot be assigned.";
        EMPTY_RBAC_ROLE_ID = 400 "empty_rbac_role_id": "A role has a `role_id`.";
        RBAC_ROLE_DUPLICATE = 400 "rbac_role_duplicate": "Another role has the given `role_id`.";
        RBAC_PERMISSION_MISSING_ACTIONS = 400 "rbac_permission_missing_actions": "A permission has at least one action.";
        INVALID_PERMISSION_RESOURCE = 400 "invalid_permission_resource": "The project has no such resource.";
        INVALID_PERMISSION_ACTION = 400 "invalid_permission_action": "The resource has no such action.";
        INVALID_WILDCARD_ACTION = 400 "invalid_wildcard_action": "The action * stands for all actions, so a permission has no others beside it.";
        CANNOT_UPDATE_TRUSTED_METADATA = 400 "cannot_update_trusted_metadata": "`trusted_metadata` cannot be sent together with a member's session.";
        SESSION_AUTHORIZATION_TENANCY_ERROR = 403 "session_authorization_tenancy_error": "The session belongs to a member of another organization.";
        DUPLICATE_MEMBER_EMAIL = 400 "duplicate_member_email": "Another member of the organization has the given email address.";
        DUPLICATE_MEMBER_EXTERNAL_ID = 400 "duplicate_member_external_id": "Another member of the organization has the given external id.";
        DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER = 400 "duplicate_member_phone_number_for_member": "The member has another phone number. Delete it first.";
        RETIRED_MEMBER_EMAIL = 400 "retired_member_email": "Another member of the organization had the given email address before. Unlink it first.";
        RETIRED_EMAIL_MISSING_EMAIL_IDENTIFIERS = 400 "retired_email_missing_email_identifiers": "Send `email_id` or `email_address`.";
        INVALID_MEMBER_GET_FIELDS = 400 "invalid_member_get_fields": "Send either `member_id` or `email_address`.";
        MEMBER_PASSWORD_NOT_FOUND = 404 "member_password_not_found": "No member of the organization has this password.";
        MEMBER_PHONE_NUMBER_NOT_FOUND = 404 "member_phone_number_not_found": "The member has no phone number.";
        INVALID_MFA_DEFAULT_METHOD = 400 "invalid_mfa_default_method": "`default_mfa_method` is sms_otp or totp.";
        DEFAULT_MFA_MEMBER_MISSING_FACTOR = 400 "default_mfa_member_missing_factor": "The member has no such factor, so it cannot be the default.";
        NO_DELETED_MEMBER_FOUND_FOR_REACTIVATION = 404 "no_deleted_member_found_for_reactivation": "The organization has no deleted member with this id.";
        EMAIL_UNVERIFIED_FOR_REACTIVATION = 400 "email_unverified_for_reactivation": "A member whose email address is not verified cannot be reactivated.";
        REACTIVATION_EMAIL_BELONGS_TO_ANOTHER_MEMBER = 400 "reactivation_email_belongs_to_another_member": "Another member of the organization has the email address now.";
        MEMBER_RESET_PASSWORD = 400 "member_reset_password": "The password must be reset before it can be used again.";
        INTERMEDIATE_SESSION_NOT_FOUND = 404 "intermediate_session_not_found": "Intermediate session could not be found.";
        INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION = 400 "invalid_intermediate_session_token_for_organization": "The intermediate session belongs to somebody with another email address.";
        EMAIL_JIT_PROVISIONING_NOT_ALLOWED = 400 "email_jit_provisioning_not_allowed": "The organization has no such member, and `email_jit_provisioning` lets nobody join.";
        INVALID_EMAIL_FOR_JIT_PROVISIONING = 400 "invalid_email_for_jit_provisioning": "The organization has no such member, and `email_allowed_domains` does not have the domain of the address.";
        INVALID_EMAIL_FOR_INVITES = 400 "invalid_email_for_invites": "`email_invites` and `email_allowed_domains` do not let somebody with this address be invited.";
        INVALID_INVITE_REDIRECT_URL = 400 "invalid_invite_redirect_url": "`invite_redirect_url` is not an absolute URL.";
        INVALID_SIGNUP_REDIRECT_URL = 400 "invalid_signup_redirect_url": "`signup_redirect_url` is not an absolute URL.";
        INVALID_DISCOVERY_REDIRECT_URL = 400 "invalid_discovery_redirect_url": "`discovery_redirect_url` is not an absolute URL.";
        OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS = 400 "operation_restricted_by_organization_auth_methods": "`allowed_auth_methods` of the organization does not have this method.";
        OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS = 400 "operation_restricted_by_organization_mfa_methods": "`allowed_mfa_methods` of the organization does not have this method.";
        INSUFFICIENT_FACTORS = 400 "insufficient_factors": "The member has a second factor. Send a session in which it was used.";
        ACTION_AVAILABLE_ONLY_ONCE_PRIMARY_AUTHENTICATION_IS_MET = 400 "action_available_only_once_primary_authentication_is_met": "The intermediate session has no first factor that the organization accepts.";
        RECOVERY_CODES_NOT_FOUND = 404 "recovery_codes_not_found": "The member has no recovery codes, since they have no authenticator app.";
        ORGANIZATION_SEARCH_MISSING_FILTER_NAME = 400 "organization_search_missing_filter_name": "Each of `query.operands` needs a `filter_name`.";
        ORGANIZATION_SEARCH_MISSING_FILTER_VALUE = 400 "organization_search_missing_filter_value": "Each of `query.operands` needs a `filter_value`.";
        ORGANIZATION_SEARCH_FILTER_NAME_MUST_BE_STRING = 400 "organization_search_filter_name_must_be_string": "`filter_name` is a string.";
        ORGANIZATION_SEARCH_FILTER_NAME_NOT_RECOGNIZED = 400 "organization_search_filter_name_not_recognized": "`filter_name` is not the name of a filter for organizations.";
        ORGANIZATION_SEARCH_EXPECTED_ARRAY_OF_STRINGS = 400 "organization_search_expected_array_of_strings": "The `filter_value` of this filter is a list of strings.";
        ORGANIZATION_SEARCH_EXPECTED_STRING = 400 "organization_search_expected_string": "The `filter_value` of this filter is a string.";
        ORGANIZATION_SEARCH_ORGANIZATION_NAME_FUZZY_TOO_SHORT = 400 "organization_search_organization_name_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        ORGANIZATION_SEARCH_ORGANIZATION_SLUG_FUZZY_TOO_SHORT = 400 "organization_search_organization_slug_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        ORGANIZATION_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT = 400 "organization_search_member_email_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        ORGANIZATION_SEARCH_ALLOWED_DOMAIN_FUZZY_TOO_SHORT = 400 "organization_search_allowed_domain_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        MEMBER_SEARCH_MISSING_FILTER_NAME = 400 "member_search_missing_filter_name": "Each of `query.operands` needs a `filter_name`.";
        MEMBER_SEARCH_MISSING_FILTER_VALUE = 400 "member_search_missing_filter_value": "Each of `query.operands` needs a `filter_value`.";
        MEMBER_SEARCH_FILTER_NAME_MUST_BE_STRING = 400 "member_search_filter_name_must_be_string": "`filter_name` is a string.";
        MEMBER_SEARCH_FILTER_NAME_NOT_RECOGNIZED = 400 "member_search_filter_name_not_recognized": "`filter_name` is not the name of a filter for members.";
        MEMBER_SEARCH_EXPECTED_ARRAY_OF_STRINGS = 400 "member_search_expected_array_of_strings": "The `filter_value` of this filter is a list of strings.";
        MEMBER_SEARCH_EXPECTED_BOOLEAN = 400 "member_search_expected_boolean": "The `filter_value` of this filter is a boolean.";
        MEMBER_SEARCH_EXPECTED_STRING = 400 "member_search_expected_string": "The `filter_value` of this filter is a string.";
        MEMBER_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT = 400 "member_search_member_email_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        MEMBER_SEARCH_MEMBER_MFA_PHONE_NUMBER_FUZZY_TOO_SHORT = 400 "member_search_member_mfa_phone_number_fuzzy_too_short": "The value of a fuzzy filter has at least three characters.";
        MEMBER_SEARCH_ORGANIZATION_IDS_EMPTY = 400 "member_search_organization_ids_empty": "`organization_ids` names at least one organization.";
        SEARCH_INVALID_STATUS_FILTER = 400 "search_invalid_status_filter": "The status of a member is active, pending, invited or deleted.";
    }
    Own {
        DUPLICATE_ORGANIZATION_EXTERNAL_ID = 400 "duplicate_organization_external_id": "Another organization has the given external id.";
        ORGANIZATION_SEARCH_EXPECTED_BOOLEAN = 400 "organization_search_expected_boolean": "The `filter_value` of this filter is a boolean.";
    }
}
