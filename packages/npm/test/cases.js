// The tests of both helpers, with either test runner. They use the installed package under its name.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startEmulator } from "stytch-emulator";

const ADA = { email: "ada@example.com", password: "correct horse battery staple" };

async function post(emulator, path, body) {
  const credentials = Buffer.from(`${emulator.projectId}:${emulator.secret}`).toString("base64");
  const headers = { "content-type": "application/json", authorization: `Basic ${credentials}` };
  const response = await fetch(emulator.baseUrl + path, { method: "POST", headers, body: JSON.stringify(body) });
  return [response.status, await response.json()];
}

export const OPTIONS = { strict: true, clockStart: "2026-01-01T00:00:00Z" };

export function cases(test, emulator) {
  for (const time of ["first", "second"]) {
    test(`the ${time} test begins with an empty emulator`, async () => {
      assert.deepEqual(await emulator.users(), []);
      assert.equal((await emulator.now()).toISOString(), "2026-01-01T00:00:00.000Z");
      assert.equal((await post(emulator, "/v1/passwords", ADA))[0], 200);
      await emulator.advance(3600);
      await emulator.failNext({ kind: "drop" });
    });
  }

  test("the options have an effect", async () => {
    const [status, body] = await post(emulator, "/v1/passwords", { ...ADA, unknown: 1 });
    assert.deepEqual([status, body.error_type], [400, "bad_request"]);
  });

  test("every instruction", async () => {
    const [user] = await emulator.addUsers({ email: ADA.email, user_id: "user-test-ada", password: "any" });
    assert.equal(user.user_id, "user-test-ada");
    assert.deepEqual((await emulator.users("ADA@")).map((user) => user.user_id), ["user-test-ada"]);
    assert.equal((await post(emulator, "/v1/passwords/email/reset/start", { email: ADA.email }))[0], 200);
    const [email] = await emulator.outbox(ADA.email);
    assert.ok(email.link.includes(email.token));
    assert.deepEqual(await emulator.outbox("bob@example.com"), []);
    await emulator.clearOutbox();
    assert.deepEqual(await emulator.outbox(), []);

    await emulator.failNext({ status: 503, path: "/v1/passwords" });
    assert.deepEqual((await emulator.faults()).map((fault) => fault.status), [503]);
    await emulator.clearFaults();
    await emulator.failNext({ kind: "rate_limit", retry_after_seconds: 2 });
    assert.equal((await post(emulator, "/v1/passwords", ADA))[0], 429);
    const failed = (await emulator.requests()).at(-1);
    assert.deepEqual([failed.status, failed.error_type, failed.body.password], [429, "too_many_requests", "[redacted]"]);

    await emulator.setClock(new Date("2030-01-01T00:00:00Z"));
    await emulator.advance(60);
    assert.equal((await emulator.now()).toISOString(), "2030-01-01T00:01:00.000Z");
    const breached = { email: "bob@example.com", password: "a very long password indeed" };
    await emulator.addBreachedPassword(breached.password, breached.email);
    assert.equal((await post(emulator, "/v1/passwords", breached))[1].error_type, "breached_password");
  });

  test("mistakes say what is wrong", async () => {
    await assert.rejects(emulator.failNext({ path: "/v1/nothing" }), /`path` is wrong: no endpoint of the API/);
    await assert.rejects(startEmulator({ seed: "/no/such/file" }), /did not start: .*cannot read \/no\/such\/file/);
    await assert.rejects(startEmulator({ colour: "red" }), /did not start: .*unexpected argument '--colour/);
  });

  test("a secret in the configuration is needed as an option, too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const config = join(folder, "emulator.json");
    writeFileSync(config, '{"secret": "my own"}');
    await assert.rejects(startEmulator({ config }), /add the option `secret`/);
    const other = await startEmulator({ config, secret: "my own" });
    assert.equal((await post(other, "/v1/passwords", ADA))[0], 200);
    await other.stop();
    rmSync(folder, { recursive: true });
  });

  test("another program is not an emulator", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const program = join(folder, "other");
    process.env.STYTCH_EMULATOR_BINARY = program;
    try {
      await assert.rejects(startEmulator(), /did not start: .*ENOENT/);
      for (const version of ["1.0", "version 1"]) {
        writeFileSync(program, `#!/bin/sh\necho ${version}`, { mode: 0o755 });
        await assert.rejects(startEmulator(), /is not an emulator of this version: it printed/);
      }
    } finally {
      delete process.env.STYTCH_EMULATOR_BINARY;
      rmSync(folder, { recursive: true });
    }
  });

  test("two emulators have different ports", async () => {
    process.env.STYTCH_SECRET = "secret-live-of-somebody";
    const other = await startEmulator({ secret: "my own" }).finally(() => delete process.env.STYTCH_SECRET);
    assert.notEqual(other.baseUrl, emulator.baseUrl);
    assert.equal(other.environment.STYTCH_SECRET, "my own");
    assert.equal((await post(other, "/v1/passwords", ADA))[0], 200);
    assert.deepEqual(await emulator.users(), []);
    await other.stop();
    await assert.rejects(post(other, "/v1/passwords", ADA));
    await other.stop();
  });
}
