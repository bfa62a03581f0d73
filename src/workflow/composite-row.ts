import { type CompositeReach, type CompositeSign, SIGN_LEVELS, type StandardFile } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { basisText, durationText } from './standard-text.ts';

interface Aspect {
  readonly field: string;
  readonly label: string;
  readonly value: unknown;
  readonly text: string;
}

/** What a composite sign says, as it is compared with another version of itself. */
export function compositeAspects(composite: CompositeSign, file: StandardFile): readonly Aspect[] {
  const { name, item, element, levels, within, offDelaySeconds, basis } = composite;
  const called = (rows: readonly { readonly code: string; readonly name: string }[], code: string): string =>
    rows.find((row) => row.code === code)?.name ?? code;
  const aspect = (field: string, label: string, value: unknown, text: string): Aspect => ({
    field,
    label,
    value,
    text,
  });
  return [
    aspect('name', '名称', name, name),
    aspect('item', '预警事项', item, called(file.items, item)),
    aspect('element', '设在', element, called(file.elements, element)),
    aspect('within', '看哪些对象', within, withinText(within)),
    ...SIGN_LEVELS.flatMap((level) => {
      const cell = levels[level];
      if (!cell) return [];
      const color = LEVEL_TEXT[level];
      const { when, onDelaySeconds: delay } = cell;
      return [
        aspect(`levels.${level}.when`, `${color}条件`, when, when),
        aspect(`levels.${level}.onDelaySeconds`, `${color}持续时间`, delay, durationText(delay)),
        ...(cell.basis
          ? [aspect(`levels.${level}.basis`, `${color}制订依据`, cell.basis, basisText(cell.basis))]
          : []),
      ];
    }),
    aspect('offDelaySeconds', '恢复延时', offDelaySeconds, durationText(offDelaySeconds)),
    aspect('basis', '制订依据', basis, basisText(basis)),
  ];
}

function withinText({ sameObject, linked, sameTown, radiusMeters, windowSeconds }: CompositeReach): string {
  const parts = [
    ...(sameObject === true ? ['仅本对象'] : []),
    ...(linked === true ? ['关联对象'] : []),
    ...(sameTown === true ? ['同一街镇'] : []),
    ...(radiusMeters === undefined ? [] : [`${radiusMeters} 米以内`]),
    ...(windowSeconds === undefined ? [] : [`只计 ${durationText(windowSeconds)}内出现的`]),
  ];
  return parts.length === 0 ? '全区' : parts.join('、');
}
