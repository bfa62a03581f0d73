import { MutedOutlined, SoundOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { SOUND_TEXT } from '../text.ts';
import type { Sound } from './use-sound.ts';

/** Whether this browser sounds, always to be seen; and a way to hear it where the browser keeps it back. */
export function SoundSwitch({ sound }: { readonly sound: Sound }): ReactElement {
  const { state, practice, turn, practise } = sound;
  return (
    <span className="sound-switch">
      <Button
        icon={state === 'on' ? <SoundOutlined aria-hidden /> : <MutedOutlined aria-hidden />}
        aria-pressed={state !== 'off'}
        type={state === 'blocked' ? 'primary' : 'default'}
        onClick={() => turn(state !== 'on')}
      >
        {SOUND_TEXT[state]}
      </Button>
      {state === 'on' && (
        <label className="sound-practice">
          <input type="checkbox" checked={practice} onChange={({ target }) => practise(target.checked)} />{' '}
          {SOUND_TEXT.practice}
        </label>
      )}
    </span>
  );
}
