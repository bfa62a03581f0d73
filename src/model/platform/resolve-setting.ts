import {
  type ListSetting,
  type NumberSetting,
  type SettingDefinition,
  type SettingKey,
  SETTINGS,
  type SettingValue,
} from './setting-keys.ts';

/** A value set at one platform on the way from the root. */
export interface SettingStep<Where> {
  readonly where: Where;
  readonly value: unknown;
}

export interface ResolvedSetting<Where> {
  readonly value: SettingValue;
  /** Where the value that holds was set; null when it is the default. */
  readonly from: Where | null;
  /** Bounds for a value set below these steps; null for texts and lists. */
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * What holds after these steps, from the root down: the lowest value; for limits that may only be tightened, the
 * strictest of all, so that one set higher up later holds below at once. Values of an older shape are passed over.
 */
export function resolveSetting<Where>(
  key: SettingKey,
  steps: readonly SettingStep<Where>[],
): ResolvedSetting<Where> {
  const definition: SettingDefinition = SETTINGS[key];
  let value: SettingValue = definition.default;
  let from: Where | null = null;
  for (const step of steps) {
    if (faultOf(definition, step.value) !== null) continue;
    const given = step.value as SettingValue;
    if (isTighter(definition) && from !== null && Number(given) > Number(value)) continue;
    value = given;
    from = step.where;
  }
  if (definition.type !== 'number') return { value, from, min: null, max: null };
  const max = definition.tightenOnly && from !== null ? Number(value) : definition.max;
  return { value, from, min: definition.min, max };
}

/** Why a value cannot be set under these steps, as a sentence; null when it can. */
export function settingFault(
  key: SettingKey,
  value: unknown,
  above: readonly SettingStep<unknown>[],
): string | null {
  const definition: SettingDefinition = SETTINGS[key];
  const fault = faultOf(definition, value);
  if (fault !== null || definition.type !== 'number') return fault;
  const { max } = resolveSetting(key, above);
  return max !== null && Number(value) > max
    ? `“${definition.label}”上级定为 ${max} ${definition.unit}，本级只能更严，不能超过它`
    : null;
}

function isTighter(definition: SettingDefinition): boolean {
  return definition.type === 'number' && definition.tightenOnly;
}

function faultOf(definition: SettingDefinition, value: unknown): string | null {
  if (definition.type === 'number') return numberFault(definition, value);
  if (definition.type === 'list') return listFault(definition, value);
  const fits = typeof value === 'string' && definition.pattern.test(value);
  return fits ? null : `“${definition.label}”须${definition.shape}`;
}

function listFault({ label, most, longest }: ListSetting, value: unknown): string | null {
  const fits =
    Array.isArray(value) &&
    value.length <= most &&
    value.every((one) => typeof one === 'string' && one.trim() !== '' && one.length <= longest);
  return fits ? null : `“${label}”须是文字列表，最多 ${most} 行，每行 1–${longest} 个字`;
}

function numberFault({ label, unit, min, max }: NumberSetting, value: unknown): string | null {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
    ? null
    : `“${label}”须是 ${min}–${max} 的整数（${unit}）`;
}
