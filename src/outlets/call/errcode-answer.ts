import type { ChannelResult } from '#model/command';

import type { CallOutcome } from './call-out.ts';
import { jsonObject } from './json-object.ts';
import { type CodeTable, failedCall, refusedBy, refusedByProvider } from './provider-fault.ts';

/** What WeCom and DingTalk answer: HTTP 200 whatever happened, and `errcode` 0 where it went well. */
export type ErrcodeAnswer =
  | { readonly ok: true; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string | null; readonly result: ChannelResult };

/** Reads such an answer; `hidden` as in {@link refusedByProvider}. */
export function readErrcode(
  outcome: CallOutcome,
  {
    codes,
    hidden,
    now,
  }: { readonly codes: CodeTable; readonly hidden: readonly string[]; readonly now: number },
): ErrcodeAnswer {
  const failed = failedCall(outcome, now);
  if (failed) return { ok: false, code: null, result: failed };
  const answer = outcome.answered ? jsonObject(outcome.body) : undefined;
  if (!answer || !Number.isInteger(answer['errcode']))
    return { ok: false, code: null, result: refusedBy('unreadable', '回答不是约定的 JSON') };
  if (answer['errcode'] === 0) return { ok: true, answer };
  const code = codeOf(answer);
  const text = typeof answer['errmsg'] === 'string' ? answer['errmsg'] : '';
  return { ok: false, code, result: refusedByProvider(codes, { code, text, hidden }) };
}

/** DingTalk wraps the codes of its inner gate: `{"errcode":88,"errmsg":"ding talk error[subcode=40014,…"}`. */
function codeOf(answer: Readonly<Record<string, unknown>>): string {
  const inner = answer['errcode'] === 88 && /subcode=(\d+)/u.exec(String(answer['errmsg']))?.[1];
  return inner || String(answer['errcode']);
}
