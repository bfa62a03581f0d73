import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { useSession } from '../../app/session.ts';
import { platformChoiceQuery } from './queries.ts';
import { TEXT } from './text.ts';

interface PlatformSelectProps {
  readonly value: string | undefined;
  /** Shown until the choices are loaded, or for a value that is not among them. */
  readonly name?: string | undefined;
  readonly label?: string;
  readonly onChange: (code: string | undefined) => void;
}

/** One of the platforms that somebody sees, found by typing. */
export function PlatformSelect({ value, name, label, onChange }: PlatformSelectProps): ReactElement {
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const query = useQuery(platformChoiceQuery(search));
  const found = (query.data?.items ?? []).map((platform) => ({ value: platform.code, label: platform.name }));
  const own = useSession()?.roles.find((role) => role.platform === value)?.platformName;
  const known = value === undefined || found.some((option) => option.value === value);
  return (
    <Select<string | null>
      className="platform-select"
      allowClear
      showSearch
      filterOption={false}
      onSearch={setTyped}
      placeholder={label ?? TEXT.allPlatforms}
      aria-label={label ?? TEXT.platform}
      popupMatchSelectWidth={false}
      value={value ?? null}
      onChange={(next) => {
        setTyped('');
        onChange(next ?? undefined);
      }}
      options={known ? found : [{ value, label: name ?? own ?? value }, ...found]}
      loading={query.isFetching}
    />
  );
}
