import { Input } from 'antd';
import type { ReactElement } from 'react';

interface WordsProps {
  readonly label: string;
  readonly hint?: string;
  readonly longest: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field for a few sentences. */
export function Words({ label, hint = '', longest, value, onChange }: WordsProps): ReactElement {
  return (
    <label className="field">
      {label}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={longest}
        placeholder={hint}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
