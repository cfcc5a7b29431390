// The helper for vitest.

import { afterAll, beforeAll, beforeEach } from "vitest";

import { Emulator } from "./index.js";

export function useEmulator(options) {
  const emulator = new Emulator(options);
  beforeAll(() => emulator.start());
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.stop());
  return emulator;
}
