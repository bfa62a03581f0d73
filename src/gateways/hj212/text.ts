import { LINE_REFUSAL_TEXT, type LineRefusal } from '#gateways/line';
import { REFUSAL_TEXT, type RefusalReason } from '#protocols/hj212';

/** 帧本身没有毛病、但网关不收的理由。 */
const GATEWAY_REFUSAL_TEXT = {
  'no-mn': '报文里没有设备标识 MN。',
  'unknown-device': '没有登记过的 MN，已放进隔离区，等人认领。',
  'bad-password': '报文里的 PW 与设备档案的密码不符。请核对设备密码。',
  'bad-time': '没有可用的观测时刻（DataTime 或 SampleTime）。请检查设备时钟。',
  'cipher-not-opened': '数据区是密文，用设备档案里的密钥解不开。请核对密钥、密文写法与补位。',
  'unsupported-command': '本网关不处理这个命令编码（CN）。',
} as const;

export type GatewayRefusal = LineRefusal | RefusalReason | keyof typeof GATEWAY_REFUSAL_TEXT;

/** 拒收理由 → 给人看的一句话。 */
export const HJ212_REFUSAL_TEXT: Readonly<Record<GatewayRefusal, string>> = {
  ...LINE_REFUSAL_TEXT,
  ...REFUSAL_TEXT,
  ...GATEWAY_REFUSAL_TEXT,
};
