import type { Quarantined } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { AdoptDrawer } from './adopt-drawer.tsx';
import { quarantineQuery } from './monitoring-queries.ts';
import { QUARANTINE_TEXT } from './text.ts';

/** Who speaks and is not known: from where, what it last said, and the way to adopt it. */
export function Quarantine(): ReactElement {
  const query = useInfiniteQuery(quarantineQuery);
  const mayManage = useCan('device.manage');
  const [adopting, setAdopting] = useState<Quarantined>();
  return (
    <>
      <Resource query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <Empty title={QUARANTINE_TEXT.none} hint={QUARANTINE_TEXT.noneHint} />;
          return (
            <>
              <p className="quiet quarantine-intro">{QUARANTINE_TEXT.intro}</p>
              <ul className="quarantine">
                {items.map((unknown) => (
                  <li key={unknown.id} className="panel">
                    <QuarantineCard unknown={unknown} />
                    {mayManage && (
                      <Button type="primary" onClick={() => setAdopting(unknown)}>
                        {QUARANTINE_TEXT.adopt}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
              <MoreButton count={items.length} query={query} />
            </>
          );
        }}
      </Resource>
      <AdoptDrawer open={adopting !== undefined} unknown={adopting} onClose={() => setAdopting(undefined)} />
    </>
  );
}

function QuarantineCard({ unknown }: { readonly unknown: Quarantined }): ReactElement {
  return (
    <>
      <h2 className="code">{unknown.code}</h2>
      <dl>
        <dt>协议</dt>
        <dd>{unknown.protocol}</dd>
        <dt>来自</dt>
        <dd className="code">{unknown.address}</dd>
        <dt>第一次</dt>
        <dd>
          <TimeText at={unknown.firstSeenAt} />
        </dd>
        <dt>最近一次</dt>
        <dd>
          <TimeText at={unknown.lastSeenAt} />
        </dd>
        <dt>帧数</dt>
        <dd className="figures">{formatNumber(unknown.frames)}</dd>
      </dl>
      <figure>
        <figcaption className="quiet">{QUARANTINE_TEXT.sample}</figcaption>
        <pre tabIndex={0}>{unknown.sample}</pre>
      </figure>
    </>
  );
}
