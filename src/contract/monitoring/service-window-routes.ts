import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { SERVICE_KINDS, SERVICE_SUBJECTS } from '#model/monitoring';
import { z } from 'zod';

const reason = z.string().trim().min(2).max(200);
const subject = z.string().max(200).optional();

const serviceWindow = z.object({
  id: z.number().int(),
  kind: z.enum(SERVICE_KINDS),
  /** `protocol/code` of the device, code of the point or of the object. */
  subject: z.string(),
  subjectKind: z.enum(SERVICE_SUBJECTS),
  /** The object it stands at, by name; of a device that of its first point. */
  objectName: z.string().nullable(),
  /** 停用 of this sign only. */
  sign: z.object({ code: z.string(), name: z.string() }).nullable(),
  from: z.number(),
  /** Null: until further notice. */
  to: z.number().nullable(),
  reason: z.string(),
  /** Who answers for it (停用). */
  owner: z.string().nullable(),
  madeBy: z.string(),
  endedBy: z.string().nullable(),
  endedWhy: z.string().nullable(),
  /** 停用: who has looked at it again, when, and until when it has to be looked at the next time. */
  reviewedBy: z.string().nullable(),
  reviewedAt: z.number().nullable(),
  reviewDue: z.number().nullable(),
  /** Alarms that stand there now, beyond their limits: what comes back when it ends. */
  standing: z.number().int(),
  version: z.number().int(),
});
export type ServiceWindow = z.infer<typeof serviceWindow>;

export const listServiceWindows = route({
  method: 'GET',
  path: '/api/v1/service-windows',
  room: 'monitoring',
  summary: '停用、检修、标定，新的在前',
  access: 'reading.read',
  query: pageQuery.extend({
    kind: z.enum(SERVICE_KINDS).optional(),
    /** Only those that are not over. */
    running: flag.optional(),
  }),
  reply: pageOf(serviceWindow),
});

export const createServiceWindow = route({
  method: 'POST',
  path: '/api/v1/service-windows',
  room: 'monitoring',
  summary:
    '登记停用、检修、标定：其间读数标记、不参与预警、不计应收，已有的报警被拦下；到时自行结束。检修标定最长七天；停用须写负责人，可到另行通知，每七天复核一次',
  access: 'device.manage',
  body: z
    .object({
      kind: z.enum(SERVICE_KINDS),
      /** `protocol/code`. */
      device: subject,
      point: subject,
      /** Code of the object: with all its points. */
      object: subject,
      /** 停用 of this sign only, at the point or the object. */
      sign: z.string().max(60).optional(),
      from: moment,
      /** Left out, of 停用 only: until further notice. */
      to: moment.optional(),
      /** Who answers for it; 停用 must say. */
      owner: z.string().trim().min(2).max(60).optional(),
      reason,
    })
    .refine(
      ({ device, point, object }) => [device, point, object].filter((one) => one !== undefined).length === 1,
      '设备、监测点、监测对象写一个',
    ),
  reply: serviceWindow,
  status: 201,
});

export const endServiceWindow = route({
  method: 'POST',
  path: '/api/v1/service-windows/:id/end',
  room: 'monitoring',
  summary: '提前结束停用、检修、标定：答复中的 standing 是仍超限的报警，立即成为预警',
  access: 'device.manage',
  params: idParams,
  body: z.object({ version: z.number().int(), reason: reason.optional() }),
  reply: serviceWindow,
});

export const reviewServiceWindow = route({
  method: 'POST',
  path: '/api/v1/service-windows/:id/review',
  room: 'monitoring',
  summary: '复核停用：仍须停用的理由；从此刻起再过七天须再复核，否则成为故障',
  access: 'device.manage',
  params: idParams,
  body: z.object({ version: z.number().int(), reason }),
  reply: serviceWindow,
});
