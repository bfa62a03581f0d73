import { LINE_REFUSAL_TEXT } from '#gateways/line';

/** Why a message or a connection is not taken: a closed list, counted by these names, shown on the device's page. */
export const MQTT_REFUSAL_TEXT = {
  ...LINE_REFUSAL_TEXT,
  'bad-packet': '连接上来的不是 MQTT 3.1.1，已断开。请核对端口与协议；MQTT 5 的设备请经外部代理。',
  'bad-credential': '接入令牌不对、已停用或已到期，没有放进来。请在平台为设备换发令牌（用户名填令牌）。',
  'not-mqtt-device': '令牌属于别的协议的设备，不能从 MQTT 接入。请为 MQTT 设备签发令牌。',
  'credential-ended': '接入令牌已停用或已到期，连接已断开。请换发令牌。',
  'topic-denied':
    '往不属于它的主题发布，已收下不用。设备只能写 v1/devices/me/…、v1/gateway/… 或自己的 Sparkplug 主题。',
  'subscription-denied':
    '订阅了不属于它的主题，已拒绝。设备只能订阅自己的命令与属性主题；读数据的令牌只能订阅 v1.1/ 下它看得到的实体。',
  'subscription-invalid':
    '订阅的主题不合 SensorThings 的写法，已拒绝。例：v1.1/Things、v1.1/Things(1)/Datastreams、v1.1/Datastreams(1)/name；只有实体集可带 $select，不能用 + 和 #。',
  'subscription-unsupported':
    '订阅了不提供的 SensorThings 主题（单条观测、位置历史、$ref、$value），已拒绝。请订阅实体集、实体或属性。',
  'subscriber-slow': '订阅者来不及读，给它的一条消息没有送。请检查订阅者的网络，或缩小订阅范围。',
  'feed-full': '入库的观测太多太快，订阅者没有都收到（已入库，可另查）。请缩小订阅范围。',
  'too-large': '消息超过 256 KB，没有读。请让设备分几次发。',
  'bad-json': '正文不是 JSON。请检查设备的组包程序。',
  'bad-shape': '正文不是约定的样子：须是 {"因子":值}、{"ts":毫秒,"values":{…}} 或它们的数组。',
  'bad-time': 'ts 不是可用的毫秒时刻。请检查设备时钟；ts 是 1970 年以来的毫秒数。',
  'bad-value': '有绑定了监测点的值不是数。引号里的数字要在设备档案里明示此宽限。',
  'unknown-device': '网关代报了没有登记的设备，已放进隔离区，等人认领。',
  'not-its-gateway': '这台设备不是由这个网关代报的。请核对设备档案里的“经由网关”。',
  retained: '代理里存着的旧消息，不是新观测，没有采用。',
  'foreign-topic': '外部代理转来的主题里认不出设备编码。请核对订阅模板。',
  'bad-payload': '正文不是 Sparkplug B 的载荷。请核对设备是否用 Sparkplug B 编码。',
  'no-birth': '还没有收到出生证明（NBIRTH、DBIRTH）就来了数据，已要求重发出生证明。',
  'seq-gap': '序号（seq）不连续，中间丢了消息，已要求重发出生证明。',
  'stale-death': '死亡证明的 bdSeq 不是现在这次出生的，未采用。',
  'unknown-alias': '指标的别名（alias）没有在出生证明里说过，已要求重发出生证明。',
  'bad-birth': '出生证明里没有序号（seq），未采用。',
  command: '设备发了只有主机才能发的命令（NCMD、DCMD），未采用。',
} as const;

export type MqttRefusal = keyof typeof MQTT_REFUSAL_TEXT;

/** What a device's file allows beyond the standard; each use is counted. */
export const MQTT_LENIENCY_TEXT = {
  'numbers-as-text': '按设备档案把引号里的数字当作数',
} as const;

export type MqttLeniency = keyof typeof MQTT_LENIENCY_TEXT;
