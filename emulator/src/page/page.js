// The page of the emulator. Once a second, it asks whether anything has changed, and fetches the lists if so.

import { capital, List, make } from "./elements.js";
import { fault, isFailure, message, organization, request, subject, user } from "./entries.js";

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

// ---- The lists -----------------------------------------------------------------------------------------------------

const lists = {
  users: new List($("users-list"), (user) => user.user_id, user),
  organizations: new List($("organizations-list"), (organization) => organization.organization_id, organization),
  messages: new List($("outbox-list"), (message) => message.key, (entry) => message(entry, copy)),
  requests: new List($("requests-list"), (request) => request.number, request),
  faults: new List($("faults-list"), (fault) => fault.key, fault),
};
let all = { users: { entries: [], total: 0 }, organizations: { entries: [], total: 0 }, messages: [], requests: [], faults: [] };
let revision;
let clock = { ahead: 0, standing: undefined };

const emulatorTime = () => clock.standing ?? new Date(Date.now() + clock.ahead);

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
