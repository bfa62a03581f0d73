import { route } from '#contract/http';
import { z } from 'zod';

/** What can wait for a person beside orders and faults, which 我的待办 shows one by one; the most pressing kind first. */
export const TODO_KINDS = [
  'verification',
  'supervision',
  'report-duty',
  'closure-sample',
  'incident-part',
  'suspected-event',
  'swap-answer',
  'swap-approval',
  'handover',
  'standard-draft',
  'own-limit',
  'account-request',
] as const;
export type TodoKind = (typeof TODO_KINDS)[number];

const waiting = z.object({
  count: z.number().int(),
  /** When the first of them is due; null where nothing of it has a limit. */
  dueAt: z.number().nullable(),
});
export type Waiting = z.infer<typeof waiting>;

export const getTodo = route({
  method: 'GET',
  path: '/api/v1/todo',
  room: 'command',
  summary: '我的待办：工单和故障以外，各处有多少件等我办，最早哪一刻到期',
  access: 'session',
  reply: z.object({ items: z.array(waiting.extend({ kind: z.enum(TODO_KINDS) })) }),
});
