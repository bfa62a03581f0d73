import { platformRoutes } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../app/call.ts';

interface ScenarioSelectProps {
  readonly value: string | undefined;
  readonly onChange: (scenario: string | undefined) => void;
}

/** Choice of one of the special scenarios, by the names of their platforms. */
export function ScenarioSelect({ value, onChange }: ScenarioSelectProps): ReactElement {
  const scenarios = useQuery({
    queryKey: ['platform', 'list', 'scenario'],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { kind: 'scenario', limit: 100 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const options = (scenarios.data?.items ?? []).flatMap((platform) =>
    platform.scenario === null ? [] : [{ value: platform.scenario, label: platform.name }],
  );
  return (
    <Select
      allowClear
      showSearch
      optionFilterProp="label"
      placeholder="全部场景"
      aria-label="场景"
      popupMatchSelectWidth={false}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
      options={options}
      loading={scenarios.isPending}
    />
  );
}
