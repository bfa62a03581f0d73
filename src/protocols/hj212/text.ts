/** 一帧被拒收的理由：封闭清单，计数、设备页与 `decode` 命令共用这些名字。 */
export const REFUSAL_TEXT = {
  'no-header': '没有包头“##”，这段字节不是 HJ 212 帧。请核对端口与设备协议是否配对。',
  resync: '接在坏帧或杂音之后、下一个“##”之前的字节，已跳过。',
  'bad-length-field': '“##”后面不是四位十进制长度。请检查线路干扰或设备的组包程序。',
  'three-digit-length': '长度只有三位，标准是四位补零。可在设备档案里把长度宽限设为“以校验为准”。',
  'station-address-dialect':
    '“##”后是四位站址加四位长度的 RS-485 仪表方言，不是 HJ 212 上行帧。请经数采仪转发。',
  'too-long': '声明的数据段长度超过本端口的上限。请让设备分包上传。',
  'length-mismatch': '声明的长度与数据段实际字节数不符。请检查设备按字节（不是按字符）计长。',
  'missing-end': '数据段没有以“&&”结束，或校验码没有收全。请检查线路丢字节或设备缓冲区过短。',
  'crc-mismatch': '校验码对不上，内容在途中或事后被改动过。请检查线路，或让设备重发。',
  'crc-modbus': '校验码是 Modbus CRC（高位在前），不是标准附录 A 的算法。可在设备档案里明示此宽限。',
  'crc-modbus-swapped': '校验码是高低位互换的 Modbus CRC，不是标准附录 A 的算法。可在设备档案里明示此宽限。',
  'crc-hj212': '设备档案写的是 Modbus 校验，收到的却是标准校验。请改正设备档案。',
  'bad-character': '数据段里有控制字符。请检查线路干扰。',
  'no-data-area': '数据段里没有“CP=&&”数据区。',
  'bad-item': '数据段里有一项不是“名=值”。请检查设备的组包程序。',
  'encrypted-data-area':
    '数据区是 HJ 212-2025 的 SM4 密文，设备档案里没有密钥。请登记密钥，或经专网明文上传。',
} as const;

export type RefusalReason = keyof typeof REFUSAL_TEXT;

/** 验收时用到的宽限；用了哪一项就逐帧报告哪一项，绝不默默放行。 */
export const LENIENCY_TEXT = {
  'crc-modbus': '按设备档案以 Modbus CRC 验收',
  'crc-modbus-swapped': '按设备档案以高低位互换的 Modbus CRC 验收',
  'length-by-crc': '声明长度有误，以校验码为准验收',
  'three-digit-length': '长度只有三位，以校验码为准验收',
} as const;

export type Leniency = keyof typeof LENIENCY_TEXT;
