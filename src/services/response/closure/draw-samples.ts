import { beijingMonth, spanOfBeijingMonth } from '#base';
import { announce, auditRule, settingsOfScenarios, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { drawnText } from '../order-text.ts';
import { countedClosed } from './counted-closed.ts';

interface Drawn {
  readonly code: string;
  readonly place: number;
  readonly scenario: number;
}

/**
 * 抽查: of each month that is over a share of what every unit closed is put on the list, at least one of each unit; which ones follows
 * from their numbers and the month alone, so that nobody picks. A month is drawn once: its own row is the lock. A server that was
 * down draws what it missed, month by month. Gives how many were put on it.
 */
export async function drawSamples(context: SystemContext): Promise<number> {
  const last = beijingMonth(spanOfBeijingMonth(beijingMonth(context.now())).from - 1);
  let drawn = 0;
  for (const month of await monthsToDraw(context, last)) drawn += await drawMonth(context, month);
  return drawn;
}

/** What came after the last one that was drawn, else the month that is over. */
async function monthsToDraw(context: SystemContext, last: string): Promise<readonly string[]> {
  const before = await context.transaction(async (tx) => {
    const { rows } = await sql<{ month: string }>`
      select to_char(month, 'YYYY-MM') as month from closure_draw order by month desc limit 1`.execute(tx);
    return rows[0]?.month;
  });
  if (before === undefined) return [last];
  const months: string[] = [];
  for (let month = next(before); month <= last; month = next(month)) months.push(month);
  return months;
}

function next(month: string): string {
  return beijingMonth(spanOfBeijingMonth(month).to);
}

async function drawMonth(context: SystemContext, month: string): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const { numAffectedRows } = await sql`insert into closure_draw (month, drawn_at)
      values (${`${month}-01`}::date, ${new Date(now)}) on conflict do nothing`.execute(tx);
    if (Number(numAffectedRows ?? 0) === 0) return 0;
    const drawn = await draw(tx, month, now);
    await auditRule(
      tx,
      { rule: 'draw-samples', at: now },
      drawn.map(({ code, place, scenario }) => ({
        action: 'closure-sample.drawn',
        subject: `work-order/${code}`,
        place,
        scenario,
        after: { month },
      })),
    );
    await tellScenarios(tx, { month, drawn, at: now });
    return drawn.length;
  });
}

async function draw(tx: Tx, month: string, now: number): Promise<readonly Drawn[]> {
  const setting = await settingsOfScenarios(tx, ['closure.sample-percent']);
  const { rows: scenarios } = await sql<{ id: number }>`select id from scenario`.execute(tx);
  const shares = scenarios.map(({ id }) => ({
    scenario: id,
    percent: Number(setting('closure.sample-percent', id)),
  }));
  const { rows } = await sql<Drawn>`
    with closed as (
      select o.id, o.code, o.place, o.scenario, o.unit, count(*) over (partition by o.scenario, o.unit) as of_unit,
        row_number() over (partition by o.scenario, o.unit order by md5(${month}::text || ':' || o.id), o.id) as nth
      from work_order o where ${countedClosed(month)}
    ), picked as (
      select c.* from closed c join ${recordset(shares, sql`r(scenario int2, percent float8)`)} on r.scenario = c.scenario
      where c.nth <= greatest(1, ceil(c.of_unit * r.percent / 100))
    ), sampled as (
      insert into closure_sample (work_order_id, place, scenario, unit, month, drawn_at)
      select id, place, scenario, unit, ${`${month}-01`}::date, ${new Date(now)} from picked order by id
      returning work_order_id
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
      select id, place, scenario, ${new Date(now)}, 'sampled', ${drawnText(month)} from picked order by id
    )
    select p.code, p.place, p.scenario from picked p join sampled s on s.work_order_id = p.id order by p.id`.execute(
    tx,
  );
  return rows;
}

/** The platform of each scenario that has some is told how many wait. */
async function tellScenarios(
  tx: Tx,
  { month, drawn, at }: { readonly month: string; readonly drawn: readonly Drawn[]; readonly at: number },
): Promise<void> {
  const counts = [...Map.groupBy(drawn, (one) => one.scenario)].map(([scenario, its]) => ({
    scenario,
    samples: its.length,
  }));
  const { rows } = await sql<{
    readonly code: string;
    readonly place: number;
    readonly scenario: number;
    readonly samples: number;
  }>`
    select p.code, p.place, p.scenario, r.samples from ${recordset(counts, sql`r(scenario int2, samples int)`)}
    join platform p on p.scenario = r.scenario and p.kind = 'scenario' and p.place is not null order by p.code`.execute(
    tx,
  );
  await announce(
    tx,
    rows.map(({ code, place, scenario, samples }) => ({
      type: 'closure-sample.drawn',
      at,
      place,
      scenario,
      payload: { id: 0, month, platform: code, samples },
    })),
  );
}
