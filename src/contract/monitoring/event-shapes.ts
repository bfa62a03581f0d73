import { SUSPECTED_ORIGINS, SUSPECTED_STATES } from '#model/monitoring';
import { z } from 'zod';

export const SUSPECTED_ACTIONS = ['confirm', 'reject', 'end'] as const;

export const suspectedEvent = z.object({
  id: z.number().int(),
  origin: z.enum(SUSPECTED_ORIGINS),
  source: z.string().nullable(),
  sourceName: z.string().nullable(),
  state: z.enum(SUSPECTED_STATES),
  kind: z.string(),
  kindName: z.string().nullable(),
  element: z.string().nullable(),
  elementName: z.string().nullable(),
  /** What the numbers of the element mean, for whoever confirms. */
  elementStates: z.array(z.object({ value: z.number(), name: z.string() })),
  object: z
    .object({ id: z.number().int(), code: z.string(), name: z.string(), lat: z.number(), lon: z.number() })
    .nullable(),
  camera: z.string().nullable(),
  confidence: z.number().nullable(),
  box: z.unknown(),
  /** How many there are; each is asked for by its number, from 1 on. */
  pictures: z.number().int(),
  text: z.string().nullable(),
  /** WGS 84. */
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  placeName: z.string().nullable(),
  observedAt: z.number(),
  lastAt: z.number(),
  times: z.number().int(),
  endedAt: z.number().nullable(),
  /** The value that stands in the readings because of it. */
  fedValue: z.number().nullable(),
  /** What is written when it is confirmed without another value. */
  confirmedValue: z.number(),
  decidedBy: z.string().nullable(),
  decidedAt: z.number().nullable(),
  note: z.string().nullable(),
  reportedBy: z.string().nullable(),
  /** The first report of what is probably the same thing, and how many there are of it, this one counted. */
  group: z.number().int().nullable(),
  alike: z.number().int(),
  simulated: z.boolean(),
  allowedActions: z.array(z.enum(SUSPECTED_ACTIONS)),
});
export type SuspectedEvent = z.infer<typeof suspectedEvent>;
