/** What can be wrong. Those in {@link REPORTED_KINDS} are reported by people, the others are found by rules. */
export const FAULT_KINDS = [
  'ingest-down',
  'clock-leapt',
  'disk-filling',
  'upkeep-failing',
  'backup-failing',
  'line-shut',
  'line-silent',
  'device-silent',
  'clock-wrong',
  'frames-refused',
  'data-poor',
  'factor-unmapped',
  'stranger-waiting',
  'webhook-paused',
  'channel-down',
  'service-unreviewed',
  'chain-broken',
  'records-unmatched',
  'watchdog-gone',
  'damaged',
  'power-lost',
  'network-lost',
  'other',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What a person may report. */
export const REPORTED_KINDS = [
  'damaged',
  'power-lost',
  'network-lost',
  'other',
] as const satisfies FaultKind[];
export type ReportedKind = (typeof REPORTED_KINDS)[number];

export interface FaultKindRule {
  readonly text: string;
  /** Until when it should have recovered, from its opening. */
  readonly limitMs: number;
  /** Why so long. */
  readonly basis: string;
}

const HOUR_MS = 3_600_000;
const PLATFORM = '平均修复时间不超过 4 小时（catalog §4.2 D2）';
const LINE = '整条线路失去感知，同平台级故障从严（约定值，catalog §4.2 D2 为上限参照）';
const SITE = '须到现场，约定 3 天（catalog §4.2 D3 要求按级限时，未定数值）';
const CUT = '现场断电断网，感知全失，约定 1 天（catalog §4.2 D3 要求按级限时，未定数值）';
const DESK = '台账性工作，约定 7 天（catalog §4.2 D3 要求按级限时，未定数值）';

/** 故障种类与恢复时限：读这一张表就知道什么故障、多久内要恢复、凭什么。 */
export const FAULT_KIND_RULES: Readonly<Record<FaultKind, FaultKindRule>> = {
  'ingest-down': { text: '数据写入中断', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'clock-leapt': { text: '服务器时钟跳变', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'disk-filling': { text: '磁盘将满', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'upkeep-failing': { text: '后台维护失败', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'backup-failing': {
    text: '备份失败',
    limitMs: 24 * HOUR_MS,
    basis: '每日备份，下一次之前（catalog §4.2 D5）',
  },
  'line-shut': { text: '网关没有监听', limitMs: 8 * HOUR_MS, basis: LINE },
  'line-silent': { text: '接入线路中断', limitMs: 8 * HOUR_MS, basis: LINE },
  'device-silent': { text: '设备失联', limitMs: 72 * HOUR_MS, basis: SITE },
  'clock-wrong': { text: '时钟不准', limitMs: 72 * HOUR_MS, basis: SITE },
  'frames-refused': { text: '报文大量拒收', limitMs: 72 * HOUR_MS, basis: SITE },
  'data-poor': { text: '数据质量差', limitMs: 72 * HOUR_MS, basis: SITE },
  'factor-unmapped': { text: '因子未对应监测点', limitMs: 168 * HOUR_MS, basis: DESK },
  'stranger-waiting': { text: '隔离区有设备等待登记', limitMs: 168 * HOUR_MS, basis: DESK },
  'webhook-paused': { text: '数据推送停了', limitMs: 168 * HOUR_MS, basis: DESK },
  'channel-down': { text: '通知通道中断', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'service-unreviewed': { text: '停用超期未复核', limitMs: 168 * HOUR_MS, basis: DESK },
  'chain-broken': { text: '链路自检不通', limitMs: 4 * HOUR_MS, basis: PLATFORM },
  'records-unmatched': { text: '对账不符', limitMs: 24 * HOUR_MS, basis: '每夜对账，下一次之前' },
  'watchdog-gone': { text: '看门狗失联', limitMs: 24 * HOUR_MS, basis: '本系统失灵时无人呼叫，约定 1 天' },
  damaged: { text: '设备损坏', limitMs: 72 * HOUR_MS, basis: SITE },
  'power-lost': { text: '供电中断', limitMs: 24 * HOUR_MS, basis: CUT },
  'network-lost': { text: '通信中断', limitMs: 24 * HOUR_MS, basis: CUT },
  other: { text: '其他', limitMs: 72 * HOUR_MS, basis: SITE },
};
