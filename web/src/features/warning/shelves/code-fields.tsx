import { standardRoutes } from '#contract/standard';
import type { CauseKind } from '#model/warning';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { PointLookUp } from '../../../ui/look-up.tsx';

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
  readonly label: string;
  readonly kind: CauseKind;
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** An item or a sign of any scenario, or a point, found by its name. */
export function CauseCode({ kind, ...props }: CauseCodeProps): ReactElement {
  const change = (code: string | undefined): void => props.onChange(code ?? '');
  const value = props.value === '' ? undefined : props.value;
  if (kind === 'point')
    return <PointLookUp id={props.id} label={props.label} value={value} onChange={change} />;
  return kind === 'item' ? (
    <AnyItemChoice id={props.id} value={value} onChange={change} />
  ) : (
    <SignChoice id={props.id} value={value} onChange={change} />
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}

function SignChoice(props: ChoiceProps): ReactElement {
  const { data } = useQuery(signsQuery);
  return <Choice {...props} rows={data?.items ?? []} />;
}

function AnyItemChoice(props: ChoiceProps): ReactElement {
  const { data } = useQuery(itemsQuery(undefined));
  return <Choice {...props} rows={data?.items ?? []} />;
}

/** An item of the rule's own scenario. */
export function ItemChoice({
  scenario,
  ...props
}: ChoiceProps & { readonly scenario: string | undefined }): ReactElement {
  const { data } = useQuery({ ...itemsQuery(scenario), enabled: scenario !== undefined });
  return <Choice {...props} disabled={scenario === undefined} rows={data?.items ?? []} />;
}

interface RowsProps extends ChoiceProps {
  readonly rows: readonly Coded[];
  readonly disabled?: boolean;
}

function Choice({ id, value, onChange, rows, disabled = false }: RowsProps): ReactElement {
  return (
    <Select<string | null>
      id={id}
      disabled={disabled}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      onChange={(code) => onChange(code ?? undefined)}
      options={optionsOf(rows)}
    />
  );
}
