import { type Problem, problem, type Route } from '#contract/http';
import { monitoringRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';

/** One reading as `POST /api/v1/readings` takes it; `observedAt` is epoch ms. */
export interface Row {
  readonly point: string;
  readonly observedAt: number;
  readonly value: number;
}

/** What became of rows that were posted. */
export interface Posted {
  readonly accepted: number;
  readonly refused: number;
  /** The server's sentence for the first refused row. */
  readonly firstRefusal: string | undefined;
}

export interface ClientOptions {
  /** Root of the server, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** How long an unreachable or busy (503) server is waited for; `Infinity` waits for ever. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
}

/** The server refused: its status, its stable code, its Chinese sentence. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, { code, detail }: Pick<Problem, 'code' | 'detail'>) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

type Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
};

export const ROWS_PER_POST = 2000;
const BUSY: ReadonlySet<number> = new Set([502, 503, 504]);
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;
const TIMEOUT_MS = 30_000;
const WRITER_TOKEN_MS = 24 * 3_600_000;

/**
 * Calls the server by the contract's route table, as any outside program would. Registers as a person; writes readings
 * with a gateway token that it issues to itself, for no person may write readings.
 */
export class PuanClient {
  readonly #options: ClientOptions;
  #token: string | undefined;
  #writer: string | undefined;

  constructor(options: ClientOptions, token?: string) {
    this.#options = options;
    this.#token = token;
  }

  async signIn(username: string, password: string): Promise<void> {
    const session = await this.call(platformRoutes.signIn, { body: { username, password } });
    this.#token = session.token;
  }

  /** Throws {@link RefusedError}, or the network's error once patience has run out. */
  async call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    route: Route<P, Q, B, R>,
    asked: Asked<P, Q, B> = {},
  ): Promise<z.output<R>> {
    const path = fillPath(route.path, asked.params) + queryText(asked.query);
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
    const reply = await this.#send(path, { method: route.method, body, token: this.#token });
    return route.reply.parse(reply);
  }

  /** Every item of a paged list. */
  async all<Item>(
    page: (after: string | undefined) => Promise<{ items: Item[]; next: string | null }>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let after: string | undefined;
    do {
      const part = await page(after);
      items.push(...part.items);
      after = part.next ?? undefined;
    } while (after !== undefined);
    return items;
  }

  /** Posts rows in batches; resolves when the server has committed them. */
  async postReadings(rows: readonly Row[]): Promise<Posted> {
    let accepted = 0;
    let refused = 0;
    let firstRefusal: string | undefined;
    for (let at = 0; at < rows.length; at += ROWS_PER_POST) {
      const reply = await this.#post(JSON.stringify(rows.slice(at, at + ROWS_PER_POST)));
      accepted += reply.accepted;
      refused += reply.rejected.length;
      firstRefusal ??= reply.rejected[0]?.message;
    }
    return { accepted, refused, firstRefusal };
  }

  async #post(body: string): Promise<z.output<typeof monitoringRoutes.postReadings.reply>> {
    const { path, reply } = monitoringRoutes.postReadings;
    for (let fresh = false; ; fresh = true) {
      this.#writer ??= await this.#issueWriter();
      try {
        return reply.parse(await this.#send(path, { method: 'POST', body, token: this.#writer }));
      } catch (error) {
        const expired = error instanceof RefusedError && error.status === 401;
        if (!expired || fresh) throw error;
        this.#writer = undefined;
      }
    }
  }

  async #issueWriter(): Promise<string> {
    const expiresAt = Date.now() + WRITER_TOKEN_MS;
    const body = { name: '模拟器写入', kind: 'gateway' as const, expiresAt };
    return (await this.call(platformRoutes.issueToken, { body })).token;
  }

  async #send(path: string, request: Request): Promise<unknown> {
    const { patienceMs, signal } = this.#options;
    const since = Date.now();
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const outcome = await this.#attempt(path, request);
      if (outcome.kind === 'answered') return outcome.body;
      if (Date.now() - since + waitMs > patienceMs) throw outcome.error;
      await sleep(waitMs, undefined, signal === undefined ? {} : { signal });
    }
  }

  /** `busy` is worth another try: nobody there, or nothing stored. Refusals are thrown. */
  async #attempt(path: string, { method, body, token }: Request): Promise<Attempt> {
    const { url, signal } = this.#options;
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(path, url), {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      text = await response.text();
    } catch (error) {
      signal?.throwIfAborted();
      return { kind: 'busy', error };
    }
    if (response.ok) return { kind: 'answered', body: text === '' ? null : (JSON.parse(text) as unknown) };
    const refused = new RefusedError(response.status, readProblem(text, response.status));
    if (BUSY.has(response.status)) return { kind: 'busy', error: refused };
    throw refused;
  }
}

interface Request {
  readonly method: string;
  readonly body: string | undefined;
  readonly token: string | undefined;
}

type Attempt =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'busy'; readonly error: unknown };

function fillPath(path: string, params: unknown): string {
  const given = new Map(Object.entries(typeof params === 'object' && params !== null ? params : {}));
  return path.replaceAll(/:(\w+)/gu, (_, name: string) => encodeURIComponent(String(given.get(name))));
}

function queryText(query: unknown): string {
  const given = Object.entries(typeof query === 'object' && query !== null ? query : {});
  const text = new URLSearchParams(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return text === '' ? '' : `?${text}`;
}

function readProblem(text: string, status: number): Pick<Problem, 'code' | 'detail'> {
  try {
    return problem.parse(JSON.parse(text));
  } catch {
    // Not our server's words (a proxy, a wrong address): show what was said.
    return { code: `http.${status}`, detail: `${status} ${text.slice(0, 200)}` };
  }
}
