import { FALSE_ALARM_REASON_TEXT, FALSE_ALARM_REASONS, type FalseAlarmReason } from '#model/warning';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { LIFE_TEXT } from './text.ts';

interface FalseAlarmSelectProps {
  readonly id?: string;
  readonly value: FalseAlarmReason | undefined;
  readonly onChange: (reason: FalseAlarmReason) => void;
}

/** 误报原因, out of the closed list. */
export function FalseAlarmSelect({ id, value, onChange }: FalseAlarmSelectProps): ReactElement {
  return (
    <Select<FalseAlarmReason>
      {...(id === undefined ? {} : { id })}
      aria-label={LIFE_TEXT.falseAlarm}
      placeholder={LIFE_TEXT.falseAlarm}
      value={value ?? null}
      onChange={onChange}
      options={FALSE_ALARM_REASONS.map((reason) => ({
        value: reason,
        label: FALSE_ALARM_REASON_TEXT[reason],
      }))}
    />
  );
}
