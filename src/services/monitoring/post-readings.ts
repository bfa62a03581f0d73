import { AppError, ERROR_WORDING, fill } from '#base';
import type { RequestContext } from '#services/context';

import type { MonitoringDesk } from './desk.ts';
import { type RowFault, RowTaker } from './row-taker.ts';

export interface PostedReadings {
  readonly accepted: number;
  readonly rejected: { index: number; code: string; message: string }[];
  readonly suspect: { index: number; code: string; message: string }[];
}

/** Stored rows that are marked suspect are told, but a batch of them must not become a reply of megabytes. */
const SUSPECT_SHOWN = 100;

/**
 * Takes readings by HTTP: a JSON array or NDJSON. Good rows are stored even when others are refused; the reply comes
 * after the commit. Throws `input.malformed-json` when nothing can be read, `service.unavailable` when nothing was stored.
 */
export async function postReadings(
  context: RequestContext,
  desk: MonitoringDesk,
  posted: { readonly raw: Buffer; readonly contentType: string },
): Promise<PostedReadings> {
  context.authorize('reading.write');
  const rejected: PostedReadings['rejected'] = [];
  const rows = posted.contentType.includes('ndjson')
    ? readLines(posted.raw, rejected)
    : readArray(posted.raw);
  const suspect: PostedReadings['suspect'] = [];
  const taker = new RowTaker(desk, { onlyDevice: context.actor.deviceId, now: context.now() });
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === UNREADABLE) continue;
    const fault = taker.take(row);
    if (fault === undefined) continue;
    if (SUSPECT_FAULTS.has(fault)) {
      if (suspect.length < SUSPECT_SHOWN) suspect.push(refusal(i, fault, row, taker.rangeOf(row)));
    } else rejected.push(refusal(i, fault, row));
  }
  await Promise.all(taker.batches().map((batch) => desk.ingest.accept(batch)));
  taker.countDevices();
  for (const { code } of rejected) desk.ingest.refused(code, 1);
  rejected.sort((a, b) => a.index - b.index);
  return { accepted: rows.length - rejected.length, rejected, suspect };
}

/** Faults of rows that are stored all the same, marked. */
const SUSPECT_FAULTS: ReadonlySet<RowFault> = new Set(['reading.wrong-clock', 'reading.out-of-range']);

const UNREADABLE = Symbol('a line that is no JSON; already refused');

function readArray(raw: Buffer): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw.toString('utf8'));
  } catch (error) {
    throw new AppError('input.malformed-json', { reason: error instanceof Error ? error.message : '' });
  }
  if (!Array.isArray(parsed)) {
    throw new AppError('input.invalid', {
      issues: '正文须是数组 [{"point","observedAt","value"}, …]，或用 NDJSON 每行一条',
    });
  }
  return parsed as readonly unknown[];
}

function readLines(raw: Buffer, rejected: PostedReadings['rejected']): readonly unknown[] {
  const lines = raw.toString('utf8').split('\n');
  if (lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      rejected.push({
        index,
        code: 'input.malformed-json',
        message: fill(ERROR_WORDING['input.malformed-json'], { reason }),
      });
      return UNREADABLE;
    }
  });
}

/** What stood there, in short. Lists and objects are not written out: they may be nested without end. */
function seen(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null).slice(0, 100);
  return Array.isArray(value) ? '[…]' : '{…}';
}

function refusal(
  index: number,
  code: RowFault,
  row: unknown,
  range?: string,
): PostedReadings['rejected'][number] {
  const facts = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
  const details = Object.fromEntries(
    ['point', 'observedAt', 'value', 'quality', 'source'].map((name) => [name, seen(facts[name])]),
  );
  return {
    index,
    code,
    message: fill(ERROR_WORDING[code], {
      ...details,
      range,
      point: typeof facts['point'] === 'string' ? facts['point'].slice(0, 100) : '…',
    }),
  };
}
