import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import {
  callOut,
  failedCall,
  jsonObject,
  refusedBy,
  refusedByProvider,
  type SenderGround,
} from '#outlets/call';

import { fillTemplate, type TemplateFields } from './fill-template.ts';

type GatewaySettings = SettingsOf<'sms' | 'voice' | 'flash'>;

const PHONE = /^\+?\d[\d-]{2,19}$/u;
const TOO_FAST_MS = 60_000;
const CONTENT_TYPE = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

/** Sends SMS, calls or flash messages through a provider's HTTP face, as its settings describe it. */
export class PhoneGateway {
  readonly #settings: GatewaySettings;
  readonly #ground: SenderGround;

  constructor(settings: GatewaySettings, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    const { method, headers, contentType, secret = '' } = this.#settings;
    const { guard, now } = this.#ground;
    if (!PHONE.test(message.to)) return refusedBy('malformed', '不是电话号码');
    const fields = fieldsOf(message, { secret, now: now() });
    const url = fillTemplate(this.#settings.url, fields, 'form');
    if (!URL.canParse(url)) return refusedBy('malformed', '通道的地址填好之后不能用');
    const body = fillTemplate(this.#settings.body, fields, contentType);
    const filled = Object.entries(headers).map(
      ([name, value]) => [name.toLowerCase(), fillTemplate(value, fields, 'header')] as const,
    );
    const outcome = await callOut(
      {
        url,
        method,
        headers: {
          ...(method === 'GET' ? {} : { 'content-type': CONTENT_TYPE[contentType] }),
          ...Object.fromEntries(filled),
        },
        body: method === 'GET' ? undefined : body,
      },
      guard,
    );
    const failed = failedCall(outcome, now());
    if (failed || !outcome.answered) return failed ?? refusedBy('unreachable', '连接断了');
    return this.#judge(outcome.body, [secret, message.to, ...filled.map(([, value]) => value)]);
  }

  #judge(body: string, hidden: readonly string[]): ChannelResult {
    const { success, idPointer, limited, forGood } = this.#settings;
    const answer = jsonObject(body);
    const providerId = (idPointer !== undefined && at(answer, idPointer)) || null;
    if (success === undefined) return { kind: 'sent', providerId };
    const code = at(answer, success.pointer);
    if (code === undefined) return refusedBy('unreadable', `回答里没有 ${success.pointer}`);
    if (success.equals.includes(code)) return { kind: 'sent', providerId };
    const codes = {
      limited: Object.fromEntries(limited.map((one) => [one, TOO_FAST_MS])),
      forGood: new Set(forGood),
    };
    return refusedByProvider(codes, { code, text: body, hidden });
  }
}

function fieldsOf(
  { id, to, title, text, link = '' }: ChannelMessage,
  { secret, now }: { readonly secret: string; readonly now: number },
): TemplateFields {
  return { id, phone: to, title, text, link, secret, seconds: String(Math.floor(now / 1000)) };
}

/** RFC 6901, as text; undefined where nothing simple stands there. */
function at(answer: unknown, pointer: string): string | undefined {
  let here: unknown = answer;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[name];
  }
  return ['string', 'number', 'boolean'].includes(typeof here) ? String(here) : undefined;
}
