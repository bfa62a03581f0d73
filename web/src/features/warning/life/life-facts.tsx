import type { WarningDetail } from '#contract/warning';
import { falseAlarmText } from '#model/warning';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { TimeText } from '../../../ui/time-text.tsx';
import { LIFE_TEXT } from './text.ts';

/** Who has judged a warning and why, and what it was opened again from or as: rows of its facts. */
export function LifeFacts({ warning }: { readonly warning: WarningDetail }): ReactElement {
  const { falseAlarm, reopenedFrom, reopenedAs } = warning;
  return (
    <>
      {falseAlarm && (
        <>
          <dt>{LIFE_TEXT.judged}</dt>
          <dd>
            {falseAlarmText(falseAlarm.reason, falseAlarm.note)} · {falseAlarm.by}{' '}
            <TimeText at={falseAlarm.at} whole />
          </dd>
        </>
      )}
      {reopenedFrom !== null && <Other label={LIFE_TEXT.reopenedFrom} id={reopenedFrom} />}
      {reopenedAs !== null && <Other label={LIFE_TEXT.reopenedAs} id={reopenedAs} />}
    </>
  );
}

function Other({ label, id }: { readonly label: string; readonly id: number }): ReactElement {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Link to="/warnings/$id" params={{ id: String(id) }}>
          {LIFE_TEXT.warning(id)}
        </Link>
      </dd>
    </>
  );
}
