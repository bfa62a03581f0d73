import { monitoringRoutes } from '#contract/monitoring';
import { linkRoutes, platformRoutes } from '#contract/platform';
import type { z } from 'zod';

import { type PuanClient, RefusedError } from './client.ts';

/** What must be known to the server before data may come. */
export interface Inventory {
  readonly objects: readonly z.input<typeof platformRoutes.createObject.body>[];
  readonly points: readonly z.input<typeof monitoringRoutes.createPoint.body>[];
  readonly devices: readonly z.input<typeof monitoringRoutes.createDevice.body>[];
  /** Which objects belong together, by the code of the one it is written at. */
  readonly links?: ReadonlyMap<string, z.input<typeof linkRoutes.putObjectLinks.body>['links']>;
}

interface Registered {
  readonly objects: number;
  readonly points: number;
  readonly devices: number;
}

const AT_ONCE = 4;
const PAGE = 500;

/** Registers what the server does not have yet: objects, then their points, then the devices. Gives how many were new. */
export async function registerMissing(client: PuanClient, inventory: Inventory): Promise<Registered> {
  const page = (after: string | undefined) => ({
    query: { limit: PAGE, ...(after === undefined ? {} : { after }) },
  });
  const objects = await client.all((after) => client.call(platformRoutes.listObjects, page(after)));
  const points = await client.all((after) => client.call(monitoringRoutes.listPoints, page(after)));
  const devices = await client.all((after) => client.call(monitoringRoutes.listDevices, page(after)));
  const fresh: { readonly code: string; readonly id: number }[] = [];
  const newObjects = await makeNew(inventory.objects, objects, async (body) => {
    fresh.push(await client.call(platformRoutes.createObject, { body }));
  });
  // Those that were there before have what people have given them.
  for (const { code, id } of fresh) {
    const links = inventory.links?.get(code);
    if (links) await client.call(linkRoutes.putObjectLinks, { params: { id }, body: { links } });
  }
  return {
    objects: newObjects,
    points: await makeNew(inventory.points, points, (body) =>
      client.call(monitoringRoutes.createPoint, { body }),
    ),
    devices: await makeNew(inventory.devices, devices, (body) =>
      client.call(monitoringRoutes.createDevice, { body }),
    ),
  };
}

async function makeNew<Body extends { readonly code: string }>(
  wanted: readonly Body[],
  there: readonly { readonly code: string }[],
  make: (body: Body) => Promise<unknown>,
): Promise<number> {
  const known = new Set(there.map(({ code }) => code));
  const queue = wanted.filter(({ code }) => !known.has(code));
  const fresh = queue.length;
  const work = async (): Promise<void> => {
    for (let body = queue.shift(); body; body = queue.shift()) await tolerateExisting(make(body));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return fresh;
}

/** A retry after a lost answer finds what the first attempt made. */
async function tolerateExisting(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof RefusedError && error.code === 'record.exists')) throw error;
  }
}
