/** 一帧被拒收的理由：封闭清单，计数、设备页与 `decode` 命令共用这些名字。 */
export const REFUSAL_TEXT = {
  'no-header':
    '没有帧起始“7E7E”，这段字节不是 SL 651 报文。请核对端口与设备协议是否配对，关掉 DTU 的注册包与心跳包。',
  resync: '接在坏帧或杂音之后、下一个“7E7E”之前的字节，已跳过。',
  'ascii-form':
    '这是 SL 651 的 ASCII 字符编码（SOH 开头），本网关只收 HEX/BCD 编码。请在遥测站把编码方式改为 HEX/BCD。',
  'bad-header': '“7E7E”之后的报头不成立（上下行标识或报文起始符不对）。请检查线路干扰或遥测站的组包程序。',
  'length-mismatch': '声明的正文长度处不是报文结束符。请检查线路丢字节，或遥测站的长度计算。',
  'cut-short': '连接断开时这一帧还没有收全。请检查信号与供电。',
  'crc-mismatch': '校验码对不上，内容在途中或事后被改动过。请检查线路，或让遥测站重发。',
  'short-body': '正文短于流水号与发报时间（8 字节）。请检查遥测站的组包程序。',
  'bad-element':
    '正文里有一个要素按它的数据定义读出了正文之外，或与功能码规定的结构不符。请检查遥测站的组包程序。',
  'bad-packet-number': '多包传输的包总数或序列号不成立（序列号须在 1 与包总数之间）。',
} as const;

export type RefusalReason = keyof typeof REFUSAL_TEXT;
