import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { CASE_KINDS, knownCase, rehearsal } from './rehearsal-shapes.ts';

const room = 'standard';
const CASES = '/api/v1/known-cases';

const id = z.number().int().positive().max(2_147_483_647);
/** Epoch ms. */
const moment = z.number().int().positive().max(253_402_300_799_999);
const code = z.string().trim().min(1).max(80);

export const requestRehearsal = route({
  method: 'POST',
  path: '/api/v1/standard-drafts/:id/rehearsals',
  room,
  summary: '用历史数据推演草案：与现行版本在同一段历史上并行运行，后台进行',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({
    /** From and to (epoch ms, to excluded), at most two years; ten where a recording is replayed. */
    from: moment,
    to: moment,
    /** Codes of towns; all where neither towns nor objects are named. */
    towns: z.array(code).max(60).default([]),
    /** Codes of objects. */
    objects: z.array(code).max(1000).default([]),
    /** Id of a replay session: its recording is the past. */
    session: id.optional(),
  }),
  reply: rehearsal,
  status: 201,
});

export const listRehearsals = route({
  method: 'GET',
  path: '/api/v1/standard-drafts/:id/rehearsals',
  room,
  summary: '一份草案的历次推演，新的在前；结果随版本长期保存',
  access: 'standard.read',
  params: idParams,
  query: pageQuery,
  reply: pageOf(rehearsal),
});

export const getRehearsal = route({
  method: 'GET',
  path: '/api/v1/rehearsals/:id',
  room,
  summary: '一次推演的进度和结果',
  access: 'standard.read',
  params: idParams,
  reply: rehearsal,
});

export const cancelRehearsal = route({
  method: 'POST',
  path: '/api/v1/rehearsals/:id/cancel',
  room,
  summary: '取消排队或进行中的推演',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({}),
  reply: rehearsal,
});

export const listKnownCases = route({
  method: 'GET',
  path: CASES,
  room,
  summary: '已知事件和已知误报，新的在前：推演据此核对抓住几起、误报几起',
  access: 'standard.read',
  query: pageQuery.extend({
    scenario: z.string().max(40).optional(),
    kind: z.enum(CASE_KINDS).optional(),
  }),
  reply: pageOf(knownCase),
});

export const recordKnownCases = route({
  method: 'POST',
  path: CASES,
  room,
  summary: '登记已知事件或已知误报，一次最多 1000 起；有一起不对，全部不登记',
  access: 'standard.draft',
  body: z.strictObject({
    scenario: z.string().min(1).max(40),
    cases: z
      .array(
        z.strictObject({
          kind: z.enum(CASE_KINDS),
          object: code.optional(),
          item: code.optional(),
          from: moment,
          to: moment,
          text: z.string().trim().min(2, '请写明发生了什么，至少 2 个字').max(500),
          /** Where it is known from: a report, a log, labels of a recording. */
          source: z.string().trim().min(2, '请写明来源，至少 2 个字').max(200),
        }),
      )
      .min(1)
      .max(1000),
  }),
  reply: z.object({ recorded: z.number().int() }),
  status: 201,
});

export const removeKnownCase = route({
  method: 'DELETE',
  path: `${CASES}/:id`,
  room,
  summary: '撤销登记错的已知事件',
  access: 'standard.draft',
  params: idParams,
  reply: z.object({ id: z.number().int() }),
});
