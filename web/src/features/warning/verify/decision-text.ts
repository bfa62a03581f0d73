import type { Verification } from '#contract/warning';
import { falseAlarmText, LEVEL_TEXT, VERIFICATION_DECISION_TEXT } from '#model/warning';

/** `已确认，定为黄色：电话核实`, `误报（设备故障）：应变片脱胶`, `已自行恢复`. */
export function decisionText({
  kind,
  level,
  falseAlarm,
  note,
}: NonNullable<Verification['decision']>): string {
  if (kind === 'refused') return falseAlarmText(falseAlarm ?? 'other', note);
  const given = level === null ? '' : `，定为${LEVEL_TEXT[level]}`;
  return `${VERIFICATION_DECISION_TEXT[kind]}${given}${note ? `：${note}` : ''}`;
}
