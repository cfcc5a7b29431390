import { test } from "vitest";

import { useEmulator } from "stytch-emulator/vitest";

import { OPTIONS, cases } from "./cases.js";

cases(test, useEmulator(OPTIONS));
