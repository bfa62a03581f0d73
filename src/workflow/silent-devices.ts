/** A device as the watch over silence sees it. Times are epoch ms. */
export interface HeardDevice {
  /** `protocol/code`. */
  readonly key: string;
  readonly line: string;
  readonly heardAt: number;
  /** How often it should speak: the shortest period of its points, or its own slower rhythm (ms). */
  readonly periodMs: number;
}

export interface Silence<Device extends HeardDevice> {
  /** Lines that have gone quiet as a whole, with how many of their devices are silent. */
  readonly lines: readonly {
    readonly line: string;
    readonly silent: readonly Device[];
    readonly of: number;
  }[];
  /** Silent devices on lines that speak. */
  readonly devices: readonly Device[];
}

/** Three of its own periods, and never less than five minutes: a second's period must not make a storm. */
const PERIODS = 3;
const SHORTEST_MS = 5 * 60_000;
/** A line is silent as a whole from so many silent devices on, when they are this share of it. */
const LINE_DEVICES = 3;
const LINE_SHARE = 0.8;

/**
 * Who has not been heard for three of its own periods. Silence is counted from the moment we began to listen: a restart
 * of ours is nobody's silence. A line that is quiet as a whole is one finding, not one for each of its devices.
 */
export function silentDevices<Device extends HeardDevice>(
  devices: readonly Device[],
  listening: { readonly since: number; readonly now: number },
): Silence<Device> {
  const lines: { line: string; silent: readonly Device[]; of: number }[] = [];
  const alone: Device[] = [];
  for (const [line, all] of Map.groupBy(devices, (one) => one.line)) {
    const silent = all.filter((one) => isSilent(one, listening));
    if (silent.length >= LINE_DEVICES && silent.length >= LINE_SHARE * all.length) {
      lines.push({ line, silent, of: all.length });
    } else alone.push(...silent);
  }
  return { lines, devices: alone };
}

function isSilent(
  { heardAt, periodMs }: HeardDevice,
  { since, now }: { readonly since: number; readonly now: number },
): boolean {
  return now - Math.max(heardAt, since) > Math.max(SHORTEST_MS, PERIODS * periodMs);
}
