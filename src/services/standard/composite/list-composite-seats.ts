import { AppError } from '#base';
import type { compositeRoutes, CompositeSeatView } from '#contract/standard';
import { levelOf } from '#model/warning';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { ConditionReads } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type CompositeInForce, type CompositesInForce, compositesInForce } from './composites-in-force.ts';
import { missingFacts } from './missing-facts.ts';

type Route = typeof compositeRoutes.listCompositeSeats;

interface Row {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly town: string | null;
  readonly own: readonly string[];
  readonly within: readonly string[];
  readonly level: number | null;
  readonly reason: string | null;
}

interface FactRow {
  readonly seat: number;
  readonly object: { readonly id: number; readonly name: string };
  readonly kind: 'sign' | 'element';
  readonly code: string;
  readonly level: number | null;
  readonly value: number | null;
  readonly at: number;
}

/** A page of the objects at which a composite sign is judged, with what it is shown there now. Throws `record.not-found`. */
export async function listCompositeSeats(
  context: RequestContext,
  { query: { sign, after, limit } }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const inForce = await compositesInForce(tx, context.now(), undefined);
    const composite = inForce.composites.find(({ body }) => body.code === sign);
    if (!composite) throw new AppError('record.not-found', { what: '复合体征', id: sign });
    const rows = await loadSeats(context, tx, composite, { after: readIdCursor(after), limit });
    const { page, next } = cutPage(rows, limit, ({ id }) => String(id));
    const facts = Map.groupBy(await loadFacts(tx, composite, page), ({ seat }) => seat);
    return { items: page.map((row) => show(row, facts.get(row.id) ?? [], { composite, inForce })), next };
  });
}

async function loadSeats(
  context: RequestContext,
  tx: Tx,
  { body: { code, element, within } }: CompositeInForce,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select o.id, o.code, o.name, (select t.name from platform t where t.code = o.town) as town,
      array(select distinct p.element_code from point p where p.object_id = o.id) as own,
      elements_within(o.id, ${JSON.stringify(within)}::jsonb) as within, a.level, a.reason
    from monitored_object o left join lateral (
      select a.level, a.reason from alarm a join sign g on g.id = a.sign_id
      where a.object_id = o.id and a.normal_at is null and g.code = ${code} order by a.id desc limit 1
    ) a on true
    where ${context.reach('o')} and o.retired_at is null and o.id > ${after}
      and exists (select from point p where p.object_id = o.id and p.element_code = ${element})
    order by o.id limit ${limit + 1}`.execute(tx);
  return rows;
}

const MOST = 50;

async function loadFacts(
  tx: Tx,
  { ready, body }: CompositeInForce,
  seats: readonly Row[],
): Promise<readonly FactRow[]> {
  if (!ready || seats.length === 0) return [];
  const reads = Object.values(ready.conditions).map((condition) => condition.reads);
  const codes = union(reads, ({ codes: named, ownSigns }) => [...named, ...ownSigns]);
  const everything = reads.some((one) => one.everything);
  const { rows } = await sql<FactRow>`
    select h.seat, f.* from unnest(${seats.map(({ id }) => id)}::int[]) h(seat)
    cross join lateral (
      select json_build_object('id', o.id, 'name', o.name) as object, t.kind, t.code, t.level, t.value, t.at
      from (select h.seat as object union select w.object from objects_within(h.seat, ${JSON.stringify(body.within)}::jsonb) w) r
      join monitored_object o on o.id = r.object
      cross join lateral (
        select 'sign' as kind, g.code, a.level, null::float8 as value, extract(epoch from a.raised_at)::float8 * 1000 as at
        from alarm a join sign g on g.id = a.sign_id join scenario s on s.id = g.scenario
        where a.object_id = o.id and a.normal_at is null and g.code <> ${body.code}
          and (${everything} and g.body ? 'measure' or g.code = any(${codes}) or g.item_code = any(${codes}) or s.code = any(${codes}))
        union all
        select 'element', p.element_code, null, v.value, extract(epoch from v.observed_at)::float8 * 1000
        from point p join point_state v on v.point_id = p.id
        where p.object_id = o.id and p.element_code = any(${union(reads, ({ elements }) => [...elements])})
      ) t order by t.level desc nulls last, o.id, t.code limit ${MOST}
    ) f`.execute(tx);
  return rows;
}

function union(reads: readonly ConditionReads[], pick: (one: ConditionReads) => readonly string[]): string[] {
  return [...new Set(reads.flatMap(pick))];
}

interface Shown {
  readonly composite: CompositeInForce;
  readonly inForce: CompositesInForce;
}

function show(
  { id, code, name, town, own, within, level, reason }: Row,
  facts: readonly FactRow[],
  { composite, inForce }: Shown,
): CompositeSeatView {
  const missing = missingFacts(composite, { own, within }, inForce);
  return {
    id,
    code,
    name,
    town,
    level: levelOf(level ?? 0) ?? null,
    reason,
    missing: missing.map((one) => ({ code: one.code, name: one.name })),
    facts: facts.map((fact) => ({
      object: fact.object,
      kind: fact.kind,
      code: fact.code,
      ...inForce.nameOf(fact.code),
      level: levelOf(fact.level ?? 0) ?? null,
      value: fact.value,
      at: fact.at,
    })),
  };
}
