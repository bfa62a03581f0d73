import { Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { CRCS } from '../adopt-form.ts';
import { ADOPT_TEXT } from '../text.ts';
import { ModbusFields } from './modbus-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import { DEVICE_DETAIL_TEXT as TEXT } from './text.ts';

const LENGTHS = { strict: '长度要对（默认）', 'by-crc': '长度写错、校验对的也收' } as const;
const CIPHER_TEXTS = { hex: '十六进制', base64: 'Base64' } as const;
const PADDINGS = { pkcs7: 'PKCS#7', none: '空格或 NUL 补足' } as const;
const choices = <Value extends string>(
  words: Readonly<Record<Value, string>>,
): { value: Value; label: string }[] =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] }));

interface SettingsFieldsProps {
  readonly protocol: string;
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** How an HJ 212 device may differ from the standard, where a Modbus device is asked; other protocols have nothing to set here. */
export function SettingsFields({ protocol, draft, onChange }: SettingsFieldsProps): ReactElement | null {
  const id = useId();
  if (protocol === 'modbus')
    return <ModbusFields draft={draft.modbus} onChange={(modbus) => onChange({ ...draft, modbus })} />;
  if (protocol !== 'hj212') return null;
  const change = (part: Partial<SettingsDraft>): void => onChange({ ...draft, ...part });
  return (
    <fieldset>
      <legend>{TEXT.settings}</legend>
      <label htmlFor={`${id}-password`}>{ADOPT_TEXT.password}</label>
      <Input
        id={`${id}-password`}
        value={draft.password}
        maxLength={20}
        autoComplete="off"
        placeholder={draft.hasPassword ? TEXT.secretHint : undefined}
        onChange={({ target }) => change({ password: target.value })}
      />
      <label htmlFor={`${id}-crc`}>{ADOPT_TEXT.crc}</label>
      <Select
        id={`${id}-crc`}
        value={draft.crc}
        onChange={(crc) => change({ crc })}
        options={CRCS.map((value) => ({ value, label: ADOPT_TEXT.crcs[value] }))}
      />
      <label htmlFor={`${id}-length`}>长度</label>
      <Select
        id={`${id}-length`}
        value={draft.length}
        onChange={(length) => change({ length })}
        options={choices(LENGTHS)}
      />
      <label htmlFor={`${id}-key`}>SM4 密钥（HJ 212-2025 密文，可空）</label>
      <Input
        id={`${id}-key`}
        className="code"
        value={draft.key}
        maxLength={32}
        autoComplete="off"
        placeholder={draft.hasKey ? TEXT.secretHint : undefined}
        onChange={({ target }) => change({ key: target.value })}
      />
      {draft.key !== '' && (
        <>
          <label htmlFor={`${id}-cipher`}>密文写法</label>
          <Select
            id={`${id}-cipher`}
            value={draft.cipherText}
            onChange={(cipherText) => change({ cipherText })}
            options={choices(CIPHER_TEXTS)}
          />
          <label htmlFor={`${id}-padding`}>补位</label>
          <Select
            id={`${id}-padding`}
            value={draft.padding}
            onChange={(padding) => change({ padding })}
            options={choices(PADDINGS)}
          />
        </>
      )}
    </fieldset>
  );
}
