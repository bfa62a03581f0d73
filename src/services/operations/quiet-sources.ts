import type { DeskTold, DutyDesk } from '#contract/command';
import { FAULT_KIND_RULES, type FaultKind } from '#model/operations';
import type { RequestContext } from '#services/context';
import type { AsOf, Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

const SHOWN = 20;

/** Nothing, or nothing of worth, comes from there any more: what the watch does not see. */
const QUIET: readonly FaultKind[] = [
  'ingest-down',
  'line-shut',
  'line-silent',
  'device-silent',
  'clock-wrong',
  'frames-refused',
  'data-poor',
  'damaged',
  'power-lost',
  'network-lost',
];

interface Row {
  readonly id: number;
  readonly kind: FaultKind;
  readonly name: string;
  readonly summary: string;
  readonly since: number;
  readonly count: number;
}

/** Sources that are quiet, or were at a moment, by their faults; and how many towns are watched too little now. */
export async function quietSources(
  context: RequestContext,
  at: AsOf,
): Promise<NonNullable<DutyDesk['sources']>> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => {
    const rows = await loadQuiet(tx, standing(at));
    return {
      count: rows[0]?.count ?? 0,
      newest: rows.map(({ id, kind, name, summary, since }) => ({
        fault: id,
        kindText: FAULT_KIND_RULES[kind].text,
        name,
        summary,
        since,
      })),
      blind: at === null ? await countBlind(tx) : null,
    };
  });
}

/** Sources that went quiet since somebody last looked and have not told anything again. */
export async function quietSince(context: RequestContext, since: number): Promise<DeskTold> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => {
    const rows = await loadQuiet(tx, sql`${standing(null)} where e.at > ${new Date(since)}`);
    return {
      count: rows[0]?.count ?? 0,
      items: rows.map(({ id, kind, name, summary, since: at }) => ({
        change: 'quiet',
        id,
        at,
        level: null,
        name,
        text: `${FAULT_KIND_RULES[kind].text}：${summary}`,
      })),
    };
  });
}

/** Faults that stand at the moment, with what began them: the last of their entries that opens or ends. */
function standing(at: AsOf): RawBuilder<unknown> {
  const then = at === null ? sql`true` : sql`e.at <= ${new Date(at)}`;
  const candidates =
    at === null ? sql`f.state not in ('resolved', 'closed')` : sql`f.opened_at <= ${new Date(at)}`;
  return sql`fault f join lateral (
      select e.kind, e.at from fault_entry e
      where e.fault_id = f.id and e.kind in ('opened', 'resolve', 'close', 'reopen') and ${then}
      order by e.id desc limit 1
    ) e on e.kind in ('opened', 'reopen') and ${candidates} and f.kind = any(${[...QUIET]})
    join lateral (
      -- What a rule finds when it comes again is the fault's new sentence.
      select coalesce(e.note, e.text) as summary from fault_entry e
      where e.fault_id = f.id and (e.kind = 'opened' or e.kind = 'reopen' and e.by is null) and ${then}
      order by e.id desc limit 1
    ) said on true`;
}

async function loadQuiet(tx: Tx, from: RawBuilder<unknown>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select f.id, f.kind, f.subject_name as name, said.summary, e.at as since, count(*) over () as count
    from ${from} order by e.at desc, f.id desc limit ${SHOWN}`.execute(tx);
  return rows;
}

async function countBlind(tx: Tx): Promise<{ blind: number; thin: number }> {
  const { rows } = await sql<{ blind: number; thin: number }>`
    select count(*) filter (where state = 'blind') as blind, count(*) filter (where state = 'thin') as thin
    from blind_spot where village = ''`.execute(tx);
  return rows[0] ?? { blind: 0, thin: 0 };
}
