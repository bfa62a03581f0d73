import { isIP } from 'node:net';

import type { SettingsOf } from '#contract/command';
import type { ChannelMessage, ChannelResult } from '#model/command';
import { InnerAddress, refusedBy, refusedByProvider, type SenderGround } from '#outlets/call';
import { createTransport } from 'nodemailer';

type MailSettings = SettingsOf<'mail'>;

const LIMIT_MS = 10_000;
const ADDRESS = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,190}$/u;
/** RFC 5321 §4.2.3: 4yz may pass, 5yz will not; RFC 5321 has no code for “too fast”, servers say 421 or 452. */
const CODES = {
  limited: { '421': 60_000, '452': 60_000 },
  forGood: new Set([
    '500',
    '501',
    '502',
    '503',
    '504',
    '521',
    '530',
    '534',
    '535',
    '538',
    '541',
    '550',
    '551',
    '552',
    '553',
    '554',
    '555',
    '556',
  ]),
};
/** Names of nodemailer, and ours for them. Wrong name or password is told by the server's code, too. */
const OURS: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'timeout',
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
};

/** Sends mail by SMTP: one message to one person, under the same Message-ID in every attempt. */
export class MailSender {
  readonly #settings: MailSettings;
  readonly #ground: SenderGround;

  constructor(settings: MailSettings, ground: SenderGround) {
    this.#settings = settings;
    this.#ground = ground;
  }

  async send(message: ChannelMessage): Promise<ChannelResult> {
    const { host, security, from, username, password = '' } = this.#settings;
    if (!ADDRESS.test(message.to)) return refusedBy('malformed', '不是邮件地址');
    const dialled = await this.#dial();
    if ('kind' in dialled) return dialled;
    const transport = createTransport({
      host: dialled.address,
      port: this.#settings.port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: {
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(this.#settings.ca === undefined ? {} : { ca: this.#settings.ca }),
      },
      ...(username === undefined ? {} : { auth: { user: username, pass: password } }),
      connectionTimeout: LIMIT_MS,
      greetingTimeout: LIMIT_MS,
      socketTimeout: LIMIT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { id, title, text, link } = message;
    try {
      const sent = await transport.sendMail({
        from,
        to: { name: '', address: message.to },
        subject: title,
        text: link === undefined ? text : `${text}\n\n${link}\n`,
        messageId: `<${encodeURIComponent(id)}@puan>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { kind: 'sent', providerId: sent.messageId };
    } catch (error) {
      return refusalOf(error, [username ?? '', password, message.to]);
    } finally {
      transport.close();
    }
  }

  /** The server's address, looked up by the guard, so that a name cannot lead inside. */
  async #dial(): Promise<{ readonly address: string } | ChannelResult> {
    const { host, security } = this.#settings;
    const { guard } = this.#ground;
    const address = isIP(host) === 0 ? await this.#lookup(host) : guard.allows(host) ? host : undefined;
    if (address === undefined) return refusedBy('inside', '地址在内网，系统管理员没有允许');
    if (address === '') return refusedBy('unreachable', '邮件服务器的名字没有地址');
    const isLocal = address === '::1' || address.startsWith('127.');
    if (security === 'none' && !isLocal)
      return refusedBy('in-clear', '邮件不能不加密地离开本机：请改用 TLS 或 STARTTLS');
    return { address };
  }

  /** Undefined: inside; empty: none. */
  #lookup(host: string): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#ground.guard.lookup(host, {}, (error, address) => {
      if (!error) return resolve(typeof address === 'string' ? address : '');
      resolve(error instanceof InnerAddress ? undefined : '');
    });
    return promise;
  }
}

function refusalOf(error: unknown, hidden: readonly string[]): ChannelResult {
  const {
    code = 'unknown',
    responseCode,
    response = '',
  } = error as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  if (responseCode !== undefined)
    return refusedByProvider(CODES, { code: String(responseCode), text: response, hidden });
  return refusedBy(OURS[code] ?? code.toLowerCase(), '邮件服务器连不上，或没有按约定回答');
}
