import { randomBytes } from 'node:crypto';

import type { SettingsOf } from '#contract/command';
import {
  isSameText,
  isStale,
  jsonObject,
  openSigned,
  type ReceiptReading,
  type ReceiptRequest,
  sealCallback,
  signCallback,
} from '#outlets/call';

import { signDingtalk } from './dingtalk-robot.ts';

type DingtalkSettings = SettingsOf<'dingtalk'>;

/** What DingTalk tells: a reply in words to the app's robot (signed in its headers), or the sealed check of the address. */
export function readDingtalkReceipt(settings: DingtalkSettings, request: ReceiptRequest): ReceiptReading {
  return request.headers['sign'] === undefined ? readEvent(settings, request) : readReply(settings, request);
}

function readReply(settings: DingtalkSettings, request: ReceiptRequest): ReceiptReading {
  const { sign = '', timestamp = '' } = request.headers;
  if (!isSameText(sign, signDingtalk(timestamp, settings.appSecret)))
    return { kind: 'refused', reason: 'unsigned' };
  if (isStale(Number(timestamp), request.now)) return { kind: 'refused', reason: 'stale' };
  const told = jsonObject(request.body);
  if (!told) return { kind: 'refused', reason: 'malformed' };
  const reply = { contentType: 'application/json', body: '{}' };
  const { senderStaffId: from, createAt: at, text } = told;
  const content = (text as { readonly content?: unknown } | null | undefined)?.content;
  if (typeof from !== 'string' || typeof content !== 'string') return { kind: 'read', receipts: [], reply };
  const receipt = {
    providerId: null,
    from,
    state: 'answered',
    at: typeof at === 'number' ? at : null,
    text: content.trim(),
  } as const;
  return { kind: 'read', receipts: [receipt], reply };
}

/** Events are answered with a sealed “success”; none of those that we get is about a message. */
function readEvent(settings: DingtalkSettings, request: ReceiptRequest): ReceiptReading {
  const { callbackToken: token, callbackKey: key, appKey: receiver } = settings;
  if (token === undefined || key === undefined) return { kind: 'refused', reason: 'not-set' };
  const { signature, msg_signature: newer, timestamp, nonce } = request.query;
  const sealed = jsonObject(request.body)?.['encrypt'];
  const keys = { token, key, receiver };
  const opened = openSigned(
    {
      sealed: typeof sealed === 'string' ? sealed : undefined,
      signature: newer ?? signature,
      timestamp,
      nonce,
    },
    { keys, at: Number(timestamp), now: request.now },
  );
  if ('refused' in opened) return { kind: 'refused', reason: opened.refused };
  const reply = { contentType: 'application/json', body: successOf(keys, request.now) };
  return { kind: 'read', receipts: [], reply };
}

function successOf(
  keys: { readonly token: string; readonly key: string; readonly receiver: string },
  now: number,
): string {
  const encrypt = sealCallback('success', keys);
  const timeStamp = String(now);
  const nonce = randomBytes(8).toString('hex');
  const sign = signCallback(keys.token, { timestamp: timeStamp, nonce, sealed: encrypt });
  return JSON.stringify({ msg_signature: sign, timeStamp, nonce, encrypt });
}
