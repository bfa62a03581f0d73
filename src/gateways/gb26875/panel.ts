import type { FactorBinding, KnownDevice } from '#model/monitoring';
import { ANY, coversSystem, keysOf, type Observation, parseKey } from '#protocols/gb26875';
import { faultGrade, fireGrade, Watch } from './watch.ts';

/** 一个键要记的一行。 */
export interface Row {
  readonly binding: FactorBinding;
  readonly watch: Watch;
  readonly value: number;
}

type Held = Parameters<typeof fireGrade>[0];

/** 由现存的某一位合成的词。 */
const GRADES: Readonly<Record<string, { readonly word: string; readonly grade: (held: Held) => number }>> = {
  fire: { word: 'fire-grade', grade: fireGrade },
  fault: { word: 'fault-grade', grade: faultGrade },
};

/** 主机复位消去的词；故障、屏蔽还在的，主机会再报。 */
const RESET_WORDS: ReadonlySet<string> = new Set([
  'fire',
  'fire-grade',
  'supervised',
  'started',
  'feedback',
  'delayed',
]);

/** 一台装置的各个因子键：谁的什么接到哪个点，哪些地方还占着哪一位。一个回放会话一份。 */
export class Panel {
  readonly session: number;
  readonly #watches = new Map<string, Watch>();

  constructor(session: number) {
    this.session = session;
  }

  /** 一件事 → 要记的各行；`isBound` 说有没有键接着它，有键而没有行是说不准。 */
  observe(
    factors: KnownDevice['factors'],
    observation: Observation,
  ): { readonly rows: readonly Row[]; readonly isBound: boolean } {
    const rows: Row[] = [];
    let isBound = false;
    for (const [index, key] of keysOf(observation.place, observation.word).entries()) {
      const binding = factors.get(key);
      if (binding === undefined) continue;
      isBound = true;
      const watch = this.#watch(key);
      const value = index === 0 ? observation.value : valueOf(watch, observation);
      if (value !== undefined) rows.push({ binding, watch, value });
    }
    const graded = this.#grade(factors, observation);
    return { rows: [...rows, ...graded], isBound: isBound || graded.length > 0 };
  }

  /** 系统复位 → 它底下报警一类的键都归零（别的系统还占着的除外）。 */
  reset(factors: KnownDevice['factors'], system: string): readonly Row[] {
    const rows: Row[] = [];
    for (const [name, binding] of factors) {
      const key = parseKey(name);
      if (!RESET_WORDS.has(key.word) || !coversSystem(key, system)) continue;
      const watch = this.#watch(name);
      const held = watch.reset(system);
      const grade = key.word === 'fire-grade' ? fireGrade(held) : Math.min(held.length, 1);
      rows.push({ binding, watch, value: key.system === ANY ? grade : 0 });
    }
    return rows;
  }

  #grade(factors: KnownDevice['factors'], observation: Observation): readonly Row[] {
    const graded = observation.kind === 'state' ? GRADES[observation.word] : undefined;
    if (graded === undefined) return [];
    return keysOf(observation.place, graded.word).flatMap((key) => {
      const binding = factors.get(key);
      if (binding === undefined) return [];
      const watch = this.#watch(key);
      const held = watch.observe(observation.place, observation.value !== 0);
      return held === undefined ? [] : [{ binding, watch, value: graded.grade(held) }];
    });
  }

  #watch(key: string): Watch {
    const known = this.#watches.get(key);
    if (known !== undefined) return known;
    const watch = new Watch();
    this.#watches.set(key, watch);
    return watch;
  }
}

/** 带“任何”的键：状态看还有谁占着；操作与模拟量取说话的那一个。 */
function valueOf(watch: Watch, { kind, place, value }: Observation): number | undefined {
  if (kind !== 'state') return value;
  const held = watch.observe(place, value !== 0);
  return held === undefined ? undefined : Math.min(held.length, 1);
}
