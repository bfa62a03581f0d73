import type { Device, monitoringRoutes, Quarantined } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadDeviceViews } from './device-view.ts';

/** A page of devices in the order of their numbers. */
export async function listDevices(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof monitoringRoutes.listDevices.query> },
): Promise<{ items: Device[]; next: string | null }> {
  context.authorize('device.read');
  const search =
    query.search === undefined ? sql`true` : sql`strpos(lower(d.code), lower(${query.search})) > 0`;
  return context.transaction(async (tx) => {
    const rows = await loadDeviceViews(tx, {
      suffix: sql`where d.id > ${readIdCursor(query.after)} and ${search} order by d.id limit ${query.limit + 1}`,
    });
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

/** Strangers that speak to a gateway, in the order they appeared. */
export async function listQuarantine(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof monitoringRoutes.listQuarantine.query> },
): Promise<{ items: Quarantined[]; next: string | null }> {
  context.authorize('device.read');
  return context.transaction(async (tx) => {
    const rows = await tx
      .selectFrom('quarantine')
      .selectAll()
      .where('id', '>', readIdCursor(query.after))
      .orderBy('id')
      .limit(query.limit + 1)
      .execute();
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return {
      items: page.map(({ id, protocol, code, address, sample, first_seen_at, last_seen_at, frames }) => ({
        id,
        protocol,
        code,
        address,
        sample,
        frames,
        firstSeenAt: first_seen_at,
        lastSeenAt: last_seen_at,
      })),
      next,
    };
  });
}
