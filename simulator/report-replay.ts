// node run.js simulator/report-replay.ts [RECORDING [--via …] [--map FILE]] [--session ID] [--json]: what a replay brought out;
// with the recording also the quality of its data and the faults it would have been.
import { monitoringRoutes } from '#contract/monitoring';
import { type Warning, type WarningDetail, warningRoutes } from '#contract/warning';
import { formatBeijingTime } from '#protocols/hj212';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { type PuanClient, RefusedError } from './client.ts';
import { chooseFiles } from './replay-files.ts';
import { mapVia } from './replay-inventory.ts';
import { MapError, type ReplayMap } from './replay-map.ts';
import { qualityLines, replayQuality } from './replay-quality.ts';
import { UsageError, VIAS } from './replay-options.ts';
import { accessOf } from './settings.ts';
import { AccessError, signIn } from './sign-in.ts';

const PATIENCE_MS = 10_000;
const PAGE = 500;
/** Histories are asked for one by one: beyond this many warnings only the list is printed. */
const DETAILS = 200;

interface Line {
  readonly item: string;
  readonly object: string;
  readonly peakLevel: string;
  readonly level: string;
  readonly state: string;
  readonly openedAt: string;
  readonly normalAt: string | null;
  readonly history: readonly string[];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      via: { type: 'string' },
      map: { type: 'string' },
      session: { type: 'string' },
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      user: { type: 'string' },
      password: { type: 'string' },
    },
  });
  const client = await signIn(accessOf(values, process.env), { patienceMs: PATIENCE_MS });
  const session = await findSession(client, values.session);
  const warnings = (await warningsOf(client, session.id)).toSorted((a, b) => a.openedAt - b.openedAt);
  const lines = await Promise.all(
    warnings.map(async (warning, i) =>
      lineOf(
        warning,
        i < DETAILS ? await client.call(warningRoutes.getWarning, { params: { id: warning.id } }) : undefined,
      ),
    ),
  );
  const counts = countBy(warnings);
  const [recording] = positionals;
  const quality = recording === undefined ? [] : await replayQuality(client, mapOf(recording, values));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ session, counts, warnings: lines, quality })}\n`);
    return;
  }
  const text = lines.map((line) => {
    const end = line.normalAt === null ? '未恢复' : `${line.normalAt} 恢复`;
    return `${line.openedAt} ${line.item} · ${line.object} 最高${line.peakLevel}，${end}\n    ${line.history.join('\n    ')}`;
  });
  const total = counts.map(({ item, level, n }) => `${item} ${level} ${n}`).join('，');
  process.stdout.write(
    `回放会话 ${session.id}“${session.name}”：预警 ${warnings.length} 条${total === '' ? '' : `（${total}）`}\n`,
  );
  for (const line of [...text, ...qualityLines(quality, stamp)]) process.stdout.write(`${line}\n`);
}

/** The map a recording was played by. Throws {@link UsageError} or {@link MapError}. */
function mapOf(
  recording: string,
  asked: { readonly via?: string | undefined; readonly map?: string | undefined },
): ReplayMap {
  const home = process.env['INIT_CWD'] ?? process.cwd();
  const { map } = chooseFiles(
    path.resolve(home, recording),
    asked.map === undefined ? undefined : path.resolve(home, asked.map),
  );
  const via = asked.via === undefined ? map.via : VIAS.find((one) => one === asked.via);
  if (via === undefined) throw new UsageError(`--via 只能是 ${VIAS.join('、')}。`);
  return mapVia(map, via);
}

async function findSession(
  client: PuanClient,
  wanted: string | undefined,
): Promise<{ id: number; name: string }> {
  const { items } = await client.call(monitoringRoutes.listReplaySessions, { query: { limit: PAGE } });
  const found = wanted === undefined ? items[0] : items.find(({ id }) => String(id) === wanted);
  if (!found) throw new AccessError(wanted === undefined ? '还没有回放会话。' : `没有回放会话 ${wanted}。`);
  return { id: found.id, name: found.name };
}

function warningsOf(client: PuanClient, session: number): Promise<Warning[]> {
  const pages = client.all((after) =>
    client.call(warningRoutes.listWarnings, {
      query: { replay: 'true', limit: PAGE, ...(after === undefined ? {} : { after }) },
    }),
  );
  return pages.then((all) => all.filter(({ replaySession }) => replaySession === session));
}

function countBy(warnings: readonly Warning[]): { item: string; level: string; n: number }[] {
  const groups = Map.groupBy(warnings, ({ item, peakLevel }) => `${item.name}\u0000${peakLevel}`);
  return [...groups].map(([key, members]) => {
    const [item = '', level = ''] = key.split('\u0000');
    return { item, level, n: members.length };
  });
}

function lineOf(warning: Warning, detail: WarningDetail | undefined): Line {
  const { item, object, peakLevel, level, state, openedAt, normalAt } = warning;
  return {
    item: item.name,
    object: object.name,
    peakLevel,
    level,
    state,
    openedAt: stamp(openedAt),
    normalAt: normalAt === null ? null : stamp(normalAt),
    history: (detail?.history ?? []).map(({ at, change, fromLevel, toLevel, reason }) => {
      const levels = `${fromLevel ?? '—'} → ${toLevel ?? '—'}`;
      return `${stamp(at)} ${change} ${levels} ${reason}`;
    }),
  };
}

/** `2013-09-13 16:50` in Beijing. */
function stamp(at: number): string {
  const t = formatBeijingTime(at);
  return `${t.slice(0, 4)}-${t.slice(4, 6)}-${t.slice(6, 8)} ${t.slice(8, 10)}:${t.slice(10, 12)}`;
}

try {
  await main();
} catch (error) {
  const unusable = error instanceof UsageError || error instanceof MapError;
  if (!unusable && !(error instanceof AccessError || error instanceof RefusedError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
