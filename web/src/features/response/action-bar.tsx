import type { WorkOrderDetail } from '#contract/response';
import { REQUIREMENTS, type WorkOrderAction } from '#model/response';
import { Alert, Button, Dropdown } from 'antd';
import { type ReactElement, useState } from 'react';

import { ActionDialog, type Allowed } from './action-dialog.tsx';
import { takePlace } from './place.ts';
import { TEXT } from './text.ts';
import type { Advance } from './use-advance.ts';
import type { DraftHold } from './use-draft.ts';
import type { Photos } from './use-photos.ts';

/** Ways aside, shown smaller than the way forward. */
const ASIDE: readonly WorkOrderAction[] = [
  'feed-back',
  'reject',
  'take-back',
  'suspend',
  'refuse-suspension',
  'send-back',
  'reopen',
];
/** Ways that few orders go: behind one button, so that the way forward stays at the thumb. */
const RARE: readonly WorkOrderAction[] = [
  'transfer',
  'ask-suspension',
  'analyse',
  'merge',
  'waive',
  'close-false-alarm',
];
/** Where it matters where one stood. */
const PLACED: readonly WorkOrderAction[] = ['arrive'];

interface ActionBarProps {
  readonly order: WorkOrderDetail;
  readonly hold: DraftHold;
  readonly photos: Photos;
  readonly advance: Advance;
}

/** What the server allows the reader to do now: at the head of the desk page, at the thumb on the phone. */
export function ActionBar({ order, hold, photos, advance }: ActionBarProps): ReactElement | null {
  const [asked, setAsked] = useState<Allowed>();
  const [placing, setPlacing] = useState<WorkOrderAction>();
  const busy = advance.isPending || placing !== undefined;
  const aside = order.allowedActions.filter(({ action }) => ASIDE.includes(action));
  const rare = order.allowedActions.filter(({ action }) => RARE.includes(action));
  const forward = order.allowedActions.filter(
    ({ action }) => !ASIDE.includes(action) && !RARE.includes(action),
  );
  const running = placing ?? (advance.isPending ? advance.variables.action : undefined);

  const handIn = async (action: WorkOrderAction): Promise<void> => {
    let location: Awaited<ReturnType<typeof takePlace>>;
    if (PLACED.includes(action)) {
      setPlacing(action);
      location = await takePlace();
      setPlacing(undefined);
    }
    advance.mutate(
      { action, location },
      {
        onSuccess: () => {
          setAsked(undefined);
          // What the order has become stands at the head of the page.
          window.scrollTo({ top: 0 });
        },
      },
    );
  };
  const press = (allowed: Allowed): void => {
    advance.reset();
    if (allowed.requires.length > 0) setAsked(allowed);
    else void handIn(allowed.action);
  };
  const buttons = (list: readonly Allowed[], main: boolean): ReactElement[] =>
    list.map((allowed, i) => (
      <Button
        key={allowed.action}
        size="large"
        type={main && i === 0 ? 'primary' : 'default'}
        className={main && i === 0 ? 'action-main' : 'action-aside'}
        disabled={busy && running !== allowed.action}
        loading={running === allowed.action && busy}
        onClick={() => press(allowed)}
      >
        {allowed.text}
      </Button>
    ));
  if (order.allowedActions.length === 0 && !advance.error) return null;
  return (
    <div className="action-bar" role="group" aria-label="可以做的事">
      {advance.error && !asked && <Alert type="error" showIcon role="alert" title={advance.error.message} />}
      {placing && (
        <span className="quiet" role="status">
          {TEXT.placeAsking}
        </span>
      )}
      <div className="action-buttons">
        {buttons(aside, false)}
        <RareActions rare={rare} busy={busy} press={press} />
        {buttons(forward, true)}
      </div>
      {asked && (
        <ActionDialog
          order={order}
          allowed={asked}
          requires={REQUIREMENTS.filter((requirement) => asked.requires.includes(requirement))}
          hold={hold}
          photos={photos}
          advance={advance}
          onSubmit={() => void handIn(asked.action)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function RareActions(props: {
  readonly rare: readonly Allowed[];
  readonly busy: boolean;
  readonly press: (allowed: Allowed) => void;
}): ReactElement | null {
  const { rare, busy, press } = props;
  if (rare.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      disabled={busy}
      menu={{
        items: rare.map((allowed) => ({
          key: allowed.action,
          label: allowed.text,
          onClick: () => press(allowed),
        })),
      }}
    >
      <Button size="large" className="action-aside">
        {TEXT.more}
      </Button>
    </Dropdown>
  );
}
