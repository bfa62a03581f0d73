import { expect } from 'vitest';

import type { Client } from './client.ts';

interface Listed {
  readonly items: readonly { readonly id: number; readonly object: { readonly id: number } }[];
}

/** Waits until an order about an object stands in the list of whoever asks; gives its number. */
export async function orderOfObject(client: Client, object: number): Promise<number> {
  let found = 0;
  await expect
    .poll(
      async () => {
        const { items } = await client.ask<Listed>('GET', '/api/v1/work-orders?limit=50');
        found = items.find((order) => order.object.id === object)?.id ?? 0;
        return found;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
  return found;
}
