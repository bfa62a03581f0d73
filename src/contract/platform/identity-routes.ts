import { route } from '#contract/http';
import { IDENTITY_ROLES, ROLES } from '#model/platform';
import { z } from 'zod';

const claimPath = z.string().min(1).max(200);

/** One line of the table that maps what the identity provider says to a role at a platform. */
export const identityMapping = z.object({
  id: z.number().int(),
  /** Lower comes first; the first that grants gives the home platform. */
  priority: z.number().int().min(0).max(9999),
  enabled: z.boolean(),
  /** `bar`: nobody with this claim comes in. */
  effect: z.enum(['grant', 'bar']),
  /** A claim's name or a path of names, e.g. `realm_access.roles`. */
  claim: claimPath,
  value: z.string().min(1).max(200),
  role: z.enum(IDENTITY_ROLES).nullable(),
  /** Code of a platform; or `platformClaim`, the claim that holds the code. Exactly one where a role is granted. */
  platform: z.string().max(40).nullable(),
  platformClaim: claimPath.nullable(),
  note: z.string().max(200).nullable(),
});
export type IdentityMapping = z.infer<typeof identityMapping>;

const mappings = z.object({
  items: z.array(identityMapping),
  /** Stands for this state of the table: whoever saves says which one they saw. */
  version: z.string(),
});

export const getIdentityProvider = route({
  method: 'GET',
  path: '/api/v1/identity/provider',
  room: 'platform',
  summary: '是否可以用统一身份登录，叫什么名字',
  access: 'public',
  reply: z.object({ enabled: z.boolean(), name: z.string() }),
});

export const startIdentity = route({
  method: 'GET',
  path: '/api/v1/identity/start',
  room: 'platform',
  summary: '去统一身份平台登录（302）。from 为登录后回到的站内地址',
  access: 'public',
  query: z.object({ from: z.string().max(2000).optional() }),
  reply: z.null(),
});

const given = z.string().max(8000).optional();

export const finishIdentity = route({
  method: 'GET',
  path: '/api/v1/identity/callback',
  room: 'platform',
  summary: '统一身份平台的回调：核对后建立会话并回到原页面（302），不符时回登录页并说明',
  access: 'public',
  query: z.object({ code: given, state: given, iss: given, error: given, error_description: given }),
  reply: z.null(),
});

export const backchannelLogout = route({
  method: 'POST',
  path: '/api/v1/identity/backchannel-logout',
  room: 'platform',
  summary: 'OpenID Connect 后端退出通知（表单 logout_token）：相应会话立即结束',
  access: 'public',
  rawBody: { types: ['application/x-www-form-urlencoded'], limitBytes: 64 * 1024 },
  reply: z.object({ ended: z.number().int() }),
});

export const listIdentityMappings = route({
  method: 'GET',
  path: '/api/v1/identity/mappings',
  room: 'platform',
  summary: '统一身份映射表：声明 → 平台与角色',
  access: 'identity.manage',
  reply: mappings,
});

export const saveIdentityMappings = route({
  method: 'PUT',
  path: '/api/v1/identity/mappings',
  room: 'platform',
  summary: '保存统一身份映射表（整表；id 为 0 的是新行）',
  access: 'identity.manage',
  body: z.object({ items: z.array(identityMapping).max(200), version: z.string().max(100) }),
  reply: mappings,
});

export const tryIdentityMappings = route({
  method: 'POST',
  path: '/api/v1/identity/mappings/try',
  room: 'platform',
  summary: '试算：一份声明按现有映射表会得到什么，为什么得不到',
  access: 'identity.manage',
  body: z.object({ claims: z.record(z.string(), z.unknown()) }),
  reply: z.object({
    barred: z.boolean(),
    grants: z.array(
      z.object({
        mapping: z.number().int(),
        role: z.enum(ROLES),
        roleName: z.string(),
        platform: z.string(),
        platformName: z.string(),
      }),
    ),
    refusals: z.array(
      z.object({
        mapping: z.number().int(),
        reason: z.string(),
        text: z.string(),
        seen: z.string().nullable(),
      }),
    ),
  }),
});
