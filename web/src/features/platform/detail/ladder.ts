import type { PlatformName, PlatformSetting } from '#contract/platform';

/** One rung: the default, or a platform on the way down that has set a value or lets it pass. */
export interface Rung {
  /** Absent for the default. */
  readonly code?: string;
  readonly name?: string;
  readonly here: boolean;
  readonly set: boolean;
  readonly value: PlatformSetting['value'];
  /** The value of this rung is the one that holds here. */
  readonly holds: boolean;
  readonly setBy?: string;
  readonly setAt?: number;
}

/** The whole way of a value: the default on top, then every platform of the path, the last being the one that is shown. */
export function ladderOf(setting: PlatformSetting, path: readonly PlatformName[]): readonly Rung[] {
  const top: Rung = {
    here: false,
    set: true,
    value: setting.default,
    holds: setting.from === null,
  };
  const rungs = path.map(({ code, name }, i): Rung => {
    const own = setting.chain.find((link) => link.platform.code === code);
    return {
      code,
      name,
      here: i === path.length - 1,
      set: own !== undefined,
      value: own?.value ?? null,
      holds: setting.from?.code === code,
      ...(own ? { setBy: own.setBy, setAt: own.setAt } : {}),
    };
  });
  return [top, ...rungs];
}
