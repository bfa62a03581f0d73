import './calendar.css';

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { Resource } from '../../../ui/states.tsx';
import { calendarQuery } from '../queries.ts';
import { CALENDAR_TEXT as WORDS } from './text.ts';
import { YearForm } from './year-form.tsx';

interface CalendarDrawerProps {
  readonly id: string;
  readonly start: number;
  readonly onClose: () => void;
}

const FIRST_YEAR = 2004;
const LAST_YEAR = 2100;

/** The holidays and make-up working days, year by year; who may edits them here. */
export function CalendarDrawer({ id, start, onClose }: CalendarDrawerProps): ReactElement {
  const [year, setYear] = useState(start);
  // A year that is being changed is saved or given up before another one is looked at.
  const [dirty, setDirty] = useState(false);
  const query = useQuery(calendarQuery(id, year));
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(720px, 100vw)"
      title={WORDS.title(year)}
      mask={{ closable: !dirty }}
      extra={
        <span className="year-step">
          <Button
            icon={<LeftOutlined />}
            aria-label={WORDS.before}
            disabled={dirty || year <= FIRST_YEAR}
            onClick={() => setYear(year - 1)}
          />
          <Button
            icon={<RightOutlined />}
            aria-label={WORDS.after}
            disabled={dirty || year >= LAST_YEAR}
            onClick={() => setYear(year + 1)}
          />
        </span>
      }
    >
      <Resource query={query} rows={8}>
        {(shown) => (
          <YearForm key={year} year={shown} onDirty={setDirty} reload={() => void query.refetch()} />
        )}
      </Resource>
    </Drawer>
  );
}
