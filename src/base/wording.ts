import type { AppError, ErrorCode, ErrorDetails } from './errors.ts';
import { IDENTITY_WORDING } from './identity-wording.ts';

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
  'session.otp-required':
    '请输入验证器应用里的 6 位数字，或一个恢复码。每个码只能用一次；若刚才的没有通过，请等下一组数字再试。',
  'session.code-wrong': '验证码不对。请等验证器应用显示下一组数字再试，并核对手机时间是否自动同步。',
  'session.password-change-required':
    '这个密码是别人代设的，或已用满 {days} 天。请先修改密码，改完即可继续。',
  'session.second-factor-required':
    '请先完成两步验证：启用验证器应用；外勤人员也可以绑定手机。已绑定手机的，请在那台手机上登录；手机丢失的，请联系系统管理员。',
  'session.password-weak': '新密码不符合要求：{faults}。请换一个。',
  'session.password-reused': '新密码在最近 {count} 个用过的密码之中。请换一个没有用过的。',
  'session.person-required': '这件事须本人用密码登录后办理，不能用令牌或 PIN 登录的会话。',
  'session.second-factor-exists':
    '已经启用两步验证。要换手机，请先在“我的账号”里用密码和验证码停用，再重新启用。',
  'session.enrolment-not-begun': '还没有取得密钥，或它已过期。请重新开始启用两步验证。',
  'session.pin-weak': 'PIN 须为 6 位数字，不能是连号、重号、成对的号或日期。请换一个。',
  'session.pin-refused': 'PIN 不对，还可以再试 {left} 次。想不起来请改用密码登录。',
  'session.device-unknown': '这台手机没有绑定，或绑定已失效。请用密码登录后重新绑定。',
  'session.device-not-for-role': '只有处置人员、居村处置和街镇值守可以绑定手机。请改用密码和验证码登录。',
  'token.invalid': '令牌无效或已过期。请在平台上重新签发。',
  ...IDENTITY_WORDING,
  'token.not-yours': '个人令牌只能由本人换发。您可以吊销它，请本人重新签发。',
  'token.ended': '这个令牌已过期、已吊销或已换发，不能再换发。请重新签发一个。',
  'access.denied': '您的角色没有这项权限（{capability}）。如确需办理，请联系本平台业务管理员。',
  'access.cross-site':
    '这个请求来自别的网站，已拒绝。请从本平台的页面操作，或改用令牌（Authorization: Bearer …）。',
  'access.same-person':
    '这件事须由另一人审核：起草、修改、提交的人和他们的代理人都不能办理。请交给另一位审核人。',
  'route.not-found': '没有这个地址：{method} {path}。请对照 /api/openapi.json。',
  'method.not-allowed': '这个地址不支持 {method}。请对照 /api/openapi.json。',
  'record.not-found': '没有找到{what}“{id}”，或它不在您的管辖范围内。',
  'object.retired': '监测对象“{object}”已停用，不能接新的监测点。请先恢复使用，或登记新的对象。',
  'point.taken':
    '这些监测点已由别的设备供数：{points}。一个点只由一台设备供数：请改因子对照，或明示接过来（takeOver），原来的设备就不再写它们。',
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
  'intake.refused':
    '推送没有收下：接入源不存在、已停用、来源地址不在名单里，或密钥、签名不对。请在“监测要素—接入源”核对。',
  'event.illegal-action': '这件事的状态是“{state}”，不能{action}。请刷新后再看。',
  'event.no-point':
    '还不知道这件事写到哪个监测点：{missing}。请选择监测对象和监测要素；对象没有这个要素的，请先登记监测点。',
  'account.request-faulty': '申请内容有问题：{faults}。请改正后再提交。',
  'account.request-waiting': '“{username}”已有一条待审批的申请。请等它办结，或先撤回它。',
  'account.request-decided': '这条申请已经{state}，不能再办理。请刷新列表。',
  'account.own-request': '申请须由另一人审批：提出人、当事人和他们的代理人都不能办理。请交给另一位审批人。',
  'account.not-deciding': '您的角色不能审批“{role}”（{platform}）。请交给该单位的审批人或安全管理员。',
  'account.not-yourself': '不能对自己的账号做“{action}”。请由另一位管理员办理。',
  'account.not-manageable': '这个账号的权限超出您的管理范围，不能“{action}”。请由上一级系统管理员办理。',
  'account.four-eyes': '“{action}”对{role}须由两人办理。请提交账号申请，由安全管理员批准。',
  'account.last-administrator': '这是最后一位可用的{role}，不能停用。请先开通接替的人。',
  'account.illegal-action': '账号当前是“{state}”，不能“{action}”。请刷新后再看。',
  'account.rows-faulty': '{count} 行有问题，一行也没有提交。请先试算，按行改正后再提交。',
  'team.faulty': '班组内容有问题：{faults}。请改正后再保存。',
  'delegation.refused': '不能这样安排代理：{reason}。请改正后再提交。',
  'work-order.illegal-action': '工单当前是“{state}”，不能“{action}”。可以做的是：{allowed}。',
  'work-order.requirement-missing': '还缺：{missing}。补齐后再提交。',
  'link.refused': '这个链接不对，或不完整。请从收到的消息里重新点开；仍不行时请联系派给您的人。',
  'link.ended': '这个链接已经失效（{why}）。请联系派给您的人重新发一个。',
  'link.elsewhere':
    '这个链接已在另一个浏览器里打开，只能在那里使用。换了手机的，请联系派给您的人重新发一个。',
  'link.locked': '从这个网络试了太多次不对的链接，已暂停。请 {minutes} 分钟后再从收到的消息里点开。',
  'link.illegal-action': '已经报过“{outcome}”，不能再{action}。如有变化，请联系派给您的人。',
  'link.faulty': '这个链接开不了：{why}。请改正后再试。',
  'fault.illegal-action': '故障当前是“{state}”，不能“{action}”。可以做的是：{allowed}。',
  'fault.requirement-missing': '还缺：{missing}。补齐后再提交。',
  'fault.not-yours': '您在这里没有“{action}”的权限。请联系技术管理员。',
  'fault.exists': '{subject}的“{kind}”已有一条没有关闭的故障 {code}。请在那一条上补记。',
  'work-order.record-poor': '记录还不合格：{findings}。改好后再提交。',
  'work-order.never-suspended': '红色工单不得挂起停表。请转单、增派人员，或等预警降级后由复核人处理。',
  'work-order.cannot-merge': '工单 {order} 不能并入 {into}：{why}。请另选一张未结案的工单。',
  'work-order.acted-refused':
    '这一步的操作时间 {at} 不能采用：{why}。请作为补充记录提交，在说明里写清何时做了什么。',
  'supervision.not-open': '这件{kind}{state}，不能这样办理。请刷新后查看。',
  'closure-sample.checked': '工单 {order} 已由{by}抽查过。请刷新后查看结果。',
  'closure-sample.own-work':
    '您处置、复核或结案过工单 {order}，不能抽查自己经手的工单。请由没有经手的人检查。',
  'closure-sample.order-open': '工单 {order} 已重开（{state}）。请待它重新结案后再查。',
  'closure-sample.incomplete': '判不合格还缺：{missing}。补齐后再提交。',
  'amendment.refused': '不能这样更正：{why}。请改正后再提交。',
  'escalation.not-told':
    '这条超期提醒没有发给您，请由收到提醒的业务管理员、部门责任人、分管责任人或值守人员签收。',
  'incident.illegal-action': '事件当前是“{state}”，不能“{action}”。可以做的是：{allowed}。',
  'incident.not-yours': '这一步须由{who}来做。请联系对方，或请求升级闭环。',
  'incident.requirement-missing': '还缺：{missing}。补齐后再提交。',
  'incident.no-orders': '没有可以纳入的工单：都已结案、已属于别的事件或不在您的范围内。请另选工单。',
  'incident.closed': '事件 {code} 已结案。要继续处置请先重开事件。',
  'incident.part-there': '{unit}已经参与这个事件。要它做别的事，请在它的任务下补充说明。',
  'incident.part-over': '{unit}的任务已经办结或免办，不能再改。',
  'incident.form-over': '填报“{title}”的这一轮已经结束。请在最新一轮中填报。',
  'activation.in-force': '{plan}已在{grade}应急响应中。请升级或降级，或先终止。',
  'activation.over': '{plan}应急响应已经终止。需要时请重新启动。',
  'work-order.not-yours': '这张工单由{holder}处置，不能代为操作。',
  'warning.not-reopened': '不能重开：{why}。',
  'verification.decided': '这条报警已经有了结果（{decision}）。请刷新后查看。',
  'verification.level-refused': '{fault}。请改等级或补写理由。',
  'verification.asked-already': '已经要求补充过一次，时限不能再延。请确认或判为误报。',
  'proposal.illegal-action': '这条改进建议{state}，不能{action}。请刷新后再看。',
  'proposal.not-rehearsed': '演算还没有完成，不能采纳。请等演算出结果，看过前后对比再定。',
  'proposal.nothing':
    '{object}的“{sign}”在这段时间没有可据以改进的报警经过。请放长时间再看，或到草案里直接修改。',
  'shelf.exists': '{subject}已由{by}搁置到 {until}。请延长或结束那一条，不必再搁置。',
  'shelf.too-long': '{level}报警一次最多搁置 {most} 分钟。请缩短；时限由业务管理员在“设置”中改。',
  'shelf.illegal-action': '这条搁置{state}，不能{action}。请刷新后再看。',
  'suppression-rule.faulty': '规则不能这样写：{reason}。请改正后再保存。',
  'warning.illegal-action': '这条预警当前是“{state}”，不能“{action}”。',
  'warning.too-many': '一次最多办理 {limit} 条预警，这里有 {count}。请按街镇或场景收窄范围，分批办理。',
  'borders.invalid': '边界文件不能用：{reason}。请提供 WGS 84 坐标的 GeoJSON 面要素。',
  'setting.refused': '设置不能保存：{reason}。请改正后再存。',
  'object.in-use': '监测对象“{id}”还有 {count} 条未结束的预警或工单，不能停用。请先处置结案，再停用。',
  'import.unreadable': '文件不能导入：{reason}。请用 Excel 另存为 xlsx，或下载导出文件作模板后重试。',
  'import.faulty':
    '共有 {count} 处问题，没有导入任何一行。首处在第 {row} 行：{issue}。请先核对（dryRun=true）并改正全部问题。',
  'export.too-large': '范围内有 {count} 行，超过一次导出的上限 {limit} 行。请按场景或平台分开导出。',
  'gateway.port-taken': '端口 {port} 已有别的网关在用。请换一个端口。',
  'gateway.by-settings':
    '这是按设置开的网关，端口由 PUAN_*_PORT 决定，可以关，不能改端口或撤掉。请改设置后重启，或另开一个。',
  'drill.illegal-action': '演练“{name}”{state}，不能{action}。请刷新后再看。',
  'drill.running-already': '本场景的演练“{name}”正在进行。请等它结束，或先中止它。',
  'drill.unfit': '演练脚本与现行业务标准不符：{issues}。请修改脚本后重新载入。',
  'drill.not-yours': '这条导调发给{to}，须由该岗位的人员回应。',
  'replay.conflict': '设备 {device} 已在另一个回放会话中。请等它结束，或先结束它。',
  'replay.ended': '这个回放会话已经结束。请新开一个。',
  'standard.not-clean': '业务标准还有 {count} 处问题，不能提交或发布：{faults}。请逐条改正后再提交。',
  'standard.base-outdated':
    '这份草案依据的是版本 {base}，而最新版本是 {newest}。请先与最新版本对照，把仍要改的写进草案，再保存、提交。',
  'standard.moment-refused': '不能在这个时间生效：{reason}。请另选生效时间。',
  'standard.own-limit-refused': '不能为这个对象另设限值：{faults}。请改正后再提交。',
  'standard.illegal-action': '当前状态是“{state}”，不能“{action}”。请刷新后再看。',
  'standard.rehearsal-refused': '不能推演：{reason}。请改正后再试。',
  'known-case.faulty': '第 {row} 起有问题：{reason}。一起都没有登记，请改正后重新登记。',
  'roster.conflict':
    '排班有冲突：{conflicts}。请调整人员或时间；确要这样排的，由管理人在排班或改班次时接受冲突。',
  'shift.past': '这个班次已经{state}，不能再改。需要说明的，请记入值班日志。',
  'swap.illegal-action': '不能{action}：{reason}。请刷新换班列表后再看。',
  'desk.no-past': '那一刻没有记录可看。请选 {from} 到 {to} 之间的时间。',
  'handover.illegal-action': '不能{action}：{reason}。请重新打开这一页。',
  'handover.not-yours': '这里须由{who}签字。请本人登录后签，或先登记代理。',
  'duty-log.illegal-action': '不能{action}：{reason}。请另记一行说明。',
  'incident-report.refused': '不能这样报送：{reason}。请改正后再报。',
  'incident-report.incomplete': '{stage}还缺：{missing}。请补上；一时不明的写“正在核实”。',
  'incident-report.illegal-action': '不能{action}：{reason}。请刷新后再看。',
  'contact.no-phone': '“{name}”没有登记电话。请先在通讯录里补上号码。',
  'attachment.unsupported': '不支持的附件类型 {type}。请上传 JPEG、PNG 或 WebP 图片。',
  'attachment.too-large': '附件超过 {limit}。请压缩后再上传。',
  'attachment.too-many-pixels': '图片超过 {limit} 像素。请缩小后再上传。',
  'attachment.changed': '收到的图片与手机封存的不是同一张。请重新上传这张照片。',
  'audit.too-many': '符合条件的审计记录超过一次导出的上限 {limit} 条。请缩小起止时间，分几次导出。',
  'sharing.not-in-force': '这项共享授权{state}，现在不能取数。请联系数据提供单位重新授权。',
  'reading.export-too-large':
    '这段时间有约 {count} 条读数，超过一次导出的上限 {limit} 条。请缩短时段，或减少监测点，分几次导出。',
  'sensorthings.invalid': 'SensorThings 请求写法不对：{issue}。请改正后重发；可用的实体集与选项见 /v1.1。',
  'sensorthings.unsupported':
    'SensorThings 的“{feature}”本服务没有实现。请换一种写法；已实现的条款见 /v1.1。',
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
