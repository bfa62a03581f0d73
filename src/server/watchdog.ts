// 看门狗: a process of its own, on this machine or another one, that calls somebody when Puan is silent. It shares nothing with the
// server: no database, no settings, no code but #base.
//   npm run watchdog -- watchdog.json
import { setTimeout as sleep } from 'node:timers/promises';

import { callSomebody } from './watchdog/call-somebody.ts';
import { called, judge, type WatchState } from './watchdog/judge.ts';
import { look } from './watchdog/look.ts';
import { readSettings, SettingsError, type WatchdogSettings } from './watchdog/settings.ts';
import { readState, writeState } from './watchdog/state-file.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());

const say = (text: string): void => void process.stdout.write(`${new Date().toISOString()} ${text}\n`);

/** One look, what follows from it, and whom it has reached. */
async function turn(settings: WatchdogSettings, before: WatchState): Promise<WatchState> {
  const finding = await look(settings);
  const { state, due } = judge(before, finding, Date.now(), settings);
  if (finding !== undefined && before.finding !== finding) say(finding);
  if (due === undefined) return state;
  const { reached, failures } = await callSomebody(settings, due);
  say(`${due.message}；叫到 ${reached} 处`);
  for (const failure of failures) say(`没有叫到：${failure}`);
  return reached > 0 ? called(state, due, Date.now()) : state;
}

async function watch(settings: WatchdogSettings): Promise<void> {
  let state = readState(settings.stateFile);
  process.stdout.write(`watchdog ready ${settings.url}\n`);
  while (!ending.signal.aborted) {
    const next = await turn(settings, state);
    if (JSON.stringify(next) !== JSON.stringify(state)) writeState(settings.stateFile, next);
    state = next;
    await sleep(settings.everySeconds * 1000, undefined, { signal: ending.signal }).catch(() => undefined);
  }
}

try {
  await watch(readSettings(process.argv[2] ?? 'watchdog.json'));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
