import { APPDATA_TYPES, INTAKE_AUTHS, INTAKE_KINDS, TIME_UNITS } from '#model/monitoring';
import { z } from 'zod';

const way = z.string().min(1).max(300);
const fieldEquals = z.object({ at: way, equals: z.string().min(1).max(100) });

export const videoMapping = z
  .object({
    list: way.optional(),
    eventId: way.optional(),
    time: way.optional(),
    timeUnit: z.enum(TIME_UNITS),
    camera: way,
    kind: way,
    kindName: way.optional(),
    confidence: way.optional(),
    box: way.optional(),
    image: way.optional(),
    heartbeat: z.array(fieldEquals).max(5).readonly().optional(),
    ended: fieldEquals.optional(),
  })
  .strict();

const appdataField = z.object({
  factor: z.string().min(1).max(100),
  at: z.number().int().min(0).max(4096),
  type: z.enum(APPDATA_TYPES),
});

export const intakeSettings = z
  .object({
    mapping: videoMapping.optional(),
    layout: z.array(appdataField).max(200).readonly().optional(),
    collapseSeconds: z.number().int().min(1).max(86_400).optional(),
  })
  .strict();

/** A network a source may come from: an address, or one with the bits that count (`10.0.0.0/8`). */
export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const intakeSource = z.object({
  id: z.number().int(),
  code: z.string(),
  kind: z.enum(INTAKE_KINDS),
  name: z.string(),
  platform: z.string(),
  platformName: z.string(),
  auth: z.enum(INTAKE_AUTHS),
  addresses: z.array(z.string()),
  settings: intakeSettings,
  enabled: z.boolean(),
  simulated: z.boolean(),
  /** Where it pushes to, from the root; without its secret. */
  path: z.string(),
  accepted: z.number().int(),
  lastAt: z.number().nullable(),
  /** What was refused or could not be read, by named reason. */
  refused: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
  /** Kinds that were seen and mean no element yet (未分类). */
  unclassified: z.number().int(),
  /** Messages kept as they came. */
  messages: z.number().int(),
  version: z.number().int(),
});
export type IntakeSource = z.infer<typeof intakeSource>;

/** A source, and its secret where it has just been made: it is told once. */
export const savedIntakeSource = z.object({ source: intakeSource, secret: z.string().nullable() });

export const intakeKind = z.object({
  kind: z.string(),
  name: z.string().nullable(),
  element: z.string().nullable(),
  elementName: z.string().nullable(),
  /** Written at once, before anybody has looked; null: nothing until a person has confirmed. */
  suspectedValue: z.number().nullable(),
  confirmedValue: z.number(),
  seen: z.number().int(),
  lastAt: z.number().nullable(),
});
export type IntakeKindRow = z.infer<typeof intakeKind>;

export const intakeMessage = z.object({
  id: z.number().int(),
  receivedAt: z.number(),
  device: z.string(),
  messageType: z.string(),
  body: z.string(),
});

export const videoPreset = z.object({
  code: z.string(),
  name: z.string(),
  note: z.string(),
  mapping: videoMapping,
});

/** What became of a push: messages taken, kept as they came, and not readable. The reasons are counted at the source. */
export const pushed = z.object({
  taken: z.number().int(),
  kept: z.number().int(),
  refused: z.number().int(),
});
export type Pushed = z.infer<typeof pushed>;
