import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { standardFile } from './standard-file.ts';
import {
  DRAFT_STATES,
  signImport,
  standardComparison,
  standardDraft,
  standardDraftDetail,
  standardVersion,
  standardVersionDetail,
} from './version-shapes.ts';

const room = 'standard';
const VERSIONS = '/api/v1/standard-versions';
const DRAFTS = '/api/v1/standard-drafts';

const scenario = z.string().max(40);
const id = z.number().int().positive().max(2_147_483_647);
const reason = z.string().trim().min(5, '请写明理由（依据、业务或事实有何变化），至少 5 个字').max(1000);
/** Of the row as it was seen: whoever acts on an older one is told to look again. */
const version = id;
const seen = z.strictObject({ version });

export const listStandardVersions = route({
  method: 'GET',
  path: VERSIONS,
  room,
  summary: '业务标准的历次版本，新的在前',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: scenario.optional() }),
  reply: pageOf(standardVersion),
});

export const getStandardVersion = route({
  method: 'GET',
  path: `${VERSIONS}/:id`,
  room,
  summary: '业务标准的一个版本及其全文',
  access: 'standard.read',
  params: idParams,
  reply: standardVersionDetail,
});

export const cancelStandardVersion = route({
  method: 'POST',
  path: `${VERSIONS}/:id/cancel`,
  room,
  summary: '在生效前撤销一个版本；它之前的版本继续有效',
  access: 'standard.approve',
  params: idParams,
  body: z.strictObject({ reason }),
  reply: standardVersion,
});

export const listStandardDrafts = route({
  method: 'GET',
  path: DRAFTS,
  room,
  summary: '管辖范围内的业务标准草案，新的在前',
  access: 'standard.read',
  query: pageQuery.extend({ scenario: scenario.optional(), state: z.enum(DRAFT_STATES).optional() }),
  reply: pageOf(standardDraft),
});

export const getStandardDraft = route({
  method: 'GET',
  path: `${DRAFTS}/:id`,
  room,
  summary: '一份业务标准草案：全文和检查出的问题',
  access: 'standard.read',
  params: idParams,
  reply: standardDraftDetail,
});

export const createStandardDraft = route({
  method: 'POST',
  path: DRAFTS,
  room,
  summary: '起草业务标准的新版本：从最新版本，或从指定的旧版本（恢复旧版也是发布新版本）',
  access: 'standard.draft',
  body: z.strictObject({
    scenario: scenario.min(1),
    reason,
    /** Id of the version to begin with; the newest unless told. */
    from: id.optional(),
  }),
  reply: standardDraftDetail,
  status: 201,
});

export const updateStandardDraft = route({
  method: 'PUT',
  path: `${DRAFTS}/:id`,
  room,
  summary: '保存草案。格式不对不保存；内容上的问题可以先存，提交前改正',
  access: 'standard.draft',
  params: idParams,
  body: z.strictObject({
    version,
    /** Number under which it will be published; the document's own unless told. */
    standard: z.string().trim().min(1).max(40).optional(),
    reason: reason.optional(),
    /** Id of the newest version, once the editor has compared with it. */
    base: id.optional(),
    document: standardFile,
  }),
  reply: standardDraftDetail,
});

export const compareStandardDraft = route({
  method: 'GET',
  path: `${DRAFTS}/:id/compare`,
  room,
  summary: '草案与它所依据的版本（或指定版本）有哪些不同，逐条用文字说明',
  access: 'standard.read',
  params: idParams,
  query: z.object({ with: z.coerce.number().int().positive().max(2_147_483_647).optional() }),
  reply: standardComparison,
});

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const exportSigns = route({
  method: 'GET',
  path: `${DRAFTS}/:id/signs.xlsx`,
  room,
  summary: '下载草案的体征表（xlsx），改好后可以读回',
  access: 'standard.read',
  params: idParams,
  reply: z.unknown(),
});

export const importSigns = route({
  method: 'POST',
  path: `${DRAFTS}/:id/signs.xlsx`,
  room,
  summary: '读回体征表：dryRun=true 只核对，列出全部问题和改动；正式读回有任何问题即整体不保存',
  access: 'standard.draft',
  params: idParams,
  query: z.object({
    version: z.coerce.number().int().positive().max(2_147_483_647),
    dryRun: flag.default(true),
  }),
  rawBody: { types: [SHEET], limitBytes: 5_000_000 },
  reply: signImport,
});

const act = (verb: string, summary: string) => ({
  method: 'POST' as const,
  path: `${DRAFTS}/:id/${verb}`,
  room,
  summary,
  params: idParams,
  reply: standardDraft,
});

export const submitStandardDraft = route({
  ...act('submit', '提交审核；还有问题的不能提交'),
  access: 'standard.draft',
  body: seen,
});

export const withdrawStandardDraft = route({
  ...act('withdraw', '撤回草案；修改后可以再提交'),
  access: 'standard.draft',
  body: seen,
});

export const refuseStandardDraft = route({
  ...act('refuse', '退回草案，写明意见。须由起草、提交以外的人办理'),
  access: 'standard.approve',
  body: seen.extend({ note: z.string().trim().min(5, '请写明退回的意见，至少 5 个字').max(1000) }),
});

export const publishStandardDraft = route({
  ...act('publish', '审核通过并发布，自指定时间生效。须由起草、提交以外的人办理'),
  access: 'standard.approve',
  body: seen.extend({
    /** Epoch ms, not before now and at most a year ahead; at once unless told. */
    effectiveFrom: z.number().int().positive().max(253_402_300_799_999).optional(),
    note: z.string().trim().max(1000).default(''),
    /** Ids of the open tasks of changed bases (依据变更) that this version answers. */
    answers: z.array(id).max(200).optional(),
  }),
});
