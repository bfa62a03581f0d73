import {
  CLOSURE_CHECKS,
  DEADLINE_KINDS,
  FINDING_KINDS,
  ORDER_SOURCES,
  REQUIREMENTS,
  VERDICTS,
  WORK_ORDER_ACTIONS,
  WORK_ORDER_STATES,
} from '#model/response';
import { DISPOSAL_TYPES, type DisposalType, ESCALATION_CHANNELS } from '#model/standard';
import { FALSE_ALARM_REASONS, LEVELS } from '#model/warning';
import { z } from 'zod';

/** `YYYY-MM` in Beijing. */
export const monthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/u);

export const deadline = z.object({
  kind: z.enum(DEADLINE_KINDS),
  dueAt: z.number(),
  metAt: z.number().nullable(),
  overdue: z.boolean(),
  /** Since when it stands still (停表); what is left then is left when it goes on. */
  pausedAt: z.number().nullable(),
  /** Of one that comes again (续报): which turn it is, and how many before it were late. */
  turn: z.number().int(),
  missed: z.number().int(),
});

/** Who is called next when nothing happens, when and why, by the ladder. */
const call = z.object({
  at: z.number(),
  to: z.string(),
  channels: z.array(z.enum(ESCALATION_CHANNELS)),
  reason: z.string(),
});

/** An action the caller may take now, and what it demands. */
export const allowedAction = z.object({
  action: z.enum(WORK_ORDER_ACTIONS),
  text: z.string(),
  requires: z.array(z.enum(REQUIREMENTS)),
});

/** A work order (预警工单). Times are epoch ms. */
export const workOrder = z.object({
  id: z.number().int(),
  code: z.string(),
  /** Null for an order that no warning opened. */
  warning: z.number().int().nullable(),
  source: z.enum(ORDER_SOURCES),
  /** The order whose part it is (协同工单). */
  parent: z.object({ id: z.number().int(), code: z.string() }).nullable(),
  object: z.object({
    id: z.number().int(),
    code: z.string(),
    name: z.string(),
    lat: z.number(),
    lon: z.number(),
    town: z.string().nullable(),
  }),
  item: z.object({ code: z.string(), name: z.string(), kind: z.string() }),
  scenario: z.string(),
  scenarioName: z.string(),
  level: z.enum(LEVELS),
  loop: z.enum(['small', 'medium', 'large']),
  state: z.enum(WORK_ORDER_STATES),
  stateText: z.string(),
  unit: z.string(),
  handler: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  /** To whom the handler hands it on (转单); he stays accountable until somebody takes over. */
  handedTo: z.string().nullable(),
  /** What was asked for and, once approved, until when (挂起). */
  suspension: z
    .object({
      reason: z.string(),
      askedBy: z.string(),
      approvedBy: z.string().nullable(),
      until: z.number().nullable(),
    })
    .nullable(),
  /** The order that goes on for it (并入). */
  mergedInto: z.object({ id: z.number().int(), code: z.string() }).nullable(),
  openedAt: z.number(),
  clearedAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  deadlines: z.array(deadline),
  nextCall: call.nullable(),
  /** To whom a red order that nobody accepted went by rule (改派替岗). */
  deputy: z.string().nullable(),
  overdue: z.boolean(),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
  version: z.number().int(),
  allowedActions: z.array(allowedAction),
});
export type WorkOrder = z.infer<typeof workOrder>;

/** A step of the handbook as it was frozen into the order, and whether it is done. */
export const orderStep = z.object({
  code: z.string(),
  text: z.string(),
  evidence: z.enum(['none', 'photo', 'reading', 'text', 'location']),
  required: z.boolean(),
  doneAt: z.number().nullable(),
  doneBy: z.string().nullable(),
});

export const DISPOSAL_CODES = Object.keys(DISPOSAL_TYPES) as [DisposalType, ...DisposalType[]];

/** What a disposal type of the handbook must produce (处置结果), and what is there of it. */
export const orderResult = z.object({
  type: z.enum(DISPOSAL_CODES),
  typeText: z.string(),
  field: z.string(),
  text: z.string(),
  /** `arrival` and `photos` are shown by deeds; the others are told. */
  kind: z.enum(['text', 'number', 'moment', 'arrival', 'photos']),
  done: z.boolean(),
  value: z.string().nullable(),
});

