import { pageOf, pageQuery, route } from '#contract/http';
import { SIGN_LEVELS } from '#model/standard';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { basis } from './basis.ts';
import { compositeWithin } from './composite-shape.ts';

const code = z.string().max(60);

/** 复合体征 as lists show it. */
const compositeSign = z.object({
  scenario: z.string(),
  scenarioName: z.string(),
  /** Number of the version it is part of. */
  standard: z.string(),
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  item: z.string(),
  itemName: z.string(),
  /** It is judged at objects with a point of this element. */
  element: z.string(),
  elementName: z.string(),
  /** Severest first. */
  levels: z.array(
    z.object({
      level: z.enum(SIGN_LEVELS),
      /** CEL. */
      when: z.string(),
      /** In words; null where only CEL says it. */
      words: z.string().nullable(),
      onDelaySeconds: z.number().int(),
      basis,
    }),
  ),
  offDelaySeconds: z.number().int(),
  within: compositeWithin,
  basis,
  verified: z.boolean(),
});
export type CompositeSignView = z.infer<typeof compositeSign>;

const fact = z.object({
  object: z.object({ id: z.number().int(), name: z.string() }),
  kind: z.enum(['sign', 'element']),
  code: z.string(),
  name: z.string(),
  /** Of a sign that stands at one. */
  level: z.enum(LEVELS).nullable(),
  /** Newest value of an element, in its unit. */
  value: z.number().nullable(),
  unit: z.string(),
  /** When the sign was raised, or the value measured. */
  at: z.number(),
});

/** An object at which a composite sign is judged, with what it is shown there now. */
const compositeSeat = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  town: z.string().nullable(),
  /** At which it stands now, and why. */
  level: z.enum(LEVELS).nullable(),
  reason: z.string().nullable(),
  /** What nobody within reach can tell: it is switched off here. */
  missing: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Signs that stand at a level and newest values, as far as the caller may see them; the worst first, at most 50. */
  facts: z.array(fact),
});
export type CompositeSeatView = z.infer<typeof compositeSeat>;

export const listCompositeSigns = route({
  method: 'GET',
  path: '/api/v1/composite-signs',
  room: 'standard',
  summary: '复合体征（现行标准）：各级条件、依据、是否已核实',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: code.optional() }),
  reply: pageOf(compositeSign),
});

export const listCompositeSeats = route({
  method: 'GET',
  path: '/api/v1/composite-sign-objects',
  room: 'standard',
  summary: '一条复合体征所设的监测对象：当前等级、看到的事实、缺什么',
  access: 'object.read',
  query: pageQuery.extend({ sign: code }),
  reply: pageOf(compositeSeat),
});
