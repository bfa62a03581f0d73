import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { type ReactElement, useDeferredValue } from 'react';

import { useCan } from '../../app/session.ts';
import { personChoiceQuery } from './queries.ts';

interface PersonInputProps {
  readonly id: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (username: string) => void;
}

/** A user name: chosen from those one may see, or typed. */
export function PersonInput({ id, value, placeholder, onChange }: PersonInputProps): ReactElement {
  const mayLook = useCan('account.read');
  const found = useQuery(personChoiceQuery(useDeferredValue(value.trim()), mayLook));
  return (
    <AutoComplete
      id={id}
      value={value}
      placeholder={placeholder}
      onChange={onChange}
      options={(found.data?.items ?? []).map(({ username, name, unit }) => ({
        value: username,
        label: [name, username, unit].filter((part) => part !== null).join(' · '),
      }))}
    />
  );
}
