import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { ACTIVATION_GRADES } from '#model/response';
import { z } from 'zod';

const reason = z.string().trim().min(2).max(1000);

const measure = z.object({
  text: z.string(),
  unit: z.string(),
  doneAt: z.number().nullable(),
  doneBy: z.string().nullable(),
});

/** A response (应急响应): in force until it is ended. Times are epoch ms. */
export const activation = z.object({
  id: z.number().int(),
  plan: z.string(),
  planName: z.string(),
  grade: z.enum(ACTIVATION_GRADES),
  gradeText: z.string(),
  platform: z.string(),
  /** Names of the towns; empty: the whole of the platform. */
  towns: z.array(z.string()),
  ground: z.string(),
  incident: z.object({ id: z.number().int(), code: z.string() }).nullable(),
  measures: z.array(measure),
  startedAt: z.number(),
  startedBy: z.string(),
  endedAt: z.number().nullable(),
  endedBy: z.string().nullable(),
  endedReason: z.string().nullable(),
  version: z.number().int(),
  mayDecide: z.boolean(),
});
export type Activation = z.infer<typeof activation>;

const entry = z.object({
  at: z.number(),
  by: z.string(),
  kind: z.string(),
  text: z.string(),
  reason: z.string().nullable(),
});

export const activationDetail = activation.extend({ entries: z.array(entry) });
export type ActivationDetail = z.infer<typeof activationDetail>;

export const listActivations = route({
  method: 'GET',
  path: '/api/v1/activations',
  room: 'response',
  summary: '应急响应：在响应中的，或历次的，最新的在前',
  access: 'platform.read',
  query: pageQuery.extend({ inForce: flag.optional() }),
  reply: pageOf(activation),
});

export const getActivation = route({
  method: 'GET',
  path: '/api/v1/activations/:id',
  room: 'response',
  summary: '一次应急响应：等级、规定动作、经过',
  access: 'platform.read',
  params: idParams,
  reply: activationDetail,
});

const given = z.array(
  z.object({ text: z.string().trim().min(2).max(200), unit: z.string().trim().min(1).max(60) }),
);

export const startActivation = route({
  method: 'POST',
  path: '/api/v1/activations',
  room: 'response',
  summary: '启动应急响应',
  access: 'activation.decide',
  body: z.object({
    plan: z.string().max(40),
    grade: z.enum(ACTIVATION_GRADES),
    /** Code of the platform that starts it. */
    platform: z.string().max(40),
    towns: z.array(z.string().trim().min(1).max(40)).max(60).default([]),
    ground: reason,
    incident: z.number().int().positive().optional(),
    /** What it obliges; absent: the plan's. */
    measures: given.min(1).max(60).optional(),
  }),
  reply: activationDetail,
  status: 201,
});

export const changeActivation = route({
  method: 'POST',
  path: '/api/v1/activations/:id/change',
  room: 'response',
  summary: '升级或降级（按新等级重列规定动作，已完成的保留）、终止',
  access: 'activation.decide',
  params: idParams,
  body: z.object({
    /** The new grade; absent: it ends. */
    grade: z.enum(ACTIVATION_GRADES).optional(),
    reason,
    version: z.number().int().optional(),
  }),
  reply: activationDetail,
});

export const putMeasures = route({
  method: 'PUT',
  path: '/api/v1/activations/:id/measures',
  room: 'response',
  summary: '规定动作：改清单（须写理由），记完成',
  access: 'activation.decide',
  params: idParams,
  body: z.object({
    measures: z
      .array(
        z.object({
          text: z.string().trim().min(2).max(200),
          unit: z.string().trim().min(1).max(60),
          done: z.boolean(),
        }),
      )
      .min(1)
      .max(60),
    /** Why the list itself changes; not needed to write down what is done. */
    reason: reason.optional(),
    version: z.number().int().optional(),
  }),
  reply: activationDetail,
});
