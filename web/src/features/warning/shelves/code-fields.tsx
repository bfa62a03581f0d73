import { standardRoutes } from '#contract/standard';
import type { CauseKind } from '#model/warning';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { AutoComplete, Select } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';

const WHOLE = 500;

const itemsQuery = (scenario: string | undefined) =>
  queryOptions({
    queryKey: ['standard', 'items', 'choice', scenario],
    queryFn: ({ signal }) =>
      call(standardRoutes.listItems, {
        query: { ...(scenario === undefined ? {} : { scenario }), limit: WHOLE },
        signal,
      }),
  });

const signsQuery = queryOptions({
  queryKey: ['standard', 'signs', 'choice'],
  queryFn: ({ signal }) => call(standardRoutes.listSigns, { query: { limit: WHOLE }, signal }),
});

interface Coded {
  readonly code: string;
  readonly name: string;
}

const optionsOf = (rows: readonly Coded[]) =>
  rows.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));

interface CauseCodeProps {
  readonly id: string;
  readonly kind: CauseKind;
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** An item or a sign of any scenario, found by its name; a point by its code. */
export function CauseCode({ id, kind, value, onChange }: CauseCodeProps): ReactElement {
  const items = useQuery({ ...itemsQuery(undefined), enabled: kind === 'item' });
  const signs = useQuery({ ...signsQuery, enabled: kind === 'sign' });
  const rows: Readonly<Record<CauseKind, readonly Coded[]>> = {
    item: items.data?.items ?? [],
    sign: signs.data?.items ?? [],
    point: [],
  };
  return (
    <AutoComplete
      id={id}
      value={value}
      onChange={onChange}
      options={optionsOf(rows[kind])}
      showSearch={{
        filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
      }}
    />
  );
}

interface ItemChoiceProps {
  readonly id: string;
  readonly scenario: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}

/** An item of the rule's own scenario. */
export function ItemChoice({ id, scenario, value, onChange }: ItemChoiceProps): ReactElement {
  const { data } = useQuery({ ...itemsQuery(scenario), enabled: scenario !== undefined });
  return (
    <Select<string | null>
      id={id}
      showSearch={{ optionFilterProp: 'label' }}
      disabled={scenario === undefined}
      value={value ?? null}
      onChange={(code) => onChange(code ?? undefined)}
      options={optionsOf(data?.items ?? [])}
    />
  );
}
