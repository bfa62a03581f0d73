import { STEP_EVIDENCE } from '#model/standard';
import { Button, Checkbox, Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { STEPS_TEXT } from '../draft-text.ts';
import { EVIDENCE_TEXT } from '../text.ts';
import type { DocumentEntry } from './part-place.ts';

export type Step = DocumentEntry['steps'][number];

interface StepSetProps {
  readonly step: Step;
  readonly number: number;
  readonly last: number;
  readonly onChange: (step: Step) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One step of an entry that is being edited. */
export function StepSet({ step, number, last, onChange, onMove, onRemove }: StepSetProps): ReactElement {
  const id = useId();
  const name = STEPS_TEXT.step(number);
  return (
    <fieldset className="standard-set">
      <legend>
        <label htmlFor={id}>{name}</label>
      </legend>
      <Input.TextArea
        id={id}
        className="standard-wide"
        autoSize
        maxLength={300}
        value={step.text}
        onChange={({ target }) => onChange({ ...step, text: target.value })}
      />
      <div className="standard-field">
        <label htmlFor={`${id}e`}>{STEPS_TEXT.evidence}</label>
        <Select
          id={`${id}e`}
          value={step.evidence}
          onChange={(evidence) => onChange({ ...step, evidence })}
          options={STEP_EVIDENCE.map((one) => ({
            value: one,
            label: EVIDENCE_TEXT[one] || STEPS_TEXT.noEvidence,
          }))}
        />
      </div>
      <Checkbox
        checked={step.required}
        onChange={({ target }) => onChange({ ...step, required: target.checked })}
      >
        {STEPS_TEXT.required}
      </Checkbox>
      <div className="standard-acts">
        <Button
          size="small"
          disabled={number === 1}
          aria-label={`${STEPS_TEXT.up}${name}`}
          onClick={() => onMove(-1)}
        >
          {STEPS_TEXT.up}
        </Button>
        <Button
          size="small"
          disabled={number === last}
          aria-label={`${STEPS_TEXT.down}${name}`}
          onClick={() => onMove(1)}
        >
          {STEPS_TEXT.down}
        </Button>
        <Button size="small" aria-label={`${STEPS_TEXT.remove}${name}`} onClick={onRemove}>
          {STEPS_TEXT.remove}
        </Button>
      </div>
    </fieldset>
  );
}
