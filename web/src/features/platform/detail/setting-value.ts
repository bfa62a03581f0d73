import type { PlatformSetting } from '#contract/platform';

import { SETTING_TEXT } from './text.ts';

type Bounded = Pick<PlatformSetting, 'type' | 'min' | 'max' | 'unit'>;

/** `5–30 分钟`, or nothing where there are no bounds. */
export function boundsText({ min, max, unit }: Bounded): string | undefined {
  const say = (value: number): string => (unit === null ? String(value) : `${value} ${unit}`);
  if (min !== null && max !== null) return SETTING_TEXT.bounds(String(min), say(max));
  if (min !== null) return SETTING_TEXT.atLeast(say(min));
  return max === null ? undefined : SETTING_TEXT.atMost(say(max));
}

/** A value as it is typed: a list line by line. */
export function editText(value: PlatformSetting['value']): string {
  if (Array.isArray(value))
    return value.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

/** What was typed as the value to send, or what is wrong with it. */
export function readSetting(
  setting: Bounded,
  text: string,
): { readonly value: PlatformSetting['value'] } | { readonly fault: string } {
  if (setting.type === 'list') {
    const lines = text.split('\n').map((line) => line.trim());
    return { value: lines.filter((line) => line !== '') };
  }
  if (setting.type === 'text') return { value: text.trim() };
  const value = /^-?\d+$/u.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  if (!Number.isSafeInteger(value)) return { fault: SETTING_TEXT.badNumber };
  const { min, max } = setting;
  if ((min !== null && value < min) || (max !== null && value > max)) {
    return { fault: SETTING_TEXT.outOfBounds(boundsText(setting) ?? '') };
  }
  return { value };
}
