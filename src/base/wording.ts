import type { AppError, ErrorCode, ErrorDetails } from './errors.ts';

/** What people read for each code: what is wrong, and what to do. `{name}` is filled from the details. */
export const ERROR_WORDING: Readonly<Record<ErrorCode, string>> = {
  'input.invalid': '请求内容不符合要求：{issues}。请改正后重发。',
  'input.malformed-json': '请求正文不是有效的 JSON（{reason}）。请检查引号、逗号和括号。',
  'input.too-large': '请求正文超过上限 {limit}。请分成小批发送。',
  'input.unsupported-media-type': '不支持的内容类型 {type}。请使用 {expected}。',
  'session.required': '请先登录，或在请求头带上令牌（Authorization: Bearer …）。',
  'session.expired': '登录已过期。请重新登录，未提交的内容仍在页面上。',
  'session.refused': '用户名、密码或验证码不正确。',
  'session.locked': '连续输错次数过多，账号已暂时锁定。请 {minutes} 分钟后再试，或联系技术管理员。',
  'token.invalid': '令牌无效或已过期。请在平台上重新签发。',
  'access.denied': '您的角色没有这项权限（{capability}）。如确需办理，请联系本平台业务管理员。',
  'route.not-found': '没有这个地址：{method} {path}。请对照 /api/openapi.json。',
  'method.not-allowed': '这个地址不支持 {method}。请对照 /api/openapi.json。',
  'record.not-found': '没有找到{what}“{id}”，或它不在您的管辖范围内。',
  'record.exists': '{what}“{id}”已经存在。请换一个编码，或修改已有的那条。',
  'record.changed': '这条记录刚被别人改过。请刷新后再操作。',
  'reading.unknown-point': '没有监测点“{point}”。请先登记监测点，再发送数据。',
  'reading.bad-value': '数值无效：{value}。请发送有限的数字。',
  'reading.bad-time':
    '观测时间无效：{observedAt}。请用 RFC 3339（例 2026-11-23T08:00:00+08:00）或毫秒时间戳。',
  'reading.bad-quality': '质量标记无效：{quality}。可用：good、suspect。',
  'reading.bad-source': '数据来源无效：{source}。可用：iot、analytics、video、social。',
  'reading.not-an-object': '这一项不是对象。每项须为 {"point","observedAt","value"}。',
  'reading.foreign-point': '令牌不属于监测点“{point}”所在的设备。',
  'reading.wrong-clock':
    '观测时间 {observedAt} 与现在相差太大（超前 1 分钟或落后 7 天以上）。已存下并标记存疑，不参与预警；请校准设备时钟。',
  'reading.out-of-range':
    '数值 {value} 超出监测要素的物理范围 {range}。已存下并标记存疑，不参与预警；请检查设备与单位。',
  'work-order.illegal-action': '工单当前是“{state}”，不能“{action}”。可以做的是：{allowed}。',
  'work-order.requirement-missing': '还缺：{missing}。补齐后再提交。',
  'work-order.not-yours': '这张工单由{holder}处置，不能代为操作。',
  'warning.illegal-action': '这条预警当前是“{state}”，不能“{action}”。',
  'borders.invalid': '边界文件不能用：{reason}。请提供 WGS 84 坐标的 GeoJSON 面要素。',
  'replay.conflict': '设备 {device} 已在另一个回放会话中。请等它结束，或先结束它。',
  'replay.ended': '这个回放会话已经结束。请新开一个。',
  'attachment.unsupported': '不支持的附件类型 {type}。请上传 JPEG、PNG 或 WebP 图片。',
  'attachment.too-large': '附件超过 {limit}。请压缩后再上传。',
  'service.unavailable': '数据库暂时连不上，数据没有写入。请稍后重发，系统会自动恢复。',
  internal: '系统内部出错，已记录编号 {reference}。请稍后再试，或把编号告诉技术管理员。',
};

/** The sentence for a refusal, its facts filled in. */
export function wordingOf(error: AppError): string {
  return fill(ERROR_WORDING[error.code], error.details);
}

/** Fills `{name}` from the details; a fact that is missing leaves an ellipsis rather than a hole. */
export function fill(template: string, details: ErrorDetails): string {
  return template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = details[name];
    if (value === undefined || value === null) return '…';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
