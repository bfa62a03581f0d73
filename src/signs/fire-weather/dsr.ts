/** 日火险严重度: the work of holding a fire grows faster than the index; equation 31 of Van Wagner (1987). */
export function dsr(fwi: number): number {
  return 0.0272 * fwi ** 1.77;
}
