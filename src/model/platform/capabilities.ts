/**
 * Everything a request may ask to do, row by row as the matrix of catalog §5.1 has it; a use case names one of these before
 * it touches anything. Those whose routes come with later rooms stand here already, so that the matrix is whole.
 */
export const CAPABILITIES = [
  // 一张图、平台与对象台账
  'map.read',
  'borders.import',
  'platform.read',
  'platform.manage',
  'object.read',
  'object.manage',
  'object.approve',
  'setting.manage',
  'dependency.manage',
  // 感知数据
  'device.read',
  'device.manage',
  'reading.read',
  'reading.write',
  'reading.back-fill',
  'replay.run',
  'token.issue',
  'sharing.manage',
  // 故障（技术保障）
  'fault.read',
  'fault.handle',
  'fault.close',
  // 业务标准
  'standard.read',
  'standard.draft',
  'standard.approve',
  'standard.deploy',
  // 疑似事件
  'event.read',
  'event.report',
  'event.decide',
  // 预警
  'warning.read',
  'warning.acknowledge',
  'warning.decide',
  'warning.shelve',
  'warning.shelve-red',
  // 工单与事件
  'work-order.read',
  'work-order.note',
  'work-order.dispatch',
  'work-order.dispose',
  'work-order.act-for',
  'work-order.review',
  'incident.lead',
  'incident.coordinate',
  'form.answer',
  'supervision.issue',
  'supervision.answer',
  'activation.decide',
  'drill.run',
  // 指挥
  'duty.read',
  'duty.keep',
  'roster.manage',
  'contact.manage',
  'channel.manage',
  // 发布
  'alert.draft',
  'alert.review',
  'alert.endorse',
  'alert.publish',
  // 报告与考核
  'report.read',
  'report.draft',
  'report.approve',
  'appraisal.read',
  'appraisal.manage',
  // 账号、权限、审计
  'account.read',
  'account.request',
  'account.approve',
  'account.manage',
  'delegation.arrange',
  'identity.manage',
  'personal.reveal',
  'system.configure',
  'audit.read',
  'audit.export',
] as const;
export type Capability = (typeof CAPABILITIES)[number];
