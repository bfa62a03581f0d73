import { z } from 'zod';

export const IMPORT_KINDS = [
  'objects',
  'units',
  'platforms',
  'ledger',
  'population',
  'dependencies',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
export const importKind = z.enum(IMPORT_KINDS);

/** A field a column can be mapped to. */
export const importField = z.object({
  field: z.string(),
  label: z.string(),
  required: z.boolean(),
  /** Headers that are recognised by themselves. */
  synonyms: z.array(z.string()),
});
export type ImportField = z.infer<typeof importField>;

/** A column of the sheet and what it was taken for. */
export const importColumn = z.object({
  /** Letter of the column in the sheet (`A`, `AB`); the key itself for JSON. */
  column: z.string(),
  /** Its header; those of two header rows joined by `/`. */
  header: z.string(),
  field: z.string().nullable(),
  how: z.enum(['synonym', 'mapping']).nullable(),
  /** First values found, to tell what it is. */
  samples: z.array(z.string()),
});
export type ImportColumn = z.infer<typeof importColumn>;

/** One thing wrong with one cell; `row` is the number that the spreadsheet program shows. */
export const importFault = z.object({
  row: z.number().int(),
  column: z.string(),
  field: z.string().nullable(),
  value: z.string(),
  message: z.string(),
});
export type ImportFault = z.infer<typeof importFault>;

export const importReport = z.object({
  kind: importKind,
  dryRun: z.boolean(),
  /** Rows with data. */
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Every fault, in the order of the rows. A real run has none: it is refused. */
  faults: z.array(importFault),
  columns: z.array(importColumn),
  /** Required fields that no column was taken for. */
  missing: z.array(z.string()),
  fields: z.array(importField),
  /** The kept mapping that was used. */
  mapping: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  /** Said about the whole: a sheet that was passed over, swapped coordinates put right … */
  notes: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReport>;

/** A mapping of columns by hand, kept: header → field, or null for a column to pass over. */
export const importMapping = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: importKind,
  columns: z.record(z.string(), z.string().nullable()),
  createdAt: z.number(),
});
export type ImportMapping = z.infer<typeof importMapping>;
