// The page of the emulator. Once a second, it asks whether anything has changed, and fetches the lists if so. It shows
// data as text, never as markup: users, links and requests are untrusted input.

const SHOWN = 200;
const PAUSE_MS = 1000;
const TOAST_MS = 6000;

const $ = (id) => document.getElementById(id);

// ---- The emulator --------------------------------------------------------------------------------------------------

/** Calls the emulator, and returns its response. Throws an error with the message of an API error. */
async function call(method, path, body) {
  const response = await fetch(`/_emulator/${path}`, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const result = await response.json();
  if (!response.ok) throw new Error(result.error_message);
  return result;
}

// ---- Building the page ---------------------------------------------------------------------------------------------

/** Makes an element. Children are elements, strings, or nothing. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return element;
}

const badge = (text, kind = "") => make("span", { class: `badge ${kind}` }, text);

/** A time of the emulator or of the system, short, with the whole of it as its title. */
function time(text) {
  const date = new Date(text);
  const isToday = date.toDateString() === new Date().toDateString();
  const shown = isToday ? date.toLocaleTimeString() : date.toLocaleString();
  return make("time", { datetime: text, title: text }, shown);
}

/** JSON with its parts in colour. */
function json(value) {
  const pre = make("pre", { tabindex: "0" });
  const text = JSON.stringify(value, null, 2);
  const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;
  let end = 0;
  for (const part of text.matchAll(parts)) {
    pre.append(text.slice(end, part.index));
    const [whole, string, colon] = part;
    const kind = colon ? "key" : string === '"[redacted]"' ? "redacted" : string ? "string" : "other";
    pre.append(make("span", { class: kind }, string ?? whole), colon ?? "");
    end = part.index + whole.length;
  }
  pre.append(text.slice(end));
  return pre;
}

function facts(pairs) {
  const rows = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

const id = (text) => make("span", { class: "id" }, text);
const part = (title, ...content) => make("div", {}, make("h3", {}, title), ...content);
const isEmpty = (value) => !value || (typeof value === "object" && Object.keys(value).length === 0);
const words = (name) => name.replaceAll("_", " ");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Keeps a list in step with its entries. An entry that has not changed keeps its element, and with it the focus. */
class List {
  constructor(element, key, render) {
    Object.assign(this, { element, key, render, shown: new Map(), isFirst: true });
  }

  update(entries) {
    const before = this.shown;
    this.shown = new Map();
    let next = this.element.firstElementChild;
    for (const entry of entries) {
      const key = this.key(entry);
      const text = JSON.stringify(entry);
      let row = before.get(key);
      before.delete(key);
      if (!row || row.text !== text) {
        const element = this.replace(row?.element, entry);
        if (row && next === row.element) next = element;
        row = { text, element };
      }
      this.shown.set(key, row);
      if (row.element === next) next = next.nextElementSibling;
      else this.element.insertBefore(row.element, next);
    }
    before.forEach((row) => row.element.remove());
    this.isFirst = false;
  }

  /** Renders an entry again. Open parts stay open, and the focus stays in its place. */
  replace(old, entry) {
    const element = make("li", { class: !old && !this.isFirst && "new" }, this.render(entry));
    if (!old) return element;
    const before = old.querySelectorAll("details");
    element.querySelectorAll("details").forEach((part, at) => (part.open = before[at]?.open ?? false));
    const stops = "a, button, summary, pre";
    const focused = [...old.querySelectorAll(stops)].indexOf(document.activeElement);
    old.replaceWith(element);
    if (focused >= 0) [...element.querySelectorAll(stops)][focused]?.focus();
    return element;
  }
}

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

function user(user) {
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

function organization(organization) {
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

const subject = (message) => capital(words(message.kind ?? "reset_password"));

function message(message) {
  const isLink = /^https?:\/\//.test(message.link ?? "");
  const isExpired = new Date(message.expires_at) <= emulatorTime();
  return make("article", { class: "message" },
    make("p", {}, badge(CHANNELS[message.channel] ?? "Email", "accent"), make("strong", {}, subject(message)),
      make("span", { class: "end" }, time(message.sent_at))),
    make("p", {}, make("span", { class: "quiet" }, "to"), make("span", { class: "id" }, message.to),
      isExpired ? badge("expired", "bad") : make("span", { class: "quiet" }, "until ", time(message.expires_at))),
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

const isFailure = (request) => (request.status ?? (request.outcome === "pending" ? 0 : 599)) >= 400 || request.outcome === "cut_short";

function request(request) {
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

// ---- The lists -----------------------------------------------------------------------------------------------------

const lists = {
  users: new List($("users-list"), (user) => user.user_id, user),
  organizations: new List($("organizations-list"), (organization) => organization.organization_id, organization),
  messages: new List($("outbox-list"), (message) => message.key, message),
  requests: new List($("requests-list"), (request) => request.number, request),
  faults: new List($("faults-list"), (fault) => fault.key, fault),
};
let all = { users: { entries: [], total: 0 }, organizations: { entries: [], total: 0 }, messages: [], requests: [], faults: [] };
let revision;
let clock = { ahead: 0, standing: undefined };

const emulatorTime = () => clock.standing ?? new Date(Date.now() + clock.ahead);

function fault(fault) {
  const what = fault.status ? `${fault.kind} ${fault.status}` : fault.kind;
  return [badge(words(what), "bad"), make("span", { class: "id" }, fault.path ?? "any path"),
    make("span", { class: "quiet" }, `${fault.times} ×`, fault.delay_ms ? `, ${fault.delay_ms} ms` : "", fault.once_handled ? ", carried out" : "")];
}

/** Gives entries without a unique name a name that stays the same. */
function numbered(entries, text) {
  const seen = new Map();
  return entries.map((entry) => {
    const name = text(entry);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return { ...entry, key: `${name} ${seen.get(name)}` };
  });
}

/** Returns the text of a search field. */
const searched = (field) => $(field).value.trim();

/** Fetches the latest entries that contain the text of a search field, newest first, and their total number. */
async function found(list, field) {
  const search = searched(field);
  const result = await call("GET", `${list}?limit=${SHOWN}${search && `&search=${encodeURIComponent(search)}`}`);
  return { entries: result[list].reverse(), total: result.total };
}

async function fetchLists() {
  const [users, organizations, outbox, requests, faults, breaches] = await Promise.all([
    found("users", "search"),
    found("organizations", "search-organizations"),
    call("GET", `outbox?limit=${SHOWN}`),
    call("GET", `requests?limit=${SHOWN}`),
    call("GET", "faults"),
    call("GET", "breaches"),
  ]);
  const messages = numbered(outbox.messages, (message) => JSON.stringify(message)).reverse();
  announce(messages);
  all = {
    users, organizations, messages, requests: requests.requests.reverse(),
    faults: numbered(faults.faults, (fault) => JSON.stringify(fault)),
  };
  const { passwords, passwords_with_email: pairs } = breaches;
  $("breach-count").textContent = `It has ${passwords} ${passwords === 1 ? "password" : "passwords"}${pairs ? `, and ${pairs} for one address` : ""}.`;
}

/** Says what has arrived to those who do not see it. */
function announce(messages) {
  if (lists.messages.isFirst) return;
  const fresh = messages.filter((message) => !lists.messages.shown.has(message.key));
  if (fresh.length === 1) toast(`${subject(fresh[0])} for ${fresh[0].to}${fresh[0].code ? `: ${fresh[0].code}` : ""}`);
  else if (fresh.length > 1) toast(`${fresh.length} new messages`);
}

function show() {
  const onlyErrors = $("errors-only").checked;
  const requests = onlyErrors ? all.requests.filter(isFailure) : all.requests;
  const expired = (message) => ({ ...message, expired: new Date(message.expires_at) <= emulatorTime() });
  const { users, organizations } = all;
  lists.users.update(users.entries);
  lists.organizations.update(organizations.entries);
  lists.messages.update(all.messages.map(expired));
  lists.requests.update(requests);
  lists.faults.update(all.faults);
  count("users", users.entries.length, users.total);
  count("organizations", organizations.entries.length, organizations.total);
  // Users of the consumer API have no organizations.
  $("organizations").hidden = organizations.total === 0 && !searched("search-organizations");
  count("outbox", all.messages.length);
  count("requests", requests.length);
  count("fault", all.faults.length);
  $("fault-count").hidden = all.faults.length === 0;
  $("faults-empty").hidden = all.faults.length > 0;
  for (const [name, entries] of [["outbox", all.messages], ["requests", all.requests], ["faults", all.faults]]) {
    $(`clear-${name}`).hidden = entries.length === 0;
  }
  empty("users", users.total === 0, searched("search") ? [make("p", {}, "No user has this in an address, a name or an id.")] : firstSteps());
  empty("organizations", organizations.total === 0, [make("p", {}, "No organization or member has this in a name, an address or an id.")]);
  empty("outbox", all.messages.length === 0);
  empty("requests", requests.length === 0, [make("p", {}, onlyErrors && all.requests.length > 0 ? "No request has failed." : "No request has arrived."),
    make("p", { class: "quiet" }, "Requests to the API appear here with their status, without passwords and tokens.")]);
  const paths = [...new Set(all.requests.map((request) => request.path))].sort();
  $("fault-paths").replaceChildren(...paths.map((path) => make("option", { value: path })));
}

function firstSteps() {
  return [make("p", {}, "There are no users yet."),
    make("p", { class: "quiet" }, "Add one, or connect a client and let it sign somebody up."),
    make("pre", { tabindex: "0" }, $("environment").textContent)];
}

function count(name, shown, total = shown) {
  $(`${name}-count`).textContent = total > shown ? `${shown} of ${total}` : shown === SHOWN ? `latest ${SHOWN}` : String(shown);
}

function empty(name, isShown, content) {
  const element = $(`${name}-empty`);
  if (content && isShown && element.hidden !== false) element.replaceChildren(...content);
  else if (content && isShown && element.textContent !== content.map((line) => line.textContent).join("")) element.replaceChildren(...content);
  element.hidden = !isShown;
}

function showHealth(health, shownClock) {
  $("project").textContent = health.project_id;
  $("version").textContent = `v${health.version}`;
  const secret = health.secret === null ? "" : `\nSTYTCH_SECRET=${health.secret}`;
  $("environment").textContent = `STYTCH_BASE_URL=${location.origin}\nSTYTCH_PROJECT_ID=${health.project_id}${secret}`;
  $("secret-note").hidden = health.secret !== null;
  const now = new Date(shownClock.now);
  clock = shownClock.stands_still ? { standing: now } : { ahead: Math.abs(now - Date.now()) < 2000 ? 0 : now - Date.now() };
}

function tick() {
  const now = emulatorTime();
  $("clock").textContent = Number.isNaN(now.getTime()) ? "…" : `${now.toISOString().slice(0, 19).replace("T", " ")}`;
  $("clock-note").textContent = clock.standing ? "UTC, stands still" : clock.ahead ? "UTC, moved" : "UTC";
}

// ---- Staying up to date --------------------------------------------------------------------------------------------

function live(state, text) {
  // Set only when it changes: a screen reader reads it each time.
  if ($("live").dataset.state === state) return;
  $("live").dataset.state = state;
  $("live").textContent = text;
}

let running;

/** Fetches what has changed; with `force`, also if nothing has. One at a time. */
function refresh(force = false) {
  running = (running ?? Promise.resolve()).then(async () => {
    try {
      const health = await call("GET", "health");
      if (force || health.revision !== revision) {
        showHealth(health, await call("GET", "clock"));
        await fetchLists();
        show();
        revision = health.revision;
      } else if (all.messages.some((message) => new Date(message.expires_at) <= emulatorTime())) {
        show();
      }
      live("live", "Live");
    } catch (error) {
      // `fetch` throws a `TypeError` if there is no response. Other errors are bugs of this page.
      if (!(error instanceof TypeError)) console.error(error);
      revision = undefined;
      live("lost", "Not reachable: is the emulator running?");
    }
  });
  return running;
}

async function follow() {
  // A hidden page does not send requests.
  if (!document.hidden) await refresh();
  setTimeout(follow, PAUSE_MS);
}

// ---- Actions -------------------------------------------------------------------------------------------------------

let toastTimer;

function toast(text) {
  // Content outside of an open dialog is hard to see, and screen readers do not read it.
  (document.querySelector("dialog[open]") ?? document.body).append($("toast"));
  $("toast").textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => ($("toast").textContent = ""), TOAST_MS);
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} is copied.`);
  } catch {
    // Browsers allow the clipboard only under the name localhost.
    window.prompt(`${what}, to copy:`, text);
  }
}

/** Does something, shows what came of it, and what has changed. Returns whether it worked. */
async function act(action, done, alert) {
  try {
    await action();
    if (alert) alert.hidden = true;
    if (done) toast(done);
    return true;
  } catch (error) {
    if (alert) {
      alert.textContent = error.message;
      alert.hidden = false;
    } else {
      toast(error.message);
    }
    return false;
  } finally {
    await refresh(true);
  }
}

/** Sends a dialog's form with what `body` makes of its fields. */
function form(name, done, send, stays = false) {
  const element = $(`form-${name}`);
  const alert = element.querySelector("[role=alert]");
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const worked = await act(() => send(fields(element)), undefined, alert);
    if (!worked) return;
    element.reset();
    element.dispatchEvent(new Event("change"));
    if (!stays) element.closest("dialog").close();
    toast(done);
  });
}

/** The fields of a form that are not empty. */
function fields(element) {
  const values = {};
  for (const [name, value] of new FormData(element)) {
    const input = element.elements[name];
    if (value === "" || input.closest("[hidden]")) continue;
    values[name] = input.type === "number" ? Number(value) : input.type === "checkbox" ? true : value;
  }
  return values;
}

function newUser({ first_name, last_name, roles, trusted_metadata, ...user }) {
  if (first_name || last_name) user.name = { first_name, last_name };
  if (roles) user.roles = roles.split(",").map((role) => role.trim()).filter(Boolean);
  if (trusted_metadata) {
    try {
      user.trusted_metadata = JSON.parse(trusted_metadata);
    } catch {
      throw new Error("The metadata is not JSON: write an object such as {\"plan\": \"pro\"}.");
    }
  }
  return call("POST", "users", { users: [user] }).catch((error) => {
    // The message of the emulator is about a list, and the form has one user.
    throw new Error(capital(error.message.replace("`users[0].", "`").replace("`users[0]`", "the user")));
  });
}

form("user", "The user is added.", newUser);
form("fault", "The fault is pending.", (fault) => call("POST", "faults", fault), true);
form("breach", "The password is on the list.", (entry) => call("POST", "breaches", entry), true);
form("reset", "The emulator is as it was at its start.", () => call("POST", "reset"));
form("clock", "The clock is set.", ({ now }) => call("POST", "clock", { now: now.length === 16 ? `${now}:00Z` : `${now}Z` }));

for (const button of document.querySelectorAll("[data-advance]")) {
  const alert = $("form-clock").querySelector("[role=alert]");
  const seconds = Number(button.dataset.advance);
  button.addEventListener("click", async () => {
    await act(() => call("POST", "clock", { advance_seconds: seconds }), `The clock is moved: ${button.textContent}.`, alert);
    prepareClock();
  });
}

function prepareClock() {
  $("clock-now").value = emulatorTime().toISOString().slice(0, 19);
}

function prepareFault() {
  const kind = $("fault-kind").value;
  for (const field of $("form-fault").querySelectorAll("[data-for]")) {
    field.hidden = !field.dataset.for.split(" ").includes(kind);
  }
  $("fault-delay").required = kind === "latency";
}

$("form-fault").addEventListener("change", prepareFault);
prepareFault();

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => {
    const dialog = $(button.dataset.opens);
    dialog.querySelectorAll("[role=alert]").forEach((alert) => (alert.hidden = true));
    prepareClock();
    dialog.showModal();
  });
}
for (const button of document.querySelectorAll("[data-closes]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}

$("copy-environment").addEventListener("click", () => copy($("environment").textContent, "The environment"));
$("clear-outbox").addEventListener("click", () => act(() => call("DELETE", "outbox"), "The outbox is empty."));
$("clear-requests").addEventListener("click", () => act(() => call("DELETE", "requests"), "The requests are cleared."));
$("clear-faults").addEventListener("click", () => act(() => call("DELETE", "faults"), "No fault is pending."));
$("restore-breaches").addEventListener("click", () => act(() => call("DELETE", "breaches"), "The breach list is as it was at the start."));
$("errors-only").addEventListener("change", show);
let searchTimer;
for (const field of ["search", "search-organizations"]) {
  $(field).addEventListener("input", () => {
    clearTimeout(searchTimer);
    searchTimer = setTimeout(() => refresh(true), 150);
  });
}
document.addEventListener("visibilitychange", () => !document.hidden && refresh());

setInterval(tick, 250);
follow().then(tick);
