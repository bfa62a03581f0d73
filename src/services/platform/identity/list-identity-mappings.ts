import { createHash } from 'node:crypto';

import type { IdentityMapping, identityRoutes } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { loadMappings } from './load-mappings.ts';

type Reply = z.output<typeof identityRoutes.listIdentityMappings.reply>;

/** The table that maps the provider's claims to roles, in its order. */
export async function listIdentityMappings(context: RequestContext): Promise<Reply> {
  context.authorize('identity.manage');
  return context.transaction(async (tx) => showMappings(await loadMappings(tx)));
}

export function showMappings(items: readonly IdentityMapping[]): Reply {
  const version = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
  return { items: [...items], version };
}
