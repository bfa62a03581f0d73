import { type LimitsFile, SIGN_LEVELS, type SignLevel, type StandardFile } from '#model/standard';
import type { Tx } from '#storage';
import { limitsFor } from '#workflow';
import { sql } from 'kysely';

/** Where a figure for the work of one warning comes from. */
export type EffortGround = 'measured' | 'limit' | 'standing';

/** Work of one warning of an item at a level (ms), when it stood for so long (ms). */
export type EffortOf = (
  document: StandardFile,
  warning: { readonly item: string; readonly level: SignLevel; readonly standingMs: number },
) => { readonly ms: number; readonly ground: EffortGround; readonly unit: string };

/** Fewer closed orders than this are no measure. */
const ENOUGH = 3;
const LONGEST_WORK_MS = 8 * 3_600_000;

/**
 * Hours of work a warning costs its unit: from taking the order to clearing it, as the median of at least three orders of the
 * item and level; without those the handbook's limit for clearing; where that is no time, how long the warning stood, a shift of
 * eight hours at the most.
 */
export async function loadEfforts(tx: Tx, scenario: number): Promise<EffortOf> {
  const { rows } = await sql<{ item: string; level: number; ms: number }>`
    select w.item_code as item, w.level,
      percentile_cont(0.5) within group (order by extract(epoch from c.met_at - a.met_at)) * 1000 as ms
    from work_order w
    join deadline a on a.work_order_id = w.id and a.kind = 'accept' join deadline c on c.work_order_id = w.id and c.kind = 'clear'
    where w.scenario = ${scenario} and w.replay_session_id is null and a.met_at is not null and c.met_at > a.met_at
    group by w.item_code, w.level having count(*) >= ${ENOUGH}`.execute(tx);
  const measured = new Map(rows.map(({ item, level, ms }) => [`${item} ${SIGN_LEVELS[4 - level]}`, ms]));
  const limits = await tx
    .selectFrom('standard_version')
    .select('document')
    .where('scenario', 'is', null)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow();
  return effortsBy(measured, limits.document as LimitsFile);
}

function effortsBy(measured: ReadonlyMap<string, number>, { classes }: LimitsFile): EffortOf {
  return (document, { item, level, standingMs }) => {
    const entry = document.handbook.find((one) => one.item === item && one.level === level);
    const unit = entry?.responsible.unit ?? document.owner;
    const known = measured.get(`${item} ${level}`);
    if (known !== undefined) return { ms: known, ground: 'measured', unit };
    const limitClass = classes.find(({ code }) => code === (entry?.limitClass ?? 'T-std'));
    const limit = limitClass && limitsFor(limitClass, level, entry?.limits).clearSeconds;
    if (typeof limit === 'number') return { ms: limit * 1000, ground: 'limit', unit };
    return { ms: Math.min(standingMs, LONGEST_WORK_MS), ground: 'standing', unit };
  };
}
