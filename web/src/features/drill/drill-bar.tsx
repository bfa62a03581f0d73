import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { runningQuery } from './queries.ts';
import { TEXT } from './text.ts';
import './drill.css';

/** 演练进行中: on every page of whoever is within its reach; one bar for all that run, which leaves the page its room. */
export function DrillBar(): ReactElement | null {
  const { data } = useQuery(runningQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Alert
      banner
      type="info"
      className="notice drill-bar"
      title={
        <span className="drill-bar-words">
          {TEXT.runs}：
          {data.items.map(({ id, name }) => (
            <Link key={id} to="/orders/drills/$id" params={{ id: String(id) }}>
              {name}
            </Link>
          ))}
        </span>
      }
    />
  );
}
