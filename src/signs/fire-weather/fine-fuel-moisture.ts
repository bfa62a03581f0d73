/**
 * The FF scale of Van Wagner (1987) between the moisture code of fine fuel and its water (% of dry weight): code 0 is 250 %, code
 * 101 is bone-dry. The constant follows from that; the report prints it as 147.2.
 */
const SCALE = (250 * 59.5) / 101;

export function waterOf(ffmc: number): number {
  return (SCALE * (101 - ffmc)) / (59.5 + ffmc);
}

export function codeOfWater(water: number): number {
  return (59.5 * (250 - water)) / (SCALE + water);
}
