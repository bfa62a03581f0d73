import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { TimeText } from '../../ui/time-text.tsx';
import { inForceQuery } from './queries.ts';
import { TEXT } from './text.ts';
import './activation.css';

/** 应急响应 in force, on every screen; nothing where none is. */
export function ActivationBar(): ReactElement | null {
  const { data } = useQuery(inForceQuery);
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <p className="activation-bar" role="status">
      <strong>{TEXT.bar}</strong>
      {items.map(({ id, platform, planName, gradeText, startedAt }) => (
        <span key={id}>
          {platform === planName ? '' : platform} {planName}
          {gradeText}
          <small>
            {' '}
            <TimeText at={startedAt} />
            {TEXT.from}
          </small>
        </span>
      ))}
    </p>
  );
}
