import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { runningQuery } from './queries.ts';
import { TEXT } from './text.ts';
import './drill.css';

/** 演练进行中: on every page of whoever is within its reach. */
export function DrillBar(): ReactElement | null {
  const { data } = useQuery(runningQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <>
      {data.items.map(({ id, name }) => (
        <Alert
          key={id}
          banner
          type="info"
          className="notice drill-bar"
          title={
            <Link to="/orders/drills/$id" params={{ id: String(id) }}>
              {TEXT.runs}：{name}
            </Link>
          }
        />
      ))}
    </>
  );
}
