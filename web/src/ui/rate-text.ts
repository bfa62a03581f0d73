import { formatNumber } from '../app/format.ts';

/** `97.5 %`; a dash where there is nothing to divide by. Never rounded up to whole: 99.96 % is not 100 %. */
export function rateText(rate: number | null): string {
  return rate === null ? '—' : `${formatNumber(Math.floor(rate * 1000) / 10)} %`;
}
