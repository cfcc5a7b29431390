// The helper for node's own test runner.

import { after, before, beforeEach } from "node:test";

import { Emulator } from "./index.js";

export function useEmulator(options) {
  const emulator = new Emulator(options);
  before(() => emulator.start());
  beforeEach(() => emulator.reset());
  after(() => emulator.stop());
  return emulator;
}
