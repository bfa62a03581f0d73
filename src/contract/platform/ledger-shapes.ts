import { z } from 'zod';

/** 对象类别: a kind of object a scenario watches, and the elements each of them must have. */
export const objectKind = z.object({
  id: z.number().int(),
  code: z.string(),
  scenario: z.string(),
  scenarioName: z.string(),
  name: z.string(),
  elements: z.array(z.object({ code: z.string(), name: z.string() })),
  basis: z.string(),
  /** Who changed it; null while it follows the default. */
  editedBy: z.string().nullable(),
  version: z.number().int(),
  allowedActions: z.array(z.literal('edit')),
});
export type ObjectKind = z.infer<typeof objectKind>;

/** A line of the base ledger (底数台账): so many of a kind in a town or village, or one of them by its name. */
export const ledgerEntry = z.object({
  id: z.number().int(),
  scenario: z.string(),
  scenarioName: z.string(),
  kind: z.string(),
  kindName: z.string(),
  town: z.string(),
  townName: z.string(),
  village: z.string().nullable(),
  villageName: z.string().nullable(),
  /** Null for a figure. */
  name: z.string().nullable(),
  /** 1 for a named one. */
  quantity: z.number().int(),
  /** The monitored object it is; null while it is not registered. */
  object: z.object({ id: z.number().int(), code: z.string(), name: z.string() }).nullable(),
  source: z.string(),
  asOf: z.string(),
  note: z.string().nullable(),
  editedBy: z.string(),
  editedAt: z.number(),
  version: z.number().int(),
  allowedActions: z.array(z.enum(['edit', 'remove'])),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;
