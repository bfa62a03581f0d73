import type { ChannelKind } from '#model/command';

export const NOTIFY_TEXT = {
  title: '通知',
  hint: '通知了谁、经什么、何时、回执如何；通道中断时由下一个通道接替。',
  tabs: { log: '通知记录', channels: '通道', templates: '模板' },
  none: '还没有通知',
  noneHint: '有工单、预警、督办、填报、事件交接或应急响应要人处理时，这里留下每一条通知和它的回执。',
  noneFound: '没有符合条件的通知',
  allStates: '全部状态',
  allKinds: '全部方式',
} as const;

export const BELL_TEXT = {
  label: (unread: number) => (unread === 0 ? '通知，没有未读' : `通知，${unread} 条未读`),
  most: (unread: number) => (unread > 99 ? '99+' : String(unread)),
  title: '给我的通知',
  none: '没有给您的通知',
  readAll: '全部记为已读',
  open: '打开',
  own: '我的通知：怎么通知到我、免打扰、发测试',
} as const;

export const WEB_PUSH_TEXT = {
  title: '有通知时由这个浏览器弹出',
  looking: '正在查看这个浏览器',
  standing: {
    none: '这个浏览器（或嵌在别的应用里的页面）没有推送功能；通知仍由政务微信、短信等送达。',
    unserved: '区里没有开通浏览器推送通道；通知仍由政务微信、短信等送达。',
    refused: '这个浏览器不允许本站通知。要开，请先在浏览器的网站设置里允许。',
    off: '没有开。只是补充，国内多数手机收不到，不代替政务微信和短信。',
    on: '已开。一个人只有最后打开的那个浏览器会弹出。',
  },
} as const;

export const CHANNEL_TEXT = {
  add: '加通道',
  edit: '修改',
  remove: '移除',
  test: '发测试',
  tested: '测试消息已排队，结果见通知记录',
  removeSure: '移除后，还没有发出的通知由其他通道接替。确定移除？',
  none: '还没有通知通道',
  noneHint: '没有通道时，通知只在站内显示。先接政务微信，再接短信和语音。新通道默认演练发送，不真正发出。',
  conditions: {
    off: '已停用',
    'dry-run': '演练发送（未真正发出）',
    down: '中断，由其他通道接替',
    unproven: '还没有发过',
    well: '正常',
  },
  since: '起',
  waiting: (n: number) => `${n} 条待发`,
  lastSent: '最近发成',
  lastFailure: '最近失败',
  receipt: '回执地址',
  refused: (n: number) => `回执验签没有通过 ${n} 次，最近`,
  rate: (n: number) => `每分钟至多 ${n} 条`,
  name: '名称',
  kind: '种类',
  platform: '所属平台',
  platformHint: '通道服务于这个平台的区域或场景',
  ratePerMinute: '每分钟至多发几条',
  addressBy: '按什么认人',
  byUsername: '用户名',
  byPhone: '手机号',
  dryRun: '演练发送：只记录，不真正发出',
  enabled: '启用',
  kept: '已保存，留空不变',
} as const;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly secret?: boolean;
  readonly long?: boolean;
  readonly placeholder?: string;
}

const GATEWAY: readonly Field[] = [
  { name: 'url', label: '接口地址', placeholder: 'https://…，可含 {phone} {text} {id}' },
  {
    name: 'body',
    label: '请求内容',
    long: true,
    placeholder: '{"to":"{phone}","text":"{text}","id":"{id}"}',
  },
  { name: 'secret', label: '密钥（{secret}）', secret: true },
  { name: 'idPointer', label: '消息编号在回答中的位置', placeholder: '/data/id' },
  { name: 'receiptSecret', label: '回执签名密钥', secret: true },
];
const CALLBACK: readonly Field[] = [
  { name: 'callbackToken', label: '回调 Token', secret: true },
  { name: 'callbackKey', label: '回调 EncodingAESKey', secret: true },
];

/** What each kind of channel is asked for. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelKind, readonly Field[]>> = {
  wecom: [
    { name: 'baseUrl', label: '接口地址', placeholder: 'https://qyapi.weixin.qq.com（政务微信填专用地址）' },
    { name: 'corpId', label: '企业 ID（corpid）' },
    { name: 'agentId', label: '应用 ID（agentid）' },
    { name: 'secret', label: '应用密钥（secret）', secret: true },
    ...CALLBACK,
  ],
  dingtalk: [
    { name: 'baseUrl', label: '接口地址', placeholder: 'https://oapi.dingtalk.com' },
    { name: 'appKey', label: 'AppKey' },
    { name: 'agentId', label: 'AgentId' },
    { name: 'appSecret', label: 'AppSecret', secret: true },
    ...CALLBACK,
  ],
  'wecom-robot': [{ name: 'key', label: '机器人 key', secret: true }],
  'dingtalk-robot': [
    { name: 'accessToken', label: 'access_token', secret: true },
    { name: 'secret', label: '加签密钥', secret: true },
  ],
  sms: GATEWAY,
  voice: GATEWAY,
  flash: GATEWAY,
  mail: [
    { name: 'host', label: '服务器' },
    { name: 'port', label: '端口', placeholder: '587' },
    { name: 'username', label: '用户名' },
    { name: 'password', label: '密码', secret: true },
    { name: 'from', label: '发件人' },
  ],
  webhook: [
    { name: 'url', label: '接收地址', placeholder: 'https://…' },
    { name: 'secret', label: '签名密钥', secret: true, placeholder: 'whsec_…' },
  ],
  'web-push': [
    { name: 'subject', label: '联系方式', placeholder: 'mailto:…' },
    { name: 'publicKey', label: '公钥' },
    { name: 'privateKey', label: '私钥', secret: true },
  ],
};

export const TEMPLATE_TEXT = {
  hint: '全区一套文字。花括号里的字段在发出时填上；{more} 在汇总多件时写“另有几件”。',
  builtIn: '缺省',
  edited: '已改',
  allLevels: '各等级',
  edit: '修改',
  reset: '恢复缺省',
  titleLabel: '标题',
  textLabel: '正文',
  level: '等级',
  preview: '预览',
  fields: '可用字段',
} as const;