export const attachment = z.object({
  id: z.number().int(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  at: z.number(),
  by: z.string(),
  /** When and where it was taken (WGS 84, `accuracy` in m); null where nobody told. */
  takenAt: z.number().nullable(),
  place: z.object({ lat: z.number(), lon: z.number(), accuracy: z.number().nullable() }).nullable(),
});

/** One line of an order's timeline. `by` is null for what a rule did. */
export const orderEntry = z.object({
  at: z.number(),
  by: z.string().nullable(),
  /** An action, or what a rule did: `raised`, `upgraded`, `reminded`, `overdue`, `warning-normal`. */
  kind: z.string(),
  text: z.string(),
  note: z.string().nullable(),
  attachments: z.array(attachment),
  /** When it was done, where the phone could not hand it in at once; `at` is when it arrived, and what the limits go by. */
  actedAt: z.number().nullable(),
});

export const measurement = z.object({
  value: z.number(),
  unit: z.string(),
  standing: z.array(z.string()),
  at: z.number(),
  by: z.string(),
  confirmedAt: z.number().nullable(),
  confirmedBy: z.string().nullable(),
});

export const finding = z.object({
  check: z.enum(CLOSURE_CHECKS),
  kind: z.enum(FINDING_KINDS),
  kindText: z.string(),
  /** Keeps it from being cleared and closed; otherwise the reviewer is told. */
  blocks: z.boolean(),
  text: z.string(),
  mend: z.string(),
});

export const amendment = z.object({
  id: z.number().int(),
  /** `note`, or `TYPE.field` of a result. */
  field: z.string(),
  fieldText: z.string(),
  was: z.string(),
  reads: z.string(),
  reason: z.string(),
  at: z.number(),
  by: z.string(),
});

export const workOrderDetail = workOrder.extend({
  handbook: z.object({
    standard: z.string(),
    disposalTypes: z.array(z.string()),
    reviewer: z.string(),
    coUnits: z.array(z.string()),
    notify: z.array(z.string()),
    limitClass: z.string(),
  }),
  steps: z.array(orderStep),
  results: z.array(orderResult),
  entries: z.array(orderEntry),
  /** Whom the next call means: in words, and by name where that is known. */
  callees: z.array(z.object({ text: z.string(), names: z.array(z.string()) })),
  /** An escalation that waits for the caller to acknowledge it, in words; null where there is none. */
  escalation: z.object({ text: z.string(), at: z.number(), until: z.number() }).nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  falseAlarm: z.enum(FALSE_ALARM_REASONS).nullable(),
  /** What people who opened it told, and why this unit; null for one that a warning opened. */
  told: z.string().nullable(),
  unitReason: z.string().nullable(),
  /** The incident that has adopted it (事件). */
  incident: z.object({ id: z.number().int(), code: z.string(), title: z.string() }).nullable(),
  /** Orders of its co-units. */
  parts: z.array(
    z.object({
      id: z.number().int(),
      code: z.string(),
      unit: z.string(),
      handler: z.string().nullable(),
      state: z.enum(WORK_ORDER_STATES),
      stateText: z.string(),
      told: z.string().nullable(),
    }),
  ),
  mayOpenPart: z.boolean(),
  mayNote: z.boolean(),
  /** Orders for which this one goes on. */
  merged: z.array(z.object({ id: z.number().int(), code: z.string(), object: z.string() })),
  /** Signs behind its warning that have not been back to normal for their off-delay, with the present value. */
  standing: z.array(z.object({ text: z.string(), unit: z.string() })),
  /** 传感器故障，现场已实测: what the handler measured, and who has confirmed it. */
  measurement: measurement.nullable(),
  /** What the closure quality gate says of its record, from its clearing on. */
  findings: z.array(finding),
  /** 更正: a closed record is never changed; these stand beside it, the oldest first. */
  amendments: z.array(amendment),
  /** What the caller may put right of it, each as it reads now; empty where nothing. */
  amendable: z.array(
    z.object({
      field: z.string(),
      fieldText: z.string(),
      kind: z.enum(['text', 'number', 'moment']),
      reads: z.string(),
    }),
  ),
});
export type WorkOrderDetail = z.infer<typeof workOrderDetail>;
