import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { useCan } from '../../app/session.ts';
import type { Person } from './person.ts';
import { accountChoiceQuery, contactChoiceQuery } from './queries.ts';

interface Choices {
  readonly people: readonly Person[];
  readonly loading: boolean;
  readonly search: (text: string) => void;
}

/** Accounts (for who may read them) and contacts, by what was typed; `known` are offered without a question. */
function useChoices(known: readonly Person[]): Choices {
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const mayAccounts = useCan('account.read');
  const accounts = useQuery({ ...accountChoiceQuery(search), enabled: mayAccounts });
  const contacts = useQuery(contactChoiceQuery(search));
  const found = new Map<string, Person>();
  const matches = known.filter(({ name }) => name.includes(search));
  for (const person of [
    ...matches,
    ...(accounts.data?.items ?? []).map(({ username, name, unit }) => ({
      key: `account ${username}`,
      name: unit === null ? name : `${name}（${unit}）`,
    })),
    ...(contacts.data?.items ?? []).map(({ id, name, unit }) => ({
      key: `contact ${id}`,
      name: unit === null ? name : `${name}（${unit}）`,
    })),
  ])
    if (!found.has(person.key)) found.set(person.key, person);
  return {
    people: [...found.values()],
    loading: accounts.isFetching || contacts.isFetching,
    search: setTyped,
  };
}

interface PersonSelectProps {
  readonly label: string;
  readonly known: readonly Person[];
  readonly value: Person | null;
  readonly onChange: (person: Person) => void;
}

export function PersonSelect({ label, known, value, onChange }: PersonSelectProps): ReactElement {
  const { people, loading, search } = useChoices(value ? [value, ...known] : known);
  return (
    <Select<string | null>
      showSearch
      filterOption={false}
      onSearch={search}
      aria-label={label}
      placeholder={label}
      loading={loading}
      value={value?.key ?? null}
      onChange={(key) => {
        const person = people.find((one) => one.key === key);
        if (person) onChange(person);
      }}
      options={people.map(({ key, name }) => ({ value: key, label: name }))}
    />
  );
}

interface PeopleSelectProps {
  readonly label: string;
  readonly value: readonly Person[];
  readonly onChange: (people: readonly Person[]) => void;
}

/** Several people in the order in which they were chosen. */
export function PeopleSelect({ label, value, onChange }: PeopleSelectProps): ReactElement {
  const { people, loading, search } = useChoices(value);
  const known = [...value, ...people];
  const options = new Map(known.map(({ key, name }) => [key, { value: key, label: name }]));
  return (
    <Select<string[]>
      mode="multiple"
      filterOption={false}
      onSearch={search}
      aria-label={label}
      placeholder={label}
      loading={loading}
      value={value.map(({ key }) => key)}
      onChange={(keys) => onChange(keys.flatMap((key) => known.find((person) => person.key === key) ?? []))}
      options={[...options.values()]}
    />
  );
}
