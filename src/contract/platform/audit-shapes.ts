import { z } from 'zod';

/** A record of the audit as its reader sees it: phone numbers are masked, whatever the record holds. */
export const auditEntry = z.object({
  id: z.number().int(),
  /** Its number in the chain; null for the moment until it is sealed. */
  seq: z.number().int().nullable(),
  at: z.number(),
  /** A username; `rule:…` for a change by a rule. */
  actor: z.string(),
  actorName: z.string().nullable(),
  actingFor: z.string().nullable(),
  address: z.string().nullable(),
  /** `noun.verb` */
  action: z.string(),
  /** `kind/code` */
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** The smallest platform around the place. */
  place: z.string().nullable(),
  scenario: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** The signed end of the chain on one day. */
export const auditHead = z.object({
  day: z.string(),
  seq: z.number().int(),
  hash: z.string(),
  signedAt: z.number(),
  publicKey: z.string(),
  signature: z.string(),
});
export type AuditHead = z.infer<typeof auditHead>;

/** What a verification of the whole chain found. */
export const auditCheck = z.object({
  at: z.number(),
  ok: z.boolean(),
  /** Newest link that was verified. */
  seq: z.number().int(),
  brokenSeq: z.number().int().nullable(),
  brokenId: z.number().int().nullable(),
  finding: z.string().nullable(),
  tookMs: z.number().int(),
});
export type AuditCheck = z.infer<typeof auditCheck>;

export const auditState = z.object({
  seq: z.number().int(),
  unsealed: z.number().int(),
  head: auditHead.nullable(),
  check: auditCheck.nullable(),
  /** People who had many personal data shown within an hour, of the last seven days. */
  reveals: z.array(z.object({ at: z.number(), actor: z.string(), count: z.number().int() })),
});
export type AuditState = z.infer<typeof auditState>;
