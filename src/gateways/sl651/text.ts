import { LINE_REFUSAL_TEXT, type LineRefusal } from '#gateways/line';
import { REFUSAL_TEXT, type RefusalReason } from '#protocols/sl651';

/** 帧本身没有毛病、但网关不收（或不进实时数据）的理由。 */
const GATEWAY_REFUSAL_TEXT = {
  'unknown-device': '没有登记过的遥测站地址，已放进隔离区，等人认领。',
  'bad-password': '报文里的密码与设备档案的密码不符。请核对遥测站密码。',
  'bad-time': '没有可用的观测时间。请检查遥测站时钟，可在设备页下发对时。',
  'wrong-direction': '收到的是下行报文。请检查遥测站或串口服务器有没有把平台的话原样送回。',
  'wrong-end':
    '上行报文没有以 ETX 或 ETB 结束。请升级遥测站程序，或在设备档案里把结束符宽限设为“校验正确就收”。',
  'unsupported-function': '本网关不处理这个功能码（标准的保留区）。',
  'test-report': '测试报已回答，不进实时数据（标准 6.6.4.3）。检修完请把遥测站切回正常报。',
  'incomplete-message': '多包报文一直没有收齐，点名重发也没有补上，已放弃。请检查信号。',
  'picture-no-jpeg': '图片报里不是 JPEG 图片，没有存，也没有回答。请检查遥测站的摄像头与图片格式。',
  'picture-too-large': '图片大于 8 兆字节，没有存，也没有回答。请在遥测站调低图片的尺寸或质量。',
  'text-empty': '人工置数报里没有文字，没有回答。请重新置数。',
  'text-too-long': '人工置数的文字超过 2000 字，没有存，也没有回答。请分几次置数。',
} as const;

export type GatewayRefusal = LineRefusal | RefusalReason | keyof typeof GATEWAY_REFUSAL_TEXT;

/** 拒收理由 → 给人看的一句话。 */
export const SL651_REFUSAL_TEXT: Readonly<Record<GatewayRefusal, string>> = {
  ...LINE_REFUSAL_TEXT,
  ...REFUSAL_TEXT,
  ...GATEWAY_REFUSAL_TEXT,
};

/** 设备档案里可以明示的宽限；用了逐帧计数。 */
export const SL651_LENIENCY_TEXT = {
  'any-end': '上行报文以下行的结束符结束，校验正确，按设备档案验收',
} as const;
