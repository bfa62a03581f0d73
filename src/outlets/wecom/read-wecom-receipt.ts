import type { SettingsOf } from '#contract/command';
import type { ChannelReceipt } from '#model/command';
import { openSigned, type ReceiptReading, type ReceiptRequest } from '#outlets/call';
import { XMLParser } from 'fast-xml-parser';

// Numbers stay text: a task's number may begin with 0.
const xml = new XMLParser({ parseTagValue: false, processEntities: false });

/** What WeCom tells the callback of the app: the check of the address, a pressed button, a reply in words. */
export function readWecomReceipt(settings: SettingsOf<'wecom'>, request: ReceiptRequest): ReceiptReading {
  const { callbackToken: token, callbackKey: key, corpId: receiver } = settings;
  if (token === undefined || key === undefined) return { kind: 'refused', reason: 'not-set' };
  const isCheck = request.method === 'GET';
  const { msg_signature: signature, timestamp, nonce, echostr } = request.query;
  const sealed = isCheck ? echostr : fieldsOf(request.body)['Encrypt'];
  const opened = openSigned(
    { sealed, signature, timestamp, nonce },
    { keys: { token, key, receiver }, at: Number(timestamp) * 1000, now: request.now },
  );
  if ('refused' in opened) return { kind: 'refused', reason: opened.refused };
  const { text } = opened;
  const reply = { contentType: 'text/plain; charset=utf-8', body: isCheck ? text : '' };
  return { kind: 'read', receipts: isCheck ? [] : receiptsOf(fieldsOf(text)), reply };
}

function receiptsOf(fields: Fields): readonly ChannelReceipt[] {
  const from = fields['FromUserName'] ?? null;
  const seconds = Number(fields['CreateTime']);
  const at = Number.isFinite(seconds) ? seconds * 1000 : null;
  if (fields['MsgType'] === 'text')
    return [{ providerId: null, from, state: 'answered', at, text: fields['Content'] ?? '' }];
  if (fields['MsgType'] !== 'event' || fields['Event'] !== 'template_card_event') return [];
  const providerId = fields['TaskId'] ?? null;
  return [{ providerId, from, state: 'answered', at, text: fields['EventKey'] ?? '' }];
}

type Fields = Readonly<Record<string, string | undefined>>;

/** The flat fields of `<xml>…</xml>`; none where it is something else. */
function fieldsOf(body: string): Fields {
  let parsed: unknown;
  try {
    parsed = xml.parse(body);
  } catch {
    return {};
  }
  const inner = (parsed as { readonly xml?: unknown } | undefined)?.xml;
  if (typeof inner !== 'object' || inner === null) return {};
  return Object.fromEntries(Object.entries(inner).filter(([, value]) => typeof value === 'string'));
}
