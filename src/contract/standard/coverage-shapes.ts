import { COVERAGE_GAPS } from '#model/standard';
import { z } from 'zod';

const count = z.number().int();
const rate = z.number().nullable();
const perGap = z.object({
  unregistered: count,
  unclassified: count,
  blind: count,
  dead: count,
  'sign-off': count,
  'no-handbook': count,
  post: count,
} satisfies Record<(typeof COVERAGE_GAPS)[number], z.ZodNumber>);

/** One figure a step, and how many objects lack it. */
export const coverageFigures = z.object({
  /** By the base ledger; null where it says nothing. */
  should: count.nullable(),
  registered: count,
  /** Every mandatory element with a living point. */
  covered: count,
  lacking: perGap,
  /** Object × mandatory element: all, without a point, with silent points only. */
  elements: count,
  blind: count,
  dead: count,
  /** Object × sign: all, switched off for want of a parameter. */
  signs: count,
  signsOff: count,
  /** Object × warning item: all, without a handbook, with a role that nobody holds. */
  items: count,
  noHandbook: count,
  noPost: count,
  /** covered / registered (A6). */
  rate,
  /** (elements − blind − dead) / elements. */
  elementRate: rate,
  registeredRate: rate,
});

export const coverage = z.object({
  /** When stock was taken; null before the first time. */
  takenAt: z.number().nullable(),
  total: coverageFigures,
  scenarios: z.array(coverageFigures.extend({ scenario: z.string(), name: z.string() })),
  towns: z.array(coverageFigures.extend({ town: z.string(), name: z.string() })),
  /** Of every scenario in every town where there is anything. */
  cells: z.array(coverageFigures.extend({ scenario: z.string(), town: z.string() })),
  /** Of the town that was asked for; a null village is what the town has without one. */
  villages: z.array(coverageFigures.extend({ village: z.string().nullable(), name: z.string() })),
  /** Of the scenario that was asked for; a null kind is what nobody knows the kind of. */
  kinds: z.array(coverageFigures.extend({ kind: z.string().nullable(), name: z.string() })),
  plans: z.object({ open: count, overdue: count }),
});
export type Coverage = z.infer<typeof coverage>;
export type CoverageRow = z.infer<typeof coverageFigures>;

export const coverageGap = z.enum(COVERAGE_GAPS);

export const PLAN_STATES = ['open', 'overdue', 'met', 'withdrawn'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** Who closes a gap, until when, by doing what. */
export const coveragePlan = z.object({
  id: count,
  gap: coverageGap,
  scenario: z.string(),
  scenarioName: z.string(),
  object: z.object({ id: count, code: z.string(), name: z.string() }).nullable(),
  /** Line of the ledger that is not registered, in words. */
  ledger: z.object({ id: count, name: z.string() }).nullable(),
  /** Element, sign or item; empty for the whole. */
  code: z.string(),
  what: z.string(),
  who: z.string(),
  /** A day of Beijing; overdue from the next. */
  dueOn: z.string(),
  state: z.enum(PLAN_STATES),
  madeBy: z.string(),
  madeAt: z.number(),
  metAt: z.number().nullable(),
  version: count,
  allowedActions: z.array(z.enum(['edit', 'withdraw'])),
});
export type CoveragePlan = z.infer<typeof coveragePlan>;

/** One object (or one kind in one place of the ledger) that lacks something, and what is planned. */
export const coverageLack = z.object({
  gap: coverageGap,
  scenario: z.string(),
  scenarioName: z.string(),
  town: z.string(),
  townName: z.string(),
  villageName: z.string().nullable(),
  kindName: z.string().nullable(),
  object: z
    .object({
      id: count,
      code: z.string(),
      name: z.string(),
      simulated: z.boolean(),
      /** WGS 84, degrees. */
      lat: z.number(),
      lon: z.number(),
    })
    .nullable(),
  /** Line of the ledger; of a shortfall without names the figure. */
  ledger: z.object({ id: count, name: z.string().nullable(), missing: count }).nullable(),
  /** What is lacking: elements, signs, items. */
  missing: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Roles that nobody holds, in words, where that is what is lacking. */
  posts: z.array(z.string()),
  plans: z.array(
    z.object({
      id: count,
      code: z.string(),
      what: z.string(),
      who: z.string(),
      dueOn: z.string(),
      overdue: z.boolean(),
    }),
  ),
  allowedActions: z.array(z.literal('plan')),
});
export type CoverageLack = z.infer<typeof coverageLack>;
