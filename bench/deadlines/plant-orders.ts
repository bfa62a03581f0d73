import { SystemContext } from '#services/context';
import { openWorkOrders } from '#services/response';
import { type Storage, Vault } from '#storage';
import { sql } from 'kysely';

const FLOOD = 1;
const ITEM = 'FLOOD.I06';
const VAULT_BYTES = 32;
const RED = 4;

/** Red orders at so many underpasses, opened now by the use case: each with its limits, of which none is due yet. Gives their ids. */
export async function plantOrders(storage: Storage, count: number): Promise<readonly number[]> {
  const at = Date.now();
  const moment = new Date(at);
  const { rows } = await sql<{ id: number }>`
    with spots as (
      insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      select 'due.' || nextval('alarm_id'), '下立交', array[${FLOOD}::int2], (select min(place) from platform where kind = 'village'),
        true, 31.2, 121.5
      from generate_series(1, ${count}::int) returning id, place
    )
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select id, ${ITEM}, place, ${FLOOD}, 'open', ${RED}::int2, ${RED}::int2, '积水深度超限', ${moment}, ${moment}, false from spots
    returning id`.execute(storage.system);
  const warnings = rows.map(({ id }) => id);
  const vault = new Vault(Buffer.alloc(VAULT_BYTES));
  const system = new SystemContext({ storage, clock: { now: () => at }, poke: () => undefined, vault });
  await system.transaction((tx) =>
    openWorkOrders(
      tx,
      at,
      warnings.map((warning) => ({ change: 'raised', warning, level: 'red', at })),
    ),
  );
  const { rows: orders } = await sql<{ id: number }>`
    select id from work_order where warning_id = any(${warnings}::bigint[]) order by id`.execute(
    storage.system,
  );
  return orders.map(({ id }) => id);
}

/** As if the orders had been opened earlier, so that the first rung of each falls due at this moment. */
export async function fallDueAt(storage: Storage, orders: readonly number[], at: number): Promise<void> {
  await sql`update deadline d set started_at = d.started_at - f.early, due_at = d.due_at - f.early, next_at = d.next_at - f.early
    from (select work_order_id, min(next_at) - ${new Date(at)}::timestamptz as early from deadline
      where work_order_id = any(${[...orders]}::bigint[]) group by 1) f
    where d.work_order_id = f.work_order_id`.execute(storage.system);
}

/** What was told of these orders, and by how many of them. */
export async function toldOf(
  storage: Storage,
  orders: readonly number[],
): Promise<{ readonly limits: number; readonly reminders: number; readonly orders: number }> {
  const { rows } = await sql<{ limits: number; reminders: number; orders: number }>`
    select (select count(*) from deadline where work_order_id = any(o.ids) and step > 0) as limits,
      count(r.id) as reminders, count(distinct r.work_order_id) as orders
    from (select ${[...orders]}::bigint[] as ids) o left join reminder r on r.work_order_id = any(o.ids) group by o.ids`.execute(
    storage.system,
  );
  return rows[0] ?? { limits: 0, reminders: 0, orders: 0 };
}
