/** 一帧被拒收的理由：封闭清单，计数、设备页与 `decode` 命令共用这些名字。 */
export const REFUSAL_TEXT = {
  'no-start': '没有启动符“@@”（40 40），这段字节不是 GB/T 26875.3 数据包。请核对端口与设备协议是否配对。',
  resync: '接在坏帧或杂音之后、下一个好帧之前的字节，已跳过。',
  'unit-too-long': '声明的应用数据单元超过 1024 字节（标准 6.6）。请检查线路干扰或设备的组包程序。',
  incomplete: '连接断开或数据报结束时，数据包还没有收全。请检查线路丢字节或设备缓冲区过短。',
  'bad-end': '按声明的长度，末尾不是结束符“##”（23 23）。请检查设备的长度字段与线路。',
  'bad-sum': '校验和对不上，内容在途中或事后被改动过。请检查线路，或让设备重发。',
  'unknown-command': '命令字节是预留或用户自定义的，标准没有它的含义。请核对设备厂家的协议。',
  'unit-too-short': '应用数据单元短于它声明的对象数目所需，一个对象也不采用。请检查设备的组包程序。',
  'unit-overlong':
    '应用数据单元长于它声明的对象数目所需，不知道多出的是什么，一个对象也不采用。核实后可在设备档案里设为“忽略多余字节”。',
} as const;

export type RefusalReason = keyof typeof REFUSAL_TEXT;

/** 验收时用到的宽限；用了哪一项就逐帧报告哪一项，绝不默默放行。 */
export const LENIENCY_TEXT = {
  'unit-overlong': '对象之后多出的字节按设备档案忽略',
} as const;

export type Leniency = keyof typeof LENIENCY_TEXT;
