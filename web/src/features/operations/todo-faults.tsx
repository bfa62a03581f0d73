import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { useCan } from '../../app/session.ts';
import { Failure } from '../../ui/states.tsx';
import { FaultLimit, FaultTags } from './fault-tags.tsx';
import { countsQuery, faultsQuery } from './queries.ts';
import { TODO } from './text.ts';
import './operations.css';

const SHOWN = 5;

/** Faults that wait for whoever repairs them, beside the orders; nothing where there are none. */
export function TodoFaults(): ReactElement | null {
  const handles = useCan('fault.handle');
  const closes = useCan('fault.close');
  const enabled = handles || closes;
  const { data, error, refetch } = useInfiniteQuery({ ...faultsQuery({ show: 'mine' }), enabled });
  const { data: counts } = useQuery({ ...countsQuery, enabled });
  if (error && data === undefined) return <Failure error={error} retry={() => void refetch()} />;
  const faults = data?.pages.flatMap((page) => page.items) ?? [];
  if (faults.length === 0) return null;
  return (
    <section className="panel todo-faults" aria-label={TODO.title}>
      <h2>
        {TODO.title}
        <Link to="/operations" search={{ show: 'mine' }}>
          {TODO.more(counts?.mine ?? faults.length)}
        </Link>
      </h2>
      <ul>
        {faults
          .toSorted((a, b) => a.dueAt - b.dueAt)
          .slice(0, SHOWN)
          .map((fault) => (
            <li key={fault.id}>
              <Link to="/operations" search={{ show: 'mine', fault: fault.id }} className="todo-fault">
                <FaultTags fault={fault} />
                <strong>{fault.subject.name}</strong>
                <span>{fault.kindText}</span>
                <FaultLimit fault={fault} />
              </Link>
            </li>
          ))}
      </ul>
    </section>
  );
}
