import { platformRoutes } from '#contract/platform';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../app/call.ts';

const KEPT_MS = 60_000;
const SHOWN = 30;

const objectsQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'look-up', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listObjects, { query: { search: search || undefined, limit: SHOWN }, signal }),
    placeholderData: keepPreviousData,
    staleTime: KEPT_MS,
  });

/** Objects whose name or code holds what is typed. */
function useFound(text: string) {
  const search = useDeferredValue(text.trim());
  const { data } = useQuery(objectsQuery(search));
  return { search, items: data?.items ?? [] };
}

interface ObjectChoiceProps {
  readonly id: string;
  /** Code of the object. */
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}

/** An object by its name or code; what is typed stands as a code, for an object out of the caller's own sight. */
export function ObjectChoice({ id, value, onChange }: ObjectChoiceProps): ReactElement {
  const [text, setText] = useState('');
  const { search, items } = useFound(text);
  const found = items.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));
  const typed = [search, value ?? ''].filter(
    (code) => code !== '' && !found.some((one) => one.value === code),
  );
  return (
    <Select<string | null>
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      value={value ?? null}
      onChange={(code) => onChange(code ?? undefined)}
      options={[...found, ...[...new Set(typed)].map((code) => ({ value: code, label: code }))]}
    />
  );
}

/** An object that was chosen. */
export interface ChosenObject {
  readonly id: number;
  readonly name: string;
}

interface ObjectsChoiceProps {
  readonly id: string;
  readonly value: readonly ChosenObject[];
  readonly most: number;
  readonly placeholder?: string;
  readonly onChange: (chosen: ChosenObject[]) => void;
}

/** Some objects in the caller's sight. */
export function ObjectsChoice({ id, value, most, placeholder, onChange }: ObjectsChoiceProps): ReactElement {
  const [text, setText] = useState('');
  const { items } = useFound(text);
  const known = new Map([...items, ...value].map((one) => [one.id, one.name]));
  return (
    <Select<number[]>
      id={id}
      mode="multiple"
      maxCount={most}
      {...(placeholder === undefined ? {} : { placeholder })}
      showSearch={{ filterOption: false, onSearch: setText }}
      value={value.map((one) => one.id)}
      onChange={(ids) => onChange(ids.map((one) => ({ id: one, name: known.get(one) ?? String(one) })))}
      options={[...known].map(([one, name]) => ({ value: one, label: name }))}
    />
  );
}
