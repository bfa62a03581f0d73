import type { Level } from '#model/warning';

/** One note: Hz, and its beginning and length in seconds from the start. */
interface Note {
  readonly hz: number;
  readonly at: number;
  readonly length: number;
}

const beats = (hz: readonly number[], every: number, length: number): readonly Note[] =>
  hz.map((one, i) => ({ hz: one, at: i * every, length }));

/** A level is told by its rhythm and its pitch: red hurries and alternates, blue is one low note. */
const PATTERNS: Readonly<Record<Level, readonly Note[]>> = {
  red: beats([988, 740, 988, 740, 988, 740], 0.18, 0.15),
  orange: beats([784, 784, 784], 0.32, 0.22),
  yellow: beats([659, 523], 0.4, 0.3),
  blue: beats([440], 1, 0.45),
};

const LOUD: Readonly<Record<Level, number>> = { red: 0.5, orange: 0.4, yellow: 0.3, blue: 0.2 };
const EDGE_S = 0.02;
const PATIENCE_MS = 300;

/** Plays tones, where the browser lets a page sound: it does not before somebody has touched the page. */
export class Tones {
  #context: AudioContext | undefined;

  /** Whether the browser lets it sound now. */
  async open(): Promise<boolean> {
    this.#context ??= new AudioContext();
    const resumed = this.#context.resume().then(() => true);
    // A browser that refuses does not say so: it never answers.
    const refused = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), PATIENCE_MS);
    });
    return Promise.race([resumed, refused]);
  }

  play(level: Level): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    const start = context.currentTime + EDGE_S;
    for (const { hz, at, length } of PATTERNS[level]) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const from = start + at;
      tone.type = 'triangle';
      tone.frequency.value = hz;
      // Without a soft edge each note begins and ends with a crack.
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUD[level], from + EDGE_S);
      volume.gain.setValueAtTime(LOUD[level], from + length - EDGE_S);
      volume.gain.linearRampToValueAtTime(0, from + length);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + length);
    }
  }

  close(): void {
    void this.#context?.close();
    this.#context = undefined;
  }
}
