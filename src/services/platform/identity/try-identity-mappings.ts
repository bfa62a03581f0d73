import type { identityRoutes } from '#contract/platform';
import { ROLE_TEXT } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { loadKnownPlatforms, loadMappings } from './load-mappings.ts';
import { mapClaims, REFUSAL_TEXT } from './map-claims.ts';

type Body = z.output<typeof identityRoutes.tryIdentityMappings.body>;
type Reply = z.output<typeof identityRoutes.tryIdentityMappings.reply>;

/** What these claims would give somebody who signed in now, and why not more. Nothing is changed. */
export async function tryIdentityMappings(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Reply> {
  context.authorize('identity.manage');
  return context.transaction(async (tx) => {
    const mapped = mapClaims(body.claims, await loadMappings(tx), await loadKnownPlatforms(tx));
    return {
      barred: mapped.barred,
      grants: mapped.grants.map(({ mapping, role, platform }) => ({
        mapping,
        role,
        roleName: ROLE_TEXT[role],
        platform: platform.code,
        platformName: platform.name,
      })),
      refusals: mapped.refusals.map(({ mapping, reason, seen }) => ({
        mapping,
        reason,
        text: REFUSAL_TEXT[reason],
        seen,
      })),
    };
  });
}
