// Runs before `npm pack`. Builds the program for this platform if it is missing. A release copies the programs of all
// platforms to `binaries` before.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { platform } from "./binary.js";

const name = process.platform === "win32" ? "stytch-emulator.exe" : "stytch-emulator";
const path = fileURLToPath(new URL(`binaries/${platform}/${name}`, import.meta.url));
if (!existsSync(path)) {
  const script = fileURLToPath(new URL("../static.sh", import.meta.url));
  // Beside the package that npm prints.
  const built = spawnSync("bash", [script, path], { stdio: ["ignore", 2, 2] });
  if (built.error) console.error(`the program cannot be built with bash: ${built.error.message}`);
  process.exit(built.status ?? 1);
}
