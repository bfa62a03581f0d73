import { Input } from 'antd';
import type { ReactElement } from 'react';

import type { LimitFields as Fields } from './gateway-form.ts';
import { GATEWAY_TEXT } from './text.ts';

const NAMES = ['connections', 'connectionsPerAddress', 'idleMinutes'] as const;

/** How much a peer that misbehaves may take up. */
export function LimitFields({
  fields,
  onChange,
}: {
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
}): ReactElement {
  return (
    <div className="gateway-limits">
      {NAMES.map((name) => (
        <label key={name}>
          {GATEWAY_TEXT[name]}
          <Input
            value={fields[name]}
            inputMode="numeric"
            maxLength={9}
            placeholder={GATEWAY_TEXT.byDefault}
            onChange={({ target }) => onChange({ ...fields, [name]: target.value })}
          />
        </label>
      ))}
    </div>
  );
}
