import {
  type DataReason,
  dataReason,
  doubtAfter,
  DOUBT_GOOD,
  DOUBT_POOR,
  isSuspect,
  QUALITY,
  type QualityMark,
} from '#model/monitoring';

const MINUTE = 60_000;
const DAY = 86_400_000;
const BEIJING = 8 * 3_600_000;
/** As live: a value is fresh for three periods, and never less than five minutes; silence is the same. */
const PERIODS = 3;
const SHORTEST = 5 * MINUTE;
/** A source slower than its element is fresh for one and a half of its own intervals. */
const INTERVALS = 1.5;

/** Why the data of a point was poor, by the recording's clock (epoch ms); `to` undefined: until the end. */
export interface Finding {
  readonly reason: DataReason;
  readonly from: number;
  readonly to: number | undefined;
}

/** What a recording shows of one point. Durations in ms. */
export interface PointQuality {
  readonly received: number;
  readonly suspect: number;
  readonly marks: ReadonlyMap<QualityMark, number>;
  /** Null for what is event driven. */
  readonly expected: number | null;
  readonly arrived: number;
  readonly onlineMs: number;
  readonly requiredMs: number;
  /** Silences that would have been the fault 设备无报文 live. */
  readonly gaps: number;
  readonly longestGap: number;
  readonly findings: readonly Finding[];
}

/**
 * Looks over the readings of one point as the watch over quality does it live: figures by day, findings once a minute of the
 * recording's clock, silences of more than three periods.
 */
export class PointReview {
  readonly #period: number;
  readonly #marks = new Map<QualityMark, number>();
  readonly #days = new Map<number, number>();
  readonly #findings: Finding[] = [];
  #received = 0;
  #suspect = 0;
  #first = 0;
  #last = 0;
  #interval = 0;
  #onlineMs = 0;
  #gaps = 0;
  #longestGap = 0;
  #doubt = 0;
  #doubted: DataReason | undefined;
  #open: { readonly reason: DataReason; readonly from: number } | undefined;

  /** `period` of the element in ms; 0 for what events tell. */
  constructor(period: number) {
    this.#period = period;
  }

  /** The next reading in order of time, at `at` (epoch ms). */
  add(at: number, marks: readonly QualityMark[]): void {
    if (this.#received === 0) this.#first = at;
    else this.#pass(at);
    this.#received += 1;
    this.#last = at;
    const day = Math.floor((at + BEIJING) / DAY);
    this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
    let bits = 0;
    for (const mark of marks) {
      this.#marks.set(mark, (this.#marks.get(mark) ?? 0) + 1);
      bits |= QUALITY[mark];
    }
    const suspect = isSuspect(bits);
    if (suspect) {
      this.#suspect += 1;
      this.#doubted = dataReason(bits) ?? this.#doubted;
    }
    this.#doubt = doubtAfter(this.#doubt, suspect);
  }

  result(): PointQuality {
    const open = this.#open && [{ ...this.#open, to: undefined }];
    return {
      received: this.#received,
      suspect: this.#suspect,
      marks: this.#marks,
      ...this.#expected(),
      onlineMs: this.#onlineMs,
      requiredMs: this.#period === 0 ? 0 : this.#last - this.#first,
      gaps: this.#gaps,
      longestGap: this.#longestGap,
      findings: [...this.#findings, ...(open ?? [])],
    };
  }

  /** Time between two readings: fresh for a while, then silent; and the watch looks once a minute. */
  #pass(at: number): void {
    const since = at - this.#last;
    if (Math.floor(at / MINUTE) !== Math.floor(this.#last / MINUTE)) this.#look(at);
    if (this.#period > 0) {
      const fresh = Math.max(SHORTEST, PERIODS * this.#period, INTERVALS * this.#interval);
      this.#onlineMs += Math.min(since, fresh);
      if (since > Math.max(SHORTEST, PERIODS * Math.max(this.#period, this.#interval))) {
        this.#gaps += 1;
        this.#longestGap = Math.max(this.#longestGap, since);
      }
    }
    this.#interval = since;
  }

  #look(at: number): void {
    if (this.#open && this.#doubt < DOUBT_GOOD) {
      this.#findings.push({ ...this.#open, to: at });
      this.#open = undefined;
    } else if (!this.#open && this.#doubt > DOUBT_POOR && this.#doubted !== undefined)
      this.#open = { reason: this.#doubted, from: at };
  }

  #expected(): Pick<PointQuality, 'expected' | 'arrived'> {
    if (this.#period === 0) return { expected: null, arrived: 0 };
    let expected = 0;
    let arrived = 0;
    const first = Math.floor((this.#first + BEIJING) / DAY);
    for (let day = first; day * DAY - BEIJING <= this.#last; day += 1) {
      const from = Math.max(this.#first, day * DAY - BEIJING);
      const to = Math.min(this.#last, (day + 1) * DAY - BEIJING);
      const ofDay = Math.floor((to - from) / this.#period);
      expected += ofDay;
      arrived += Math.min(ofDay, this.#days.get(day) ?? 0);
    }
    return { expected, arrived };
  }
}
