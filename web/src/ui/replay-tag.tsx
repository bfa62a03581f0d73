import type { ReplaySession } from '#contract/monitoring';
import type { ReactElement } from 'react';

import { useSessionKind } from '../app/replay.ts';

/** 回放: the readings behind it are a recording's, not today's. */
export function ReplayTag(): ReactElement {
  return (
    <span className="origin-tag" title="来自历史录制数据的回放，不是现在发生的">
      回放
    </span>
  );
}

/** 演练: it belongs to a drill; people act on it as if it were real. */
export function DrillTag(): ReactElement {
  return (
    <span className="origin-tag" title="演练，不是真实发生的；请按规定处置">
      演练
    </span>
  );
}

/** 回放 or 演练, by what plays in its session. */
export function SessionTag({ kind }: { readonly kind: ReplaySession['kind'] }): ReactElement {
  return kind === 'drill' ? <DrillTag /> : <ReplayTag />;
}

function TagOfSession({ session }: { readonly session: number }): ReactElement {
  return <SessionTag kind={useSessionKind(session)} />;
}

/** 模拟: the object or device is made up for practice. */
export function SimulatedTag(): ReactElement {
  return (
    <span className="origin-tag" title="模拟的对象或设备，不是真实的">
      模拟
    </span>
  );
}

/** Both, where they apply. Shown wherever such a row is shown. */
export function OriginTags({
  replaySession,
  simulated,
}: {
  readonly replaySession?: number | null;
  readonly simulated?: boolean;
}): ReactElement | null {
  if (!simulated && (replaySession === null || replaySession === undefined)) return null;
  return (
    <span className="origin-tags">
      {replaySession !== null && replaySession !== undefined && <TagOfSession session={replaySession} />}
      {simulated === true && <SimulatedTag />}
    </span>
  );
}
