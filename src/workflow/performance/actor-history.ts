import type { Level } from '#model/warning';

/** One alarm of a sign at a point; moments are epoch ms. */
export interface Episode {
  readonly raisedAt: number;
  /** Null while it stands. */
  readonly normalAt: number | null;
  /** 1 = blue … 4 = red. */
  readonly peakLevel: number;
  /** How far past the limit it went at most, in the sign's unit; null where that is not known. */
  readonly excursion: number | null;
  /** How far back from the limit the value fell before the next alarm; null where that is not known. */
  readonly returned: number | null;
}

/** What a sign at a point has done in a stretch of time, and what a proposal has to know beside it. */
export interface ActorHistory {
  readonly from: number;
  readonly to: number;
  /** Oldest first. */
  readonly episodes: readonly Episode[];
  /** As it holds now; null where it cannot be changed this way (复合体征, or no longer in the standard). */
  readonly sign: ActorSign | null;
  /** How often the point is sampled, at its densest; 0 where it speaks by events. */
  readonly periodSeconds: number;
  /** Width of what the element can measure; null where there is no such check. */
  readonly range: number | null;
  /** Share of its readings that were suspect; null where it sent none. */
  readonly suspectShare: number | null;
  /** What was found wrong with its data. */
  readonly findings: readonly string[];
}

export interface ActorSign {
  readonly unit: string;
  /** Compares how long nothing has been heard. */
  readonly isSilence: boolean;
  /** Compares numbers, not states. */
  readonly isNumeric: boolean;
  readonly deadband: number;
  readonly offDelaySeconds: number;
  /** The mildest first. */
  readonly levels: readonly { readonly level: Level; readonly onDelaySeconds: number }[];
}

const REPEAT_MS = 15 * 60_000;

/** Those that were raised again within a quarter of an hour of their end: crossings of one swing, not new events. */
export function repeatsOf({ episodes }: ActorHistory): readonly Episode[] {
  return episodes.filter(({ normalAt }, i) => {
    const next = episodes[i + 1];
    return normalAt !== null && next !== undefined && next.raisedAt - normalAt <= REPEAT_MS;
  });
}
