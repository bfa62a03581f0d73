/** What is written where notes of devices are shown. */
export const NOTES_TEXT = {
  title: '图文报',
  pictureOf: (device: string, at: string) => `设备 ${device} ${at} 的图片`,
  element: (code: string) => `要素 ${code}`,
  wrongClock: '时钟不对',
  wrongClockHint: (at: string) => `设备报的时刻是 ${at}，与收到的时刻差得太远，按收到的时刻排。`,
} as const;
