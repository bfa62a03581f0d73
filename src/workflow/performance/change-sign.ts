import type { Sign } from '#model/standard';
import type { SignProposal } from '#model/warning';

/** The sign as a proposal would have it; what it does not name stays. */
export function changeSign(sign: Sign, change: SignProposal): Sign {
  if (change.field === 'deadband') return { ...sign, deadband: change.to };
  const levels = { ...sign.levels };
  for (const level of change.levels) {
    const cell = levels[level];
    if (cell && cell.onDelaySeconds < change.to) levels[level] = { ...cell, onDelaySeconds: change.to };
  }
  return { ...sign, levels };
}
