import type { HandOrder } from '#contract/response';
import { levelOf } from '#model/warning';
import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';

import type { OrderRow } from '../order-view.ts';
import { CALL_PURPOSE, handText, type LinkRow } from './link-view.ts';

/** What a hand without an account needs of its order: where, what, the steps, whom to call; of others' work nothing. */
export async function showHandOrder(
  tx: Tx,
  { link, order, vault }: { readonly link: LinkRow; readonly order: OrderRow; readonly vault: Vault },
): Promise<HandOrder> {
  return {
    id: link.id,
    code: order.code,
    person: link.person,
    handUnit: link.hand_unit,
    until: link.until,
    item: order.item.name,
    level: levelOf(order.level) ?? 'blue',
    object: {
      name: order.object.name,
      town: order.object.town,
      lat: order.object.lat,
      lon: order.object.lon,
    },
    told: order.told,
    steps: order.handbook.steps.map(({ text }) => text),
    accountable: order.handler_name,
    unit: order.unit,
    callPhone: link.call_sealed === null ? null : vault.open(link.call_sealed, CALL_PURPOSE),
    arrivedAt: link.arrived_at,
    outcome: link.outcome,
    said: await saidBy(tx, link),
  };
}

async function saidBy(tx: Tx, link: LinkRow): Promise<HandOrder['said']> {
  const { rows } = await sql<HandOrder['said'][number]>`
    select e.at, e.text, e.note, (select count(*) from attachment a where a.entry_id = e.id) as photos
    from work_order_entry e
    where e.work_order_id = ${link.work_order_id} and e.by = ${handText(link)} and e.at >= ${new Date(link.made_at)}
    order by e.id`.execute(tx);
  return [...rows];
}
