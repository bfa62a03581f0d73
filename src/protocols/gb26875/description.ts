import { decodeGb18030 } from './gb18030.ts';

interface Description {
  readonly text: string;
  /** 第一个 NUL 之后还有别的字节：厂家另放的东西，不是说明的一部分。 */
  readonly hasMore: boolean;
}

/** 说明文字：到第一个 NUL 为止，去掉补位的空格。 */
export function readDescription(bytes: Uint8Array): Description {
  const stop = bytes.indexOf(0);
  const end = stop < 0 ? bytes.length : stop;
  return {
    text: decodeGb18030(bytes.subarray(0, end)).trimEnd(),
    hasMore: bytes.subarray(end).some((byte) => byte !== 0),
  };
}
