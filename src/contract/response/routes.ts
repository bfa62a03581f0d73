import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { VERDICTS, WORK_ORDER_ACTIONS, WORK_ORDER_STATES } from '#model/response';
import { RESULT_LENGTH } from '#model/standard';
import { FALSE_ALARM_REASONS, LEVELS } from '#model/warning';
import { z } from 'zod';

import { attachment, DISPOSAL_CODES, monthText, workOrder, workOrderDetail } from './shapes.ts';

/** By the phone's own clock, which may be wrong: only how long it waited is believed. */
const acted = z.object({ at: z.number(), sentAt: z.number() });

export const listWorkOrders = route({
  method: 'GET',
  path: '/api/v1/work-orders',
  room: 'response',
  summary: '预警工单，最新的在前',
  access: 'work-order.read',
  query: pageQuery.extend({
    state: z.enum(WORK_ORDER_STATES).optional(),
    /** Only orders that are not closed. */
    open: flag.optional(),
    /** Only orders that wait for the caller to act. */
    mine: flag.optional(),
    overdue: flag.optional(),
    level: z.enum(LEVELS).optional(),
    scenario: z.string().max(20).optional(),
    replay: flag.optional(),
    /** Only orders that were closed in this month and count in 一次结案率, of a unit, passed at once or not. */
    closedIn: monthText.optional(),
    unit: z.string().max(200).optional(),
    firstPass: flag.optional(),
  }),
  reply: pageOf(workOrder),
});

export const getWorkOrder = route({
  method: 'GET',
  path: '/api/v1/work-orders/:id',
  room: 'response',
  summary: '一张工单：手册步骤、时限、经过',
  access: 'work-order.read',
  params: idParams,
  reply: workOrderDetail,
});

export const advanceWorkOrder = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/advance',
  room: 'response',
  summary: '推进工单一步。能做什么、要带什么，见 allowedActions',
  access: 'work-order.read',
  params: idParams,
  body: z.object({
    action: z.enum(WORK_ORDER_ACTIONS),
    note: z.string().max(4000).optional(),
    reason: z.string().max(1000).optional(),
    /** Codes of handbook steps done with this action. */
    steps: z.array(z.string().max(20)).max(50).optional(),
    /** What a disposal type of the handbook produced; a value given again replaces the one before. */
    results: z
      .array(
        z.object({
          type: z.enum(DISPOSAL_CODES),
          field: z.string().max(20),
          value: z.string().max(RESULT_LENGTH),
        }),
      )
      .max(40)
      .optional(),
    attachments: z.array(z.number().int()).max(20).optional(),
    verdict: z.enum(VERDICTS).optional(),
    falseAlarm: z.enum(FALSE_ALARM_REASONS).optional(),
    /** 传感器故障，现场已实测: what was measured where the sensor lies, with a photo among `attachments`. */
    measured: z
      .object({ value: z.number().min(-1e9).max(1e9), unit: z.string().trim().min(1).max(20) })
      .optional(),
    /** The reviewer confirms what was measured. */
    confirmMeasured: z.boolean().optional(),
    location: z.object({ lat: z.number(), lon: z.number(), accuracy: z.number().optional() }).optional(),
    /** Unit to dispatch or hand on to; absent: the handbook's. */
    unit: z.string().max(100).optional(),
    /** When a suspension ends by itself. */
    until: z.number().optional(),
    /** Id of the order that goes on for this one. */
    into: z.number().int().optional(),
    /** The version the caller saw; another one in between is answered 409. */
    version: z.number().int().optional(),
    /** Set by the phone, so that a resent step is done once. */
    idempotencyKey: z.string().max(80).optional(),
    /** When the phone did it and when it sends it, of a step that waited for a signal. */
    acted: acted.optional(),
  }),
  reply: workOrderDetail,
});

export const supplementWorkOrder = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/supplements',
  room: 'response',
  summary: '补充记录：离线时做过、工单已不能再推进的事，写进经过，不改变工单',
  access: 'work-order.dispose',
  params: idParams,
  body: z.object({
    note: z.string().trim().min(1).max(4000),
    attachments: z.array(z.number().int()).max(20).optional(),
    location: z.object({ lat: z.number(), lon: z.number(), accuracy: z.number().optional() }).optional(),
    idempotencyKey: z.string().min(8).max(80),
    acted: acted.optional(),
  }),
  reply: workOrderDetail,
  status: 201,
});

export const noteWorkOrder = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/notes',
  room: 'response',
  summary: '给工单留言：说给处置人和先前留过言的人，不改变工单',
  access: 'work-order.note',
  params: idParams,
  body: z.strictObject({
    note: z.string().trim().min(1).max(1000),
    idempotencyKey: z.string().min(8).max(80),
  }),
  reply: workOrderDetail,
  status: 201,
});

export const uploadAttachment = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/attachments',
  room: 'response',
  summary: '上传现场照片（正文即图片字节）。存下的是按像素重新编码的图片，原件的哈希随记录封存',
  access: 'work-order.read',
  params: idParams,
  query: z
    .object({
      name: z.string().max(200).default('photo'),
      /** For a 补充记录: also of an order that is closed, or in other hands. */
      supplement: flag.optional(),
      /** What the phone that took it tells; the camera's own record (Exif) counts for more. */
      takenAt: z.coerce.number().int().min(0).max(8.64e15).optional(),
      lat: z.coerce.number().min(-90).max(90).optional(),
      lon: z.coerce.number().min(-180).max(180).optional(),
      accuracy: z.coerce.number().min(0).max(1e6).optional(),
      /** SHA-256 of these bytes as the phone sealed them, in hex: another picture is refused. */
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/u)
        .optional(),
    })
    .refine(({ lat, lon }) => (lat === undefined) === (lon === undefined), {
      error: 'lat 和 lon 须一起给出',
    }),
  rawBody: { types: ['image/jpeg', 'image/png', 'image/webp'], limitBytes: 8_000_000 },
  reply: attachment,
  status: 201,
});

export const getAttachment = route({
  method: 'GET',
  path: '/api/v1/attachments/:id',
  room: 'response',
  summary: '附件内容',
  access: 'work-order.read',
  params: idParams,
  reply: z.any(),
});
