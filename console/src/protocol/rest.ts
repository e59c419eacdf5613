import * as v from "valibot";
import { eventSchema, operatorPresenceSchema, STATES } from "@/protocol/frames";

const nullishText = v.nullish(v.string());

const operatorSchema = v.object({
  id: v.string(),
  name: v.nullish(v.string(), ""),
  login: nullishText,
  role: v.fallback(v.picklist(["operator", "supervisor", "trainer", "admin"]), "operator"),
  languages: v.nullish(v.array(v.string())),
  skills: v.nullish(v.array(v.string())),
  capacity: v.nullish(v.number()),
});
/** The operator who is signed in. */
export type Operator = v.InferOutput<typeof operatorSchema>;

const sessionSchema = v.object({ operator: operatorSchema });
const ticketSchema = v.object({ ticket: v.string() });
const settingsSchema = v.object({
  desk_url: nullishText,
  dispositions: v.nullish(v.array(v.string()), []),
  skills: v.nullish(v.array(v.string()), []),
  languages: v.nullish(v.array(v.string()), []),
  version: nullishText,
});
/** What the installation offers. */
export type Settings = v.InferOutput<typeof settingsSchema>;

const summarySchema = v.object({
  conversation: v.string(),
  channel: v.nullish(v.string(), "web"),
  subscriber: v.nullish(v.object({ id: nullishText, name: nullishText, number: nullishText })),
  language: nullishText,
  state: v.fallback(v.nullish(v.picklist(STATES)), "closed"),
  reason: nullishText,
  operator: v.fallback(
    v.nullish(
      v.union([
        v.object({ id: nullishText, name: nullishText }),
        v.pipe(
          v.string(),
          v.transform((name) => ({ id: undefined, name })),
        ),
      ]),
    ),
    null,
  ),
  opened_at: nullishText,
  closed_at: nullishText,
  disposition: nullishText,
  score: v.nullish(v.number()),
  preview: nullishText,
  summary: nullishText,
  intent: nullishText,
});
/** A conversation in the list of past ones. */
export type ConversationSummary = v.InferOutput<typeof summarySchema>;

const listSchema = v.object({
  conversations: v.array(summarySchema),
  next: v.nullish(v.union([v.string(), v.pipe(v.number(), v.transform(String))])),
});
export type ConversationPage = v.InferOutput<typeof listSchema>;

const recordSchema = v.object({ conversation: summarySchema, events: v.array(eventSchema) });
export type ConversationRecord = v.InferOutput<typeof recordSchema>;

const operatorsSchema = v.object({ operators: v.array(operatorPresenceSchema) });

/**
 * RestError
 *  - Unreachable        no answer, or one that cannot be read
 *  - Unauthorized       nobody is signed in, or the sign-in was refused
 *  - Throttled          too many tries; `retryAfterSeconds` says when to come again
 *  - Refused            any other refusal, with its `status`
 */
export class RestError extends Error {
  override name = "RestError";
}
export class Unreachable extends RestError {
  override name = "Unreachable";
}
export class Unauthorized extends RestError {
  override name = "Unauthorized";
}
export class Throttled extends RestError {
  override name = "Throttled";
  constructor(readonly retryAfterSeconds: number) {
    super(`come again in ${retryAfterSeconds} s`);
  }
}
export class Refused extends RestError {
  override name = "Refused";
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

const DEFAULT_RETRY_SECONDS = 30;

function refusal(response: Response): RestError {
  if (response.status === 401) return new Unauthorized("not signed in");
  if (response.status === 429) {
    const seconds = Number(response.headers.get("Retry-After"));
    return new Throttled(seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_SECONDS);
  }
  if (response.status >= 500) return new Unreachable(`the server answered ${response.status}`);
  return new Refused(response.status);
}

export interface PastQuery {
  query?: string | undefined;
  subscriber?: string | undefined;
  before?: string | null | undefined;
  limit?: number | undefined;
}

/** The console's REST, on the origin the page came from. */
export class Rest {
  /** How far the server's clock is ahead of this one, as the last answer told. */
  clockOffsetMs = 0;

  constructor(private readonly origin = "") {}

  async session(): Promise<Operator> {
    return (await this.#get("/api/session", sessionSchema)).operator;
  }

  async signIn(login: string, password: string): Promise<Operator> {
    const body = JSON.stringify({ login, password });
    const headers = { "Content-Type": "application/json" };
    const response = await this.#fetch("/api/session", { method: "POST", body, headers });
    return (await this.#read(response, sessionSchema)).operator;
  }

  async signOut(): Promise<void> {
    await this.#fetch("/api/session", { method: "DELETE" });
  }

  async ticket(): Promise<string> {
    return (await this.#get("/api/ticket", ticketSchema)).ticket;
  }

  settings(): Promise<Settings> {
    return this.#get("/api/settings", settingsSchema);
  }

  async operators() {
    return (await this.#get("/api/operators", operatorsSchema)).operators;
  }

  past(query: PastQuery): Promise<ConversationPage> {
    const parameters = new URLSearchParams({ state: "closed", limit: String(query.limit ?? 50) });
    if (query.query) parameters.set("query", query.query);
    if (query.subscriber) parameters.set("subscriber", query.subscriber);
    if (query.before) parameters.set("before", query.before);
    return this.#get(`/api/conversations?${parameters}`, listSchema);
  }

  conversation(id: string): Promise<ConversationRecord> {
    return this.#get(`/api/conversations/${encodeURIComponent(id)}`, recordSchema);
  }

  async #get<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
    return this.#read(await this.#fetch(path, {}), schema);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.origin + path, { credentials: "same-origin", ...init });
    } catch (cause) {
      throw new Unreachable("no answer", { cause });
    }
    this.#noticeClock(response);
    if (!response.ok) throw refusal(response);
    return response;
  }

  async #read<S extends v.GenericSchema>(response: Response, schema: S): Promise<v.InferOutput<S>> {
    try {
      return v.parse(schema, await response.json());
    } catch (cause) {
      throw new Unreachable("an answer that cannot be read", { cause });
    }
  }

  #noticeClock(response: Response): void {
    const told = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(told)) return;
    const offset = told - Date.now();
    // The header counts whole seconds: a smaller difference says nothing.
    this.clockOffsetMs = Math.abs(offset) > 2000 ? offset : 0;
  }
}
