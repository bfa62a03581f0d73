import type { Basis } from '#model/standard';

/** What brings a report about (触发). The first two come by themselves, the next two are told, the last follows from changed numbers. */
export const REPORT_TRIGGERS = [
  'red-warning',
  'orange-warning',
  'accident',
  'emergency',
  'casualties',
] as const;
export type ReportTrigger = (typeof REPORT_TRIGGERS)[number];
/** Under which a matter (报送事项) is opened. */
export const MATTER_TRIGGERS = ['red-warning', 'orange-warning', 'accident', 'emergency'] as const;
export type MatterTrigger = (typeof MATTER_TRIGGERS)[number];
/** Those that people tell. */
export const TOLD_TRIGGERS = ['emergency', 'accident'] as const;

export const REPORT_TRIGGER_TEXT: Readonly<Record<ReportTrigger, string>> = {
  'red-warning': '红色预警',
  'orange-warning': '橙色预警',
  accident: '生产安全事故',
  emergency: '紧急突发事件',
  casualties: '伤亡人数变化',
};

/** Who reports: whoever the matter is with (the scenario's platform, or the town that told it), or the district. */
export const REPORT_SENDERS = ['reporter', 'district'] as const;
export type ReportSender = (typeof REPORT_SENDERS)[number];
export const REPORT_SENDER_TEXT: Readonly<Record<ReportSender, string>> = {
  reporter: '主管部门或属地',
  district: '区总平台',
};

/** To whom. Only the district's watch receives here; the others are told by phone or on paper. */
export const REPORT_RECIPIENTS = ['district', 'leader', 'executive', 'city', 'authority'] as const;
export type ReportRecipient = (typeof REPORT_RECIPIENTS)[number];
export const REPORT_RECIPIENT_TEXT: Readonly<Record<ReportRecipient, string>> = {
  district: '区总平台值班',
  leader: '区领导',
  executive: '分管领导',
  city: '市值班室',
  authority: '应急管理和行业主管部门',
};

export const REPORT_CHANNELS = ['phone', 'written', 'platform'] as const;
export type ReportChannel = (typeof REPORT_CHANNELS)[number];
export const REPORT_CHANNEL_TEXT: Readonly<Record<ReportChannel, string>> = {
  phone: '电话',
  written: '书面',
  platform: '平台',
};

/** 初报、续报、终报. */
export const REPORT_STAGES = ['initial', 'update', 'final'] as const;
export type ReportStage = (typeof REPORT_STAGES)[number];
export const REPORT_STAGE_TEXT: Readonly<Record<ReportStage, string>> = {
  initial: '初报',
  update: '续报',
  final: '终报',
};

/** What a duty (报送义务) asks for: the first report, one of the series, or the last. */
export const REPORT_DUTY_KINDS = ['first', 'update', 'final'] as const;
export type ReportDutyKind = (typeof REPORT_DUTY_KINDS)[number];

/** How a duty stands; asked of its moments, never stored. */
export const DUTY_STANDINGS = ['waiting', 'overdue', 'missing', 'in-time', 'late', 'stopped'] as const;
export type DutyStanding = (typeof DUTY_STANDINGS)[number];
export const DUTY_STANDING_TEXT: Readonly<Record<DutyStanding, string>> = {
  waiting: '待报',
  overdue: '已超时，未报',
  missing: '漏报',
  'in-time': '按时',
  late: '迟报',
  stopped: '不再要求',
};

/** What is to be assessed (迟报、漏报、更改). */
export const REPORT_FLAGS = ['late', 'missing', 'changed'] as const;
export type ReportFlag = (typeof REPORT_FLAGS)[number];
export const REPORT_FLAG_TEXT: Readonly<Record<ReportFlag, string>> = {
  late: '迟报',
  missing: '漏报',
  changed: '已更改',
};

/** What a report says (catalog §3.3), in the order in which it is read out. */
export const REPORT_FIELDS = [
  'source',
  'received',
  'where',
  'nature',
  'reach',
  'losses',
  'trend',
  'leaders',
  'measures',
  'suggestions',
] as const;
export type ReportField = (typeof REPORT_FIELDS)[number];
export const REPORT_FIELD_TEXT: Readonly<Record<ReportField, string>> = {
  source: '信息来源',
  received: '接报时间',
  where: '发生地点',
  nature: '事件性质',
  reach: '影响范围',
  losses: '伤亡和损失',
  trend: '发展趋势',
  leaders: '到场领导',
  measures: '已采取措施',
  suggestions: '建议和请求',
};
export type ReportFields = Readonly<Record<ReportField, string>>;

/** Without these a report of the stage is not sent; the first one must not wait for what nobody can know yet. */
export const REQUIRED_REPORT_FIELDS: Readonly<Record<ReportStage, readonly ReportField[]>> = {
  initial: ['source', 'received', 'where', 'nature', 'measures'],
  update: ['source', 'received', 'where', 'nature', 'reach', 'losses', 'trend', 'measures'],
  final: REPORT_FIELDS,
};

/** People harmed, as told; null: not told. */
export const CASUALTY_KINDS = ['deaths', 'injuries', 'unaccounted'] as const;
export type CasualtyKind = (typeof CASUALTY_KINDS)[number];
export type Casualties = Readonly<Record<CasualtyKind, number | null>>;
export const CASUALTY_TEXT: Readonly<Record<CasualtyKind, string>> = {
  deaths: '死亡',
  injuries: '受伤',
  unaccounted: '失联',
};

/** 报送规则, as `standards/command/report-rules.json` has it. */
export interface ReportRule {
  readonly code: string;
  readonly name: string;
  readonly triggers: readonly ReportTrigger[];
  readonly from: ReportSender;
  readonly to: ReportRecipient;
  readonly channel: ReportChannel;
  readonly withinMinutes: number;
  /** 续报: how far apart, counted from the first one's limit. */
  readonly repeatMinutes?: number;
  /** 终报: within so many minutes after the matter is over. */
  readonly finalMinutes?: number;
  /** False where the district has to switch it on first. */
  readonly inForce: boolean;
  readonly basis: Basis;
}

/** The limits of a rule that the district may set of its own. */
export interface ReportLimits {
  readonly withinMinutes: number;
  readonly repeatMinutes: number | null;
  readonly finalMinutes: number | null;
}
