import { CALL_OUTCOMES } from '#model/command';
import { z } from 'zod';

const shape = z.object({
  text: z.string(),
  call: z.boolean(),
  contact: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  outcome: z.enum(CALL_OUTCOMES),
  forHandover: z.boolean(),
  warning: z.number().int().nullable(),
  workOrder: z.number().int().nullable(),
  /** Of the hand-in: the same content sent again after a broken line carries the same key, so that it is one line. */
  key: z.string(),
  /** What was handed in under this key. */
  sent: z.string(),
});

/** A line of the log that somebody types. Kept on the machine until the server has it. */
export type LogDraft = z.infer<typeof shape>;

export const EMPTY_LINE: LogDraft = {
  text: '',
  call: false,
  contact: null,
  outcome: 'reached',
  forHandover: false,
  warning: null,
  workOrder: null,
  key: '',
  sent: '',
};

const KEPT = 'puan.duty-log';

export function readLine(): LogDraft {
  const text = localStorage.getItem(KEPT);
  if (text === null) return EMPTY_LINE;
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : EMPTY_LINE;
  } catch {
    return EMPTY_LINE;
  }
}

export function keepLine(draft: LogDraft): void {
  if (draft === EMPTY_LINE) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(draft));
}

interface LineBody {
  readonly text: string;
  readonly call?: { readonly contact?: number; readonly outcome: LogDraft['outcome'] };
  readonly forHandover: boolean;
  readonly warning?: number;
  readonly workOrder?: number;
}

/** What is sent, without its key. */
export function bodyOf(draft: LogDraft): LineBody {
  const call = { outcome: draft.outcome, ...(draft.contact ? { contact: draft.contact.id } : {}) };
  return {
    text: draft.text.trim(),
    forHandover: draft.forHandover,
    ...(draft.call ? { call } : {}),
    ...(draft.warning === null ? {} : { warning: draft.warning }),
    ...(draft.workOrder === null ? {} : { workOrder: draft.workOrder }),
  };
}

/** The draft ready to be sent: with its old key if nothing was changed since it was tried, else with a new one. */
export function keyed(draft: LogDraft, makeKey: () => string): LogDraft {
  const sent = JSON.stringify(bodyOf(draft));
  return draft.key !== '' && draft.sent === sent ? draft : { ...draft, sent, key: makeKey() };
}

/** After the server has it: a new empty line, or what was typed meanwhile as a line of its own. */
export function afterSent(draft: LogDraft, sent: string): LogDraft {
  if (draft.text.trim() === sent) return EMPTY_LINE;
  const rest = draft.text.startsWith(sent) ? draft.text.slice(sent.length).trimStart() : draft.text;
  return { ...EMPTY_LINE, text: rest };
}
