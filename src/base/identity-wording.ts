import type { ErrorCode } from './errors.ts';

type IdentityCode = Extract<ErrorCode, `identity.${string}`>;

/** What people read of the way in through 统一身份; by itself, for the sign-in page knows only these codes and is loaded first. */
export const IDENTITY_WORDING: Readonly<Record<IdentityCode, string>> = {
  'identity.disabled': '没有启用统一身份登录。请用本地账号登录，或请系统管理员配置统一身份平台。',
  'identity.provider-down': '统一身份平台暂时连不上。请稍后再试；本地账号照常可以登录。',
  'identity.provider-refused': '统一身份平台没有同意这次登录。请重新登录；仍不行时请联系城运中心。',
  'identity.not-started-here': '这次登录不是从这个浏览器发起的，或已在别处重新开始。请回到登录页重新登录。',
  'identity.expired': '这次登录已经过期或已经用过。请回到登录页重新登录。',
  'identity.proof-invalid':
    '统一身份平台返回的凭据没有通过核对，没有登录。请重新登录；仍不行时请联系技术管理员。',
  'identity.no-mapping':
    '您在统一身份平台上的机构或角色还没有对应到本系统的平台。请联系城运中心核对，由安全管理员登记映射。',
  'identity.barred': '统一身份平台已停用您的账号，本系统随之停用。如有误，请联系城运中心。',
  'identity.account-disabled': '您在本系统的账号已停用。请联系本平台业务管理员。',
  'identity.logout-invalid': '退出通知没有通过核对，没有结束任何会话。请检查签名、颁发者、接收者和有效期。',
  'identity.mapping-invalid': '第 {line} 行不能用：{reason}。请改正后再保存。',
};
