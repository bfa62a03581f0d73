import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { SWAP_ACTIONS, SWAP_STATES } from '#model/command';
import { z } from 'zod';

import {
  calendarDay,
  calendarYear,
  day,
  dutyRoster,
  generated,
  onDuty,
  personRef,
  roster,
  seatInput,
  shift,
  shiftPattern,
  swap,
} from './shapes.ts';

export {
  callContact,
  callShift,
  createContact,
  createStore,
  listContacts,
  listStores,
  updateContact,
  updateStore,
} from './contact-routes.ts';
export { getDutyDesk, getDutyLook, putDutyLook } from './desk-routes.ts';
export { getTodo } from './todo-routes.ts';
export { getHandover, listHandovers, noteHandover, signHandover, writeHandover } from './handover-routes.ts';
export { addLogLine, correctLogLine, exportLog, listLog, markLogLine, noteCall } from './log-routes.ts';

const room = 'command';
const platformCode = z.string().min(1).max(40);
const reason = z.string().trim().min(1).max(500);

const calendarParams = z.object({
  id: z.string().min(1).max(20),
  year: z.coerce.number().int().min(1990).max(2100),
});

export const getCalendar = route({
  method: 'GET',
  path: '/api/v1/calendars/:id/:year',
  room,
  summary: '一年的节假日与调休；未公布的年份如实说明',
  access: 'duty.read',
  params: calendarParams,
  reply: calendarYear,
});

export const putCalendar = route({
  method: 'PUT',
  path: '/api/v1/calendars/:id/:year',
  room,
  summary: '改一年的节假日与调休（区级值班表管理或参数设置）',
  access: 'duty.read',
  params: calendarParams,
  body: z.object({
    days: z.array(calendarDay).max(200),
    source: z.string().trim().min(1).max(200),
    /** As read; 0 for a year that nobody has entered yet. */
    version: z.number().int().min(0),
  }),
  reply: calendarYear,
});

export const listRosters = route({
  method: 'GET',
  path: '/api/v1/rosters',
  room,
  summary: '值班表',
  access: 'duty.read',
  query: pageQuery.extend({ platform: platformCode.optional(), retired: flag.optional() }),
  reply: pageOf(roster),
});

export const getRoster = route({
  method: 'GET',
  path: '/api/v1/rosters/:id',
  room,
  summary: '一张值班表：席位、轮换、班次规则',
  access: 'duty.read',
  params: idParams,
  reply: roster,
});

const rosterBody = z.object({
  name: z.string().trim().min(1).max(100),
  /** Absent: the one that is set for the platform (`calendar.id`); on a change, the one it has. */
  calendar: z.string().min(1).max(40).optional(),
  pattern: shiftPattern,
  handoverRequired: z.boolean().default(true),
  seats: z.array(seatInput).min(1).max(10),
});

export const createRoster = route({
  method: 'POST',
  path: '/api/v1/rosters',
  room,
  summary: '建值班表',
  access: 'roster.manage',
  body: rosterBody.extend({ platform: platformCode }),
  reply: roster,
  status: 201,
});

export const updateRoster = route({
  method: 'PUT',
  path: '/api/v1/rosters/:id',
  room,
  summary: '改值班表。已排的班次不变；停用后不再排班',
  access: 'roster.manage',
  params: idParams,
  body: rosterBody.extend({ version: z.number().int(), retired: z.boolean().default(false) }),
  reply: roster,
});

export const generateShifts = route({
  method: 'POST',
  path: '/api/v1/rosters/:id/generate',
  room,
  summary: '按轮换排班；dryRun 只列出班次与冲突',
  access: 'roster.manage',
  params: idParams,
  body: z.object({
    /** First and last day, both included; at most 400 days. */
    from: day,
    to: day,
    dryRun: z.boolean().default(false),
    /** Planned shifts in the span that have not begun are planned anew; otherwise they are kept and gaps are filled. */
    replace: z.boolean().default(false),
    /** Writes in spite of conflicts that block. */
    acceptConflicts: z.boolean().default(false),
  }),
  reply: generated,
});

export const listShifts = route({
  method: 'GET',
  path: '/api/v1/shifts',
  room,
  summary: '班次，按开始时间；mine=true 只看本人的',
  access: 'duty.read',
  query: pageQuery.extend({
    roster: z.coerce.number().int().optional(),
    platform: platformCode.optional(),
    from: moment.optional(),
    to: moment.optional(),
    mine: flag.optional(),
    cancelled: flag.optional(),
  }),
  reply: pageOf(shift),
});

export const updateShift = route({
  method: 'PUT',
  path: '/api/v1/shifts/:id',
  room,
  summary: '改一个班次：换人、改时间、取消或恢复',
  access: 'roster.manage',
  params: idParams,
  body: z.object({
    version: z.number().int(),
    person: personRef.optional(),
    from: moment.optional(),
    to: moment.optional(),
    cancelled: z.boolean().optional(),
    reason,
    acceptConflicts: z.boolean().default(false),
  }),
  reply: shift,
});

export const listSwaps = route({
  method: 'GET',
  path: '/api/v1/shift-swaps',
  room,
  summary: '换班申请，最新的在前',
  access: 'duty.read',
  query: pageQuery.extend({
    state: z.enum(SWAP_STATES).optional(),
    roster: z.coerce.number().int().optional(),
    mine: flag.optional(),
  }),
  reply: pageOf(swap),
});

export const requestSwap = route({
  method: 'POST',
  path: '/api/v1/shift-swaps',
  room,
  summary: '申请换班：拿自己的班次换对方的班次',
  access: 'duty.read',
  body: z.object({ shift: z.number().int(), withShift: z.number().int(), reason }),
  reply: swap,
  status: 201,
});

export const decideSwap = route({
  method: 'POST',
  path: '/api/v1/shift-swaps/:id/decide',
  room,
  summary: '换班：对方同意或不同意，管理人批准或驳回，申请人撤回。批准后两个班次同时换',
  access: 'duty.read',
  params: idParams,
  body: z.object({ action: z.enum(SWAP_ACTIONS), note: z.string().trim().max(500).optional() }),
  reply: swap,
});

export const getDutyNow = route({
  method: 'GET',
  path: '/api/v1/duty/now',
  room,
  summary: '谁在值班，到几点，下一个是谁',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    at: moment.optional(),
  }),
  reply: pageOf(dutyRoster).extend({ at: z.number() }),
});

export const whoIsOnDuty = route({
  method: 'GET',
  path: '/api/v1/duty/who',
  room,
  summary: '该找谁：某个平台，或一条预警、一张工单所属的场景、村居、街镇平台，此刻值班的人',
  access: 'duty.read',
  query: z.object({
    platform: platformCode.optional(),
    warning: z.coerce.number().int().optional(),
    workOrder: z.coerce.number().int().optional(),
    at: moment.optional(),
  }),
  reply: z.object({ at: z.number(), items: z.array(onDuty) }),
});
