import { createHmac } from 'node:crypto';

import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { callOut, cutBytes, plainText, readErrcode, RobotPace, type SenderGround } from '#outlets/call';

import { DINGTALK_CODES } from './dingtalk-codes.ts';

const TITLE_BYTES = 128;
const TEXT_BYTES = 4096;

/** 加签: HMAC-SHA256 over `timestamp\nsecret`, base64; what robots that listen send is signed alike. */
export const signDingtalk = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`, 'utf8').digest('base64');

/** Sends to the group of a DingTalk robot, signed. */
export class DingtalkRobot {
  readonly #settings: SettingsOf<'dingtalk-robot'>;
  readonly #ground: SenderGround;
  readonly #pace = new RobotPace();

  constructor(settings: SettingsOf<'dingtalk-robot'>, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    const { baseUrl, ca, accessToken, secret } = this.#settings;
    const { guard, now } = this.#ground;
    const wait = this.#pace.take(now());
    if (wait > 0) return { kind: 'limited', retryAfterMs: wait };
    const timestamp = String(now());
    const sign = signDingtalk(timestamp, secret);
    const query = new URLSearchParams({ access_token: accessToken, timestamp, sign }).toString();
    const outcome = await callOut(
      {
        url: `${baseUrl.replace(/\/+$/u, '')}/robot/send?${query}`,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(contentOf(message)),
        ca,
      },
      guard,
    );
    const hidden = [accessToken, secret, sign];
    const read = readErrcode(outcome, { codes: DINGTALK_CODES, hidden, now: now() });
    return read.ok ? { kind: 'sent', providerId: null } : read.result;
  }
}

function contentOf({ title, text, link }: ChannelMessage): object {
  const heading = plainText(cutBytes(title, TITLE_BYTES));
  const open = link === undefined ? '' : `\n\n[打开](${link.replaceAll(')', '%29')})`;
  const body = cutBytes(plainText(text), TEXT_BYTES);
  return { msgtype: 'markdown', markdown: { title: heading, text: `**${heading}**\n\n${body}${open}` } };
}
