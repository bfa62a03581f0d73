import { createHmac } from 'node:crypto';

/**
 * The signature of a message as Standard Webhooks 1.0 has it: HMAC-SHA256 over `id.timestamp.body`, base64, versioned. `timestamp`
 * in seconds; `secret` is base64 behind `whsec_`.
 */
export function signWebhook(
  secret: string,
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
): string {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  const text = `${message.id}.${message.timestamp}.${message.body}`;
  return `v1,${createHmac('sha256', key).update(text, 'utf8').digest('base64')}`;
}
