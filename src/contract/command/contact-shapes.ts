import { z } from 'zod';

import { platformRef } from './shapes.ts';

const id = z.number().int();

export const contact = z.object({
  id,
  platform: platformRef,
  name: z.string(),
  unit: z.string().nullable(),
  title: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  /** A public number (110, 12345): shown as it is. */
  phonePublic: z.boolean(),
  tags: z.array(z.string()),
  team: z.object({ id, name: z.string() }).nullable(),
  note: z.string().nullable(),
  simulated: z.boolean(),
  retiredAt: z.number().nullable(),
  version: id,
  allowedActions: z.array(z.enum(['call', 'edit', 'retire'])),
});
export type Contact = z.infer<typeof contact>;

/** A response team (班组) as the contact book shows it; teams are kept under 平台体系. */
export const contactTeam = z.object({
  id,
  code: z.string(),
  name: z.string(),
  platform: platformRef,
  unit: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  members: z.array(z.object({ name: z.string(), leader: z.boolean() })),
});
export type ContactTeam = z.infer<typeof contactTeam>;

export const storeItem = z.object({
  name: z.string().trim().min(1).max(60),
  quantity: z.number().min(0).max(1e9),
  unit: z.string().trim().min(1).max(20),
});
/** An emergency store (物资库). */
export const store = z.object({
  id,
  platform: platformRef,
  name: z.string(),
  address: z.string().nullable(),
  lat: z.number(),
  lon: z.number(),
  keeper: z.object({ id, name: z.string(), phoneMasked: z.string().nullable() }).nullable(),
  items: z.array(storeItem),
  checkedAt: z.number().nullable(),
  note: z.string().nullable(),
  simulated: z.boolean(),
  retiredAt: z.number().nullable(),
  version: id,
  allowedActions: z.array(z.enum(['edit', 'retire'])),
});
export type Store = z.infer<typeof store>;
