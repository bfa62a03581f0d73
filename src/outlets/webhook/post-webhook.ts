import { type AddressGuard, type CallOutcome, callOut } from '#outlets/call';

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

/** Sends a message once. Never throws: what went wrong is the outcome. Redirects are not followed. */
export async function postWebhook(message: WebhookMessage, guard: AddressGuard): Promise<WebhookOutcome> {
  const outcome = await callWebhook(message, guard);
  if (!outcome.answered) return { taken: false, failure: outcome.text };
  const { status } = outcome;
  return status >= 200 && status < 300 ? { taken: true } : { taken: false, failure: `对方回答 ${status}` };
}

/** The same, with what was answered. */
export function callWebhook(message: WebhookMessage, guard: AddressGuard): Promise<CallOutcome> {
  const timestamp = Math.floor(message.now / 1000);
  return callOut(
    {
      url: message.url,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': message.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signWebhook(message.secret, { ...message, timestamp }),
      },
      body: message.body,
    },
    guard,
  );
}
