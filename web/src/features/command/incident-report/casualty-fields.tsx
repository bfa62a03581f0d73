import { type Casualties, CASUALTY_KINDS, CASUALTY_TEXT } from '#model/command';
import { InputNumber } from 'antd';
import type { ReactElement } from 'react';

import { REPORT_TEXT } from './text.ts';

interface CasualtyFieldsProps {
  readonly value: Casualties;
  readonly onChange: (value: Casualties) => void;
}

/** People harmed; what was not told stays empty. */
export function CasualtyFields({ value, onChange }: CasualtyFieldsProps): ReactElement {
  return (
    <fieldset className="report-casualties">
      <legend className="form-label">{REPORT_TEXT.casualties}</legend>
      {CASUALTY_KINDS.map((kind) => (
        <InputNumber
          key={kind}
          aria-label={CASUALTY_TEXT[kind]}
          prefix={CASUALTY_TEXT[kind]}
          min={0}
          max={100_000}
          precision={0}
          value={value[kind]}
          onChange={(count) => onChange({ ...value, [kind]: count })}
        />
      ))}
    </fieldset>
  );
}
