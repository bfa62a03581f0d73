import type { ReactElement } from 'react';

/** 回放: the readings behind it are a recording's, not today's. */
export function ReplayTag(): ReactElement {
  return (
    <span className="origin-tag" title="来自历史录制数据的回放，不是现在发生的">
      回放
    </span>
  );
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
      {replaySession !== null && replaySession !== undefined && <ReplayTag />}
      {simulated === true && <SimulatedTag />}
    </span>
  );
}
