import { useEffect } from 'react';

interface CardKeys {
  readonly choose: () => void;
  readonly acknowledge: () => void;
}

/** x chooses the current card, a acknowledges it; fields, menus and dialogs keep their keys. */
export function useCardKeys({ choose, acknowledge }: CardKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const { target } = event;
      if (
        target instanceof HTMLElement &&
        target.closest('input:not([type="checkbox"]), textarea, select, [role="combobox"], [role="dialog"]')
      )
        return;
      if (event.key === 'x') choose();
      else if (event.key === 'a') acknowledge();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [choose, acknowledge]);
}
