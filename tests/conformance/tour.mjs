// Runs the tour with Stytch's Node SDK. Prints a line of JSON for every step; see README.md.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The SDK is installed outside the repository.
const require = createRequire(`${process.env.STYTCH_CONFORMANCE_DIR}/`);
const stytch = require("stytch");

// Methods whose names differ from the wire names.
const NAMES = {
  get_jwks: "getJWKS",
  delete_mfa_phone_number: "deleteMFAPhoneNumber",
  delete_totp: "deleteTOTP",
  delete_oauth_registration: "deleteOAuthRegistration",
  delete_webauthn_registration: "deleteWebAuthnRegistration",
  update_by_url: "updateByURL",
};

/** The arguments of a step, with `{"$saved": name}` replaced by what an earlier step saved. */
function resolve(value, saved) {
  if (Array.isArray(value)) return value.map((item) => resolve(item, saved));
  if (value === null || typeof value !== "object") return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "$saved") return saved[value.$saved];
  if (keys.length === 1 && keys[0] === "$totp") return totp(saved[value.$totp]);
  return Object.fromEntries(keys.map((key) => [key, resolve(value[key], saved)]));
}

/** The code that an authenticator app shows at the time of the emulator: RFC 6238. */
function totp(secret) {
  const bits = [...secret].map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Number(process.env.TOUR_TIME) / 30)));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(step).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Returns the value at a path such as `user.emails.0.email_id`, where -1 is the last element; null if it does not exist. */
function at(response, path) {
  const step = (inner, key) => (Array.isArray(inner) ? inner.at(Number(key)) : inner?.[key]);
  return path.split(".").reduce(step, response) ?? null;
}

/** Asks the emulator itself. */
async function control(baseUrl, step, saved) {
  const body = step.body && JSON.stringify(resolve(step.body, saved));
  const response = await fetch(`${baseUrl}/_emulator/${step.control}`, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json" },
    body,
  });
  if (!response.ok) throw new Error(`${step.control}: ${response.status}`);
  return response.json();
}

async function call(client, step, saved) {
  const path = step.call.split(".").map((name) => NAMES[name] ?? name.replace(/_([a-z])/g, (_, c) => c.toUpperCase()));
  const method = path.pop();
  const owner = path.reduce((inner, name) => inner[name], client);
  const options = step.authorization ? [{ authorization: resolve(step.authorization, saved) }] : [];
  return owner[method](resolve(step.arguments, saved), ...options);
}

const tour = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { STYTCH_BASE_URL: baseUrl, STYTCH_PROJECT_ID: project_id, STYTCH_SECRET: usual } = process.env;
console.warn = () => {}; // about the base URL, which is not Stytch's
const saved = {};
for (const step of tour.steps) {
  const line = { step: step.id, status: 200, error_type: null, values: {}, saved: {} };
  try {
    const Client = tour.client === "b2b" ? stytch.B2BClient : stytch.Client;
    const client = new Client({ project_id, secret: step.secret ?? usual, env: baseUrl });
    const response = step.control ? await control(baseUrl, step, saved) : await call(client, step, saved);
    for (const [name, path] of Object.entries(step.save ?? {})) saved[name] = line.saved[name] = at(response, path);
    for (const path of Object.keys(step.expect.values ?? {})) line.values[path] = at(response, path);
  } catch (error) {
    if (!(error instanceof stytch.StytchError)) throw error;
    line.status = error.status_code;
    line.error_type = error.error_type;
  }
  console.log(JSON.stringify(line));
}
