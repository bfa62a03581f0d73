import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

import { type AddressGuard, InnerAddress } from './address-guard.ts';

export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  /** The CA of a private deployment, PEM; absent: the machine's own. */
  readonly ca?: string | undefined;
}

/** What was answered, or why nothing was: `code` for tables, `text` for people; neither holds what was sent. */
export type CallOutcome =
  | {
      readonly answered: true;
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      readonly body: string;
    }
  | { readonly answered: false; readonly code: string; readonly text: string };

const LIMIT_MS = 10_000;
/** An answer is read so far and no further: nobody we call has more to say. */
const READ_MOST = 64 * 1024;

/**
 * Calls somebody outside once. Never throws: what went wrong is the outcome. Redirects are not followed: they would lead past the
 * guard, and carry secrets along.
 */
export function callOut(call: Call, guard: AddressGuard): Promise<CallOutcome> {
  const { promise, resolve } = Promise.withResolvers<CallOutcome>();
  const fail = (code: string, text: string): void => resolve({ answered: false, code, text });
  const url = new URL(call.url);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  // A bare address is dialled without being looked up.
  if (isIP(host) !== 0 && !guard.allows(host)) {
    fail('inside', new InnerAddress().message);
    return promise;
  }
  const isSecure = url.protocol === 'https:';
  const request = (isSecure ? https : http).request(url, {
    method: call.method,
    lookup: guard.lookup,
    agent: false,
    headers: {
      'user-agent': 'Puan',
      ...call.headers,
      ...(call.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(call.body)) }),
    },
    ...(isSecure && call.ca !== undefined ? { ca: call.ca } : {}),
  });
  let isHeard = false;
  const timer = setTimeout(() => {
    if (!isHeard) fail('timeout', `${LIMIT_MS / 1000} 秒内没有回答`);
    request.destroy();
  }, LIMIT_MS);
  request.on('response', (response) => {
    isHeard = true;
    const parts: Buffer[] = [];
    let read = 0;
    response.on('data', (part: Buffer) => {
      read += part.length;
      if (read > READ_MOST) request.destroy();
      else parts.push(part);
    });
    response.on('error', () => undefined);
    // Also where it breaks off: what the head said holds, and who needs the body finds it malformed.
    response.on('close', () => {
      clearTimeout(timer);
      const body = Buffer.concat(parts).toString('utf8');
      resolve({ answered: true, status: response.statusCode ?? 0, headers: response.headers, body });
    });
  });
  request.on('error', (error: NodeJS.ErrnoException) => {
    if (isHeard) return;
    if (error instanceof InnerAddress) fail('inside', error.message);
    else fail('unreachable', error.code ?? '连不上');
  });
  request.on('close', () => {
    clearTimeout(timer);
    if (!isHeard) fail('unreachable', '连接断了');
  });
  request.end(call.body);
  return promise;
}
