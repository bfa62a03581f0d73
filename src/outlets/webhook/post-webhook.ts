import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

import { type AddressGuard, InnerAddress } from './address-guard.ts';
import { signWebhook } from './sign-webhook.ts';

export interface WebhookMessage {
  readonly url: string;
  readonly secret: string;
  /** The same in every attempt. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Taken, or why not. */
export type WebhookOutcome = { readonly taken: true } | { readonly taken: false; readonly failure: string };

const LIMIT_MS = 10_000;
/** An answer is read so far, so that its connection ends in good order; nothing in it is used. */
const READ_MOST = 64 * 1024;

/** Sends a message once. Never throws: what went wrong is the outcome. Redirects are not followed. */
export function postWebhook(message: WebhookMessage, guard: AddressGuard): Promise<WebhookOutcome> {
  const { promise, resolve } = Promise.withResolvers<WebhookOutcome>();
  const fail = (failure: string): void => resolve({ taken: false, failure });
  const url = new URL(message.url);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  // A bare address is dialled without being looked up.
  if (isIP(host) !== 0 && !guard.allows(host)) {
    fail(new InnerAddress().message);
    return promise;
  }
  const timestamp = Math.floor(message.now / 1000);
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method: 'POST',
    lookup: guard.lookup,
    agent: false,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(message.body),
      'user-agent': 'Puan',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signWebhook(message.secret, { ...message, timestamp }),
    },
  });
  const timer = setTimeout(() => request.destroy(new Error(`${LIMIT_MS / 1000} 秒内没有回答`)), LIMIT_MS);
  request.on('response', (response) => {
    const status = response.statusCode ?? 0;
    let read = 0;
    response.on('data', (part: Buffer) => {
      read += part.length;
      if (read > READ_MOST) request.destroy();
    });
    response.on('error', () => undefined);
    if (status >= 200 && status < 300) resolve({ taken: true });
    else fail(`对方回答 ${status}`);
  });
  request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  request.on('close', () => {
    clearTimeout(timer);
    fail('连接断了');
  });
  request.end(message.body);
  return promise;
}
