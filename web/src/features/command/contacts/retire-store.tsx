import { commandRoutes, type Store } from '#contract/command';
import { App } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { CONTACTS_TEXT as WORDS } from './text.ts';

/** Takes an emergency store out of use, once it was asked whether that is meant. */
export function RetireStore({ store }: { readonly store: Store }): ReactElement {
  const { message, modal } = App.useApp();
  const update = useAct(commandRoutes.updateStore);
  const { id, name, address, lat, lon, keeper, items, checkedAt, note, version } = store;
  const retire = async (): Promise<void> => {
    const kept = { name, address, lat, lon, items, checkedAt, note, version };
    try {
      await update.mutateAsync({
        params: { id },
        body: { ...kept, keeper: keeper?.id ?? null, retired: true },
      });
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
  };
  const ask = (): void =>
    void modal.confirm({
      title: WORDS.retireSure(name),
      okText: WORDS.retire,
      okButtonProps: { danger: true },
      cancelText: TEXT.cancel,
      onOk: retire,
    });
  return (
    <button type="button" className="text-button" onClick={ask}>
      {WORDS.retire}
    </button>
  );
}
