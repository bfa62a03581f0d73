import { idParams, route } from '#contract/http';
import { z } from 'zod';

import { VERSION_STATES } from './version-shapes.ts';

const room = 'standard';
const moment = z.number().nullable();

/** One open screen: a browser with its event stream. */
const screen = z.object({
  /** Whose. */
  name: z.string(),
  /** Names of the platforms they work at. */
  platforms: z.array(z.string()),
  openedAt: z.number(),
  /** When the version was sent down its stream; null where it was opened after that. */
  announcedAt: moment,
  /** When it said that it had asked anew, or, opened after the version was there, when it was opened; null: not yet. */
  shownAt: moment,
});

/** 同步核验: who has a published version, as far as this process can know. Times are epoch ms. */
export const standardDeployment = z.object({
  id: z.number().int(),
  scenario: z.string(),
  scenarioName: z.string(),
  version: z.string(),
  state: z.enum(VERSION_STATES),
  publishedAt: z.number(),
  /** Null for the first of a scenario. */
  effectiveFrom: moment,
  /** When elements and parameters took the version over; null while its moment is to come. */
  tookEffectAt: moment,
  /** The process has been up since; moments before are told by what it reads at its start. */
  startedAt: z.number(),
  /** The evaluator of readings. */
  evaluator: z.object({
    /** Since when it holds the version; null: it does not. */
    heldAt: moment,
    /** False while it rebuilds its memory. */
    up: z.boolean(),
    /** Points of the scenario, and how many of them are judged by this version or a newer one. */
    points: z.number().int(),
    judged: z.number().int(),
  }),
  /** From publishing, in ms; null where the process has not seen it happen. */
  lag: z.object({
    held: z.number().nullable(),
    /** Until the last of the screens that stood open was told. */
    announced: z.number().nullable(),
    /** Until the last of those that answered had asked anew. */
    shown: z.number().nullable(),
  }),
  screens: z.array(screen),
  /** Platforms that work by this standard: the scenario's, those above it, and towns with objects of it. */
  platforms: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      /** Open screens of people of the platform, and how many of them have it. */
      screens: z.number().int(),
      shown: z.number().int(),
      /** When the first of them had it. */
      since: moment,
    }),
  ),
});
export type StandardDeployment = z.infer<typeof standardDeployment>;

export const getStandardDeployment = route({
  method: 'GET',
  path: '/api/v1/standard-versions/:id/deployment',
  room,
  summary: '同步核验：一个版本在判定、各打开的屏幕和各平台上是否已到位、何时到位、延迟多少',
  access: 'standard.deploy',
  params: idParams,
  reply: standardDeployment,
});

export const reportStandardShown = route({
  method: 'POST',
  path: '/api/v1/standard-versions/:id/shown',
  room,
  summary: '打开的屏幕报告：已按这个版本重新取数',
  access: 'standard.read',
  params: idParams,
  body: z.strictObject({
    /** As the event stream named itself. */
    stream: z.string().max(60),
  }),
  reply: z.object({ taken: z.boolean() }),
});
