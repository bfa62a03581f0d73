import {
  COMMAND_CODES,
  type Frame,
  parseBody,
  parseStationTime,
  parseTimeStep,
  timeStepMs,
} from '#protocols/sl651';

import { gaugePicture } from './gauge-picture.ts';
import {
  elementsBody,
  type ElementValue,
  manualBody,
  pictureBody,
  shortBody,
  uniformBody,
} from './sl651-report.ts';

/** Reports a virtual station keeps for questions about the past. */
const KEPT = 10_000;
/** Values an answer about the past may have. */
const MOST_VALUES = 500;
const RIVER_LEVEL = '39';

interface Asked {
  readonly serial: number;
  readonly station: string;
  readonly now: () => number;
  readonly setAhead: (ms: number) => void;
}

/** What a virtual station has measured, and the answers it gives out of it. */
export class Sl651Memory {
  readonly #reports = new Map<number, readonly ElementValue[]>();
  #typed = '';

  remember(observedAt: number, elements: readonly ElementValue[]): void {
    this.#reports.set(Math.floor(observedAt / 60_000) * 60_000, elements);
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > KEPT && oldest !== undefined) this.#reports.delete(oldest);
  }

  /** What somebody has typed at the station. */
  type(text: string): void {
    this.#typed = text;
  }

  /** Metres; what the camera sees of the newest report. */
  get #level(): number {
    const [, elements = []] = [...this.#reports].at(-1) ?? [];
    return elements.find(({ id }) => id === RIVER_LEVEL)?.value ?? 0;
  }

  /** The body of the answer; undefined for what it does not understand, which is not answered (6.3.1.2 d). */
  answer(command: Frame, asked: Asked): Uint8Array | undefined {
    const told = { serial: asked.serial, sentAt: asked.now() };
    switch (command.code) {
      case COMMAND_CODES['query-now']: {
        const [at, elements] = [...this.#reports].at(-1) ?? [asked.now(), []];
        return elementsBody(told, asked.station, at, elements);
      }
      case COMMAND_CODES['query-picture']:
        return pictureBody(told, asked.station, asked.now(), gaugePicture(this.#level));
      case COMMAND_CODES['query-text']:
        return manualBody(told, this.#typed);
      case COMMAND_CODES['query-period']:
        return this.#past(command, asked);
      case COMMAND_CODES['set-clock']: {
        const at = parseStationTime(command.body.subarray(2, 8));
        if (at !== undefined) asked.setAhead(at - Date.now());
        return shortBody({ serial: asked.serial, sentAt: asked.now() }, asked.station);
      }
      case COMMAND_CODES['read-clock']:
        return shortBody(told, asked.station);
      default:
        return undefined;
    }
  }

  #past(command: Frame, { serial, station, now }: Asked): Uint8Array | undefined {
    const outcome = parseBody(command);
    if (outcome.kind === 'refused') return undefined;
    const [period, step, element] = outcome.body.items;
    if (period?.kind !== 'period' || step?.kind !== 'value' || element?.kind !== 'identifier')
      return undefined;
    const begin = parseStationTime(period.raw.subarray(0, 4));
    const end = parseStationTime(period.raw.subarray(4));
    const every = parseTimeStep(step.raw);
    const everyMs = every === undefined ? 0 : timeStepMs(every);
    if (begin === undefined || end === undefined || everyMs === 0) return undefined;
    const { id, definition } = element;
    const count = Math.min(Math.floor((end - begin) / everyMs) + 1, MOST_VALUES);
    const values = Array.from({ length: count }, (_, at) => this.#valueAt(begin + at * everyMs, id));
    const uniform = { first: begin, step: step.raw, id, definition, values };
    return uniformBody({ serial, sentAt: now() }, station, uniform);
  }

  #valueAt(at: number, id: string): number | undefined {
    return this.#reports.get(at)?.find((element) => element.id === id)?.value;
  }
}
