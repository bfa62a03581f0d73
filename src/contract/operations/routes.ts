import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { FAULT_ACTIONS, FAULT_KINDS, FAULT_STATES, FAULT_SUBJECTS, REPORTED_KINDS } from '#model/operations';
import { z } from 'zod';

import { fault, faultCounts, faultDetail } from './shapes.ts';

export const listFaults = route({
  method: 'GET',
  path: '/api/v1/faults',
  room: 'operations',
  summary: '故障，最新的在前',
  access: 'fault.read',
  query: pageQuery.extend({
    state: z.enum(FAULT_STATES).optional(),
    /** Only faults that are not closed. */
    open: flag.optional(),
    /** Only faults that wait for the caller to act. */
    mine: flag.optional(),
    overdue: flag.optional(),
    kind: z.enum(FAULT_KINDS).optional(),
    subjectKind: z.enum(FAULT_SUBJECTS).optional(),
    scenario: z.string().max(20).optional(),
    /** In the code, the subject's name or the summary. */
    search: z.string().trim().min(1).max(50).optional(),
  }),
  reply: pageOf(fault),
});

export const getFaultCounts = route({
  method: 'GET',
  path: '/api/v1/fault-counts',
  room: 'operations',
  summary: '没有关闭的故障：各状态、各种类、超期和等我处理的条数',
  access: 'fault.read',
  reply: faultCounts,
});

export const getFault = route({
  method: 'GET',
  path: '/api/v1/faults/:id',
  room: 'operations',
  summary: '一条故障：时限、经过、可以派给谁',
  access: 'fault.read',
  params: idParams,
  reply: faultDetail,
});

export const reportFault = route({
  method: 'POST',
  path: '/api/v1/faults',
  room: 'operations',
  summary: '人员报修。同一对象同一种类没有关闭时不再另开',
  access: 'fault.handle',
  body: z.object({
    subject: z.object({
      kind: z.enum(FAULT_SUBJECTS),
      /** `protocol/code` of a device, a point's code; for the others a name. */
      key: z.string().trim().min(1).max(200),
    }),
    kind: z.enum(REPORTED_KINDS),
    summary: z.string().trim().min(1).max(1000),
  }),
  reply: faultDetail,
  status: 201,
});

export const advanceFault = route({
  method: 'POST',
  path: '/api/v1/faults/:id/advance',
  room: 'operations',
  summary: '推进故障一步。能做什么、要带什么，见 allowedActions',
  access: 'fault.read',
  params: idParams,
  body: z.object({
    action: z.enum(FAULT_ACTIONS),
    note: z.string().max(4000).optional(),
    /** To whom it is given: a person by user name, a unit by name, or both. */
    owner: z
      .object({
        username: z.string().max(100).optional(),
        unit: z.string().trim().min(1).max(100).optional(),
      })
      .optional(),
    /** The version the caller saw; another one in between is answered 409. */
    version: z.number().int().optional(),
  }),
  reply: faultDetail,
});
