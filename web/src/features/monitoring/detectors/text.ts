import { formatDuration, formatNumber } from '../../../app/format.ts';

/** `3 天、4,320 条`. */
const known = (ms: number, readings: number): string =>
  `${formatDuration(ms)}、${formatNumber(readings)} 条读数`;

export const LEARNT_TEXT = {
  label: '自身历史',
  learning: (ms: number, readings: number, lackingMs: number) =>
    `学习中，已学 ${known(ms, readings)}，还需约 ${formatDuration(lackingMs)}；这期间不报警`,
  spans: '罕见或与自身历史不符的时段',
  stillSo: '仍在继续',
  ordinary: (ms: number, readings: number) => `已学 ${known(ms, readings)}，最新读数寻常`,
} as const;
