import { waterOf } from './fine-fuel-moisture.ts';

/** 初始蔓延指数 from the litter's moisture and the wind (km/h); equations 24–26 of Van Wagner (1987). */
export function isi(ffmc: number, wind: number): number {
  const water = waterOf(ffmc);
  const fuel = 91.9 * Math.exp(-0.1386 * water) * (1 + water ** 5.31 / 4.93e7);
  return 0.208 * Math.exp(0.05039 * wind) * fuel;
}
