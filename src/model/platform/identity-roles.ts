import type { Role } from './roles.ts';

/**
 * Roles that an identity provider may give: Lingang, towns and villages come through the city operation centre (art. 5).
 * The separated administrators and the district's own offices are never handed out from outside.
 */
export const IDENTITY_ROLES = [
  'city-operations',
  'business-admin',
  'town-operator',
  'village-handler',
  'handler',
] as const satisfies readonly Role[];
export type IdentityRole = (typeof IDENTITY_ROLES)[number];
