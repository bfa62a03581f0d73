import { Input } from 'antd';
import { Fragment, type ReactElement, useId } from 'react';

import type { ModbusDraft } from './modbus-draft.ts';
import { SETTINGS_TEXT } from './settings-text.ts';
import { DEVICE_DETAIL_TEXT as TEXT } from './text.ts';

interface ModbusFieldsProps {
  readonly draft: ModbusDraft;
  readonly onChange: (draft: ModbusDraft) => void;
}

const FIELDS = ['host', 'port', 'unit', 'period', 'timeout'] as const;

/** Where a Modbus device is asked, and how often; how its factors name registers. */
export function ModbusFields({ draft, onChange }: ModbusFieldsProps): ReactElement {
  const id = useId();
  return (
    <fieldset>
      <legend>{SETTINGS_TEXT.title}</legend>
      <p className="quiet">{TEXT.modbusHint}</p>
      {FIELDS.map((field) => (
        <Fragment key={field}>
          <label htmlFor={`${id}-${field}`}>{TEXT.modbus[field]}</label>
          <Input
            id={`${id}-${field}`}
            className={field === 'host' ? 'code' : ''}
            value={draft[field]}
            maxLength={field === 'host' ? 253 : 8}
            inputMode={field === 'host' ? 'url' : 'decimal'}
            autoComplete="off"
            onChange={({ target }) => onChange({ ...draft, [field]: target.value })}
          />
        </Fragment>
      ))}
    </fieldset>
  );
}
