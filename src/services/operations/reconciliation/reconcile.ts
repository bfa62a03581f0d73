import { MISMATCH_KINDS, MISMATCH_RULES, type MismatchKind } from '#model/operations';
import { announce, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { beijingDay, startOfDay } from '../beijing-day.ts';
import { districtPlace } from '../find-subject.ts';
import { settleRound } from '../settle-round.ts';
import { checkFollowed, checkPublished, type EventFacts } from './check-events.ts';
import { checkReadings } from './check-readings.ts';
import { type CheckTime, type MismatchRow, RECORD_CHECKS } from './checks.ts';

/** Nothing takes longer from one record to its partner. */
const SETTLED_MS = 5 * 60_000;
/** What is over is looked at for two nights. */
const LOOKED_BACK_MS = 2 * 86_400_000;
/** As many of a kind are written down by name. */
const NAMED = 1000;
/** A day's readings lie unpacked for as long after its end (`server/reading-keeper.ts` packs what is a day old). */
const UNPACKED_MS = 15 * 60_000;

interface Outcome {
  readonly kind: MismatchKind;
  readonly mismatches: number;
  readonly named: readonly MismatchRow[];
  readonly unchecked: string | null;
  readonly ms: number;
}

/**
 * Looks whether every record has its partner and writes down which have not; a kind that has any is a fault until it has none.
 * Gives the number of the reconciliation. Linear in what stands and in what happened in the last days.
 */
export async function reconcile(
  context: SystemContext,
  by: {
    readonly events: EventFacts;
    readonly requestedBy: string | null;
    /** Waited for before what was found is looked at again: what was just under way has its partner then. */
    readonly rest?: () => Promise<void>;
  },
): Promise<number> {
  const now = context.now();
  return context.transaction(async (tx) => {
    const place = (await districtPlace(tx)) ?? 0;
    const outcomes: Outcome[] = [];
    const ground = { now, place, events: by.events };
    for (const kind of MISMATCH_KINDS) outcomes.push(await check(tx, kind, ground));
    if (by.rest && outcomes.some(({ mismatches }) => mismatches > 0)) {
      await by.rest();
      await confirm(tx, ground, outcomes);
    }
    const day = beijingDay(startOfDay(now) - 1);
    const { id } = await tx
      .insertInto('reconciliation')
      .values({
        day,
        requested_by: by.requestedBy,
        started_at: new Date(now),
        finished_at: new Date(context.now()),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await write(tx, id, outcomes);
    await settle(tx, now, { place, outcomes });
    await announce(tx, [{ type: 'reconciliation.done', at: now, place, scenario: null, payload: { id } }]);
    return id;
  });
}

interface Ground {
  readonly now: number;
  readonly place: number;
  readonly events: EventFacts;
}

async function check(tx: Tx, kind: MismatchKind, ground: Ground): Promise<Outcome> {
  const began = performance.now();
  const found = await find(tx, kind, ground);
  const ms = Math.round(performance.now() - began);
  if (typeof found === 'string') return { kind, mismatches: 0, named: [], unchecked: found, ms };
  return { kind, ...found, unchecked: null, ms };
}

/** Looks again at what was found: only what is found both times is without its partner. */
async function confirm(tx: Tx, ground: Ground, outcomes: Outcome[]): Promise<void> {
  for (const [i, first] of outcomes.entries()) {
    if (first.mismatches === 0) continue;
    const again = await check(tx, first.kind, ground);
    const known = new Set(first.named.map((one) => `${one.subject_kind} ${one.subject_id} ${one.text}`));
    const both = again.named.filter((one) => known.has(`${one.subject_kind} ${one.subject_id} ${one.text}`));
    const isAll = again.mismatches <= NAMED && first.mismatches <= NAMED;
    outcomes[i] = {
      ...again,
      ms: first.ms + again.ms,
      mismatches: isAll ? both.length : Math.min(first.mismatches, again.mismatches),
      named: isAll ? both : again.named,
    };
  }
}

interface Found {
  readonly mismatches: number;
  readonly named: readonly MismatchRow[];
}

/** What has no partner; or why that cannot be told now. */
async function find(tx: Tx, kind: MismatchKind, { now, place, events }: Ground): Promise<Found | string> {
  const settled = now - SETTLED_MS;
  if (kind === 'event-not-published') return all(await checkPublished(tx, place, settled));
  if (kind === 'event-not-followed') {
    const { settledSeq } = events;
    if (settledSeq === undefined) return '服务启动不到 5 分钟，下一次再核';
    return all(await checkFollowed(tx, place, { ...events, settledSeq }));
  }
  if (kind === 'reading-count') {
    const to = startOfDay(now);
    if (now - to > UNPACKED_MS) return '前一天的读数已开始压缩，只在 0:00–0:15 核对';
    const from = startOfDay(to - 1);
    return all(await checkReadings(tx, { name: beijingDay(from), from, to, place }));
  }
  return ofRecords(tx, kind, { now, settled, since: now - LOOKED_BACK_MS });
}

function all(named: readonly MismatchRow[]): Found {
  return { mismatches: named.length, named };
}

async function ofRecords(tx: Tx, kind: keyof typeof RECORD_CHECKS, time: CheckTime): Promise<Found> {
  const { rows } = await sql<{ n: number; named: readonly MismatchRow[] | null }>`
    with wrong as materialized (${RECORD_CHECKS[kind](time)})
    select (select count(*) from wrong)::int as n,
      (select json_agg(w) from (select * from wrong order by since desc, subject_id desc limit ${NAMED}) w) as named`.execute(
    tx,
  );
  return { mismatches: rows[0]?.n ?? 0, named: rows[0]?.named ?? [] };
}

async function write(tx: Tx, id: number, outcomes: readonly Outcome[]): Promise<void> {
  await tx
    .insertInto('reconciliation_count')
    .values(
      outcomes.map(({ kind, mismatches, unchecked, ms }) => ({
        reconciliation_id: id,
        kind,
        mismatches,
        unchecked,
        ms,
      })),
    )
    .execute();
  const rows = outcomes.flatMap(({ kind, named }) => named.map((one) => ({ kind, ...one })));
  if (rows.length === 0) return;
  await sql`insert into reconciliation_mismatch (reconciliation_id, kind, subject_kind, subject_id, place, scenario, since, text)
    select ${id}, kind, subject_kind, subject_id, place, scenario, to_timestamp(since / 1000.0), text
    from ${recordset(
      rows,
      sql`r(kind text, subject_kind text, subject_id bigint, place int, scenario int2, since float8, text text)`,
    )}`.execute(tx);
}

/** One fault a kind; what could not be told stays as it is. */
async function settle(
  tx: Tx,
  now: number,
  { place, outcomes }: { readonly place: number; readonly outcomes: readonly Outcome[] },
): Promise<void> {
  const told = outcomes.filter(({ unchecked }) => unchecked === null);
  const keyOf = (kind: MismatchKind): string => `对账/${kind}`;
  await settleRound(tx, now, {
    kind: 'records-unmatched',
    foundBy: 'rule',
    wrong: told
      .filter(({ mismatches }) => mismatches > 0)
      .map(({ kind, mismatches, named }) => ({
        subject: { kind: 'process', key: keyOf(kind) },
        name: `对账：${MISMATCH_RULES[kind].text}`,
        summary: `${MISMATCH_RULES[kind].text} ${mismatches} 项，最近的：${named[0]?.text ?? ''}`,
        place,
        scenarios: [],
        simulated: false,
      })),
    isWell: ({ key }) => told.some(({ kind }) => keyOf(kind) === key),
    recovery: '对账重新相符',
  });
}

/** Five past midnight, while the rows of the day before are all unpacked. */
const NIGHTLY_MS = 5 * 60_000;

/** Whether tonight's has not been made yet. */
export async function isReconciliationDue(context: SystemContext): Promise<boolean> {
  const now = context.now();
  const due = startOfDay(now) + NIGHTLY_MS;
  if (now < due) return false;
  return context.transaction(async (tx) => {
    const { rows } =
      await sql`select from reconciliation where requested_by is null and started_at >= ${new Date(due)} limit 1`.execute(
        tx,
      );
    return rows.length === 0;
  });
}
