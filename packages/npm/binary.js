// The path of the program.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The name of this platform's folder in `binaries`. */
export const platform = `${process.platform}-${process.arch}`;

/** Returns the path of the program: `STYTCH_EMULATOR_BINARY`, or the one in this package. */
export function binary() {
  if (process.env.STYTCH_EMULATOR_BINARY) return process.env.STYTCH_EMULATOR_BINARY;
  const name = process.platform === "win32" ? "stytch-emulator.exe" : "stytch-emulator";
  const path = fileURLToPath(new URL(`binaries/${platform}/${name}`, import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(
    `this package has no stytch-emulator for ${platform}; ` +
      "build it with `cargo install stytch-emulator`, and set STYTCH_EMULATOR_BINARY to its path",
  );
}
