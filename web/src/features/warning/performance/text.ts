import type { SignProposal } from '#model/warning';
import { LEVEL_TEXT } from '#model/warning';

import { formatDuration, formatNumber, formatShare, formatValue } from '../../../app/format.ts';

export const PERFORMANCE_TEXT = {
  intro:
    '一个席位的人被叫了多少次、哪些报警本不该叫、怎样改。负荷按预警计，抖动、瞬时、常驻和高频按测点体征的报警计；回放和自检不计。',
  desk: '席位',
  span: '时间段',
  spans: { '24h': '24 小时', '7d': '7 天', '30d': '30 天' },
  month: '按月',
  written: (at: string) => `已于 ${at} 定稿，其后的判定不再计入`,
  running: '现算，随数据变化',
  simulated: (n: number) => `其中 ${formatNumber(n)} 条来自模拟设备`,
  none: '这段时间这个席位没有预警，也没有报警',
  noneHint: '换一个席位，或放长时间再看。',
  figures: '指标与目标',
  target: '目标',
  source: '目标出处',
  sourceOf: (n: number) => `[${n}]`,
  warnings: '预警',
  alarms: '报警',
  held: '被拦下的报警',
  load: '逐时预警',
  loadLabel: (text: string) => `逐时预警：${text}`,
  limitLine: '10 分钟 10 条',
  peakIn: '其中最多的 10 分钟',
  levels: '等级分布与目标',
  levelsLabel: (text: string) => `等级分布：${text}`,
  actual: '实际',
  goal: '目标',
  lists: '不该叫人的报警',
  listOf: '看哪一种',
  listHint: {
    chattering: (times: number, within: number) =>
      `同一测点同一体征在 ${within} 秒内报警 ${times} 次及以上。`,
    fleeting: (_: number, __: number, fleeting: number) => `报警后 ${fleeting} 秒内自行恢复。`,
    stale: () => '连续报警超过 24 小时。',
  },
  times: '次',
  within: '秒内',
  fleeting: '秒内恢复',
  timesLabel: '至少报警几次算抖动',
  withinLabel: '几秒以内算抖动',
  fleetingLabel: '几秒以内恢复算瞬时',
  columns: ['对象与体征', '等级', '次数', '自', '最长持续', '预警与工单', ''],
  counted: {
    chattering: (count: number, alarms: number) => `抖动 ${count} 次，共报警 ${alarms} 次`,
    fleeting: (count: number, alarms: number) => `瞬时 ${count} 次，共报警 ${alarms} 次`,
    stale: () => '—',
  },
  stands: '仍在报警',
  noWarning: '没有预警',
  warning: '预警',
  more: (shown: number, total: number) => `共 ${formatNumber(total)} 条，列出最重的 ${shown} 条`,
  noneListed: { chattering: '没有抖动的报警', fleeting: '没有瞬时的报警', stale: '没有常驻的报警' },
  actors: '高频报警与改进建议',
  actorColumns: ['对象与体征', '报警', '占比', '抖动', '瞬时', '最近', '建议', ''],
  noActors: '这段时间没有报警',
  noProposal: '看不出该怎样改',
  look: '看建议',
  lookFor: (object: string, sign: string) => `${object} ${sign} 的改进建议`,
  detail: {
    alarms: '报警',
    repeats: '15 分钟内又报警',
    suspect: '存疑读数',
    findings: '数据异常',
    noFindings: '没有',
    chart: '每次报警持续多久',
    chartLabel: (n: number) => `最近 ${n} 次报警的持续时间`,
    minutes: '分钟',
    seconds: '秒',
    proposal: '改进建议',
    nothing: '报警经过里看不出该怎样改',
    nothingHint: '报警不多，或每次都够长、够稳。放长时间再看，或到草案里直接修改。',
    ownLimits: '只改这一个对象：对象限值',
    sign: '体征',
    held: '搁置与停用',
    propose: '立为建议',
    rehearse: '按建议演算',
    rehearseWhole: '按全场景演算',
    mend: '开故障单',
    take: '采纳',
    reject: '不采纳…',
    why: '不采纳的理由',
    sendReject: '确定不采纳',
    draft: '看草案',
    fault: (code: string) => `故障单 ${code}`,
    past: '提出过的建议',
    made: '提出',
    decided: '决定',
    waiting: '演算排队中',
    running: (share: string) => `正在演算 ${share}`,
    failed: '演算没有完成，请再演算一次。',
    nothingRead: '这段历史里没有可演算的读数，看不出差别。',
    columns: ['', '现行', '按建议'],
    signAlarms: '这条体征的报警',
    allWarnings: '预警（演算范围内）',
    incidents: '真实事件抓住',
    missed: '按建议会漏掉的真实事件',
    noneMissed: '已知的真实事件一件不漏',
    noKnown: '这段历史没有判为真实的工单，也没有登记的事件：无从核对漏报，请慎重',
    whole: '推演全文',
  },
} as const;

/** `回差 0.54 → 0.99 m/s`. */
export function changeText(change: SignProposal): string {
  if (change.field === 'deadband')
    return `回差 ${formatNumber(change.from)} → ${formatValue(change.to, change.unit)}`;
  const levels = change.levels.map((level) => LEVEL_TEXT[level]).join('、');
  return `${levels}持续时间 ${change.from} → ${change.to} 秒`;
}

/** Less than this is said to be less. */
const LEAST = 0.01;

/** A figure as its unit is read. */
export function figureText(value: number | null, unit: 'count' | 'share' | 'ms'): string {
  if (value === null) return '—';
  if (unit === 'share') return formatShare(value);
  if (unit === 'ms') return formatDuration(value);
  return value > 0 && value < LEAST ? `< ${LEAST}` : formatNumber(Math.round(value / LEAST) * LEAST);
}
