import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { MEASURE_KINDS, SIGN_DIRECTIONS, SIGN_LEVELS } from '#model/standard';
import { z } from 'zod';

import { ownLimits } from './own-limits-shape.ts';

/** 待审批, 有效, 已退回, 已结束, 已停用 (a newer version or a changed parameter no longer grants it). */
export const OWN_LIMIT_STATES = ['proposed', 'in-force', 'refused', 'ended', 'off'] as const;
export type OwnLimitState = (typeof OWN_LIMIT_STATES)[number];

const OWN_LIMIT_ACTIONS = ['approve', 'refuse', 'end'] as const;
export type OwnLimitAction = (typeof OWN_LIMIT_ACTIONS)[number];

const room = 'standard';
const PATH = '/api/v1/own-limits';
const LAST_MOMENT = 253_402_300_799_999;
const person = z.object({ username: z.string(), name: z.string() });
const reason = z.string().trim().min(5, '请写明理由，至少 5 个字').max(1000);
const version = z.number().int().positive().max(2_147_483_647);
const code = z.string().max(60);

/** 对象专用限值: what an object has, had or is to have of its own of a sign. */
export const ownLimit = z.object({
  id: z.number().int(),
  object: z.object({ id: z.number().int(), code: z.string(), name: z.string(), town: z.string().nullable() }),
  /** Its words are of the newest version that has the sign. */
  sign: z.object({
    code: z.string(),
    name: z.string(),
    unit: z.string(),
    direction: z.enum(SIGN_DIRECTIONS),
    measure: z.enum(MEASURE_KINDS),
  }),
  scenario: z.string(),
  limits: ownLimits,
  reason: z.string(),
  /** Epoch ms; null holds until it is ended. */
  validUntil: z.number().nullable(),
  state: z.enum(OWN_LIMIT_STATES),
  proposedBy: person,
  proposedAt: z.number(),
  decidedBy: person.nullable(),
  decidedAt: z.number().nullable(),
  decisionNote: z.string().nullable(),
  /** When it ceased to hold, by whom (null: by itself), and why. */
  overAt: z.number().nullable(),
  overBy: person.nullable(),
  overWhy: z.string().nullable(),
  version,
  allowedActions: z.array(z.enum(OWN_LIMIT_ACTIONS)),
});
export type OwnLimit = z.infer<typeof ownLimit>;

const bounds = z.object({ from: z.number().nullable(), to: z.number().nullable() });

/** One level of a sign at an object, numbers in the sign's unit. Null where a parameter of the object is missing. */
const levelAtObject = z.object({
  level: z.enum(SIGN_LEVELS),
  limit: z.number().nullable(),
  lower: z.number().nullable(),
  onDelaySeconds: z.number().int(),
  /** Where an own limit may lie; an open end is null. */
  limitBounds: bounds.nullable(),
  lowerBounds: bounds.nullable(),
});

/** A sign that watches an object, as the standard has it there, and what the object has of its own. */
export const signAtObject = z.object({
  code: z.string(),
  name: z.string(),
  scenario: z.string(),
  elementName: z.string(),
  unit: z.string(),
  direction: z.enum(SIGN_DIRECTIONS),
  measure: z.enum(MEASURE_KINDS),
  levels: z.array(levelAtObject),
  deadband: z.number(),
  offDelaySeconds: z.number().int(),
  /** Names of the parameters the object lacks: the sign is switched off there. */
  missing: z.array(z.string()),
  /** Why it can have no limits of its own; null when it can. */
  fixed: z.string().nullable(),
  inForce: ownLimit.nullable(),
  proposed: ownLimit.nullable(),
});
export type SignAtObject = z.infer<typeof signAtObject>;

export const listOwnLimits = route({
  method: 'GET',
  path: PATH,
  room,
  summary: '对象专用限值，新的在前：可按状态、场景、体征、监测对象查',
  access: 'object.read',
  query: pageQuery.extend({
    scenario: code.optional(),
    sign: code.optional(),
    object: z.coerce.number().int().positive().max(2_147_483_647).optional(),
    state: z.enum(OWN_LIMIT_STATES).optional(),
  }),
  reply: pageOf(ownLimit),
});

export const listSignsAtObject = route({
  method: 'GET',
  path: '/api/v1/objects/:id/signs',
  room,
  summary: '一个监测对象上的体征：按对象参数算出的限值、可另设的范围、已设的专用限值',
  access: 'object.read',
  params: idParams,
  reply: z.object({ items: z.array(signAtObject) }),
});

export const proposeOwnLimit = route({
  method: 'POST',
  path: PATH,
  room,
  summary: '为一个对象申请专用限值；须在标准给的范围内，由另一人批准后立即生效',
  access: 'object.manage',
  body: z.strictObject({
    /** Its code. */
    object: code,
    sign: code,
    limits: ownLimits,
    reason,
    validUntil: z.number().int().positive().max(LAST_MOMENT).nullable().default(null),
  }),
  reply: ownLimit,
  status: 201,
});

const act = (verb: string, summary: string) => ({
  method: 'POST' as const,
  path: `${PATH}/:id/${verb}`,
  room,
  summary,
  params: idParams,
  reply: ownLimit,
});

export const approveOwnLimit = route({
  ...act('approve', '批准专用限值，立即生效；同一体征原有的专用限值同时结束。须由申请以外的人办理'),
  access: 'object.approve',
  body: z.strictObject({ version, note: z.string().trim().max(1000).default('') }),
});

export const refuseOwnLimit = route({
  ...act('refuse', '退回专用限值的申请，写明意见。须由申请以外的人办理'),
  access: 'object.approve',
  body: z.strictObject({ version, note: reason }),
});

export const endOwnLimit = route({
  ...act('end', '结束专用限值，或撤回申请；对象回到标准的限值'),
  access: 'object.manage',
  body: z.strictObject({ version, reason }),
});
