import { type Datum, DATUMS } from '#model/platform';
import { Radio } from 'antd';
import type { ReactElement } from 'react';

import { DATUM_TEXT } from '../objects/text.ts';
import { TEXT } from './text.ts';

interface DatumChoiceProps {
  readonly value: Datum;
  readonly disabled: boolean;
  readonly onChange: (datum: Datum) => void;
}

/** Which reference system the coordinates of the sheet are in, by where a person has them from. */
export function DatumChoice({ value, disabled, onChange }: DatumChoiceProps): ReactElement {
  return (
    <fieldset className="org-fieldset">
      <legend>{TEXT.datum}</legend>
      <Radio.Group
        className="datums datums-wide"
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value as Datum)}
        options={DATUMS.map((one) => ({
          value: one,
          label: (
            <span>
              {DATUM_TEXT[one].name} <small className="quiet">{DATUM_TEXT[one].hint}</small>
            </span>
          ),
        }))}
      />
    </fieldset>
  );
}
