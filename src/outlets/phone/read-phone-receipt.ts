import { createHmac } from 'node:crypto';

import type { SettingsOf } from '#contract/command';
import type { ChannelReceipt } from '#model/command';
import { isSameText, isStale, jsonObject, type ReceiptReading, type ReceiptRequest } from '#outlets/call';
import { z } from 'zod';

/** `{"receipts":[…]}`, or one alone: of a message (`id`), or a reply from a phone (`from`). */
const receipt = z
  .object({
    id: z.string().min(1).max(200).optional(),
    from: z.string().min(1).max(40).optional(),
    state: z.enum(['delivered', 'read', 'answered', 'failed']),
    text: z.string().max(500).optional(),
    /** Epoch ms. */
    at: z.number().int().positive().optional(),
  })
  .refine(({ id, from }) => id !== undefined || from !== undefined);
const told = z.union([
  z.object({ receipts: z.array(receipt).max(1000) }),
  receipt.transform((one) => ({ receipts: [one] })),
]);

/** HMAC-SHA256 over `seconds.body`, hex. */
export const signReceipt = (secret: string, seconds: string, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');

/**
 * What a provider of SMS or calls tells: `x-puan-timestamp` (seconds) and `x-puan-signature` over it and the body, with the channel's
 * receipt secret.
 */
export function readPhoneReceipt(
  { receiptSecret: secret }: SettingsOf<'sms' | 'voice' | 'flash'>,
  { headers, body, now }: ReceiptRequest,
): ReceiptReading {
  if (secret === undefined) return { kind: 'refused', reason: 'not-set' };
  const { 'x-puan-timestamp': seconds = '', 'x-puan-signature': signature = '' } = headers;
  if (!isSameText(signature.toLowerCase(), signReceipt(secret, seconds, body)))
    return { kind: 'refused', reason: 'unsigned' };
  if (isStale(Number(seconds) * 1000, now)) return { kind: 'refused', reason: 'stale' };
  const read = told.safeParse(jsonObject(body));
  if (!read.success) return { kind: 'refused', reason: 'malformed' };
  const receipts = read.data.receipts.map((one): ChannelReceipt => ({
    providerId: one.id ?? null,
    from: one.from ?? null,
    state: one.state,
    at: one.at ?? null,
    text: one.text ?? null,
  }));
  return { kind: 'read', receipts, reply: { contentType: 'application/json', body: '{"ok":true}' } };
}
