import type { PipelineStage, QualityBy } from '#contract/monitoring';
import type { Grade } from '#model/monitoring';

export const QUALITY_TEXT = {
  intro:
    '每个读数都判过量程、跳变、长时间不变、时钟与单位；这里是判完的结果，按观测日归账，迟到的补进它那一天。',
  by: '按',
  days: '时段',
  search: '按名称或编码查找',
  none: '这一范围还没有监测点',
  noneHint: '登记监测点并有数据之后，这里按天算出五项指标。',
  notFound: '没有找到符合的',
  columns: ['', '等级', '在线率', '完整率', '准确率', '及时率', '实效', '标记', '逐日'],
  warnings: (count: string) => `${count} 条预警`,
  noWarnings: '未用到',
  noFindings: '没有仍在的数据异常',
  findings: '数据异常',
  more: '已恢复',
  formula: '等级怎么算',
  formulaText:
    '得分 = 100 × Σ 权重 × min(1, 指标 ÷ 目标) ÷ Σ 权重。目标与权重：在线率 95 %（5）、完整率 95 %（4）、准确率 98 %（4）、及时率 95 %（3）。≥ 90 优，75–89 良，60–74 中，不到 60 差；算不出的指标不计入。',
  figures: [
    '在线率：有新鲜数据的分钟 ÷ 应有的分钟，检修标定除外（A1）',
    '完整率：应收的收到了多少，超出的不抵缺的（A3）',
    '准确率：1 − 存疑 ÷ 收到（A4）',
    '及时率：观测后 max(周期, 60 秒) 内收到的 ÷ 收到（A5）',
    '实效：时段内以这些测点为证据的预警数，不计入得分',
  ],
  pipeline: '今日数据流水线',
  lag: (text: string) => `滞后 ${text}`,
  lost: '损失',
  noLoss: '无损失',
} as const;

export const BY_TEXT: Readonly<Record<QualityBy, string>> = {
  scenario: '场景',
  town: '街镇',
  source: '感知来源',
  line: '接入线路',
  device: '设备',
  point: '监测点',
};

export const GRADE_TEXT: Readonly<Record<Grade, string>> = {
  excellent: '优',
  good: '良',
  fair: '中',
  poor: '差',
};

export const STAGE_TEXT: Readonly<
  Record<PipelineStage['key'], { readonly name: string; readonly what: string }>
> = {
  produce: { name: '产生', what: '今日到此刻应有的读数' },
  gather: { name: '汇聚', what: '今日观测、已落盘的读数' },
  govern: { name: '治理', what: '判过质量、可信的读数' },
  apply: { name: '应用', what: '今日发出的预警' },
  share: { name: '共享', what: '一天内发布的事件（全系统）' },
};

export const REPAIR_TEXT = {
  intro:
    '把一段读数标为坏数据或按倍率、偏移修正；原始读数不改，图上与原值并列。停用、检修、标定期间的读数不参与预警、不计应收，到时自行结束。',
  corrections: '数据修正',
  makeCorrection: '登记修正',
  noCorrections: '没有修正过数据',
  correctionColumns: ['监测点', '时段', '修正', '理由', '登记', ''],
  bad: '坏数据',
  correct: (scale: number, shift: number) => `原值 × ${scale} ${shift < 0 ? '−' : '+'} ${Math.abs(shift)}`,
  withdrawn: '已撤回',
  withdraw: '撤回',
  point: '监测点编码',
  device: '设备（协议/编码）',
  from: '从',
  to: '到',
  kind: '类别',
  subject: '对象',
  scale: '倍率',
  shift: '偏移',
  reason: '理由',
  save: '登记',
  badMoment: '请把起止时间写全',
  gaps: '缺数时段（近七天）',
  gapsFind: '查缺数',
  noGaps: '近七天没有缺数',
  missing: (count: string) => `约缺 ${count} 个`,
  truncated: '只列出前 200 段',
} as const;
