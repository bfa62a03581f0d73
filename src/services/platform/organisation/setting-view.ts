import type { PlatformName, PlatformSetting } from '#contract/platform';
import {
  resolveSetting,
  type SettingKey,
  SETTINGS,
  type SettingStep,
  type SettingValue,
} from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A value that stands at a platform on the way from the root; `own` at the platform that was asked for. */
interface Link extends SettingStep<PlatformName> {
  readonly key: string;
  readonly own: boolean;
  readonly setBy: string;
  readonly setAt: number;
}

/** Everything set from the root down to a platform. What is set above holds below, so it may be read below. */
export async function loadChain(tx: Tx, platform: number): Promise<readonly Link[]> {
  const { rows } = await sql<{
    depth: number;
    code: string;
    name: string;
    kind: PlatformName['kind'];
    key: string;
    value: unknown;
    set_by: string;
    set_at: number;
  }>`select depth, code, name, kind, key, value, set_by, set_at from settings_above(${platform}::int) where key is not null`.execute(
    tx,
  );
  return rows.map(({ depth, code, name, kind, key, value, set_by, set_at }) => ({
    where: { code, name, kind },
    key,
    value,
    own: depth === 0,
    setBy: set_by,
    setAt: set_at,
  }));
}

export function showSetting(key: SettingKey, chain: readonly Link[], maySet: boolean): PlatformSetting {
  const definition = SETTINGS[key];
  const steps = chain.filter((link) => link.key === key);
  const { value, from } = resolveSetting(key, steps);
  const bounds = resolveSetting(
    key,
    steps.filter(({ own }) => !own),
  );
  const hasOwn = steps.some(({ own }) => own);
  return {
    key,
    label: definition.label,
    unit: definition.type === 'number' ? definition.unit : null,
    help: definition.help,
    type: definition.type,
    value: asJson(value),
    default: asJson(definition.default),
    min: bounds.min,
    max: bounds.max,
    tightenOnly: definition.type === 'number' && definition.tightenOnly,
    from,
    chain: steps.map(({ where, value, setBy, setAt }) => ({
      platform: where,
      value: value as PlatformSetting['value'],
      setBy,
      setAt,
    })),
    allowedActions: maySet ? ['set', ...(hasOwn ? (['clear'] as const) : [])] : [],
  };
}

function asJson(value: SettingValue): PlatformSetting['value'] {
  return typeof value === 'object' ? [...value] : value;
}
