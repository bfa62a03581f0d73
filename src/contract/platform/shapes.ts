import { CAPABILITIES, ROLES } from '#model/platform';
import { LEVELS } from '#model/warning';
import { OBLIGATIONS } from '#contract/http';
import { z } from 'zod';

export const platformKind = z.enum([
  'district',
  'industry',
  'scenario',
  'lingang',
  'town',
  'zone',
  'village',
]);

/** A node of the tree of platforms. `zone` is territory without a platform of its own (保税片区, farms …). */
export const platform = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  kind: platformKind,
  parent: z.string().nullable(),
  department: z.string().nullable(),
  unit: z.string().nullable(),
  scenario: z.string().nullable(),
  /** True where the regulation does not name this platform and we inferred it. */
  inferred: z.boolean(),
  place: z.number().int().nullable(),
  placeTo: z.number().int().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  children: z.number().int(),
});
export type Platform = z.infer<typeof platform>;

/** How many platforms the regulation counts and how many are held, per kind. */
export const platformCount = z.object({
  kind: platformKind,
  regulation: z.number().int(),
  held: z.number().int(),
  note: z.string().nullable(),
});
export type PlatformCount = z.infer<typeof platformCount>;

/** Who owns, operates or maintains: a name, and the code of the unit where it is one we hold. */
export const party = z.object({ name: z.string(), unit: z.string().nullable() });

/** A monitored object (监测对象) as lists show it. */
export const monitoredObject = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  scenarios: z.array(z.string()),
  lat: z.number(),
  lon: z.number(),
  town: z.string().nullable(),
  village: z.string().nullable(),
  /** True when the place was taken from the nearest centre because no borders are imported. */
  placeApproximate: z.boolean(),
  simulated: z.boolean(),
  address: z.string().nullable(),
  owner: party.nullable(),
  operator: party.nullable(),
  maintainer: party.nullable(),
  /** What its signs need to know of it, by the parameter's code. */
  parameters: z.record(z.string(), z.number()),
  /** Set when it is no longer monitored; its history stays. */
  retiredAt: z.number().nullable(),
  version: z.number().int(),
  allowedActions: z.array(z.enum(['edit', 'retire', 'restore'])),
});
export type MonitoredObject = z.infer<typeof monitoredObject>;

/** An object as the map draws it: `level` is the highest of its open warnings. */
export const mapObject = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  scenario: z.string(),
  lat: z.number(),
  lon: z.number(),
  level: z.enum(LEVELS).nullable(),
  warnings: z.number().int(),
  /** Every open warning of it is held back on purpose (搁置、抑制、停用); false of the past. */
  held: z.boolean(),
  simulated: z.boolean(),
});
export type MapObject = z.infer<typeof mapObject>;

/** Objects that are too many to be drawn one by one: how many stand about here, and their worst level. */
export const gatheredObjects = z.object({
  lat: z.number(),
  lon: z.number(),
  count: z.number().int(),
  level: z.enum(LEVELS).nullable(),
});
export type GatheredObjects = z.infer<typeof gatheredObjects>;

export const town = z.object({
  code: z.string(),
  name: z.string(),
  lat: z.number(),
  lon: z.number(),
  level: z.enum(LEVELS).nullable(),
  warnings: z.number().int(),
});
export type Town = z.infer<typeof town>;

/** Who is signed in, what they may do, and where their day begins. */
export const session = z.object({
  user: z.object({ id: z.number().int(), username: z.string(), name: z.string() }),
  roles: z.array(
    z.object({
      role: z.enum(ROLES),
      roleName: z.string(),
      platform: z.string(),
      platformName: z.string(),
      /** Whose role it is, where the person acts for somebody (代理). */
      actingFor: z.string().nullable(),
    }),
  ),
  capabilities: z.array(z.enum(CAPABILITIES)),
  /** Opens on: the duty desk, or what waits for me. */
  home: z.enum(['duty', 'todo']),
  expiresAt: z.number(),
  /** What must be done before anything else: change the password, or set up a second factor. */
  obligation: z.enum(OBLIGATIONS).nullable(),
  /** Whether one-time codes are asked for at sign-in. */
  secondFactor: z.boolean(),
  /** Whether a phone may be bound, to sign in there with a PIN. */
  mayBindDevice: z.boolean(),
  /** Sentences the screen must show, e.g. that the account still uses its first password. */
  notices: z.array(z.string()),
});
export type Session = z.infer<typeof session>;
