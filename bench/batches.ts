/** Readings of many points in the form a receiver takes, made once and written over: making them costs little of the machine. */
export interface Batch {
  readonly count: number;
  /** The bytes as of this moment (epoch ms); the values move on with each round. */
  at(now: number, round: number): Buffer;
}

/** Who is sent to. */
export interface Receiver {
  batch(from: number, count: number): Batch;
  /** Resolves when it is answered, with how many readings were taken; rejects where some were not. */
  send(batch: Batch, bytes: Buffer): Promise<number>;
}

const WAVE = 40;

/** Values in cm from 0.0 to 3.9, below every limit of the underpass sign. */
export function valueOf(point: number, round: number): number {
  return ((point + round) % WAVE) / 10;
}

/** Text of a reading: its moment and its value stand in places of their own width. */
export interface TextForm {
  readonly head: string;
  readonly tail: string;
  row(point: number, moment: string, value: string): string;
  moment(now: number): string;
}

const VALUE = '_._';

/** A batch of text. */
export function textBatch(form: TextForm, from: number, count: number): Batch {
  const blank = '_'.repeat(form.moment(Date.now()).length);
  const moments = new Int32Array(count);
  const values = new Int32Array(count);
  let text = form.head;
  for (let i = 0; i < count; i += 1) {
    const row = `${i === 0 ? '' : ','}${form.row(from + i, blank, VALUE)}`;
    moments[i] = text.length + row.indexOf(blank);
    values[i] = text.length + row.indexOf(VALUE);
    text += row;
  }
  const bytes = Buffer.from(text + form.tail, 'latin1');
  const at = (now: number, round: number): Buffer => {
    const moment = form.moment(now);
    for (let i = 0; i < count; i += 1) {
      bytes.write(moment, moments[i] ?? 0, 'latin1');
      bytes.write(valueOf(from + i, round).toFixed(1), values[i] ?? 0, 'latin1');
    }
    return bytes;
  };
  return { count, at };
}
