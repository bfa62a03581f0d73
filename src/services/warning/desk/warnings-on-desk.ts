import type { DeskWarning, DutyDesk } from '#contract/command';
import { type Level, levelOf, LEVELS, type WarningState } from '#model/warning';
import type { RequestContext } from '#services/context';
import { type AsOf, type Tx, warningsAt } from '#storage';
import { type RawBuilder, sql } from 'kysely';

const NEWEST = 50;

interface Row {
  readonly id: number;
  readonly object: DeskWarning['object'];
  readonly item: string;
  readonly scenario: string;
  readonly level: number;
  readonly peak_level: number;
  readonly state: WarningState;
  readonly reason: string;
  readonly opened_at: number;
  readonly changed_at: number;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly hold: DeskWarning['hold'];
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** The warnings of the desk as they stand, or stood at a moment: how many per level, how many unread, and the newest. */
export async function warningsOnDesk(context: RequestContext, at: AsOf): Promise<DutyDesk['warnings']> {
  context.authorize('warning.read');
  const desk = { at, now: context.now() };
  return context.transaction(async (tx) => ({
    ...(await countOpen(tx, desk)),
    newest: await newest(tx, desk, context.reach('w')),
  }));
}

/** When the desk is looked at, epoch ms; `at` where that is the past, of which only what was written down is known. */
interface Look {
  readonly at: AsOf;
  readonly now: number;
}

/** What is held back on purpose of all that is open; of the past nothing is told. */
function heldOf({ at, now }: Look): RawBuilder<unknown> {
  return at === null ? sql`held_open_warnings(${new Date(now)})` : sql`held_warnings('{}', ${new Date(at)})`;
}

async function countOpen(tx: Tx, look: Look): Promise<Omit<DutyDesk['warnings'], 'newest'>> {
  const { rows } = await sql<{ level: number; open: number; unread: number; unread_real: number }>`
    select level, count(*) as open, count(*) filter (where acknowledged_at is null and h.state is null) as unread,
      count(*) filter (where acknowledged_at is null and h.state is null and replay_session_id is null and not simulated) as unread_real
    from ${warningsAt(look.at)} w left join ${heldOf(look)} h on h.warning_id = w.id
    where w.state = 'open' group by level`.execute(tx);
  const found = new Map(rows.map((row) => [levelOf(row.level), row]));
  const count = (of: 'open' | 'unread' | 'unread_real'): Record<Level, number> =>
    Object.fromEntries(LEVELS.map((level) => [level, found.get(level)?.[of] ?? 0])) as Record<Level, number>;
  return { open: count('open'), unread: count('unread'), unreadReal: count('unread_real') };
}

async function newest(tx: Tx, look: Look, reach: RawBuilder<boolean>): Promise<DeskWarning[]> {
  const { rows } = await sql<Row>`
    with w as materialized (
      select * from ${warningsAt(look.at)} w where ${reach} order by w.opened_at desc, w.id desc limit ${NEWEST}
    )
    select w.id, w.level, w.peak_level, w.state, w.reason, w.opened_at, w.changed_at, w.acknowledged_at, w.acknowledged_by,
      w.replay_session_id, w.simulated, s.code as scenario, coalesce(i.name, w.item_code) as item,
      json_build_object('id', m.id, 'name', m.name, 'town', (select t.name from platform t where t.code = m.town)) as object,
      case when h.state is not null then json_build_object('state', h.state, 'who', h.who,
        'until', extract(epoch from h.until)::float8 * 1000, 'reason', h.reason) end as hold
    from w left join ${heldOf(look)} h on h.warning_id = w.id
    join monitored_object m on m.id = w.object_id
    join scenario s on s.id = w.scenario
    left join lateral (
      select name from warning_item where code = w.item_code order by standard_id desc limit 1
    ) i on true
    order by w.opened_at desc, w.id desc`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    object: row.object,
    item: row.item,
    scenario: row.scenario,
    level: levelOf(row.level) ?? levelOf(row.peak_level) ?? 'blue',
    state: row.state,
    reason: row.reason,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    hold: row.hold,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
  }));
}
