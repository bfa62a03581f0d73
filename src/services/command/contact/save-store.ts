import { AppError } from '#base';
import type { commandRoutes, Store } from '#contract/command';
import { inBox, PUDONG_BOX, PUDONG_MARGIN } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { loadStore, showStore } from './store-view.ts';

type CreateBody = z.output<typeof commandRoutes.createStore.body>;
type UpdateBody = z.output<typeof commandRoutes.updateStore.body>;

/** Enters an emergency store. Throws `record.not-found`, `access.denied`, `input.invalid`. */
export async function createStore(
  context: RequestContext,
  { body }: { readonly body: CreateBody },
): Promise<Store> {
  context.authorize('contact.manage');
  requireHere(body);
  return context.transaction(async (tx) => {
    const { id: platform, place, scenario } = await findPlatform(tx, body.platform);
    context.authorizeRecord('contact.manage', { place, scenario });
    await requireKeeper(tx, body.keeper);
    const { name, address, lat, lon, keeper, items, checkedAt, note } = body;
    const { rows } = await sql<{ id: number }>`
      insert into emergency_store (platform_id, place, scenario, name, address, lat, lon, keeper_id, items, checked_at, note)
      values (${platform}, ${place}, ${scenario}, ${name}, ${address}, ${lat}, ${lon}, ${keeper}, ${JSON.stringify(items)},
        ${checkedAt === null ? null : new Date(checkedAt)}, ${note}) returning id`.execute(tx);
    const id = rows[0]?.id ?? 0;
    await audit(context, tx, {
      action: 'store.create',
      subject: `store/${id}`,
      after: body,
      place,
      scenario,
    });
    return showStore(await loadStore(tx, id), context.actor);
  });
}

/** Changes a store and what is in it. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updateStore(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: UpdateBody },
): Promise<Store> {
  context.authorize('contact.manage');
  requireHere(body);
  const { id } = params;
  return context.transaction(async (tx) => {
    const before = await loadStore(tx, id);
    context.authorizeRecord('contact.manage', before);
    if (body.keeper !== before.keeper?.id) await requireKeeper(tx, body.keeper);
    const { name, address, lat, lon, keeper, items, checkedAt, note } = body;
    const retired = body.retired ? new Date(before.retired_at ?? context.now()) : null;
    const saved = await sql`
      update emergency_store set name = ${name}, address = ${address}, lat = ${lat}, lon = ${lon}, keeper_id = ${keeper},
        items = ${JSON.stringify(items)}, checked_at = ${checkedAt === null ? null : new Date(checkedAt)}, note = ${note},
        retired_at = ${retired}, version = version + 1
      where id = ${id} and version = ${body.version}`.execute(tx);
    if (saved.numAffectedRows === 0n) throw new AppError('record.changed');
    const { place, scenario } = before;
    const action = body.retired && before.retired_at === null ? 'store.retire' : 'store.edit';
    const was = { name: before.name, items: before.items, keeper: before.keeper?.id ?? null };
    await audit(context, tx, { action, subject: `store/${id}`, before: was, after: body, place, scenario });
    return showStore(await loadStore(tx, id), context.actor);
  });
}

function requireHere({ lat, lon }: { readonly lat: number; readonly lon: number }): void {
  if (inBox(PUDONG_BOX, [lon, lat], PUDONG_MARGIN)) return;
  const issues = `坐标（纬度 ${lat}，经度 ${lon}）不在浦东新区。请核对经纬度是否写反，坐标须为 WGS 84`;
  throw new AppError('input.invalid', { issues });
}

async function requireKeeper(tx: Tx, keeper: number | null): Promise<void> {
  if (keeper === null) return;
  const { rows } = await sql`select from contact where id = ${keeper} and retired_at is null`.execute(tx);
  if (rows.length === 0) throw new AppError('record.not-found', { what: '联系人', id: keeper });
}
