import { AppError } from '#base';
import type { ShelfTarget } from '#contract/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** What a shelf is over, as its row has it. */
export interface FoundTarget {
  readonly object_id: number;
  readonly place: number;
  readonly scenario: number;
  readonly point_id: number | null;
  readonly sign_code: string | null;
  readonly item_code: string | null;
  /** As a sentence names it. */
  readonly name: string;
}

/** Finds what is to be shelved, as far as the caller sees it. Throws `record.not-found`. */
export async function findTarget(tx: Tx, target: ShelfTarget): Promise<FoundTarget> {
  if (target.scope === 'sign') return findSign(tx, target.point, target.sign);
  const object = await findObject(tx, target.object);
  if (target.scope === 'object') return { ...object, point_id: null, sign_code: null, item_code: null };
  const { rows } = await sql<{ name: string }>`
    select name from warning_item where code = ${target.item} order by standard_id desc limit 1`.execute(tx);
  const [item] = rows;
  if (!item) throw new AppError('record.not-found', { what: '预警事项', id: target.item });
  const name = `${object.name}的“${item.name}”`;
  return { ...object, name, point_id: null, sign_code: null, item_code: target.item };
}

async function findObject(
  tx: Tx,
  id: number,
): Promise<Pick<FoundTarget, 'object_id' | 'place' | 'scenario' | 'name'>> {
  const { rows } = await sql<Pick<FoundTarget, 'object_id' | 'place' | 'scenario' | 'name'>>`
    select id as object_id, place, scenarios[1] as scenario, name from monitored_object where id = ${id}`.execute(
    tx,
  );
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '监测对象', id: String(id) });
  return found;
}

async function findSign(tx: Tx, point: string, sign: string): Promise<FoundTarget> {
  const { rows } = await sql<FoundTarget>`
    select p.id as point_id, o.id as object_id, o.place, o.scenarios[1] as scenario, ${sign} as sign_code, null as item_code,
      o.name || '的“' || g.name || '”' as name
    from point p join monitored_object o on o.id = p.object_id
    join lateral (select name from sign where code = ${sign} order by standard_id desc limit 1) g on true
    where p.code = ${point}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '监测点的体征', id: `${point} ${sign}` });
  return found;
}
