// A running emulator, and the methods that control it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { binary } from "./binary.js";

export { binary };

/** Starts an emulator on a free port. The options are those of `stytch-emulator --help`, in camel case. */
export async function startEmulator(options = {}) {
  const emulator = new Emulator(options);
  await emulator.start();
  return emulator;
}

export class Emulator {
  #options;
  #child;

  constructor(options = {}) {
    this.#options = options;
  }

  /** Starts the emulator. `startEmulator` does this. */
  async start() {
    const args = flags({ port: 0, ...this.#options, log: "json", untilStdinEnds: true });
    // The emulator must not use the credentials in the environment of the tests.
    const { STYTCH_PROJECT_ID, STYTCH_SECRET, ...env } = process.env;
    // When this program ends, also if it is killed, the pipe is closed, and the emulator stops.
    const program = binary();
    const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    let reason = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (reason += text));
    child.stdin.on("error", () => {});
    const lines = createInterface({ input: child.stdout });
    const line = await Promise.race([
      once(lines, "line").then(([line]) => line),
      once(child, "close").then(() => undefined),
    ]).catch((error) => {
      // An error of `spawn` itself, such as a file that cannot be run.
      throw new Error(`the emulator did not start: ${error.message}`);
    });
    if (line === undefined) throw new Error(`the emulator did not start: ${reason.trim()}`);
    // The rest of the output is not read. The emulator does not wait for a reader, and does not keep this program running.
    lines.close();
    child.unref();
    for (const stream of child.stdio) stream?.unref?.();
    const started = parsed(line);
    if (!started?.base_url) {
      child.kill();
      throw new Error(`${program} is not an emulator of this version: it printed ${JSON.stringify(line)}`);
    }
    this.baseUrl = started.base_url;
    this.projectId = started.project_id;
    // The emulator does not print a secret that it was given.
    this.secret = started.secret ?? this.#options.secret;
    if (this.secret === undefined) {
      await this.stop();
      throw new Error("the secret is in the file of `config`, so it is not known here: add the option `secret`");
    }
  }

  /** The environment variables that clients read. */
  get environment() {
    return { STYTCH_BASE_URL: this.baseUrl, STYTCH_PROJECT_ID: this.projectId, STYTCH_SECRET: this.secret };
  }

  async reset() {
    await this.#call("POST", "reset");
  }

  async addUsers(...users) {
    return (await this.#call("POST", "users", { users })).users;
  }

  async users(search) {
    return (await this.#call("GET", `users${query({ search })}`)).users;
  }

  async outbox(to) {
    return (await this.#call("GET", `outbox${query({ to })}`)).messages;
  }

  async clearOutbox() {
    await this.#call("DELETE", "outbox");
  }

  async requests() {
    return (await this.#call("GET", "requests")).requests;
  }

  async failNext(fault) {
    await this.#call("POST", "faults", { kind: "status", ...fault });
  }

  async faults() {
    return (await this.#call("GET", "faults")).faults;
  }

  async clearFaults() {
    await this.#call("DELETE", "faults");
  }

  async now() {
    return new Date((await this.#call("GET", "clock")).now);
  }

  async advance(seconds) {
    await this.#call("POST", "clock", { advance_seconds: seconds });
  }

  async setClock(now) {
    await this.#call("POST", "clock", { now: now.toISOString() });
  }

  async addBreachedPassword(password, email) {
    await this.#call("POST", "breaches", { password, ...(email && { email }) });
  }

  /** Stops the emulator, and waits until it has ended. */
  async stop() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = once(child, "exit");
    child.stdin.destroy();
    await ended;
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.baseUrl}/_emulator/${path}`, {
      method,
      headers: body && { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const result = await response.json();
    if (!response.ok) throw new Error(result.error_message);
    return result;
  }
}

/** Returns the JSON in a string, or `undefined`. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Turns `{ clockStart: "…", strict: true }` into `["--clock-start=…", "--strict"]`. */
function flags(options) {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replace(/[A-Z]/g, (character) => `-${character.toLowerCase()}`)}`;
    if (value === true) return [flag];
    return value === false || value === undefined || value === null ? [] : [`${flag}=${value}`];
  });
}

function query(pairs) {
  const given = Object.entries(pairs).filter(([, value]) => value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}
