import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { platformChoiceQuery } from './queries.ts';
import { FORM_TEXT } from './text.ts';

interface PlatformSelectProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  /** Of a value that was there before anything was looked for. */
  readonly valueName?: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (code: string) => void;
}

/** One of all the platforms, looked for by name or code. */
export function PlatformSelect(props: PlatformSelectProps): ReactElement {
  const { id, label, value, valueName, placeholder = FORM_TEXT.platformHint, onChange } = props;
  const [text, setText] = useState('');
  const found = useQuery(platformChoiceQuery(useDeferredValue(text.trim())));
  const options = (found.data?.items ?? []).map(({ code, name }) => ({
    value: code,
    label: `${name}（${code}）`,
  }));
  const known = value === '' || options.some((option) => option.value === value);
  const all = known ? options : [{ value, label: valueName ?? value }, ...options];
  return (
    <Select<string | null>
      {...(id === undefined ? {} : { id })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={placeholder}
      aria-label={label}
      popupMatchSelectWidth={false}
      loading={found.isFetching}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      options={all}
    />
  );
}
