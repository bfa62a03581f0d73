import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { kindsQuery } from './queries.ts';

interface KindSelectProps {
  readonly id: string;
  readonly scenario: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (code: string) => void;
}

/** Choice of a kind of object; of all scenarios where none is chosen. */
export function KindSelect({ id, scenario, value, onChange }: KindSelectProps): ReactElement {
  const kinds = useQuery(kindsQuery(scenario));
  return (
    <Select
      id={id}
      showSearch
      optionFilterProp="label"
      value={value ?? null}
      loading={kinds.isPending}
      onChange={(next: string | null) => {
        if (next !== null) onChange(next);
      }}
      options={(kinds.data?.items ?? []).map(({ code, name, scenarioName }) => ({
        value: code,
        label: scenario === undefined ? `${name}（${scenarioName}）` : name,
      }))}
    />
  );
}
