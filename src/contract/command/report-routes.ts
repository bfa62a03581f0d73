import { flag, idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { REPORT_CHANNELS, REPORT_FLAGS, REPORT_RECIPIENTS, TOLD_TRIGGERS } from '#model/command';
import { z } from 'zod';

import {
  casualties,
  incidentReport,
  reportDraft,
  reportDuty,
  reportFields,
  reportFlag,
  reportMatter,
  reportMatterDetail,
  reportRuleRecord,
} from './report-shapes.ts';

const room = 'command';
const platformCode = z.string().min(1).max(40);
const key = z.string().min(8).max(100);
const at = z.number().int().min(0).max(253_402_300_799_999);
const reason = z.string().trim().min(2).max(500);

export const listReportRules = route({
  method: 'GET',
  path: '/api/v1/report-rules',
  room,
  summary: '报送规则：何事、由谁、向谁、多久内报，及其依据',
  access: 'duty.read',
  reply: z.object({ items: z.array(reportRuleRecord) }),
});

export const updateReportRule = route({
  method: 'PUT',
  path: '/api/v1/report-rules/:code',
  room,
  summary: '停用或启用一条报送规则，或改它的时限；只有区级可以改，已产生的报送义务不变',
  access: 'setting.manage',
  params: z.object({ code: z.string().max(20) }),
  body: z.object({
    inForce: z.boolean(),
    withinMinutes: z.number().int().min(1).max(10_080).nullable(),
    repeatMinutes: z.number().int().min(10).max(10_080).nullable(),
    finalMinutes: z.number().int().min(10).max(43_200).nullable(),
    version: z.number().int(),
  }),
  reply: reportRuleRecord,
});

export const listReportDuties = route({
  method: 'GET',
  path: '/api/v1/report-duties',
  room,
  summary: '待报送的义务，最先到时限的在前',
  access: 'duty.read',
  query: pageQuery.extend({
    /** Those of one platform. */
    platform: platformCode.optional(),
    replay: flag.optional(),
  }),
  reply: pageOf(reportDuty),
});

export const listReportMatters = route({
  method: 'GET',
  path: '/api/v1/report-matters',
  room,
  summary: '报送事项，最新的在前',
  access: 'duty.read',
  query: pageQuery.extend({
    workOrder: z.coerce.number().int().optional(),
    incident: z.coerce.number().int().optional(),
    open: flag.optional(),
  }),
  reply: pageOf(reportMatter),
});

export const getReportMatter = route({
  method: 'GET',
  path: '/api/v1/report-matters/:id',
  room,
  summary: '一件报送事项：义务、报告、更改和追问',
  access: 'duty.read',
  params: idParams,
  reply: reportMatterDetail,
});

export const tellReportMatter = route({
  method: 'POST',
  path: '/api/v1/report-matters',
  room,
  summary: '人工报告突发事件或生产安全事故：按规则产生报送义务',
  access: 'duty.keep',
  body: z.object({
    trigger: z.enum(TOLD_TRIGGERS),
    platform: platformCode,
    scenario: z.string().max(20).optional(),
    /** The order that it happened at. */
    workOrder: z.number().int().positive().optional(),
    title: z.string().trim().min(2).max(100),
    told: z.string().trim().min(2).max(2000),
    eventAt: at,
    knownAt: at,
    casualties,
    idempotencyKey: key,
  }),
  reply: reportMatterDetail,
  status: 201,
});

export const gatherReports = route({
  method: 'POST',
  path: '/api/v1/report-matters/gather',
  room,
  summary: '合并报送：一个事件报一份，代替它各张工单的报送；纳入和移出工单时义务随之转移',
  access: 'duty.keep',
  body: z.object({ incident: z.number().int().positive(), reason }),
  reply: reportMatterDetail,
  status: 201,
});

export const draftReport = route({
  method: 'GET',
  path: '/api/v1/report-matters/:id/draft',
  room,
  summary: '按工单和预警拟好的下一份报告，并列出缺的要素',
  access: 'duty.keep',
  params: idParams,
  query: z.object({
    platform: platformCode,
    recipient: z.enum(REPORT_RECIPIENTS),
    channel: z.enum(REPORT_CHANNELS),
    final: flag.optional(),
  }),
  reply: reportDraft,
});

export const submitReport = route({
  method: 'POST',
  path: '/api/v1/report-matters/:id/reports',
  room,
  summary: '报送：平台、书面，或记下一次电话报送（未接通的只记通话，不算报送）',
  access: 'duty.keep',
  params: idParams,
  body: z.object({
    platform: platformCode,
    recipient: z.enum(REPORT_RECIPIENTS),
    channel: z.enum(REPORT_CHANNELS),
    final: z.boolean().default(false),
    eventAt: at,
    casualties,
    fields: reportFields,
    /** Why the moment of the event or the numbers differ from what was told before. */
    reason: reason.optional(),
    /** Of one that was told by phone: who took it and when; or that nobody did. */
    call: z
      .object({
        outcome: z.enum(['reached', 'no-answer']),
        takenBy: z.string().trim().max(60).default(''),
        at,
      })
      .optional(),
    idempotencyKey: key,
  }),
  reply: reportMatterDetail,
  status: 201,
});

export const listReports = route({
  method: 'GET',
  path: '/api/v1/incident-reports',
  room,
  summary: '信息报告，最新的在前：本级发出的，或区总平台收到的',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    /** Those that the district's watch received. */
    received: flag.optional(),
    unsigned: flag.optional(),
    matter: z.coerce.number().int().optional(),
  }),
  reply: pageOf(incidentReport),
});

export const signReport = route({
  method: 'POST',
  path: '/api/v1/incident-reports/:id/sign',
  room,
  summary: '签收：区总平台值班收到了',
  access: 'duty.keep',
  params: idParams,
  reply: reportMatterDetail,
});

export const askAboutReport = route({
  method: 'POST',
  path: '/api/v1/incident-reports/:id/questions',
  room,
  summary: '追问',
  access: 'duty.keep',
  params: idParams,
  body: z.object({ question: z.string().trim().min(2).max(500) }),
  reply: reportMatterDetail,
  status: 201,
});

export const answerReportQuestion = route({
  method: 'POST',
  path: '/api/v1/report-questions/:id/answer',
  room,
  summary: '答复追问',
  access: 'duty.keep',
  params: idParams,
  body: z.object({ answer: z.string().trim().min(1).max(2000) }),
  reply: reportMatterDetail,
});

export const amendReport = route({
  method: 'POST',
  path: '/api/v1/incident-reports/:id/changes',
  room,
  summary: '更正已报送的内容：原文不变，更正并列；发生时间和人数的更改另作标记',
  access: 'duty.keep',
  params: idParams,
  body: z.object({
    eventAt: at.optional(),
    casualties: casualties.partial().optional(),
    fields: reportFields.partial().optional(),
    reason,
  }),
  reply: reportMatterDetail,
});

export const getReportDocument = route({
  method: 'GET',
  path: '/api/v1/incident-reports/:id/document',
  room,
  summary: '一份报告的公文（docx，按 GB/T 9704 的版式）',
  access: 'duty.read',
  params: idParams,
  reply: z.any(),
});

export const listReportFlags = route({
  method: 'GET',
  path: '/api/v1/report-flags',
  room,
  summary: '迟报、漏报和更改，按平台和月份；由时间算出，不计回放和模拟',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    kind: z.enum(REPORT_FLAGS).optional(),
    from: moment.optional(),
    to: moment.optional(),
  }),
  reply: pageOf(reportFlag),
});
