import { readFileSync } from 'node:fs';
import os from 'node:os';

/** One measured figure, printed as a JSON line. `ratio` is ours beside the peer's, above 1 where ours is the better. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peer_value?: number;
  readonly ratio?: number;
  readonly note: string;
}

export function print(measured: Measured): void {
  const { name, value, unit, peer = null, peer_value = null, ratio = null, note } = measured;
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'CPU'}`;
  process.stdout.write(
    `${JSON.stringify({ name, value, unit, peer, peer_value, ratio, note: `${note}；${machine}` })}\n`,
  );
}

const TICKS_PER_SECOND = 100;

/** CPU seconds a process has used so far, with those of its threads; from the kernel's own account. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The value at a share of sorted figures: 0.99 is the 99th percentile. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
