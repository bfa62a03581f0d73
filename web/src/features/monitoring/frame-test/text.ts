/** What is written on the 接入测试 tab. */
export const FRAME_TEST_TEXT = {
  intro: '把设备发来的报文粘贴进来，看它会怎样被读。不存任何数据。',
  protocol: '协议',
  frames: '报文',
  framesHint: '文字或十六进制，一行一帧',
  read: '解读',
  none: '还没有解读',
  accepted: '会收下',
  refused: '会拒收',
  from: (code: string) => `自称 ${code}`,
  registered: '已登记',
  unknown: '没有登记，会进隔离区',
  nobody: '读不出是谁发的',
  left: (n: number) => `还有 ${n} 行没有读：一次最多 100 行。`,
  decoded: '读出的内容',
} as const;
