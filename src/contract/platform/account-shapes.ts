import { ACCOUNT_STATES, PERSON_ROLES, ROLES } from '#model/platform';
import { z } from 'zod';

const who = z.object({ username: z.string(), name: z.string() });
const where = z.object({ code: z.string(), name: z.string() });

/** A role of a person; `team` names the team that holds it for its members. */
const accountRole = z.object({
  role: z.enum(ROLES),
  roleName: z.string(),
  platform: z.string(),
  platformName: z.string(),
  validFrom: z.number(),
  validTo: z.number().nullable(),
  source: z.enum(['local', 'oidc']),
  team: z.string().nullable(),
});
export type AccountRole = z.infer<typeof accountRole>;

export const ACCOUNT_ACTIONS = [
  'request-change',
  'request-close',
  'request-reset',
  'disable',
  'enable',
  'unlock',
  'reset-password',
  'reset-second-factor',
  'reveal',
  'delegate',
] as const;
export type AccountAction = (typeof ACCOUNT_ACTIONS)[number];

/** An account as lists show it; the phone is masked. */
export const account = who.extend({
  id: z.number().int(),
  unit: z.string().nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  platform: where.nullable(),
  kind: z.enum(['person', 'service']),
  /** Signs in through the identity provider of the city operation centre. */
  external: z.boolean(),
  state: z.enum(ACCOUNT_STATES),
  createdAt: z.number(),
  lastSignInAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  roles: z.array(accountRole),
  allowedActions: z.array(z.enum(ACCOUNT_ACTIONS)),
});
export type Account = z.infer<typeof account>;

export const delegation = z.object({
  id: z.number().int(),
  principal: who,
  deputy: who,
  from: z.number(),
  to: z.number(),
  reason: z.string(),
  arrangedBy: z.string(),
  endedAt: z.number().nullable(),
  endedBy: z.string().nullable(),
  state: z.enum(['coming', 'running', 'over']),
  allowedActions: z.array(z.enum(['end'])),
});
export type Delegation = z.infer<typeof delegation>;

/** A role as it is asked for. */
export const wantedRole = z.strictObject({
  role: z.enum(PERSON_ROLES),
  platform: z.string().min(1).max(40),
  /** Epoch ms; without it the role stays until it is taken away. */
  validTo: z.number().int().positive().nullable().default(null),
});
export type WantedRole = z.output<typeof wantedRole>;

export const REQUEST_ACTIONS = ['open', 'change', 'close', 'reset-password'] as const;
export const REQUEST_STATES = ['pending', 'approved', 'refused', 'withdrawn'] as const;

export const accountRequest = z.object({
  id: z.number().int(),
  batch: z.number().int().nullable(),
  action: z.enum(REQUEST_ACTIONS),
  state: z.enum(REQUEST_STATES),
  username: z.string(),
  name: z.string(),
  /** The account it is about; null while it is not opened. */
  account: z.number().int().nullable(),
  platform: where,
  /** What is wanted: only the fields that are set or changed; the phone is masked. */
  wanted: z.object({
    name: z.string().optional(),
    unit: z.string().nullable().optional(),
    title: z.string().nullable().optional(),
    phone: z.string().nullable().optional(),
    expiresAt: z.number().nullable().optional(),
    left: z.boolean().optional(),
    roles: z
      .array(
        z.object({
          role: z.enum(ROLES),
          roleName: z.string(),
          platform: z.string(),
          platformName: z.string(),
          validTo: z.number().nullable(),
        }),
      )
      .optional(),
  }),
  reason: z.string(),
  requestedBy: who,
  requestedFor: who.nullable(),
  requestedAt: z.number(),
  decidedBy: who.nullable(),
  decidedAt: z.number().nullable(),
  note: z.string().nullable(),
  allowedActions: z.array(z.enum(['approve', 'refuse', 'withdraw'])),
});
export type AccountRequest = z.infer<typeof accountRequest>;

/** A temporary password, in this answer and nowhere else. */
export const temporaryPassword = z.object({
  username: z.string(),
  name: z.string(),
  password: z.string(),
});
export type TemporaryPassword = z.infer<typeof temporaryPassword>;

export const accountDetail = account.extend({
  disabledAt: z.number().nullable(),
  disabledReason: z.string().nullable(),
  lockedUntil: z.number().nullable(),
  leftAt: z.number().nullable(),
  /** Sessions that are open now. */
  sessions: z.number().int(),
  teams: z.array(z.object({ id: z.number().int(), name: z.string(), leader: z.boolean() })),
  delegations: z.array(delegation),
  requests: z.array(accountRequest),
});
export type AccountDetail = z.infer<typeof accountDetail>;

export const team = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  platform: where,
  unit: z.string().nullable(),
  phone: z.string().nullable(),
  note: z.string().nullable(),
  disbandedAt: z.number().nullable(),
  members: z.array(who.extend({ id: z.number().int(), leader: z.boolean() })),
  roles: z.array(
    z.object({ role: z.enum(ROLES), roleName: z.string(), platform: z.string(), platformName: z.string() }),
  ),
  allowedActions: z.array(z.enum(['change', 'disband'])),
});
export type Team = z.infer<typeof team>;

export const review = z.object({
  id: z.number().int(),
  platform: where,
  openedBy: z.string(),
  openedAt: z.number(),
  dueAt: z.number(),
  closedAt: z.number().nullable(),
  overdue: z.boolean(),
  accounts: z.number().int(),
  confirmed: z.number().int(),
  toClose: z.number().int(),
});
export type AccountReview = z.infer<typeof review>;

export const reviewItem = z.object({
  account,
  verdict: z.enum(['confirmed', 'close']).nullable(),
  note: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.number().nullable(),
  allowedActions: z.array(z.enum(['confirm', 'close'])),
});
export type ReviewItem = z.infer<typeof reviewItem>;

/** One line of a bulk opening, as it was pasted: every cell is text, faults are told by row. */
export const bulkRow = z.strictObject({
  username: z.string().max(200).default(''),
  name: z.string().max(200).default(''),
  unit: z.string().max(500).default(''),
  title: z.string().max(500).default(''),
  phone: z.string().max(200).default(''),
  platform: z.string().max(200).default(''),
  /** Code or Chinese name; several with `、` or `;`, each with `@platform` where it is not the home platform. */
  role: z.string().max(1000).default(''),
  /** `2026-12-31`; empty: no end. */
  expires: z.string().max(200).default(''),
});
export type BulkRow = z.output<typeof bulkRow>;

export const bulkFault = z.object({
  /** From 1, as people count. */
  row: z.number().int(),
  username: z.string(),
  faults: z.array(z.string()),
});
