import type { Kept } from '#contract/monitoring';

export const RETENTION_TEXT = {
  title: '保存期限',
  intro:
    '各类数据保存多久、最早到哪一天、占多少磁盘、下一批何时删除。到期按时间先后分小步删除并记入审计；未办结的预警、工单、故障、数据异常、待核实事件和推演案例所依据的读数与图片不删。',
  columns: ['数据', '保存', '最早', '占用磁盘', '下一批删除'] as const,
  forGood: '长期',
  days: (days: number) =>
    days >= 366 ? `${days} 天（约 ${Math.round(days / 36.525) / 10} 年）` : `${days} 天`,
  fixed: '固定',
  nothing: '还没有',
  never: '不删',
  due: '已到期，下一轮删除；未办结事项所依据的除外',
  all: '原始读数都在，没有删过。',
  keptFrom: (day: string) => `${day} 以前的原始读数已删，只留小时上卷（未办结事项所依据的除外）。`,
  held: (points: number) => `${points} 个监测点的读数因未办结事项暂不删除。`,
  noneHeld: '没有因未办结事项暂不删除的读数。',
  last: (when: string) => `上次删除：${when}。`,
  change: '修改期限',
  names: {
    reading: '原始读数',
    minute: '分钟上卷',
    hour: '小时上卷',
    replay: '回放读数',
    picture: '感知图片',
    message: '未读报文',
    delivery: '推送记录',
    event: '事件流',
    evidence: '工单证据',
    audit: '审计',
  } satisfies Record<Kept['key'], string>,
  notes: {
    reading: '逐条；一天内为热分区，之后压缩成块',
    minute: '每分钟 8 条以上的监测点',
    hour: '日、月、年由它算出',
    replay: '磁盘计入原始读数',
    picture: '视频识别、社会上报和测站图片报的图片',
    message: '没有读法的推送原文',
    delivery: '已送达或已放弃的推送',
    event: '页面断线后据此补看',
    evidence: '照片等附件，随工单保存',
    audit: '只增不删',
  } satisfies Record<Kept['key'], string>,
} as const;

export const CLOCK_TEXT = {
  title: '服务器时钟跳变，到期数据停止删除',
  leapt: (from: string, to: string) =>
    `上一轮是 ${from}，现在的时钟是 ${to}。要么时钟错了，要么系统停过一天以上；分清以前什么都不删。`,
  devices: (at: string) => `各设备自己的时钟：最近的读数大多观测于 ${at} 以前。`,
  noDevices: '还没有设备报过读数，无从对照。',
  mend: '时钟错了：请在服务器上校时，校好后自动恢复。时钟是对的：请确认。',
  confirm: '时钟是对的，恢复删除',
  sure: (now: string) => `现在确实是 ${now}？`,
  sureWhy: '确认后，按这个时间已到期的数据在十分钟内开始删除，不能找回。记入审计。',
  cancel: '再核对',
  whoMay: '由区总平台的业务管理员或系统管理员确认。',
} as const;
