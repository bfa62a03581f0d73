import type { DutyDesk } from '#contract/command';
import { useEffect, useRef, useState } from 'react';

import { newLevel, redRings } from './ringing.ts';
import { Tones } from './tones.ts';

/** `blocked`: wanted, but the browser lets no page sound before it was touched. */
type SoundState = 'off' | 'on' | 'blocked';

export interface Sound {
  readonly state: SoundState;
  readonly practice: boolean;
  readonly turn: (on: boolean) => void;
  readonly practise: (practice: boolean) => void;
}

interface Kept {
  readonly on: boolean;
  readonly practice: boolean;
}

const KEPT = 'puan-sound';
const RED_AGAIN_MS = 10_000;

function readKept(): Kept {
  const [on, practice] = (localStorage.getItem(KEPT) ?? '').split(' ');
  return { on: on === 'on', practice: practice === 'practice' };
}

function keep({ on, practice }: Kept): void {
  localStorage.setItem(KEPT, `${on ? 'on' : 'off'} ${practice ? 'practice' : ''}`);
}

/** Sound by level for the desk and the wall: once for what is new, again and again for red that nobody has acknowledged. */
export function useSound(desk: DutyDesk | undefined): Sound {
  const [kept, setKept] = useState(readKept);
  const [open, setOpen] = useState(false);
  const [tones] = useState(() => new Tones());
  const { on, practice } = kept;
  const wish = (next: Kept): void => {
    keep(next);
    setKept(next);
  };

  useEffect(() => {
    // Somebody may have allowed it before: then it sounds without a touch.
    if (on) void tones.open().then(setOpen);
    return () => tones.close();
  }, [on, tones]);

  const before = useRef<DutyDesk>(undefined);
  useEffect(() => {
    if (!desk || desk.past) return;
    const level = newLevel(before.current?.warnings, desk.warnings, { practice });
    before.current = desk;
    if (on && level) tones.play(level);
  }, [desk, on, practice, tones]);

  const rings = on && desk !== undefined && !desk.past && redRings(desk.warnings, { practice });
  useEffect(() => {
    if (!rings) return undefined;
    const again = setInterval(() => tones.play('red'), RED_AGAIN_MS);
    return () => clearInterval(again);
  }, [rings, tones]);

  return {
    state: on ? (open ? 'on' : 'blocked') : 'off',
    practice,
    turn: (next) => {
      wish({ ...kept, on: next });
      if (next) void tones.open().then(setOpen);
    },
    practise: (next) => wish({ ...kept, practice: next }),
  };
}
