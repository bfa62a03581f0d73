import { commandRoutes, type Roster } from '#contract/command';
import { App, Button } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { rosterBody, startRoster } from './roster-draft.ts';
import { ROSTER_TEXT as WORDS } from './text.ts';

/** Takes a roster out of use, once it was asked whether that is meant. */
export function RetireRoster({
  roster,
  onDone,
}: {
  readonly roster: Roster;
  readonly onDone: () => void;
}): ReactElement {
  const { message, modal } = App.useApp();
  const update = useAct(commandRoutes.updateRoster, onDone);
  const { id, calendar, version } = roster;
  const retire = async (): Promise<void> => {
    try {
      const body = { ...rosterBody(startRoster(roster, undefined)), calendar, version, retired: true };
      await update.mutateAsync({ params: { id }, body });
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
  };
  const ask = (): void =>
    void modal.confirm({
      title: WORDS.retireSure(`${roster.platform.name} ${roster.name}`),
      content: WORDS.retireHint,
      okText: WORDS.retire,
      okButtonProps: { danger: true },
      cancelText: TEXT.cancel,
      onOk: retire,
    });
  return <Button onClick={ask}>{WORDS.retire}</Button>;
}
