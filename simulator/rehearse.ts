// node run.js simulator/rehearse.ts <recording>: what the standard in force, and a draft beside it, make of a real recording.
import { monitoringRoutes, type ReplaySession } from '#contract/monitoring';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { type CaseToRecord, readCases } from './case-files.ts';
import { type PuanClient, RefusedError } from './client.ts';
import { Progress } from './progress.ts';
import { newCounts } from './recording-cell.ts';
import { readRecording } from './recording.ts';
import { figuresOf, type RehearsalFigures, tellFigures } from './rehearsal-figures.ts';
import { recordCases, rehearseDraft, RehearsalError, removeCases } from './rehearse-draft.ts';
import { readRehearseOptions, type RehearseOptions } from './rehearse-options.ts';
import { chooseFiles } from './replay-files.ts';
import { MapError, type ReplayMap } from './replay-map.ts';
import { UsageError } from './replay-options.ts';
import { sessionName } from './replay-session.ts';
import { accessOf } from './settings.ts';
import { AccessError, signIn } from './sign-in.ts';

const PATIENCE_MS = 60_000;
const PAGE = 500;
/** What was filled up after the last row still counts. */
const AFTER_MS = 3 * 3_600_000;
/** The server keeps what a replay played for two days; a session from before may have lost its readings. */
const USABLE_MS = 24 * 3_600_000;
const NOTHING = '这一场回放没有留下读数（回放的读数只保存两天）。请重新回放，或不给 --session。';

async function rehearse(options: RehearseOptions): Promise<void> {
  const home = process.env['INIT_CWD'] ?? process.cwd();
  const mapFile = options.map === undefined ? undefined : path.resolve(home, options.map);
  const chosen = chooseFiles(path.resolve(home, options.path), mapFile);
  const { map } = chosen;
  const cases = await casesOf(options, map, home);
  const client = await signIn(accessOf(options, process.env), { patienceMs: PATIENCE_MS });
  const session = await sessionOf(client, options, map);
  const span = await spanOf(
    chosen.files.map(({ file }) => file),
    map,
  );
  const told: RehearsalFigures[] = [];
  for (const scenario of new Set(map.objects.flatMap(({ scenarios }) => scenarios))) {
    const objects = map.objects
      .filter(({ scenarios }) => scenarios.includes(scenario))
      .map(({ code }) => code);
    const own = cases.filter(({ object }) => object === undefined || objects.includes(object));
    const progress = new Progress(process.stderr, options.json);
    const recorded = await recordCases(client, scenario, own);
    try {
      const past = { scenario, session: session.id, objects, ...span };
      const result = await rehearseDraft(client, past, {
        changes: options.changes,
        keep: options.keep,
        onProgress: (done, readings) => progress.show(done, `${scenario} 已推演 ${readings} 条读数`),
      });
      if (result.readings === 0) throw new RehearsalError(NOTHING);
      told.push(figuresOf(scenario, result));
    } finally {
      progress.end();
      if (!options.keep) await removeCases(client, recorded);
    }
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ session: session.id, map: map.name, rehearsals: told })}\n`);
    return;
  }
  const parts = told.map((figures) => tellFigures(figures));
  process.stdout.write(`${[`${map.name}（回放会话 ${session.id}）`, ...parts].join('\n\n')}\n`);
}

async function casesOf(
  { cases: files }: RehearseOptions,
  map: ReplayMap,
  home: string,
): Promise<CaseToRecord[]> {
  const all: CaseToRecord[] = [];
  for (const file of files) {
    const { cases, unreadable } = await readCases(path.resolve(home, file), map);
    if (unreadable > 0) process.stderr.write(`${file} 有 ${unreadable} 行读不懂，没有登记\n`);
    all.push(...cases);
  }
  return all;
}

/** The session that was named, else the newest one of this recording that has ended today, else one that is played now. */
async function sessionOf(
  client: PuanClient,
  options: RehearseOptions,
  map: ReplayMap,
): Promise<ReplaySession> {
  const find = async (): Promise<ReplaySession | undefined> => {
    const { items } = await client.call(monitoringRoutes.listReplaySessions, { query: { limit: PAGE } });
    return items
      .filter((one) => (options.session === undefined ? isUsable(one, map) : one.id === options.session))
      .toSorted((a, b) => b.id - a.id)[0];
  };
  const there = await find();
  if (there && there.name !== sessionName(map))
    throw new AccessError(`回放会话 ${there.id}“${there.name}”放的是别的录制，请核对 --session。`);
  if (there) return there;
  if (options.session !== undefined) throw new AccessError(`没有回放会话 ${options.session}。`);
  await play(options);
  const played = await find();
  if (!played) throw new RehearsalError('回放之后找不到它的会话。');
  return played;
}

function isUsable({ name, state, openedAt }: ReplaySession, map: ReplayMap): boolean {
  return name === sessionName(map) && state === 'ended' && openedAt > Date.now() - USABLE_MS;
}

/** As `npm run replay` does. */
async function play({
  path: recording,
  map,
  via,
  url,
  user,
  password,
  json,
}: RehearseOptions): Promise<void> {
  const args = [
    fileURLToPath(new URL('replay.ts', import.meta.url)),
    recording,
    ...(via === undefined ? [] : ['--via', via]),
    ...(map === undefined ? [] : ['--map', map]),
    ...(url === undefined ? [] : ['--url', url]),
    ...(json ? ['--json'] : []),
    '--user',
    user,
  ];
  // The password goes by the environment: arguments are seen by whoever lists processes.
  const env = { ...process.env, ...(password === undefined ? {} : { PUAN_BOOTSTRAP_PASSWORD: password }) };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new RehearsalError('回放没有完成，无从推演。');
}

async function spanOf(files: readonly string[], map: ReplayMap): Promise<{ from: number; to: number }> {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const file of files) {
    for await (const { at } of readRecording({ file, map, fills: false, counts: newCounts() })) {
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  if (from > to) throw new MapError('录制里没有一行能读。');
  return { from, to: to + AFTER_MS };
}

try {
  await rehearse(readRehearseOptions(process.argv.slice(2)));
} catch (error) {
  const unusable = error instanceof UsageError || error instanceof MapError;
  const expected =
    unusable ||
    error instanceof AccessError ||
    error instanceof RefusedError ||
    error instanceof RehearsalError;
  if (!expected) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = unusable ? 2 : 1;
}
