import { LOOP, MANUAL_CALL_POINT, type Place } from '#protocols/gb26875';

/** 一个键最多记住多少处；再多，就等复位才肯说“没有了”。 */
const MOST_PLACES = 4096;

/** 已交出的一行：对象自己的时刻，与实际记在哪一刻。 */
interface Sent {
  readonly raw: number | undefined;
  readonly at: number;
}

const nameOf = ({ system, component = '' }: Place): string => `${system}/${component}`;

/**
 * 一个因子键看住的那些地方：谁还占着这一位，以及这个键的读数记到了哪一刻。
 *
 * 一台主机接到一个点时，甲报火警、乙报正常，点上仍是火警：只有占着的都自己消了，或系统复位，才记 0。
 * 记忆只从网关启动算起，所以没见过它报警的部件说“正常”，不足以消掉别处的火警。
 */
export class Watch {
  readonly #held = new Map<string, Place>();
  readonly #ever = new Set<string>();
  readonly #sent = new Map<number, Sent>();
  #isOverfull = false;
  #last: { readonly at: number; readonly value: number } | undefined;

  /** 记下一处的这一位；返回还占着的各处，`undefined` 表示说不准，不记读数。 */
  observe(place: Place, isSet: boolean): readonly Place[] | undefined {
    const name = nameOf(place);
    if (isSet) this.#hold(name, place);
    else this.#held.delete(name);
    if (this.#held.size > 0) return [...this.#held.values()];
    return this.#ever.has(name) && !this.#isOverfull ? [] : undefined;
  }

  /** 系统复位：它的各处都不再占着；返回别的系统还占着的。 */
  reset(system: string): readonly Place[] {
    for (const [name, place] of this.#held) if (place.system === system) this.#held.delete(name);
    this.#isOverfull = false;
    return [...this.#held.values()];
  }

  /**
   * 状态按来的次序为准：值变了，时刻却不比上一行新（对象只精确到秒，或与无时标的报文混着来），就记在上一行之后
   * 一毫秒，否则会被当作迟到而不判。`raw` 与上次同值的那行相同即是重发，仍记在那一刻，不多一行。
   */
  settle(value: number, at: number, raw: number | undefined): number {
    const sent = this.#sent.get(value);
    if (raw !== undefined && sent?.raw === raw) return sent.at;
    const last = this.#last;
    const settled = last !== undefined && value !== last.value && at <= last.at ? last.at + 1 : at;
    this.#sent.set(value, { raw, at: settled });
    if (last === undefined || settled > last.at) this.#last = { at: settled, value };
    return settled;
  }

  #hold(name: string, place: Place): void {
    if (this.#held.size >= MOST_PLACES && !this.#held.has(name)) {
      this.#isOverfull = true;
      return;
    }
    this.#held.set(name, place);
    if (this.#ever.size < MOST_PLACES) this.#ever.add(name);
  }
}

const typeOf = ({ component = '' }: Place): number => Number(component.slice(0, component.indexOf('.')));

/** 火警的轻重：0 无；1 一个部件；2 手动报警按钮，或两处以上。 */
export function fireGrade(held: readonly Place[]): number {
  if (held.length === 0) return 0;
  return held.length > 1 || held.some((place) => typeOf(place) === MANUAL_CALL_POINT) ? 2 : 1;
}

/** 故障的轻重：0 无；1 部件；2 回路；3 系统或装置自己。 */
export function faultGrade(held: readonly Place[]): number {
  return held.reduce((worst, place) => Math.max(worst, faultOf(place)), 0);
}

function faultOf(place: Place): number {
  if (place.component === undefined) return 3;
  return typeOf(place) === LOOP ? 2 : 1;
}
