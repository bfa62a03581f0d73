import type { CascadeDetail, ReachedObject } from '#contract/warning';
import { CASCADE_OUTCOME_TEXT, type CascadeOutcome } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { Button } from 'antd';

import { formatClock } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { CascadePicture } from './cascade-picture.tsx';
import { cascadeQuery } from './queries.ts';
import { soonText } from './soon-text.ts';
import { CASCADE_TEXT } from './text.ts';

const FIRST = 20;

/** All of one cascade: its picture, what it reaches by when, and what waits under it. */
export function CascadeBody({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(cascadeQuery(id));
  return (
    <Resource query={query} rows={5}>
      {(cascade) => (
        <>
          <CascadePicture cascade={cascade} />
          <Reaches reaches={cascade.reaches} />
          <Under cascade={cascade} />
        </>
      )}
    </Resource>
  );
}

function Reaches({ reaches }: { readonly reaches: readonly ReachedObject[] }): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const now = useNow(15_000);
  const shown = isWhole ? reaches : reaches.slice(0, FIRST);
  return (
    <>
      <RowsTable columns={CASCADE_TEXT.reachColumns} label={CASCADE_TEXT.panel}>
        {shown.map((reached) => (
          <ReachRow key={reached.object.id} reached={reached} now={now} />
        ))}
      </RowsTable>
      {shown.length < reaches.length && (
        <div className="rows-foot">
          <Button onClick={() => setWhole(true)}>
            {CASCADE_TEXT.show}（{reaches.length}）
          </Button>
        </div>
      )}
    </>
  );
}

const TONES: Readonly<Record<CascadeOutcome, 'waiting' | 'active' | 'done' | 'quiet'>> = {
  pending: 'waiting',
  'came-true': 'active',
  'did-not': 'quiet',
  standing: 'quiet',
};

function ReachRow({ reached, now }: { readonly reached: ReachedObject; readonly now: number }): ReactElement {
  const { object, expectedAt, outcome, why, rule, warning } = reached;
  const [what, when, because, result] = CASCADE_TEXT.reachColumns;
  return (
    <tr>
      <td data-label={what}>{object.name}</td>
      <td data-label={when} className="nowrap figures">
        {outcome === 'pending' ? soonText(expectedAt, now) : formatClock(expectedAt)}
      </td>
      <td data-label={because}>
        {why}
        <div className="quiet">{rule.name}</div>
      </td>
      <td data-label={result} className="nowrap">
        <StateTag tone={TONES[outcome]}>{CASCADE_OUTCOME_TEXT[outcome]}</StateTag>{' '}
        {warning !== null && (
          <Link to="/warnings/$id" params={{ id: String(warning) }}>
            {CASCADE_TEXT.open}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** Alarms and warnings that are the cause's doing. */
function Under({ cascade: { heldAlarms, warnings } }: { readonly cascade: CascadeDetail }): ReactElement {
  return (
    <>
      {heldAlarms.length > 0 && (
        <>
          <h3>{CASCADE_TEXT.heldTitle}</h3>
          <p className="quiet">{CASCADE_TEXT.releases}</p>
          <ul className="cascade-under">
            {heldAlarms.map(({ alarm, level, object, item }) => (
              <li key={alarm}>
                <LevelTag level={level} /> {object.name} · {item}
              </li>
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h3>{CASCADE_TEXT.groupedTitle}</h3>
          <ul className="cascade-under">
            {warnings.map(({ id, level, object, item }) => (
              <li key={id}>
                <LevelTag level={level} />{' '}
                <Link to="/warnings/$id" params={{ id: String(id) }}>
                  {object} · {item}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
