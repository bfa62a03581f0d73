import type { RehearsalResult, RehearsedLevels } from '#contract/standard';
import type { AlarmProposal } from '#contract/warning';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatNumber, formatShare } from '../../../app/format.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { proposalRehearsalQuery } from './queries.ts';
import { PERFORMANCE_TEXT } from './text.ts';

const T = PERFORMANCE_TEXT.detail;

interface ProposalResultProps {
  readonly proposal: AlarmProposal;
  readonly rehearsal: number;
}

/** What the rehearsal of a proposal came to: alarms before and after, and which real events it would miss. */
export function ProposalResult({ proposal, rehearsal }: ProposalResultProps): ReactElement {
  const query = useQuery(proposalRehearsalQuery(rehearsal));
  return (
    <Resource query={query} rows={3}>
      {({ state, done, result }) => {
        if (result) return <Compared result={result} sign={proposal.sign.code} />;
        if (state === 'waiting') return <p role="status">{T.waiting}</p>;
        if (state === 'running') return <p role="status">{T.running(formatShare(done))}</p>;
        return <p role="alert">{T.failed}</p>;
      }}
    </Resource>
  );
}

function Compared({
  result,
  sign,
}: {
  readonly result: RehearsalResult;
  readonly sign: string;
}): ReactElement {
  if (result.readings === 0) return <p className="quiet">{T.nothingRead}</p>;
  const { incidents, draft, current } = result;
  const its = result.signs.find(({ code }) => code === sign);
  const caught = (n: number): string => `${formatNumber(n)} / ${formatNumber(incidents.known)}`;
  const rows = [
    [T.signAlarms, sum(its?.current), sum(its?.draft)],
    [T.allWarnings, formatNumber(current.warnings), formatNumber(draft.warnings)],
    ...(incidents.known > 0
      ? [[T.incidents, caught(incidents.current), caught(incidents.draft)] as const]
      : []),
  ] as const;
  const [, now, then] = T.columns;
  return (
    <>
      <RowsTable columns={T.columns} label={T.rehearse}>
        {rows.map(([name, before, after]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td data-label={now} className="figures">
              {before}
            </td>
            <td data-label={then} className="figures">
              <strong>{after}</strong>
            </td>
          </tr>
        ))}
      </RowsTable>
      <Missed incidents={incidents} />
    </>
  );
}

/** Real events that the version in force caught and the proposal would not. */
function Missed({ incidents }: Pick<RehearsalResult, 'incidents'>): ReactElement {
  if (incidents.known === 0) return <p className="quiet">{T.noKnown}</p>;
  const missed = incidents.rows.filter(({ draft, current }) => draft === null && current !== null);
  if (missed.length === 0) return <p className="performance-safe">{T.noneMissed}</p>;
  return (
    <section aria-label={T.missed}>
      <p>
        <StateTag tone="late">{T.missed}</StateTag>
      </p>
      <ul>
        {missed.map(({ text, object, from }) => (
          <li key={`${from} ${text}`}>
            <TimeText at={from} whole /> {object} {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sum(levels: RehearsedLevels | undefined): string {
  const { blue = 0, yellow = 0, orange = 0, red = 0 } = levels ?? {};
  return formatNumber(blue + yellow + orange + red);
}
