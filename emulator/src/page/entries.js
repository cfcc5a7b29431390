// The entries of the lists: users, organizations, messages, requests and faults.

import { badge, capital, facts, id, isEmpty, json, make, part, time, words } from "./elements.js";

// ---- Users ---------------------------------------------------------------------------------------------------------

/** The lists of a user's factors, and what to call each factor. */
const FACTORS = {
  emails: (factor) => factor.email,
  phone_numbers: (factor) => factor.phone_number,
  providers: (factor) => factor.provider_type,
  webauthn_registrations: (factor) => factor.domain,
  biometric_registrations: (factor) => factor.biometric_registration_id,
  totps: (factor) => factor.totp_id,
  crypto_wallets: (factor) => factor.crypto_wallet_address,
};

export function user(user) {
  const name = [user.name?.first_name, user.name?.middle_name, user.name?.last_name].filter(Boolean).join(" ");
  const address = user.emails?.[0]?.email ?? user.phone_numbers?.[0]?.phone_number ?? user.user_id;
  const factors = Object.entries(FACTORS).flatMap(([list, label]) =>
    (user[list] ?? []).map((factor) =>
      make("li", {}, badge(capital(words(list).replace(/s$/, ""))), make("span", { class: "id" }, label(factor) ?? ""),
        factor.verified === true && badge("verified", "good"), factor.verified === false && badge("not verified", "warn"))));
  if (user.password) {
    factors.push(make("li", {}, badge("Password"), user.password.requires_reset ? badge("must be reset", "bad") : "set"));
  }
  return make("details", {},
    make("summary", {},
      make("span", { class: "who" }, address), name && make("span", { class: "quiet" }, name),
      user.status !== "active" && badge(user.status, "warn"), user.is_locked && badge("locked", "bad"),
      user.password?.requires_reset && badge("must reset the password", "bad"),
      make("span", { class: "end" }, number(user.sessions.length, "session"))),
    make("div", { class: "more" },
      facts([["User id", id(user.user_id)], ["Created", time(user.created_at)], ["External id", user.external_id && id(user.external_id)],
        ["Roles", user.roles?.join(", ")]]),
      part("Factors", factors.length ? make("ul", { class: "rows" }, factors) : "none"),
      metadata(user), sessions(user)));
}

/** Returns a number of things in words: `1 session`. */
const number = (count, what) => `${count} ${count === 1 ? what : `${what}s`}`;

const metadata = (owner) => ["trusted_metadata", "untrusted_metadata"].map((list) =>
  !isEmpty(owner[list]) && part(capital(words(list)), json(owner[list])));

const sessions = (owner) =>
  owner.sessions.length > 0 && part("Sessions", make("ul", { class: "rows" }, owner.sessions.map(session)));

function session(session) {
  const methods = session.authentication_factors.map((factor) => badge(words(factor.type), "accent"));
  return make("li", {}, id(session.session_id ?? session.member_session_id), methods, make("span", { class: "quiet" }, "expires ", time(session.expires_at)),
    !isEmpty(session.custom_claims) && json(session.custom_claims));
}

// ---- Organizations -------------------------------------------------------------------------------------------------

export function organization(organization) {
  const { members, member_count: total } = organization;
  return make("details", {},
    make("summary", {},
      make("span", { class: "who" }, organization.organization_name), id(organization.organization_slug),
      make("span", { class: "end" }, number(total, "member"))),
    make("div", { class: "more" },
      facts([["Organization id", id(organization.organization_id)], ["Created", time(organization.created_at)],
        ["External id", organization.organization_external_id && id(organization.organization_external_id)],
        ["Roles", organization.custom_roles.map((role) => role.role_id).join(", ")],
        ["SSO connections", organization.sso_active_connections.map((connection) => connection.display_name).join(", ")],
        ["SCIM connection", organization.scim_active_connection?.display_name]]),
      metadata(organization),
      part(total > members.length ? `Members, the latest ${members.length}` : "Members",
        total > 0 ? make("ul", { class: "list members" }, members.map((each) => make("li", {}, member(each)))) : "none")));
}

