import { READING_SOURCES } from '#model/monitoring';
import { z } from 'zod';

export const point = z.object({
  id: z.number().int(),
  code: z.string(),
  object: z.string(),
  objectName: z.string(),
  element: z.string(),
  elementName: z.string(),
  unit: z.string(),
  device: z.string().nullable(),
  lastValue: z.number().nullable(),
  lastObservedAt: z.number().nullable(),
  lastQuality: z.string().nullable(),
  /** No reading for longer than three sampling periods (at least 5 min). */
  stale: z.boolean(),
  simulated: z.boolean(),
});
export type Point = z.infer<typeof point>;

export const device = z.object({
  id: z.number().int(),
  code: z.string(),
  protocol: z.string(),
  points: z.number().int(),
  lastSeenAt: z.number().nullable(),
  framesAccepted: z.number().int(),
  /** Refused frames by named reason. */
  framesRefused: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
  /** Factors that arrived and are mapped to no point. */
  unmappedFactors: z.array(z.string()),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
});
export type Device = z.infer<typeof device>;

/** Something unknown that speaks to a gateway and waits for a person to adopt it. */
export const quarantined = z.object({
  id: z.number().int(),
  protocol: z.string(),
  code: z.string(),
  address: z.string(),
  sample: z.string(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  frames: z.number().int(),
});
export type Quarantined = z.infer<typeof quarantined>;

export const reading = z.object({
  point: z.string(),
  observedAt: z.number(),
  value: z.number(),
  quality: z.enum(['good', 'suspect']),
  /** Marks in detail: range, clock, device, late, unflagged … */
  marks: z.array(z.string()),
  source: z.enum(READING_SOURCES),
  replay: z.boolean(),
  /** What was sent, where a person has corrected it. */
  raw: z.number().nullable(),
});

export const replaySession = z.object({
  id: z.number().int(),
  name: z.string(),
  /** A recording that plays (回放), or a drill (演练). */
  kind: z.enum(['recording', 'drill']),
  state: z.enum(['running', 'ended']),
  devices: z.array(z.string()),
  /** The session's clock: the newest moment of the recording that has arrived. */
  clock: z.number().nullable(),
  openedAt: z.number(),
  endedAt: z.number().nullable(),
  openedBy: z.string().nullable(),
});
export type ReplaySession = z.infer<typeof replaySession>;
