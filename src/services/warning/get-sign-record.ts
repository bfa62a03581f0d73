import { AppError } from '#base';
import type { SignRecord, SignTally } from '#contract/warning';
import { VERDICTS } from '#model/response';
import { levelOf, LEVELS } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** One alarm of the sign that counts, with the warning it stands in. */
interface Row {
  readonly id: number;
  readonly version_id: number;
  readonly version: string;
  readonly peak_level: number;
  readonly raised_at: number;
  readonly simulated: boolean;
  readonly warning: number | null;
  readonly verdict: string | null;
}

/**
 * How often a sign has raised an alarm within the caller's reach, and what came of it: by level, by verdict, by the version of the
 * standard. Throws `record.not-found` for a code no version has.
 */
export async function getSignRecord(
  context: RequestContext,
  { params }: { readonly params: { readonly code: string } },
): Promise<SignRecord> {
  context.authorize('warning.read');
  const now = context.now();
  return context.transaction(async (tx) => {
    const since = await knownSince(tx, params.code);
    const counted = await loadAlarms(context, tx, { code: params.code, from: now - YEAR_MS });
    const real = counted.filter(({ simulated }) => !simulated);
    const byVersion = Map.groupBy(real, (row) => row.version_id);
    return {
      code: params.code,
      since,
      last30Days: tally(real.filter((row) => row.raised_at > now - MONTH_MS)),
      last12Months: tally(real),
      simulated: new Set(counted.filter(({ simulated }) => simulated).map(({ id }) => id)).size,
      versions: [...byVersion]
        .toSorted(([a], [b]) => b - a)
        .map(([id, rows]) => ({ ...tally(rows), id, version: rows[0]?.version ?? '' })),
    };
  });
}

async function knownSince(tx: Tx, code: string): Promise<number> {
  const { rows } = await sql<{ since: number | null }>`
    select min(v.published_at) as since from sign g join standard_version v on v.id = g.standard_id
    where g.code = ${code}`.execute(tx);
  const since = rows[0]?.since ?? null;
  if (since === null) throw new AppError('record.not-found', { what: '预警体征', id: code });
  return since;
}

async function loadAlarms(
  context: RequestContext,
  tx: Tx,
  { code, from }: { readonly code: string; readonly from: number },
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select a.id, v.id as version_id, v.version, a.peak_level, a.raised_at, a.simulated, e.warning_id as warning, o.verdict
    from alarm a join sign g on g.id = a.sign_id join standard_version v on v.id = g.standard_id
    left join warning_evidence e on e.alarm_id = a.id left join work_order o on o.warning_id = e.warning_id
    where g.code = ${code} and ${context.reach('a')} and a.raised_at > ${new Date(from)} and a.replay_session_id is null`.execute(
    tx,
  );
  return rows;
}

function tally(rows: readonly Row[]): SignTally {
  const alarms = Object.fromEntries(LEVELS.map((level) => [level, 0])) as SignTally['alarms'];
  for (const { peak_level } of new Map(rows.map((row) => [row.id, row])).values()) {
    const level = levelOf(peak_level);
    if (level) alarms[level] += 1;
  }
  const warnings = new Map(rows.flatMap((row) => (row.warning === null ? [] : [[row.warning, row.verdict]])));
  const verdicts = Object.fromEntries(
    [...VERDICTS, 'undecided'].map((one) => [one, 0]),
  ) as SignTally['verdicts'];
  for (const verdict of warnings.values())
    verdicts[VERDICTS.find((one) => one === verdict) ?? 'undecided'] += 1;
  return { alarms, warnings: warnings.size, verdicts };
}
