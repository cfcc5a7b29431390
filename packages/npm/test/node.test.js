import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { useEmulator } from "stytch-emulator/node";

import { OPTIONS, cases } from "./cases.js";

cases(test, useEmulator(OPTIONS));

test("an emulator does not keep a program alive, and ends with it", { skip: process.platform !== "linux" }, () => {
  const script = `import { startEmulator } from "stytch-emulator";
    const emulator = await startEmulator();
    console.log(emulator.baseUrl);`;
  const program = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 60_000 });
  assert.equal(program.status, 0, program.stderr);
  assert.match(program.stdout, /^http:/);
});
