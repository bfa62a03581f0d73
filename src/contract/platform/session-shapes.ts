import { z } from 'zod';

/** How a session was opened. */
export const OPENED_WITH = ['password', 'code', 'recovery-code', 'pin', 'identity'] as const;

/** One open session of one's own. */
export const ownSession = z.object({
  id: z.number().int(),
  openedAt: z.number(),
  lastUsedAt: z.number(),
  expiresAt: z.number(),
  address: z.string(),
  /** Browser and system in short, e.g. `Chrome · Windows`. */
  client: z.string(),
  openedWith: z.enum(OPENED_WITH),
  /** The bound device it runs on. */
  device: z.number().int().nullable(),
  /** The session that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof ownSession>;

/** A phone that is bound to its handler. */
export const boundDevice = z.object({
  id: z.number().int(),
  name: z.string(),
  client: z.string(),
  address: z.string(),
  boundAt: z.number(),
  lastUsedAt: z.number(),
  expiresAt: z.number(),
  current: z.boolean(),
});
export type BoundDevice = z.infer<typeof boundDevice>;

export const TOKEN_KINDS = ['gateway', 'device', 'person'] as const;

/** A token as lists show it: never its text. */
export const token = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: z.enum(TOKEN_KINDS),
  /** Code of the device it belongs to. */
  device: z.string().nullable(),
  /** Code of the platform, or the scenarios, it is narrowed to. */
  platform: z.string().nullable(),
  scenarios: z.array(z.string()).nullable(),
  issuedBy: z.object({ username: z.string(), name: z.string() }),
  issuedAt: z.number(),
  lastUsedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  /** The token that follows it, once it was rotated. */
  replacedBy: z.number().int().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
  /** In force, and unused for ninety days. */
  stale: z.boolean(),
  allowedActions: z.array(z.enum(['rotate', 'revoke'])),
});
export type Token = z.infer<typeof token>;
