import { EXCEPTION_TEXT, type ModbusException } from '#protocols/modbus';

/** 不是设备回的异常，而是没问成、没读懂、没存下的理由。 */
const POLL_REFUSAL_TEXT = {
  'no-address': '没有写设备的地址，没有去读。请在接入设置里填主机。',
  'bad-register': '因子不是寄存器的写法，没有去读。例：holding:100:float32:ABCD、input:3:int16、coil:5。',
  unreachable: '连不上设备，会越来越慢地再试，最慢 5 分钟一次。请核对主机、端口与网络。',
  timeout: '设备没有在时限内回答，已断开重连。请检查设备，或把时限调长。',
  'connection-lost': '读到一半连接断了。请检查设备与网络，或是否有别的主站占着它。',
  'bad-answer': '回答的长度或格式不对，已断开重连。请核对站号与设备是否说 Modbus TCP。',
  noise: '设备没人问也在发，已断开重连。请核对端口是不是 Modbus TCP。',
  'invalid-value': '设备说这个值没有（NaN 或约定的无效值），没有收。请检查传感器。',
  'store-failed': '数据没有存下来，下一轮再读。请检查数据库。',
} as const;

export type ModbusRefusal = ModbusException | keyof typeof POLL_REFUSAL_TEXT;

/** 拒收理由 → 给人看的一句话。 */
export const MODBUS_REFUSAL_TEXT: Readonly<Record<ModbusRefusal, string>> = {
  ...EXCEPTION_TEXT,
  ...POLL_REFUSAL_TEXT,
};
