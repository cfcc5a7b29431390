import type { Emulator, Options } from "./index.js";

/**
 * Starts an emulator before the tests of this file or suite, resets it before each test, and stops it at the end.
 *
 * Its address and credentials are available in every `before` hook.
 */
export function useEmulator(options?: Options): Emulator;
