import { LINE_REFUSAL_TEXT, type LineRefusal } from '#gateways/line';
import { REFUSAL_TEXT, type RefusalReason } from '#protocols/gb26875';

/** 帧本身没有毛病、但网关不收的理由。 */
const GATEWAY_REFUSAL_TEXT = {
  'unknown-device': '没有登记过的源地址，已放进隔离区，等人认领。',
  'fire-unmapped':
    '火警没有接到任何监测点，存不下来，所以没有确认，装置会提示通信失败。请在设备档案里补上因子对照（如 fire）。',
  'udp-overrun': '数据报来得比存得快，丢弃了这一个，装置会重发。请检查数据库，或是否有设备失控。',
} as const;

export type GatewayRefusal = LineRefusal | RefusalReason | keyof typeof GATEWAY_REFUSAL_TEXT;

/** 设备档案里可以明示的宽限；用了逐帧计数。 */
export const GB26875_LENIENCY_TEXT = {
  'unit-overlong': '应用数据单元里声明的对象之后还有字节，按设备档案略去不看',
} as const;

/** 拒收理由 → 给人看的一句话。 */
export const GB26875_REFUSAL_TEXT: Readonly<Record<GatewayRefusal, string>> = {
  ...LINE_REFUSAL_TEXT,
  ...REFUSAL_TEXT,
  ...GATEWAY_REFUSAL_TEXT,
};
