import { Button } from 'antd';
import type { ReactElement } from 'react';

import { CallError } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { ADOPT_TEXT } from './text.ts';

interface TakenProps {
  readonly error: Error;
  readonly onTake: () => void;
}

/** Why a device could not be written; where another device has its points, they can be taken from it. */
export function Taken({ error, onTake }: TakenProps): ReactElement {
  return (
    <>
      <Failure error={error} />
      {error instanceof CallError && error.code === 'point.taken' && (
        <Button danger onClick={onTake}>
          {ADOPT_TEXT.taken}
        </Button>
      )}
    </>
  );
}
