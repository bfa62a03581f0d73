import type { ChainTest } from '#contract/operations';
import { CHAIN_STAGE_HINT, CHAIN_STAGES } from '#model/operations';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactElement } from 'react';

import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { chainQuery } from './queries.ts';
import { ALIVE_TEXT } from './text.ts';

const TEXT = ALIVE_TEXT.chain;

/** One chain test, stage by stage. */
export function ChainDrawer({
  id,
  onClose,
}: {
  readonly id: number | undefined;
  readonly onClose: () => void;
}): ReactElement {
  const query = useQuery({ ...chainQuery(id ?? 0), enabled: id !== undefined });
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={`${TEXT.title} ${query.data?.scenarioName ?? ''}`}
      size="large"
    >
      <Resource query={query}>{(test) => <Stages test={test} />}</Resource>
    </Drawer>
  );
}

function Stages({ test }: { readonly test: ChainTest }): ReactElement {
  const [stage, took, found] = TEXT.stage;
  return (
    <>
      <p>
        {test.startedAt !== null && <TimeText at={test.startedAt} whole />}{' '}
        <span className="quiet">
          {[test.protocol, test.sign, test.requestedBy === null ? null : TEXT.by(test.requestedBy)]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </p>
      {test.reason !== null && test.stages.length === 0 && <p>{test.reason}</p>}
      <RowsTable columns={TEXT.stage} label={TEXT.details}>
        {test.stages.map((one) => (
          <tr key={one.stage}>
            <td data-label={stage} className="nowrap">
              <StateTag tone={one.ok ? 'done' : 'late'}>
                {CHAIN_STAGES.indexOf(one.stage) + 1} {one.text}
              </StateTag>
            </td>
            <td data-label={took} className="nowrap figures">
              {ALIVE_TEXT.seconds(one.ms)}
            </td>
            <td data-label={found}>
              {one.found}
              {!one.ok && <div className="quiet">{CHAIN_STAGE_HINT[one.stage]}</div>}
            </td>
          </tr>
        ))}
      </RowsTable>
    </>
  );
}
