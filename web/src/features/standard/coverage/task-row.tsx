import type { BasisTask, TaskState } from '#contract/standard';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { BASIS_TEXT } from './text.ts';

const TONES: Readonly<Record<TaskState, 'waiting' | 'late' | 'done' | 'quiet'>> = {
  open: 'waiting',
  overdue: 'late',
  answered: 'done',
  kept: 'done',
};

interface TaskRowProps {
  readonly task: BasisTask;
  readonly onKeep: () => void;
}

/** One scenario's task for a changed basis: what changed, which signs, whose, until when, and the answer. */
export function TaskRow({ task, onKeep }: TaskRowProps): ReactElement {
  const [, SIGNS, WHO, DUE, RESULT] = BASIS_TEXT.columns;
  const { kind, document, clause, successor, changedOn, note, signs, others, owners } = task;
  return (
    <tr>
      <th scope="row">
        {kind === 'moved'
          ? BASIS_TEXT.moved(document)
          : BASIS_TEXT.replaced([document, clause ?? ''].join(' ').trim())}
        <span className="standard-line">{BASIS_TEXT.became(successor)}</span>
        <span className="quiet row-code">
          {task.scenarioName} · {BASIS_TEXT.on(changedOn)}
          {note !== null && note !== '' && ` · ${note}`}
        </span>
      </th>
      <td data-label={SIGNS}>
        {signs.map(({ code, name }) => (
          <Link key={code} className="standard-line" to="/standard/signs/$code" params={{ code }}>
            {name}
          </Link>
        ))}
        {others.length > 0 && <span className="quiet">{BASIS_TEXT.others(formatNumber(others.length))}</span>}
      </td>
      <td data-label={WHO}>{owners.length === 0 ? BASIS_TEXT.noOwner : owners.join('、')}</td>
      <td data-label={DUE} className="nowrap">
        <TimeText at={task.dueAt} whole />
      </td>
      <td data-label={RESULT}>
        <StateTag tone={TONES[task.state]}>{BASIS_TEXT.states[task.state]}</StateTag>{' '}
        {task.answer && <span>{BASIS_TEXT.by(task.answer.version)}</span>}
        {task.answeredAt !== null && (
          <span className="quiet row-code">
            {task.answeredBy} <TimeText at={task.answeredAt} whole />
          </span>
        )}
        {task.answerNote !== null && <span className="standard-line">{task.answerNote}</span>}
        {task.allowedActions.includes('keep') && (
          <Button size="small" onClick={onKeep}>
            {BASIS_TEXT.keep}
          </Button>
        )}
      </td>
    </tr>
  );
}
