import { idParams, pageOf, pageQuery, route } from '#contract/http';
import { ACCOUNT_STATES, isPhone, PERSON_ROLES } from '#model/platform';
import { z } from 'zod';

import {
  account,
  accountDetail,
  accountRequest,
  bulkFault,
  bulkRow,
  REQUEST_ACTIONS,
  REQUEST_STATES,
  temporaryPassword,
  wantedRole,
} from './account-shapes.ts';

const room = 'platform';
const MAX_ROLES = 20;
export const BULK_LIMIT = 500;

const reason = z.string().trim().min(5, '请写明理由，至少 5 个字').max(500);
const name = z.string().trim().min(1).max(50);
const optional = z.string().trim().max(100).nullable();
const phone = z.string().trim().refine(isPhone, '须是电话号码').nullable();
/** Epoch ms. */
const end = z.number().int().positive().max(253_402_300_799_999).nullable();

export const listAccounts = route({
  method: 'GET',
  path: '/api/v1/accounts',
  room,
  summary: '账号：人员与角色。电话只显示掩码',
  access: 'account.read',
  query: pageQuery.extend({
    /** Code of a platform: its whole subtree. */
    platform: z.string().max(40).optional(),
    role: z.enum(PERSON_ROLES).optional(),
    state: z.enum(ACCOUNT_STATES).optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(account),
});

export const getAccount = route({
  method: 'GET',
  path: '/api/v1/accounts/:id',
  room,
  summary: '一个账号：角色、班组、代理、申请',
  access: 'account.read',
  params: idParams,
  reply: accountDetail,
});

const manage = (verb: string, summary: string) => ({
  method: 'POST' as const,
  path: `/api/v1/accounts/:id/${verb}`,
  room,
  summary,
  access: 'account.manage' as const,
  params: idParams,
});

export const disableAccount = route({
  ...manage('disable', '停用账号：会话、令牌、绑定设备立即失效'),
  body: z.strictObject({ reason }),
  reply: account,
});

export const enableAccount = route({
  ...manage('enable', '启用账号，须写明理由'),
  body: z.strictObject({ reason }),
  reply: account,
});

export const unlockAccount = route({
  ...manage('unlock', '解除登录锁定'),
  reply: account,
});

export const resetPassword = route({
  ...manage('reset-password', '重置口令。临时口令只显示这一次，首次登录必须修改'),
  body: z.strictObject({ reason }),
  reply: temporaryPassword,
});

export const resetSecondFactor = route({
  ...manage('reset-second-factor', '重置第二因素，下次登录须重新绑定'),
  body: z.strictObject({ reason }),
  reply: account,
});

export const revealPhone = route({
  method: 'POST',
  path: '/api/v1/accounts/:id/reveal',
  room,
  summary: '查看完整电话，须写明理由并留痕',
  access: 'personal.reveal',
  params: idParams,
  body: z.strictObject({ reason }),
  reply: z.object({ phone: z.string() }),
});

/** Opens with everything; changes what is given; closes. Unknown fields are refused, not ignored. */
export const requestAccount = route({
  method: 'POST',
  path: '/api/v1/account-requests',
  room,
  summary: '申请开通、变更、注销账号，或为三员重置口令；由另一人批准',
  access: 'account.request',
  body: z.discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('open'),
      username: z.string().trim().min(1).max(100),
      name,
      unit: optional.default(null),
      title: optional.default(null),
      phone: phone.default(null),
      platform: z.string().min(1).max(40),
      roles: z.array(wantedRole).min(1).max(MAX_ROLES),
      expiresAt: end.default(null),
      reason,
    }),
    z.strictObject({
      action: z.literal('change'),
      account: z.number().int().positive(),
      name: name.optional(),
      unit: optional.optional(),
      title: optional.optional(),
      phone: phone.optional(),
      roles: z.array(wantedRole).max(MAX_ROLES).optional(),
      expiresAt: end.optional(),
      reason,
    }),
    z.strictObject({
      action: z.literal('close'),
      account: z.number().int().positive(),
      /** Left the unit (离任). */
      left: z.boolean().default(false),
      reason,
    }),
    z.strictObject({
      action: z.literal('reset-password'),
      account: z.number().int().positive(),
      reason,
    }),
  ]),
  reply: accountRequest,
  status: 201,
});

export const requestAccounts = route({
  method: 'POST',
  path: '/api/v1/account-requests/bulk',
  room,
  summary: `批量申请开通（至多 ${BULK_LIMIT} 行）。dryRun 逐行列出问题；有一行不对就一行也不提交`,
  access: 'account.request',
  body: z.strictObject({
    dryRun: z.boolean(),
    rows: z.array(bulkRow).min(1).max(BULK_LIMIT),
    reason,
  }),
  reply: z.object({
    rows: z.number().int(),
    faults: z.array(bulkFault),
    /** Set when they were handed in. */
    batch: z.number().int().nullable(),
  }),
});

export const listAccountRequests = route({
  method: 'GET',
  path: '/api/v1/account-requests',
  room,
  summary: '账号申请，新的在前',
  access: 'account.read',
  query: pageQuery.extend({
    state: z.enum(REQUEST_STATES).optional(),
    action: z.enum(REQUEST_ACTIONS).optional(),
    batch: z.coerce.number().int().positive().max(2_147_483_647).optional(),
    search: z.string().max(50).optional(),
  }),
  reply: pageOf(accountRequest),
});

const decided = z.object({
  requests: z.array(z.number().int()),
  /** Of accounts opened or reset now; shown this once. */
  passwords: z.array(temporaryPassword),
});
const note = z.string().trim().max(500);

export const approveRequest = route({
  method: 'POST',
  path: '/api/v1/account-requests/:id/approve',
  room,
  summary: '批准账号申请。申请人和当事人不能批准',
  access: 'account.approve',
  params: idParams,
  body: z.strictObject({ note: note.default('') }),
  reply: decided,
});

export const refuseRequest = route({
  method: 'POST',
  path: '/api/v1/account-requests/:id/refuse',
  room,
  summary: '退回账号申请，须写明理由',
  access: 'account.approve',
  params: idParams,
  body: z.strictObject({ note: note.min(2, '请写明退回理由') }),
  reply: decided,
});

export const withdrawRequest = route({
  method: 'POST',
  path: '/api/v1/account-requests/:id/withdraw',
  room,
  summary: '撤回自己的账号申请',
  access: 'account.request',
  params: idParams,
  reply: decided,
});

export const approveBatch = route({
  method: 'POST',
  path: '/api/v1/account-request-batches/:id/approve',
  room,
  summary: '整批批准。临时口令一次列出，以后不再显示',
  access: 'account.approve',
  params: idParams,
  body: z.strictObject({ note: note.default('') }),
  reply: decided,
});

export const refuseBatch = route({
  method: 'POST',
  path: '/api/v1/account-request-batches/:id/refuse',
  room,
  summary: '整批退回，须写明理由',
  access: 'account.approve',
  params: idParams,
  body: z.strictObject({ note: note.min(2, '请写明退回理由') }),
  reply: decided,
});
