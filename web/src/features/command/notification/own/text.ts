import type { OwnWay } from '#contract/command';

export const OWN_TEXT = {
  title: '我的通知',
  hint: '怎么通知到我、什么时候不打扰、发给我的消息到了没有。',
  account: '我的账号',
} as const;

export const WAY_TEXT = {
  title: '怎么通知到我',
  rule: '有急事时先用政务微信，再用短信和语音；一种不通，自动换下一种。站内通知一直有。',
  none: '没有登记',
  sources: { told: '本人登记', account: '账号里的', none: '' } as const,
  phoneHint: '手机号在账号里，请业务管理员更改',
  channels: {
    none: '本单位还没有接这种通道',
    'dry-run': '演练发送，不真正发出',
    down: '通道中断，由其他方式接替',
    well: '通道正常',
  } satisfies Record<OwnWay['channel'], string>,
  muted: '非红色的不用这种方式',
  mutedOf: (kind: string) => `非红色的不用${kind}`,
  test: '发测试',
  testOf: (kind: string) => `发测试 ${kind}`,
  tested: '测试消息已排队，“最近发给我的”里看它到了没有',
  change: '改账号',
  changeOf: (kind: string) => `改账号 ${kind}`,
  last: '至少留一种',
} as const;

export const ADDRESS_TEXT = {
  title: (kind: string) => `改账号：${kind}`,
  labels: {
    wecom: '政务微信（企业微信）账号',
    dingtalk: '钉钉用户 ID',
    mail: '邮箱',
  } as Readonly<Record<string, string>>,
  hint: (kind: string) => (kind === 'mail' ? '留空则不发邮件。' : '留空则用账号里的用户名。'),
  password: '当前密码',
  why: '改了以后，预警和工单发到新的地方，所以要再输一次密码。',
  saved: '已保存',
} as const;

export const QUIET_TEXT = {
  title: '免打扰时段',
  rule: '时段内的蓝色、黄色、橙色消息等到时段结束再发。红色，和您在岗值班的时候，不受限制，随时通知。',
  on: '每天有一段时间不打扰我',
  from: '从',
  to: '到',
  overnight: '到第二天',
  faulty: '写成 24 小时制的时:分，例：22:00；起止不能相同',
  save: '保存',
  saved: '免打扰时段已保存',
} as const;

export const TELLING_TEXT = {
  title: '最近发给我的',
  none: '还没有经通道发给您的消息',
  noneHint: '点“发测试”，看自己收不收得到。',
} as const;
