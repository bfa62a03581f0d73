/** Why an alarm was none (误报原因): a closed list, so that the figures of a month say what is to be mended. */
export const FALSE_ALARM_REASONS = [
  'sensor-fault',
  'maintenance-work',
  'weather',
  'animal-or-vegetation',
  'test',
  'threshold-too-tight',
  'other',
] as const;
export type FalseAlarmReason = (typeof FALSE_ALARM_REASONS)[number];

export const FALSE_ALARM_REASON_TEXT: Readonly<Record<FalseAlarmReason, string>> = {
  'sensor-fault': '设备故障',
  'maintenance-work': '检修施工',
  weather: '天气误触发',
  'animal-or-vegetation': '动物、植物遮挡或触碰',
  test: '测试、演练',
  'threshold-too-tight': '阈值过严',
  other: '其他',
};

/** `误报（设备故障）：探头进水`. */
export function falseAlarmText(reason: FalseAlarmReason, note?: string | null): string {
  return `误报（${FALSE_ALARM_REASON_TEXT[reason]}）${note ? `：${note}` : ''}`;
}
