/** Options of the emulator: those of `stytch-emulator --help`, in camel case. */
export interface Options {
  /** A free one by default. */
  port?: number;
  host?: string;
  projectId?: string;
  secret?: string;
  /** The path of a file with users. */
  seed?: string;
  stateFile?: string;
  strict?: boolean;
  deterministic?: number;
  /** Stops the clock at this time, such as `2026-01-01T00:00:00Z`. */
  clockStart?: string;
  policy?: "zxcvbn" | "luds";
  config?: string;
  [option: string]: string | number | boolean | undefined;
}

/** A message that Stytch would have sent. */
export interface Message {
  channel: string;
  kind: string;
  to: string;
  user_id: string;
  link: string | null;
  token: string | null;
  code: string | null;
  sent_at: string;
  expires_at: string;
  [field: string]: unknown;
}

/** A request that arrived, without passwords and tokens. */
export interface RecordedRequest {
  number: number;
  method: string;
  path: string;
  outcome: "pending" | "responded" | "cut_short" | "dropped" | "abandoned";
  status: number | null;
  error_type: string | null;
  milliseconds: number | null;
  body: Record<string, unknown> | null;
  response: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** A fault of the next request. */
export interface Fault {
  /** `status` by default. */
  kind?: "status" | "rate_limit" | "latency" | "drop" | "cut_short" | "raw";
  status?: number;
  retry_after_seconds?: number;
  delay_ms?: number;
  /** Any path by default. */
  path?: string;
  times?: number;
  once_handled?: boolean;
  content_type?: string;
  body?: string;
}

/** A user as Stytch's API returns it, or one in the format of a seed. */
export type User = Record<string, any>;

/** A running emulator. It stops with `stop()`, and when this program ends. */
export class Emulator {
  constructor(options?: Options);
  /** Such as `http://127.0.0.1:49152`, without a slash at the end. */
  readonly baseUrl: string;
  readonly projectId: string;
  readonly secret: string;
  /** The environment variables that clients read. */
  readonly environment: Record<"STYTCH_BASE_URL" | "STYTCH_PROJECT_ID" | "STYTCH_SECRET", string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Deletes everything except the seed, and resets the clock. */
  reset(): Promise<void>;
  /** Adds users in the format of a seed, all or none, and returns them. */
  addUsers(...users: User[]): Promise<User[]>;
  /** Returns the users with their sessions, oldest first. */
  users(search?: string): Promise<User[]>;
  /** Returns the messages that Stytch would have sent, oldest first. */
  outbox(to?: string): Promise<Message[]>;
  /** Removes the messages. Their links and codes stay valid. */
  clearOutbox(): Promise<void>;
  /** Returns the requests that arrived, oldest first. */
  requests(): Promise<RecordedRequest[]>;
  failNext(fault: Fault): Promise<void>;
  /** Returns the faults that have not happened yet, oldest first. */
  faults(): Promise<Fault[]>;
  clearFaults(): Promise<void>;
  /** Returns the time of the emulator's clock. */
  now(): Promise<Date>;
  /** Moves the clock forward. Sessions and tokens expire. */
  advance(seconds: number): Promise<void>;
  setClock(now: Date): Promise<void>;
  addBreachedPassword(password: string, email?: string): Promise<void>;
}

/** Starts an emulator on a free port. */
export function startEmulator(options?: Options): Promise<Emulator>;
/** Returns the path of the program. */
export function binary(): string;
