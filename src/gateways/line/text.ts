/** 连接本身不收、或存不下的理由；各协议的拒收表都含它们。 */
export const LINE_REFUSAL_TEXT = {
  'too-many-connections': '连接数到了上限，没有放进来。请检查对端是否反复重连，或调高网关的连接上限。',
  'connection-idle': '很久没有一个完整的帧，连接已断开。请检查设备是否还在报数。',
  'connection-displaced':
    '连上后一直没有一个完整的帧，门口满员时让位给了新来的连接。请检查是谁只连不说，或调高网关的连接上限。',
  'connection-noise': '连续收到的都不是本协议的帧，连接已断开。请核对端口与协议。',
  'connection-slow-reader': '对端不读应答，积压过多，连接已断开。',
  'store-failed': '数据没有存下来，未应答，设备会重发。请检查数据库。',
} as const;

export type LineRefusal = keyof typeof LINE_REFUSAL_TEXT;
