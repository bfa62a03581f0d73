import { CALL_OUTCOME_TEXT, CALL_OUTCOMES, type CallOutcome } from '#model/command';
import { Input, Segmented } from 'antd';
import type { ReactElement } from 'react';

import { CALL_TEXT } from './text.ts';

export interface Outcome {
  readonly outcome: CallOutcome;
  readonly text: string;
}

interface OutcomeFormProps {
  readonly value: Outcome;
  readonly onChange: (value: Outcome) => void;
}

/** What came of a call. */
export function OutcomeForm({ value, onChange }: OutcomeFormProps): ReactElement {
  return (
    <>
      <div>
        <span className="form-label">{CALL_TEXT.outcome}</span>
        <Segmented<CallOutcome>
          block
          size="large"
          aria-label={CALL_TEXT.outcome}
          value={value.outcome}
          onChange={(outcome) => onChange({ ...value, outcome })}
          options={CALL_OUTCOMES.map((one) => ({ value: one, label: CALL_OUTCOME_TEXT[one] }))}
        />
      </div>
      <label>
        <span className="form-label">{CALL_TEXT.note}</span>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={value.text}
          placeholder={CALL_TEXT.notePlaceholder}
          onChange={({ target }) => onChange({ ...value, text: target.value })}
        />
      </label>
    </>
  );
}

/** As the contract takes it: words only where there are any. */
export function outcomeBody({ outcome, text }: Outcome): { outcome: CallOutcome; text?: string } {
  return { outcome, ...(text.trim() === '' ? {} : { text: text.trim() }) };
}
