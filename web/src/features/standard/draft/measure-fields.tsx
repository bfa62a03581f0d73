import { MEASURE_KINDS, MEASURE_TEXT, PAST_DIRECTIONS, STATISTICS } from '#model/standard';
import type { ReactElement } from 'react';

import { HEAD_TEXT, MEASURE_FORM_TEXT } from '../part-text.ts';
import { STATISTIC_TEXT } from '../text.ts';
import { ChoiceField } from './choice-field.tsx';
import { LimitField } from './limit-field.tsx';
import { MEASURE_FIELDS, type MeasureDraft } from './measure-draft.ts';
import type { Document } from './sign-draft.ts';
import { SpanField } from './span-field.tsx';
import { TextField } from './text-field.tsx';

interface MeasureFieldsProps {
  readonly value: MeasureDraft;
  readonly elementUnit: string;
  readonly parameters: Document['parameters'];
  readonly faults: readonly string[];
  readonly onChange: (value: MeasureDraft) => void;
}

const INPUTS = ['temperature', 'humidity', 'wind', 'rain'] as const;
const AS = ['absolute', 'percent'] as const;

/** What of the readings is compared, in words, with what each kind needs to know. */
export function MeasureFields(props: MeasureFieldsProps): ReactElement {
  const { value, elementUnit, parameters, faults, onChange } = props;
  const fields = MEASURE_FIELDS[value.kind];
  return (
    <>
      <ChoiceField
        label={HEAD_TEXT.measure}
        hint={MEASURE_FORM_TEXT.hints[value.kind]}
        faults={faults}
        value={value.kind}
        options={MEASURE_KINDS.map((kind) => ({ value: kind, label: MEASURE_TEXT[kind] }))}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      {fields.includes('statistic') && (
        <ChoiceField
          label={MEASURE_FORM_TEXT.statistic}
          value={value.statistic}
          options={STATISTICS.map((one) => ({ value: one, label: STATISTIC_TEXT[one] }))}
          onChange={(statistic) => onChange({ ...value, statistic })}
        />
      )}
      {fields.includes('window') && (
        <SpanField
          label={MEASURE_FORM_TEXT.window}
          value={value.window}
          onChange={(window) => onChange({ ...value, window })}
        />
      )}
      {fields.includes('learn') && (
        <SpanField
          label={MEASURE_FORM_TEXT.learn}
          value={value.learn}
          onChange={(learn) => onChange({ ...value, learn })}
        />
      )}
      {fields.includes('weeks') && (
        <TextField
          decimal
          label={MEASURE_FORM_TEXT.weeks}
          value={value.weeks}
          onChange={(weeks) => onChange({ ...value, weeks })}
        />
      )}
      {fields.includes('as') && (
        <ChoiceField
          label={MEASURE_FORM_TEXT.as}
          value={value.as}
          options={AS.map((one) => ({ value: one, label: MEASURE_FORM_TEXT.asOptions[one] }))}
          onChange={(as) => onChange({ ...value, as })}
        />
      )}
      {fields.includes('inputs') &&
        INPUTS.map((one) => (
          <TextField
            key={one}
            label={MEASURE_FORM_TEXT.inputs[one]}
            hint={MEASURE_FORM_TEXT.inputHint}
            value={value.inputs[one]}
            onChange={(code) => onChange({ ...value, inputs: { ...value.inputs, [one]: code } })}
          />
        ))}
      {fields.includes('past') && (
        <>
          <ChoiceField
            label={MEASURE_FORM_TEXT.pastDirection}
            value={value.pastDirection}
            options={PAST_DIRECTIONS.map((one) => ({
              value: one,
              label: MEASURE_FORM_TEXT.pastDirections[one],
            }))}
            onChange={(pastDirection) => onChange({ ...value, pastDirection })}
          />
          <LimitField
            label={MEASURE_FORM_TEXT.past}
            unit={elementUnit}
            parameters={parameters}
            value={value.past}
            onChange={(past) => onChange({ ...value, past })}
          />
        </>
      )}
    </>
  );
}
