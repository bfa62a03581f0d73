import { recordset, type Tx } from '#storage';
import { finalDuty, updateAfter } from '#workflow';
import { sql } from 'kysely';

import type { RuleInForce } from './report-rules.ts';
import type { OwedDuty, OwingMatter } from './save-duties.ts';

/** A matter whose order or incident is over, or goes on again. */
export interface EndedMatter extends OwingMatter {
  readonly at: number;
  /** It went on in another order, was waived, or its incident is reported on as a whole: nothing is to be said of it any more. */
  readonly aside: boolean;
}

interface Ended {
  readonly closed: readonly EndedMatter[];
  readonly reopened: readonly EndedMatter[];
}

/** Ends what is asked for no more, and gives what is owed now: the last report of what is over, the next one of what goes on. */
export async function settledDuties(
  tx: Tx,
  { closed, reopened }: Ended,
  rules: readonly RuleInForce[],
): Promise<readonly OwedDuty[]> {
  await stopDuties(tx, closed, 'update');
  await stopDuties(tx, reopened, 'final');
  const limits = new Map(rules.map((rule) => [rule.code, rule.limits.finalMinutes]));
  const series = await loadSeries(tx, [...closed, ...reopened]);
  const finals = closed
    .filter(({ aside }) => !aside)
    .flatMap((matter) =>
      (series.get(matter.id) ?? []).flatMap((one): readonly OwedDuty[] => {
        const minutes = limits.get(one.rule) ?? null;
        return minutes === null ? [] : [{ ...one, matter, ...finalDuty(minutes, matter.at, one.finals + 1) }];
      }),
    );
  return [...finals, ...goingOn(reopened, series)];
}

/** The next report of each series that does not run. */
export async function nextOfSeries(
  tx: Tx,
  matters: readonly (OwingMatter & { readonly at: number })[],
): Promise<readonly OwedDuty[]> {
  return goingOn(matters, await loadSeries(tx, matters));
}

function goingOn(
  matters: readonly (OwingMatter & { readonly at: number })[],
  series: ReadonlyMap<number, readonly Series[]>,
): readonly OwedDuty[] {
  return matters.flatMap((matter) =>
    (series.get(matter.id) ?? []).flatMap((one): readonly OwedDuty[] =>
      one.repeat === null || one.runs
        ? []
        : [{ ...one, matter, ...updateAfter(matter.at, one.repeat, one.updates + 1) }],
    ),
  );
}

/** Ends what would have fallen due later: of a closed matter the series, of one that went aside all, of a reopened one the last report. */
async function stopDuties(tx: Tx, matters: readonly EndedMatter[], kind: 'update' | 'final'): Promise<void> {
  if (matters.length === 0) return;
  await sql`update report_duty d set stopped_at = to_timestamp(r.at / 1000.0), next_at = null
    from ${recordset(matters, sql`r(id bigint, at float8, aside boolean)`)}
    where d.matter_id = r.id and (d.kind = ${kind} or r.aside) and d.fulfilled_at is null and d.stopped_at is null
      and d.due_at >= to_timestamp(r.at / 1000.0)`.execute(tx);
}

interface Series {
  readonly matter_id: number;
  readonly rule: string;
  readonly platform: number;
  readonly recipient: OwedDuty['recipient'];
  readonly channel: OwedDuty['channel'];
  readonly repeat: number | null;
  readonly updates: number;
  readonly finals: number;
  /** The next one is asked for already. */
  readonly runs: boolean;
}

/** What each rule has asked for of these matters so far. */
async function loadSeries(
  tx: Tx,
  matters: readonly Pick<OwingMatter, 'id'>[],
): Promise<ReadonlyMap<number, readonly Series[]>> {
  const { rows } = await sql<Series>`
    select matter_id, rule, max(platform_id) as platform, max(recipient) as recipient, max(channel) as channel,
      max(repeat_minutes) as repeat, coalesce(max(n) filter (where kind = 'update'), 0) as updates,
      coalesce(max(n) filter (where kind = 'final'), 0) as finals,
      coalesce(bool_or(kind = 'update' and next_at is not null), false) as runs
    from report_duty where matter_id = any(${matters.map(({ id }) => id)}::bigint[])
    group by matter_id, rule order by matter_id, rule`.execute(tx);
  return Map.groupBy(rows, (row) => row.matter_id);
}
