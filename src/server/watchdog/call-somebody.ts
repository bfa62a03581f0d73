import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Due } from './judge.ts';
import type { Call, WatchdogSettings } from './settings.ts';

const PATIENCE_MS = 20_000;
const run = promisify(execFile);

/** Calls everybody there is to call. Gives how many were reached, and what went wrong with the others. */
export async function callSomebody(
  { name, calls }: WatchdogSettings,
  due: Due,
): Promise<{ readonly reached: number; readonly failures: readonly string[] }> {
  const words = {
    message: due.message,
    name,
    what: due.what,
    since: new Date(due.since).toISOString(),
  };
  const outcomes = await Promise.allSettled(calls.map((call) => callBy(call, words)));
  return {
    reached: outcomes.filter(({ status }) => status === 'fulfilled').length,
    failures: outcomes.flatMap((one) =>
      one.status === 'rejected'
        ? [one.reason instanceof Error ? one.reason.message : String(one.reason)]
        : [],
    ),
  };
}

type Words = Readonly<Record<'message' | 'name' | 'what' | 'since', string>>;

async function callBy(call: Call, words: Words): Promise<void> {
  if (call.kind === 'command') {
    const [program = '', ...args] = call.command.map((text) => filled(text, words));
    await run(program, args, { timeout: PATIENCE_MS });
    return;
  }
  const { url, method, headers, body = { ...words } } = call;
  const text = typeof body === 'string' ? filled(body, words) : JSON.stringify(deepFilled(body, words));
  const isJson = typeof body !== 'string';
  const reply = await fetch(method === 'GET' ? filled(url, words, encodeURIComponent) : url, {
    method,
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(method === 'GET' ? {} : { body: text }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await reply.arrayBuffer();
  if (!reply.ok) throw new Error(`${url} 应答 ${reply.status}`);
}

function filled(text: string, words: Words, as: (word: string) => string = (word) => word): string {
  return text.replaceAll(/\{(message|name|what|since)\}/gu, (_, key: keyof Words) => as(words[key]));
}

function deepFilled(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return filled(value, words);
  if (Array.isArray(value)) return value.map((one) => deepFilled(one, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deepFilled(one, words)]));
}
