#!/usr/bin/env node
// `npx stytch-emulator` runs the program.

import { spawn } from "node:child_process";

import { binary } from "./binary.js";

let program;
try {
  program = binary();
} catch (error) {
  console.error(`stytch-emulator: ${error.message}`);
  process.exit(1);
}
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// The terminal sends Ctrl-C to both, and the program ends by itself.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("error", (error) => {
  console.error(`stytch-emulator: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => (signal ? process.exit(1) : process.exit(code)));
