/** Everything a request may ask to do; a use case names one of these before it touches anything. */
export const CAPABILITIES = [
  'map.read',
  'borders.import',
  'platform.read',
  'object.read',
  'object.manage',
  'device.read',
  'device.manage',
  'reading.read',
  'reading.write',
  'standard.read',
  'warning.read',
  'warning.acknowledge',
  'work-order.read',
  'work-order.dispatch',
  'work-order.dispose',
  'work-order.act-for',
  'work-order.review',
  'report.read',
  'replay.run',
  'token.issue',
  'audit.read',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The six roles of the regulation (arts 5–6), the supervising ones, and the three separated administrators. */
export const ROLES = [
  'executive-owner',
  'department-owner',
  'business-admin',
  'handler',
  'tech-owner',
  'tech-admin',
  'safety-committee-office',
  'coordinator',
  'publisher',
  'city-operations',
  'town-operator',
  'village-handler',
  'system-admin',
  'security-admin',
  'audit-admin',
  'gateway',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_TEXT: Readonly<Record<Role, string>> = {
  'executive-owner': '分管责任人',
  'department-owner': '部门责任人',
  'business-admin': '业务管理员',
  handler: '处置人员',
  'tech-owner': '技术保障单位责任人',
  'tech-admin': '技术管理员',
  'safety-committee-office': '区安委办',
  coordinator: '大闭环统筹（应急管理局）',
  publisher: '预警发布（气象局）',
  'city-operations': '城运中心',
  'town-operator': '街镇值守',
  'village-handler': '居村处置',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计员',
  gateway: '接入令牌',
};

const WATCH: readonly Capability[] = [
  'map.read',
  'platform.read',
  'object.read',
  'reading.read',
  'standard.read',
  'warning.read',
  'work-order.read',
  'report.read',
];
const EQUIPMENT: readonly Capability[] = [
  'device.read',
  'device.manage',
  'object.manage',
  'token.issue',
  'replay.run',
];

/** Who may do what (catalog §5.1). Where they may do it follows from their platform, not from this table. */
export const ROLE_CAPABILITIES: Readonly<Record<Role, readonly Capability[]>> = {
  'executive-owner': WATCH,
  'department-owner': [...WATCH, 'device.read', 'work-order.review', 'warning.acknowledge'],
  'business-admin': [
    ...WATCH,
    ...EQUIPMENT,
    'warning.acknowledge',
    'work-order.dispatch',
    'work-order.act-for',
    'work-order.review',
  ],
  handler: [
    'map.read',
    'platform.read',
    'object.read',
    'reading.read',
    'standard.read',
    'warning.read',
    'work-order.read',
    'work-order.dispose',
  ],
  'tech-owner': [...WATCH, 'device.read'],
  'tech-admin': [...WATCH, ...EQUIPMENT, 'borders.import'],
  'safety-committee-office': WATCH,
  coordinator: [...WATCH, 'warning.acknowledge', 'work-order.dispatch', 'work-order.review'],
  publisher: WATCH,
  'city-operations': [...WATCH, 'warning.acknowledge'],
  'town-operator': [...WATCH, 'warning.acknowledge', 'work-order.dispatch', 'work-order.dispose'],
  'village-handler': [...WATCH, 'work-order.dispose'],
  'system-admin': [...WATCH, ...EQUIPMENT, 'borders.import'],
  'security-admin': ['platform.read'],
  'audit-admin': ['platform.read', 'audit.read'],
  gateway: ['reading.write', 'reading.read', 'object.read'],
};
