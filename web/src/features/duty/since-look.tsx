import { CheckOutlined } from '@ant-design/icons';
import { DESK_CHANGES, type DeskChange, type DeskTold, type DutyDesk } from '#contract/command';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatShort } from '../../app/format.ts';
import { LevelTag } from '../../ui/level-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useLooked } from './queries.ts';
import { LOOK_TEXT } from './text.ts';

type Change = (typeof DESK_CHANGES)[number];

/** What came since one last looked, in one line; each part opens. The mark moves when one says so, never by itself. */
export function SinceLook({ desk }: { readonly desk: DutyDesk }): ReactElement {
  const looked = useLooked();
  const [opened, setOpened] = useState<Change>();
  const { at, since } = desk.look;
  const told = DESK_CHANGES.filter((change) => (since?.[change].count ?? 0) > 0);
  const shown = since && opened && told.includes(opened) ? since[opened] : undefined;
  return (
    <section className="panel since-look" aria-label={at === null ? LOOK_TEXT.never : LOOK_TEXT.since('')}>
      <p className="since-line" role="status">
        <span>{at === null ? LOOK_TEXT.never : LOOK_TEXT.since(formatShort(at, desk.at))}</span>
        {at !== null && told.length === 0 && <span className="quiet">{LOOK_TEXT.nothing}</span>}
        {told.map((change) => (
          <Button
            key={change}
            size="small"
            aria-expanded={opened === change}
            onClick={() => setOpened(opened === change ? undefined : change)}
          >
            {LOOK_TEXT.kinds[change].word} <strong className="figures">{since?.[change].count}</strong>{' '}
            {LOOK_TEXT.kinds[change].unit}
          </Button>
        ))}
        <Button
          className="since-done"
          type={told.length > 0 ? 'primary' : 'default'}
          size="small"
          icon={<CheckOutlined aria-hidden />}
          loading={looked.isPending}
          onClick={() => {
            setOpened(undefined);
            looked.mutate(desk);
          }}
        >
          {at === null ? LOOK_TEXT.begin : LOOK_TEXT.looked}
        </Button>
      </p>
      {looked.error && (
        <p className="panel-body" role="alert">
          {looked.error.message}
        </p>
      )}
      {shown && <Told told={shown} />}
    </section>
  );
}

function Told({ told }: { readonly told: DeskTold }): ReactElement {
  const more = told.count - told.items.length;
  return (
    <>
      <ul className="duty-list">
        {told.items.map((item) => (
          <li key={item.id}>
            {item.level && <LevelTag level={item.level} />}
            <div className="duty-words">
              <ChangeLink item={item} />
              <span className="quiet">{item.text}</span>
            </div>
            <div className="duty-side">
              <TimeText at={item.at} />
            </div>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="panel-body quiet">{LOOK_TEXT.more(more)}</p>}
    </>
  );
}

function ChangeLink({ item }: { readonly item: DeskChange }): ReactElement {
  const params = { id: String(item.id) };
  switch (item.change) {
    case 'overdue':
      return (
        <Link to="/orders/$id" params={params} className="row-link">
          {item.name}
        </Link>
      );
    case 'quiet':
      return (
        <Link to="/operations" search={{ fault: item.id }} className="row-link">
          {item.name}
        </Link>
      );
    case 'raised':
    case 'upgraded':
    case 'normal':
      return (
        <Link to="/warnings/$id" params={params} className="row-link">
          {item.name}
        </Link>
      );
    default:
      return item.change satisfies never;
  }
}
