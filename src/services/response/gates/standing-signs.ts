import { momentText } from '#base';
import { withOwnLimits } from '#contract/standard';
import type { CompositeSign, ElementState, Sign } from '#model/standard';
import { loadObjectFacts, type ObjectFacts } from '#services/context';
import { standingSentence } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A sign behind an order's warning that has not been back to normal for its off-delay. */
export interface StandingSign {
  /** With the present value, and since when. */
  readonly text: string;
  /** What measures it, as a fault names it. */
  readonly sensor: { readonly kind: 'device' | 'point'; readonly key: string };
  /** In which values are told; `1` for a sign that compares no number. */
  readonly unit: string;
}

interface Row {
  readonly body: Sign | CompositeSign;
  readonly states: readonly ElementState[] | null;
  readonly reason: string | null;
  readonly object: number;
  readonly level: number;
  readonly value: number;
  readonly raised_at: number;
  readonly newest: number | null;
  readonly point: string;
  readonly protocol: string | null;
  readonly device: string | null;
}

/** More than anybody reads; an order of a gathered warning may rest on hundreds. */
const MOST = 20;

/**
 * Signs over what machines measure that still hold an order's warning open, or that of one merged into it; the worst first. What
 * people reported has no reading that could return.
 */
export async function standingSigns(tx: Tx, order: number): Promise<readonly StandingSign[]> {
  // In two parts: nine tables in one would take the database longer to plan than to read.
  const { rows } = await sql<Row>`
    with held as materialized (
      select a.id, a.sign_id, a.point_id, a.reason, a.object_id, a.level, a.value, a.raised_at
      from work_order g
      join warning w on w.id = g.warning_id and w.state = 'open'
      join warning_evidence v on v.warning_id = w.id and v.level > 0
      join alarm a on a.id = v.alarm_id and a.normal_at is null
      where g.id = ${order} or g.merged_into = ${order})
    select s.body, e.body->'states' as states, a.reason, a.object_id as object, a.level, a.value, a.raised_at, t.value as newest,
      p.code as point, d.protocol, d.code as device
    from held a
    join sign s on s.id = a.sign_id
    join point p on p.id = a.point_id
    join element e on e.code = p.element_code and e.sensing <> 'social'
    left join device d on d.id = p.device_id
    left join point_state t on t.point_id = a.point_id
    order by a.level desc, a.raised_at, a.id limit ${MOST}`.execute(tx);
  if (rows.length === 0) return [];
  const objects = await loadObjectFacts(tx, [...new Set(rows.map((row) => row.object))]);
  return rows.map((row) => ({
    text: `${textOf(row, objects.get(row.object))}，自 ${momentText(row.raised_at)} 起`,
    sensor:
      row.protocol === null || row.device === null
        ? { kind: 'point', key: row.point }
        : { kind: 'device', key: `${row.protocol}/${row.device}` },
    unit: 'measure' in row.body ? row.body.unit : '1',
  }));
}

function textOf({ body, states, reason, ...row }: Row, facts: ObjectFacts | undefined): string {
  // A composite sign compares no number: it has written down why it holds.
  if (!('measure' in body)) return reason ?? body.name;
  const own = facts?.limits[body.code];
  const spoken = { ...(own ? withOwnLimits(body, own) : body), states: states ?? undefined };
  return standingSentence(spoken, row, (code) => facts?.parameters[code]);
}
