import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { platformChoiceQuery } from '../gateways/gateway-queries.ts';

interface PlatformSelectProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}

/** A platform by what is typed of its name. */
export function PlatformSelect({ id, value, onChange }: PlatformSelectProps): ReactElement {
  const [search, setSearch] = useState('');
  const platforms = useQuery(platformChoiceQuery(search.trim()));
  return (
    <Select
      id={id}
      value={value ?? null}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={platforms.isFetching}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      options={(platforms.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
