import type { WebhookDelivery } from '#contract/monitoring';

/** What is written of 数据推送. */
export const WEBHOOK_TEXT = {
  heading: '数据推送',
  intro:
    '读数和预警一有就送到对方的地址，带签名和编号；送不到会自动再试，试完仍不成的列为“未送成”；连续 3 天没有送成就自动暂停并报故障。送完的记录留 30 天。回放的不送。',
  open: '新建推送',
  columns: ['推送', '推什么', '等待', '未送成', '最近送达', ''],
  none: '还没有推送',
  noneHint: '先授权，再把授权的读数或本平台的预警推给对方。',
  warnings: '预警',
  readings: (item: string, unit: string) => `${item} → ${unit}`,
  deliveries: '投递',
  pause: '暂停',
  resume: '恢复',
  paused: '已暂停',
  pausedItself: '已自动暂停',
  pausedBy: (who: string, at: string) => `${who}，${at}`,
  resumeHint: '恢复后先送等着的，读数最多补送最近一天。',
  remove: '停止',
  removeSure: '停止这个推送？',
  removeWhy: '还没有送出的不再送。',
  keep: '不停止',
  never: '从未',
} as const;

export const WEBHOOK_FORM_TEXT = {
  name: '名称',
  platform: '哪个平台的',
  url: '对方地址（https）',
  grant: '推哪项授权的读数（可空）',
  warnings: '也推这个平台的预警',
  send: '新建',
  secretTitle: '推送已建好。签名密钥只显示这一次，请交给对方',
  secretHint:
    '签名按 Standard Webhooks 1.0：对“编号.时间.正文”作 HMAC-SHA256，见请求头 webhook-id、webhook-timestamp、webhook-signature。',
  copy: '复制密钥',
  copied: '已复制',
  done: '好',
  faults: {
    name: '请写名称。',
    platform: '请选平台。',
    url: '请写 https 地址。',
    what: '读数的授权与预警至少要一样。',
  },
} as const;

export const DELIVERY_TEXT = {
  title: (name: string) => `${name}：投递`,
  columns: ['编号', '内容', '状态', '尝试', ''],
  none: '还没有投递',
  warning: '预警',
  readings: (n: string) => `${n} 条读数`,
  states: { waiting: '等待', delivered: '已送达', dead: '未送成' } satisfies Record<
    WebhookDelivery['state'],
    string
  >,
  attempts: (n: string) => `${n} 次`,
  resend: '重新投递',
} as const;
