import type { Problem, Route } from '#contract/http';
import type { z } from 'zod';

import { isAutomatic } from './presence.ts';

/** A refusal by the server: a stable code, and a Chinese sentence that says how to mend it. */
export class CallError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = 'CallError';
    this.status = status;
    this.code = code;
  }
}

/** No answer of the server itself: none at all, or one of what stands before it. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof CallError && [0, 502, 503, 504].includes(error.status);
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
  /** Bytes for routes that read the body themselves (pictures, GeoJSON). */
  readonly raw?: Blob;
  readonly signal?: AbortSignal;
}

/**
 * Calls one route of the contract; the session travels in its cookie. Throws a {@link CallError} on a refusal and on a
 * server that does not answer (code `network`).
 */
export async function call<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(route: Route<P, Q, B, R>, input: Input<P, Q, B> = {}): Promise<z.output<R>> {
  const headers = new Headers({ accept: 'application/json' });
  if (isAutomatic()) headers.set('puan-automatic', '1');
  const init: RequestInit = { method: route.method, headers };
  if (input.signal) init.signal = input.signal;
  if (input.raw) {
    init.body = input.raw;
    headers.set('content-type', input.raw.type);
  } else if (input.body !== undefined) {
    init.body = JSON.stringify(input.body);
    headers.set('content-type', 'application/json');
  }
  let response: Response;
  try {
    response = await fetch(address(route.path, input.params, input.query), init);
  } catch (error) {
    if (input.signal?.aborted) throw error;
    throw new CallError(0, 'network', '连不上服务器。请检查网络后重试，已填写的内容不会丢。');
  }
  if (response.status === 204) return null as z.output<R>;
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text);
  return JSON.parse(text) as z.output<R>;
}

/** What a query of the contract is made of. */
type Scalar = string | number | boolean;

function address(path: string, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const filled = path.replaceAll(/:(\w+)/gu, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, Scalar | null | undefined>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const tail = search.toString();
  return tail ? `${filled}?${tail}` : filled;
}

/** What stands before the server may refuse what is too large, in words of its own. */
const TOO_LARGE = 413;

function refusal(status: number, text: string): CallError {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    return new CallError(status, problem.code ?? 'internal', problem.detail ?? `服务器回答 ${status}`);
  } catch {
    if (status === TOO_LARGE)
      return new CallError(
        status,
        'attachment.too-large',
        '照片太大，传不上去。照片还在这台手机上，请换小一点的再交。',
      );
    return new CallError(status, 'internal', `服务器回答 ${status}，内容无法读取。`);
  }
}
