import { encodeText } from './coding.ts';
import { type CrcVariant, crcOf, crcText } from './crc16.ts';
import { formatBeijingTime } from './beijing-time.ts';
import type { Item, Segment } from './segment.ts';

export interface FrameStyle {
  /** 默认按标准；对按宽限验收的设备，应答用它自己的算法。 */
  readonly crc?: CrcVariant;
  readonly crcCase?: 'upper' | 'lower';
  readonly terminator?: string;
  /** 数据段上限（字节）；默认 1024（HJ 212-2017 §6.3.1），重放现场原帧时可放到 9999。 */
  readonly maxBytes?: number;
}

type SegmentContent = Pick<Segment, 'fields' | 'groups' | 'trailingSemicolon' | 'coding'>;

/** 数据段 → 文字，次序与重复项不变。 */
export function segmentText(segment: Omit<SegmentContent, 'coding'>): string {
  const header = segment.fields.map(([name, value]) => `${name}=${value};`).join('');
  const groups = segment.groups.map((group) => group.map(([name, value]) => `${name}=${value}`).join(','));
  return `${header}CP=&&${groups.join(';')}${segment.trailingSemicolon ? ';' : ''}&&`;
}

/** 数据段 → 一帧字节。超过上限抛 `RangeError`：调用者应当分包。 */
export function encodeFrame(segment: SegmentContent, style: FrameStyle = {}): Uint8Array {
  const { crc = 'hj212', crcCase = 'upper', terminator = '\r\n', maxBytes = 1024 } = style;
  const data = encodeText(segmentText(segment), segment.coding);
  if (data.length > maxBytes) {
    throw new RangeError(`数据段 ${data.length} 字节，超过 ${maxBytes} 字节的上限，请分包发送`);
  }
  const check = crcText(crcOf(crc, data));
  const tail = (crcCase === 'lower' ? check.toLowerCase() : check) + terminator;
  const frame = new Uint8Array(HEAD_BYTES + data.length + tail.length);
  putAscii(frame, 0, `##${String(data.length).padStart(4, '0')}`);
  frame.set(data, HEAD_BYTES);
  putAscii(frame, HEAD_BYTES + data.length, tail);
  return frame;
}

/** “##”加四位长度。 */
const HEAD_BYTES = 6;

function putAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let step = 0; step < text.length; step += 1) bytes[at + step] = text.charCodeAt(step);
}

/** 对上传数据的应答 9014（HJ 212-2017 附录 C 表 C.14）：同 QN、PW、MN，`CP=&&&&`。只应在数据落盘之后发出。 */
export const dataAnswer = (asked: Segment, style?: FrameStyle): Uint8Array =>
  answer(asked, { cn: '9014', cp: [] }, style);

/** 对通知的应答 9013。 */
export const noticeAnswer = (asked: Segment, style?: FrameStyle): Uint8Array =>
  answer(asked, { cn: '9013', cp: [] }, style);

/** 对请求的应答 9011；`qnRtn` 见 `QN_RETURNS`。 */
export const requestAnswer = (asked: Segment, qnRtn: number, style?: FrameStyle): Uint8Array =>
  answer(asked, { cn: '9011', cp: [['QnRtn', String(qnRtn)]] }, style);

/** 请求的执行结果 9012；`exeRtn` 见 `EXE_RETURNS`。 */
export const resultAnswer = (asked: Segment, exeRtn: number, style?: FrameStyle): Uint8Array =>
  answer(asked, { cn: '9012', cp: [['ExeRtn', String(exeRtn)]] }, style);

function answer(
  asked: Segment,
  reply: { readonly cn: string; readonly cp: readonly Item[] },
  style?: FrameStyle,
): Uint8Array {
  const fields: Item[] = [];
  if (asked.qn !== undefined) fields.push(['QN', asked.qn]);
  fields.push(['ST', '91'], ['CN', reply.cn]);
  if (asked.pw !== undefined) fields.push(['PW', asked.pw]);
  if (asked.mn !== undefined) fields.push(['MN', asked.mn]);
  // 应答自身不再要应答：A = 0，D = 0，版本位与来帧相同（2005 → 0，2017 → 4，2025 → 8）。
  fields.push(['Flag', String((asked.flag?.version ?? 0) << 2)]);
  const groups = reply.cp.map((item) => [item]);
  return encodeFrame({ fields, groups, trailingSemicolon: false, coding: asked.coding }, style);
}

export interface Upload {
  readonly mn: string;
  readonly st: string;
  readonly cn: string;
  readonly pw: string;
  /** 观测时刻（纪元毫秒）。 */
  readonly observedAt: number;
  /** QN 的时刻（纪元毫秒）；同一 MN 内应各不相同。 */
  readonly sentAt: number;
  readonly groups: readonly (readonly Item[])[];
}

/** 一条要求应答的上传（Flag=5，HJ 212-2017）；虚拟设备与重放用。 */
export function encodeUpload(upload: Upload, style?: FrameStyle): Uint8Array {
  const { mn, st, cn, pw, observedAt, sentAt, groups } = upload;
  const fields: Item[] = [
    ['QN', formatBeijingTime(sentAt)],
    ['ST', st],
    ['CN', cn],
    ['PW', pw],
    ['MN', mn],
    ['Flag', '5'],
  ];
  const time: Item = ['DataTime', formatBeijingTime(observedAt).slice(0, 14)];
  return encodeFrame(
    { fields, groups: [[time], ...groups], trailingSemicolon: false, coding: 'utf-8' },
    style,
  );
}
