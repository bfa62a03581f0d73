import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { coverage, coverageGap, coverageLack, coveragePlan, PLAN_STATES } from './coverage-shapes.ts';

const room = 'standard';
const COVERAGE = '/api/v1/coverage';
const PLANS = '/api/v1/coverage-plans';

const code = z.string().trim().min(1).max(40);
const narrowed = z.object({
  scenario: code.optional(),
  /** Nine digits; its villages are told apart then. */
  town: code.optional(),
  /** Code of the platform within which objects lie. */
  under: code.optional(),
});
/** Degrees, WGS 84; a corner that is missing does not bound. */
const corner = z.coerce.number().optional();
const version = z.number().int().positive().max(2_147_483_647);

export const getCoverage = route({
  method: 'GET',
  path: COVERAGE,
  room,
  summary: '监测覆盖：底数、登记、要素、在线、体征、手册、责任岗位逐步的数字，按场景、街镇、居村、类别',
  access: 'object.read',
  query: narrowed,
  reply: coverage,
});

export const listLacks = route({
  method: 'GET',
  path: `${COVERAGE}/lacking`,
  room,
  summary:
    '覆盖缺口清单：缺什么、在哪个对象、谁在什么时候前补上；可按视野（经纬度四角）查，未登记的没有坐标，不能按视野查',
  access: 'object.read',
  query: pageQuery
    .extend(narrowed.shape)
    .extend({ gap: coverageGap, west: corner, south: corner, east: corner, north: corner }),
  reply: pageOf(coverageLack),
});

export const exportCoverage = route({
  method: 'GET',
  path: `${COVERAGE}.xlsx`,
  room,
  summary: '下载监测覆盖统计（xlsx）：场景 × 街镇',
  access: 'object.read',
  query: narrowed,
  reply: z.unknown(),
});

export const listPlans = route({
  method: 'GET',
  path: PLANS,
  room,
  summary: '补齐计划：管辖范围内的，新的在前',
  access: 'object.read',
  query: pageQuery.extend({ scenario: code.optional(), state: z.enum(PLAN_STATES).optional() }),
  reply: pageOf(coveragePlan),
});

const planFacts = {
  what: z.string().trim().min(2, '请写明做什么').max(300),
  /** A unit, a post or a name. */
  who: z.string().trim().min(2, '请写明由谁负责').max(100),
  dueOn: z.iso.date(),
};

export const createPlan = route({
  method: 'POST',
  path: PLANS,
  room,
  summary: '给一处缺口定补齐计划：谁、什么时候前、做什么',
  access: 'object.manage',
  body: z.strictObject({
    gap: coverageGap,
    scenario: code,
    /** Code of the object, or id of the line of the ledger that is not registered. */
    object: z.string().trim().min(1).max(64).optional(),
    ledger: z.number().int().positive().max(2_147_483_647).optional(),
    code: z.string().trim().max(40).default(''),
    ...planFacts,
  }),
  reply: coveragePlan,
  status: 201,
});

export const updatePlan = route({
  method: 'PUT',
  path: `${PLANS}/:id`,
  room,
  summary: '修改补齐计划',
  access: 'object.manage',
  params: idParams,
  body: z.strictObject({ version, ...planFacts }),
  reply: coveragePlan,
});

export const withdrawPlan = route({
  method: 'DELETE',
  path: `${PLANS}/:id`,
  room,
  summary: '撤销补齐计划，写明理由',
  access: 'object.manage',
  params: idParams,
  query: z.object({
    version: z.coerce.number().int().positive(),
    reason: z.string().trim().min(2).max(200),
  }),
  reply: z.null(),
  status: 204,
});
