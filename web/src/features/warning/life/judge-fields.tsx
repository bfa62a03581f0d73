import type { FalseAlarmReason } from '#model/warning';
import { type ReactElement, useId, useState } from 'react';

import { ReasonForm } from '../../../ui/reason-form.tsx';
import { FalseAlarmSelect } from './false-alarm-select.tsx';
import { LIFE_TEXT } from './text.ts';

/** What is said of a warning that was none. */
export interface Judgement {
  readonly reason: FalseAlarmReason;
  readonly note?: string;
}

interface JudgeFieldsProps {
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onJudge: (judgement: Judgement) => void;
}

/** Why one warning, or many, were none. */
export function JudgeFields({ pending, error, onJudge }: JudgeFieldsProps): ReactElement {
  const field = useId();
  const [reason, setReason] = useState<FalseAlarmReason>();
  const isOther = reason === 'other';
  return (
    <ReasonForm
      send={LIFE_TEXT.judgeSend}
      label={isOther ? LIFE_TEXT.note : LIFE_TEXT.noteOptional}
      optional={!isOther}
      disabled={reason === undefined}
      pending={pending}
      error={error}
      onSend={(note) => reason && onJudge({ reason, ...(note === '' ? {} : { note }) })}
    >
      <p className="quiet">{LIFE_TEXT.judgeEffect}</p>
      <label htmlFor={field}>
        {LIFE_TEXT.falseAlarm}
        <FalseAlarmSelect id={field} value={reason} onChange={setReason} />
      </label>
    </ReasonForm>
  );
}
