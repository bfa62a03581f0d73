import { type AddressGuard } from './address-guard.ts';
import { callOut } from './call-out.ts';
import { type ErrcodeAnswer, readErrcode } from './errcode-answer.ts';
import type { CodeTable } from './provider-fault.ts';
import type { SenderGround } from './sender-ground.ts';

export interface TokenApiSettings {
  readonly baseUrl: string;
  readonly ca: string | undefined;
  /** Path and parameters that give a token. */
  readonly tokenPath: string;
  readonly codes: CodeTable;
  /** Never repeated in what we say of a failure. */
  readonly secrets: readonly string[];
}

/** The token is no longer taken: it ran out, or the provider made another one. */
const STALE = new Set(['40014', '42001']);
/** A token is not used in its last minutes: what is under way when it ends would fail. */
const SPARE_MS = 5 * 60_000;

/** An API as WeCom and DingTalk have it: a token by `gettoken`, kept for as long as it holds and fetched anew once when it is refused. */
export class TokenApi {
  readonly #settings: TokenApiSettings;
  readonly #guard: AddressGuard;
  readonly #now: () => number;
  #token: { readonly text: string; readonly until: number } | undefined;
  /** Many messages at once ask for one token. */
  #asking: Promise<ErrcodeAnswer | string> | undefined;

  constructor(settings: TokenApiSettings, { guard, now }: SenderGround) {
    this.#settings = settings;
    this.#guard = guard;
    this.#now = now;
  }

  /** Posts JSON. `hidden`: addresses in it, that a failure must not repeat. */
  async post(path: string, body: unknown, hidden: readonly string[] = []): Promise<ErrcodeAnswer> {
    const first = await this.#postOnce(path, body, hidden);
    if (first.answer.ok || !STALE.has(first.answer.code ?? '')) return first.answer;
    // Whoever sent beside this one may have renewed it already.
    if (this.#token?.text === first.token) this.#token = undefined;
    return (await this.#postOnce(path, body, hidden)).answer;
  }

  async #postOnce(
    path: string,
    body: unknown,
    hidden: readonly string[],
  ): Promise<{ readonly answer: ErrcodeAnswer; readonly token: string }> {
    const token = await this.#tokenNow();
    if (typeof token !== 'string') return { answer: token, token: '' };
    const outcome = await callOut(
      {
        url: `${this.#base}${path}?access_token=${encodeURIComponent(token)}`,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        ca: this.#settings.ca,
      },
      this.#guard,
    );
    const { codes, secrets } = this.#settings;
    const answer = readErrcode(outcome, { codes, hidden: [...secrets, token, ...hidden], now: this.#now() });
    return { answer, token };
  }

  async #tokenNow(): Promise<ErrcodeAnswer | string> {
    if (this.#token && this.#token.until > this.#now()) return this.#token.text;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<ErrcodeAnswer | string> {
    const { tokenPath, ca, codes, secrets } = this.#settings;
    const outcome = await callOut(
      { url: `${this.#base}${tokenPath}`, method: 'GET', headers: {}, body: undefined, ca },
      this.#guard,
    );
    const now = this.#now();
    const read = readErrcode(outcome, { codes, hidden: secrets, now });
    if (!read.ok) return read;
    const { access_token: text, expires_in: seconds } = read.answer;
    if (typeof text !== 'string' || typeof seconds !== 'number')
      return {
        ok: false,
        code: null,
        result: { kind: 'refused', forGood: false, code: 'unreadable', text: '回答里没有 access_token' },
      };
    this.#token = { text, until: now + seconds * 1000 - SPARE_MS };
    return text;
  }

  get #base(): string {
    return this.#settings.baseUrl.replace(/\/+$/u, '');
  }
}
