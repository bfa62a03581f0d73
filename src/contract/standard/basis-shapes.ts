import { BASIS_TAGS } from '#model/standard';
import { z } from 'zod';

const named = z.object({ code: z.string(), name: z.string() });
const count = z.number().int();

/** A document (and clause) that standards in force cite. */
export const basisCited = z.object({
  document: z.string(),
  clause: z.string().nullable(),
  /** The tags under which it is cited. */
  tags: z.array(z.enum(BASIS_TAGS)),
  /** Everywhere it is cited the source itself was read. */
  verified: z.boolean(),
  scenarios: z.array(
    z.object({
      scenario: z.string(),
      name: z.string(),
      signs: z.array(named),
      /** Elements, parameters and handbook entries that cite it, too. */
      others: count,
    }),
  ),
});
export type BasisCited = z.infer<typeof basisCited>;

/** A change that was told, and whose scenarios get a task. */
export const basisChange = z.object({
  id: count,
  scenarios: z.array(z.object({ scenario: z.string(), signs: count })),
});

export const TASK_STATES = ['open', 'overdue', 'answered', 'kept'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What a scenario has to do because a basis of its standard was replaced or a station moved. */
export const basisTask = z.object({
  id: count,
  scenario: z.string(),
  scenarioName: z.string(),
  kind: z.enum(['replaced', 'moved']),
  /** The document; of a moved station its name. */
  document: z.string(),
  clause: z.string().nullable(),
  object: z.object({ id: count, code: z.string(), name: z.string() }).nullable(),
  /** What it was replaced by, or where the station stands now. */
  successor: z.string(),
  changedOn: z.string(),
  note: z.string().nullable(),
  toldBy: z.string(),
  signs: z.array(named),
  /** Elements, parameters and handbook entries. */
  others: z.array(named),
  /** Who holds 业务管理员 of the scenario, as far as the caller sees. */
  owners: z.array(z.string()),
  state: z.enum(TASK_STATES),
  openedAt: z.number(),
  dueAt: z.number(),
  answeredAt: z.number().nullable(),
  /** The person's name. */
  answeredBy: z.string().nullable(),
  /** The version that answers it. */
  answer: z.object({ id: count, version: z.string() }).nullable(),
  answerNote: z.string().nullable(),
  version: count,
  allowedActions: z.array(z.literal('keep')),
});
export type BasisTask = z.infer<typeof basisTask>;

const rate = z.object({ due: count, inTime: count, rate: z.number().nullable() });

/** 标准更新及时率 (A12) of a month. */
export const updateRate = z.object({
  month: z.string(),
  total: rate,
  scenarios: z.array(rate.extend({ scenario: z.string(), name: z.string() })),
  /** Open now, and of these past their time. */
  open: count,
  overdue: count,
});
