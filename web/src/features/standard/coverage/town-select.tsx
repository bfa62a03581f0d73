import { platformRoutes } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';

interface TownSelectProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly onChange: (code: string) => void;
}

/** Choice of a town. */
export function TownSelect({ id, value, onChange }: TownSelectProps): ReactElement {
  const towns = useQuery({
    queryKey: ['platform', 'list', 'town'],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { kind: 'town', limit: 100 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Select
      id={id}
      showSearch
      optionFilterProp="label"
      value={value ?? null}
      loading={towns.isPending}
      onChange={(next: string | null) => {
        if (next !== null) onChange(next);
      }}
      options={(towns.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
