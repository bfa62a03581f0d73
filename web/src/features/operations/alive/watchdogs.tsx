import { aliveRoutes, type Watchdog } from '#contract/operations';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { formatDuration } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { watchdogsQuery } from './queries.ts';
import { ALIVE_TEXT } from './text.ts';

const TEXT = ALIVE_TEXT.watchdog;
const SECOND_MS = 1000;

/** Who watches this system from outside, and when each was heard. */
export function Watchdogs(): ReactElement {
  const query = useQuery(watchdogsQuery);
  return (
    <section aria-label={TEXT.title}>
      <h2>{TEXT.title}</h2>
      <Resource query={query} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{TEXT.none}</p>
          ) : (
            <ul className="alive-watchdogs">
              {items.map((watchdog) => (
                <WatchdogLine key={watchdog.name} watchdog={watchdog} />
              ))}
            </ul>
          )
        }
      </Resource>
    </section>
  );
}

function WatchdogLine({ watchdog }: { readonly watchdog: Watchdog }): ReactElement {
  const now = useNow(SECOND_MS);
  const client = useQueryClient();
  const mayRetire = useCan('fault.handle');
  const retire = useMutation({
    mutationFn: () => call(aliveRoutes.retireWatchdog, { params: { name: watchdog.name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: watchdogsQuery.queryKey }),
  });
  const { name, lastSeenAt, everySeconds, address, gone, retiredAt } = watchdog;
  return (
    <li>
      <strong>{name}</strong>{' '}
      <span className="figures">{TEXT.seen(formatDuration(Math.max(0, now - lastSeenAt)))}</span>{' '}
      {gone && <StateTag tone="late">{TEXT.gone}</StateTag>}
      {retiredAt !== null && <StateTag tone="quiet">{TEXT.retired}</StateTag>}{' '}
      <span className="quiet">
        {TEXT.every(everySeconds)} · {address}
      </span>{' '}
      {mayRetire && retiredAt === null && (
        <Popconfirm title={TEXT.retireAsk} okText={TEXT.retire} onConfirm={() => retire.mutate()}>
          <Button size="small" type="text" loading={retire.isPending}>
            {TEXT.retire}
          </Button>
        </Popconfirm>
      )}
      {retire.error && <Failure error={retire.error} />}
    </li>
  );
}
