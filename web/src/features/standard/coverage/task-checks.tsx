import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import type { ReactElement } from 'react';

import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { openTasksQuery } from './queries.ts';
import { BASIS_TEXT } from './text.ts';

interface TaskChecksProps {
  readonly scenario: string;
  readonly value: readonly number[];
  readonly onChange: (tasks: readonly number[]) => void;
}

/** The open tasks of a scenario, each to be ticked when the version that is published answers it. */
export function TaskChecks({ scenario, value, onChange }: TaskChecksProps): ReactElement | null {
  const query = useQuery(openTasksQuery(scenario));
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const tasks = query.data ?? [];
  if (tasks.length === 0) return null;
  return (
    <fieldset className="standard-field coverage-checks">
      <legend>{BASIS_TEXT.answers}</legend>
      <span className="quiet">{BASIS_TEXT.answersHint}</span>
      {tasks.map(({ id, kind, document, successor, state, signs }) => (
        <Checkbox
          key={id}
          checked={value.includes(id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
          }
        >
          {kind === 'moved' ? BASIS_TEXT.moved(document) : BASIS_TEXT.replaced(document)}{' '}
          {BASIS_TEXT.became(successor)}{' '}
          {state === 'overdue' && <StateTag tone="late">{BASIS_TEXT.states.overdue}</StateTag>}
          <span className="quiet row-code">{signs.map(({ name }) => name).join('、')}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
