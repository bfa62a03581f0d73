import { z } from 'zod';

import { standardFile } from './standard-file.ts';

/** 现行, 待生效, 已废止, 生效前撤销. */
export const VERSION_STATES = ['in-force', 'coming', 'retired', 'cancelled'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** 起草中, 待审核, 已退回, 已撤回, 已发布. One that was refused or withdrawn is a draft again once it is edited. */
export const DRAFT_STATES = ['draft', 'submitted', 'refused', 'withdrawn', 'published'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

export const DRAFT_ACTIONS = ['edit', 'submit', 'withdraw', 'refuse', 'publish'] as const;
export type DraftAction = (typeof DRAFT_ACTIONS)[number];

const person = z.object({ username: z.string(), name: z.string() });
/** A published version by its id and its number, e.g. `2026.1`. */
const versionName = z.object({ id: z.number().int(), version: z.string() });

/** Rows of a standard's document. `cells`: thresholds; `verified`: those whose basis was read in the source itself. */
const standardCounts = z.object({
  elements: z.number().int(),
  items: z.number().int(),
  parameters: z.number().int(),
  signs: z.number().int(),
  cells: z.number().int(),
  verified: z.number().int(),
  handbook: z.number().int(),
});

/** A published version of a scenario's standard. */
export const standardVersion = z.object({
  id: z.number().int(),
  scenario: z.string(),
  scenarioName: z.string(),
  version: z.string(),
  state: z.enum(VERSION_STATES),
  /** Shipped as a file of the default standard, or drafted and reviewed by people. */
  origin: z.enum(['file', 'draft']),
  publishedAt: z.number(),
  /** Null for the first of a scenario: it holds for all times before it, too. */
  effectiveFrom: z.number().nullable(),
  /** Null while none has come after it. */
  retiredAt: z.number().nullable(),
  /** Why it was changed (seed art. 7); null for files. */
  reason: z.string().nullable(),
  submittedBy: person.nullable(),
  /** Who reviewed and published it. */
  reviewedBy: person.nullable(),
  cancelledAt: z.number().nullable(),
  cancelledBy: person.nullable(),
  counts: standardCounts,
  allowedActions: z.array(z.literal('cancel')),
});
export type StandardVersion = z.infer<typeof standardVersion>;

export const standardVersionDetail = standardVersion.extend({ document: standardFile });
export type StandardVersionDetail = z.infer<typeof standardVersionDetail>;

/** A version of a scenario's standard that is being written. */
export const standardDraft = z.object({
  id: z.number().int(),
  scenario: z.string(),
  scenarioName: z.string(),
  /** Number under which it will be published. */
  standard: z.string(),
  /** The newest version when it was begun, or when its editor last said to have compared with the newest. */
  base: versionName,
  /** Whose content it was begun with: an older one than its base where one goes back. */
  copiedFrom: versionName,
  /** The newest version now. */
  newest: versionName,
  /** True when a newer version than its base has been published: compare with `newest` before publishing. */
  outdated: z.boolean(),
  state: z.enum(DRAFT_STATES),
  /** Why: a changed basis, changed business, changed facts (seed art. 7). */
  reason: z.string(),
  createdBy: person,
  createdAt: z.number(),
  editedBy: person,
  editedAt: z.number(),
  submittedBy: person.nullable(),
  submittedAt: z.number().nullable(),
  reviewedBy: person.nullable(),
  reviewedAt: z.number().nullable(),
  reviewNote: z.string().nullable(),
  /** Of the version it became. */
  effectiveFrom: z.number().nullable(),
  publishedVersion: versionName.nullable(),
  /** Version of the row, to be handed back with every change. */
  version: z.number().int(),
  allowedActions: z.array(z.enum(DRAFT_ACTIONS)),
});
export type StandardDraft = z.infer<typeof standardDraft>;

export const standardFault = z.object({ path: z.string(), message: z.string() });

export const standardDraftDetail = standardDraft.extend({
  document: standardFile,
  /** What the linter finds: allowed while it is drafted, to be mended before it is handed in. */
  faults: z.array(standardFault),
});
export type StandardDraftDetail = z.infer<typeof standardDraftDetail>;

export const CHANGE_KINDS = ['file', 'element', 'item', 'parameter', 'sign', 'handbook'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that differs between two standards, in words. */
export const standardChange = z.object({
  kind: z.enum(CHANGE_KINDS),
  /** Of the row; a handbook entry's is `item level`, e.g. `FLOOD.I01 red`; the scenario's for facts of the file. */
  code: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  /** What of the row, e.g. `levels.orange.limit`; empty for a row that was added or removed. */
  field: z.string(),
  /** The sentence: “下立交积水深度 橙色限值 25 cm → 20 cm”. */
  text: z.string(),
  /** In words; null where there is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type StandardChange = z.infer<typeof standardChange>;

export const sheetFault = z.object({
  /** Of the sheet, counted from 1. */
  row: z.number().int(),
  /** Header of the column. */
  column: z.string(),
  message: z.string(),
});
export type SheetFault = z.infer<typeof sheetFault>;

/** What a sign table says when it is read back. */
export const signImport = z.object({
  dryRun: z.boolean(),
  /** Rows with a sign. */
  rows: z.number().int(),
  /** Every fault, in the order of the rows. A real run has none: it is refused. */
  faults: z.array(sheetFault),
  changes: z.array(standardChange),
  /** Of the draft's row afterwards. */
  version: z.number().int(),
});
export type SignImport = z.infer<typeof signImport>;

export const standardComparison = z.object({
  /** What the draft is compared with. */
  with: versionName,
  items: z.array(standardChange),
});
