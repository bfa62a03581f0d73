import type { ReactElement } from 'react';

import { PART_TEXT } from '../part-text.ts';
import { numberOf } from './field-drafts.ts';
import { TextField } from './text-field.tsx';

export interface RangeDraft {
  readonly from: string;
  readonly to: string;
}

interface RangeFieldsProps {
  readonly value: RangeDraft;
  readonly unit: string;
  readonly faults: readonly string[];
  readonly onChange: (value: RangeDraft) => void;
}

/** The smallest and the largest value there can be. */
export function RangeFields({ value, unit, faults, onChange }: RangeFieldsProps): ReactElement {
  return (
    <>
      <TextField
        label={`${PART_TEXT.range}：${PART_TEXT.from}`}
        decimal
        suffix={unit}
        value={value.from}
        faults={faults}
        onChange={(from) => onChange({ ...value, from })}
      />
      <TextField
        label={`${PART_TEXT.range}：${PART_TEXT.to}`}
        decimal
        suffix={unit}
        value={value.to}
        onChange={(to) => onChange({ ...value, to })}
      />
    </>
  );
}

export function rangeOf({ from, to }: RangeDraft): [number, number] {
  return [
    numberOf(from, `${PART_TEXT.range}：${PART_TEXT.from}`),
    numberOf(to, `${PART_TEXT.range}：${PART_TEXT.to}`),
  ];
}
