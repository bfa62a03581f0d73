import { PhoneFilled } from '@ant-design/icons';
import { calleeRoutes, type Callee } from '#contract/command';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { formatShort } from '../../../app/format.ts';
import { kept } from '../../../app/kept.ts';
import { Resource } from '../../../ui/states.tsx';
import { useNow } from '../../../app/use-now.ts';
import { TEXT } from './text.ts';

const MINUTE_MS = 60_000;

/** Numbers are told and written down by the server each time: they are not asked for more often than watches change. */
const calleesQuery = queryOptions({
  queryKey: ['command', 'now', 'callees'],
  queryFn: ({ signal }) => kept('callees', (signal) => call(calleeRoutes.listCallees, { signal }), signal),
  staleTime: 30 * MINUTE_MS,
});

/** For when nobody on duty has a number. */
const CITIZENS = '12345';

/** Whoever is on duty nearest, under one press; two of them, or else the city's hotline. */
export function NearestCallees(): ReactElement | null {
  const { data } = useQuery(calleesQuery);
  const callable = (data?.items ?? []).filter(({ href }) => href !== null);
  const onDuty = callable.filter(({ duty }) => duty !== null).slice(0, 2);
  const nearest = onDuty.length > 0 ? onDuty : callable.filter(({ phone }) => phone === CITIZENS);
  if (nearest.length === 0) return null;
  return (
    <div className="village-calls">
      {nearest.map((one) => (
        <CallLink key={`${one.name}${one.duty?.platform}`} callee={one} />
      ))}
    </div>
  );
}

function CallLink({ callee }: { readonly callee: Callee }): ReactElement {
  const where = callee.duty?.platform ?? TEXT.hotline;
  return (
    <a className="village-call" href={callee.href ?? undefined} aria-label={TEXT.callTo(callee.name)}>
      <PhoneFilled aria-hidden />
      <span>
        {where}
        <small>{callee.name}</small>
      </span>
    </a>
  );
}

/** Everybody who can be called from here: who is on duty above, then hotlines. */
export function Callees(): ReactElement {
  const query = useQuery(calleesQuery);
  const now = useNow(MINUTE_MS);
  return (
    <section className="panel village-callees" aria-labelledby="village-callees">
      <h2 id="village-callees">{TEXT.call}</h2>
      <Resource query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="panel-body quiet">{TEXT.noCallees}</p>
          ) : (
            <ul>
              {items.map((one) => (
                <li key={`${one.duty?.platform ?? ''}${one.duty?.seat ?? ''}${one.name}`}>
                  <span>
                    <strong>
                      {one.duty === null ? one.name : `${one.duty.platform} · ${one.duty.seat}`}
                    </strong>
                    <small className="quiet">
                      {one.duty === null
                        ? one.post
                        : `${one.name} · ${TEXT.until(formatShort(one.duty.until, now))}`}
                    </small>
                  </span>
                  {one.href === null ? (
                    <span className="quiet">{TEXT.noPhone}</span>
                  ) : (
                    <a className="figures" href={one.href} aria-label={TEXT.callTo(one.name)}>
                      <PhoneFilled aria-hidden /> {one.phone}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Resource>
    </section>
  );
}