function member(member) {
  const factors = [
    member.member_password_id && ["Password"],
    member.mfa_phone_number && ["Phone number", member.mfa_phone_number, member.mfa_phone_number_verified],
    member.totp_registration_id && ["Authenticator app", member.totp_registration_id],
    ...member.sso_registrations.map((registration) => ["SSO", registration.external_id]),
  ].filter(Boolean).map(([kind, label, verified]) => make("li", {}, badge(kind), label ? id(label) : "set",
    verified === true && badge("verified", "good"), verified === false && badge("not verified", "warn")));
  return make("details", {},
    make("summary", {},
      make("span", { class: "who" }, member.email_address), member.name && make("span", { class: "quiet" }, member.name),
      member.status !== "active" && badge(member.status, member.status === "deleted" ? "bad" : "warn"),
      member.is_admin && badge("admin", "accent"),
      make("span", { class: "end" }, number(member.sessions.length, "session"))),
    make("div", { class: "more" },
      facts([["Member id", id(member.member_id)], ["Created", time(member.created_at)],
        ["External id", member.external_id && id(member.external_id)],
        ["Address", member.email_address_verified ? "verified" : "not verified"],
        ["Roles", member.roles.map((role) => role.role_id).join(", ")],
        ["Second factor", member.mfa_enrolled && "required"]]),
      part("Factors", factors.length ? make("ul", { class: "rows" }, factors) : "none"),
      metadata(member), sessions(member)));
}

// ---- Outbox --------------------------------------------------------------------------------------------------------

const CHANNELS = { email: "Email", sms: "Text message", whatsapp: "WhatsApp" };

export const subject = (message) => capital(words(message.kind ?? "reset_password"));

/** Shows a message. `copy` copies a string, and says its name. */
export function message(message, copy) {
  const isLink = /^https?:\/\//.test(message.link ?? "");
  return make("article", { class: "message" },
    make("p", {}, badge(CHANNELS[message.channel] ?? "Email", "accent"), make("strong", {}, subject(message)),
      make("span", { class: "end" }, time(message.sent_at))),
    make("p", {}, make("span", { class: "quiet" }, "to"), make("span", { class: "id" }, message.to),
      message.expired ? badge("expired", "bad") : make("span", { class: "quiet" }, "until ", time(message.expires_at))),
    message.code && make("p", {}, make("span", { class: "code" }, message.code),
      make("button", { type: "button", click: () => copy(message.code, "The code") }, "Copy the code")),
    message.link && make("p", { class: "link" }, message.link),
    message.link && make("p", {},
      // A link with the scheme of an app is shown, and not opened.
      isLink && make("a", { class: "open", href: message.link, target: "_blank", rel: "noopener noreferrer" }, "Open the link"),
      make("button", { type: "button", click: () => copy(message.link, "The link") }, "Copy the link"),
      message.token && make("button", { type: "button", click: () => copy(message.token, "The token") }, "Copy the token")));
}

// ---- Requests ------------------------------------------------------------------------------------------------------

export const isFailure = (request) => (request.status ?? (request.outcome === "pending" ? 0 : 599)) >= 400 || request.outcome === "cut_short";

export function request(request) {
  const status = request.status ?? words(request.outcome);
  const kind = request.outcome === "pending" ? "" : !isFailure(request) ? "good" : request.status < 500 && request.outcome === "responded" ? "warn" : "bad";
  return make("details", {},
    make("summary", {},
      badge(String(status), `status ${kind}`),
      make("span", { class: "path" }, `${request.method} ${request.path}`),
      request.error_type && badge(request.error_type, kind), request.outcome === "cut_short" && badge("cut short", "bad"),
      make("span", { class: "end" }, request.milliseconds !== null && `${request.milliseconds} ms · `, time(request.received_at))),
    make("div", { class: "more" },
      request.response?.error_message && make("p", {}, request.response.error_message),
      request.query && part("Query", make("pre", { tabindex: "0" }, request.query)),
      part(`Request body, ${request.body_bytes} bytes`, isEmpty(request.body) ? "no JSON object, or an empty one" : json(request.body)),
      request.response && part("Response body", json(request.response)),
      part("Request headers", make("pre", { tabindex: "0" }, request.headers.map(([name, value]) => `${name}: ${value}\n`)))));
}

// ---- Faults --------------------------------------------------------------------------------------------------------

export function fault(fault) {
  const what = fault.status ? `${fault.kind} ${fault.status}` : fault.kind;
  return [badge(words(what), "bad"), make("span", { class: "id" }, fault.path ?? "any path"),
    make("span", { class: "quiet" }, `${fault.times} ×`, fault.delay_ms ? `, ${fault.delay_ms} ms` : "", fault.once_handled ? ", carried out" : "")];
}
