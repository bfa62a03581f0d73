import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { callOut, cutBytes, plainText, readErrcode, RobotPace, type SenderGround } from '#outlets/call';

import { WECOM_CODES } from './wecom-codes.ts';

// 企业微信 群机器人: text ≤ 2048, markdown ≤ 4096 bytes of UTF-8, 20 messages a minute
const TEXT_BYTES = 2048;
const MARKDOWN_BYTES = 4096;

/** Sends to the group of a WeCom robot. */
export class WecomRobot {
  readonly #settings: SettingsOf<'wecom-robot'>;
  readonly #ground: SenderGround;
  readonly #pace = new RobotPace();

  constructor(settings: SettingsOf<'wecom-robot'>, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    const { baseUrl, ca, key } = this.#settings;
    const { guard, now } = this.#ground;
    const wait = this.#pace.take(now());
    if (wait > 0) return { kind: 'limited', retryAfterMs: wait };
    const outcome = await callOut(
      {
        url: `${baseUrl.replace(/\/+$/u, '')}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(contentOf(message)),
        ca,
      },
      guard,
    );
    const read = readErrcode(outcome, { codes: WECOM_CODES, hidden: [key], now: now() });
    return read.ok ? { kind: 'sent', providerId: null } : read.result;
  }
}

/** A link needs markdown, in which what people typed must not become one, nor call the whole group. */
function contentOf({ title, text, link }: ChannelMessage): object {
  if (link === undefined)
    return { msgtype: 'text', text: { content: cutBytes(`${title}\n${text}`, TEXT_BYTES) } };
  const open = `\n[打开](${link.replaceAll(')', '%29')})`;
  const room = MARKDOWN_BYTES - Buffer.byteLength(open);
  const content = cutBytes(`**${plainText(title)}**\n${plainText(text)}`, room) + open;
  return { msgtype: 'markdown', markdown: { content } };
}
