import type { ASTNode } from '@marcbachmann/cel-js';

import { ASKING, CHOOSING, CONSTANTS, COUNTING, MEASURING, TEXT_METHODS } from './condition-language.ts';

/** What a condition may name. */
export interface CompositeNames {
  readonly signs: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly scenarios: ReadonlySet<string>;
  readonly elements: ReadonlySet<string>;
}

/** What a condition looks at: whoever judges it must be told when one of these changes. */
export interface ConditionReads {
  /** The object's own signs. */
  readonly ownSigns: ReadonlySet<string>;
  /** Scenarios, items and signs, wherever they stand. */
  readonly codes: ReadonlySet<string>;
  /** It looks at every linked fact. */
  readonly everything: boolean;
  /** Elements whose newest values it compares. */
  readonly elements: ReadonlySet<string>;
  /** Levels it asks of a code by comparing: one that the code never reaches can never hold. */
  readonly wanted: readonly WantedLevel[];
  /** How far it looks by itself (m); 0 where it does not measure. */
  readonly farthestMeters: number;
}

export interface WantedLevel {
  readonly code: string;
  /** 1 blue … 4 red: at least this one is wanted. */
  readonly level: number;
}

/** A chain of `||` is as deep as it is long. */
const DEEPEST = 64;
const ASK: ReadonlySet<string> = new Set(ASKING);
const MEASURE: ReadonlySet<string> = new Set(MEASURING);
/** Comparisons whose left side must reach the right one, and by how much beyond it. */
const REACHING: Readonly<Record<string, number>> = { '>=': 0, '==': 0, '>': 1 };
const CHOOSE: ReadonlySet<string> = new Set(CHOOSING);
const COUNT: ReadonlySet<string> = new Set(COUNTING);
const ON_TEXT: ReadonlySet<string> = new Set(TEXT_METHODS);
const USABLE = [...ASKING, ...CHOOSING, ...COUNTING, ...TEXT_METHODS].join('、');

/** Where a node stands: how deep, and inside of which choosing (`f` of `exists(f, …)`). */
interface Place {
  readonly depth: number;
  readonly chosen?: string;
}

/**
 * Reads a parsed condition before its types are checked: only known names and functions, codes written out, and no list inside of
 * what is asked of each fact, so that the work is the condition's length times the number of facts at most.
 */
export class ConditionReader {
  readonly #names: CompositeNames;
  readonly faults: string[] = [];
  readonly #ownSigns = new Set<string>();
  readonly #codes = new Set<string>();
  readonly #elements = new Set<string>();
  readonly #wanted: WantedLevel[] = [];
  #everything = false;
  #farthestMeters = 0;

  constructor(names: CompositeNames, root: ASTNode) {
    this.#names = names;
    this.#read(root, { depth: 0 });
  }

  get reads(): ConditionReads {
    return {
      ownSigns: this.#ownSigns,
      codes: this.#codes,
      everything: this.#everything,
      elements: this.#elements,
      wanted: this.#wanted,
      farthestMeters: this.#farthestMeters,
    };
  }

  #read(node: ASTNode, place: Place): void {
    if (place.depth > DEEPEST) {
      this.#fault('条件嵌套太深。请拆成几条复合体征。');
      return;
    }
    const inside = { ...place, depth: place.depth + 1 };
    if (node.op === 'value') return;
    if (node.op === 'id') return this.#readName(node.args, place);
    if (node.op === '.') return this.#read(node.args[0], inside);
    if (node.op === '[]') return this.#readIndex(node.args, inside);
    if (node.op === 'call') return this.#readAsking(node.args, inside);
    if (node.op === 'rcall') return this.#readMethod(node.args, inside);
    if (node.op === 'map') return this.#fault('条件里不能写 { }。请改用比较。');
    this.#readComparison(node);
    for (const part of partsOf(node.args)) this.#read(part, inside);
  }

  /** `levelOf("…") >= ORANGE`: what a code is asked to reach. */
  #readComparison(node: ASTNode): void {
    const beyond = REACHING[node.op];
    if (beyond === undefined) return;
    const [left, right] = partsOf(node.args);
    const code = left === undefined ? undefined : comparedCode(left);
    const level =
      right?.op === 'id' && Object.hasOwn(CONSTANTS, right.args) ? CONSTANTS[right.args] : undefined;
    if (code !== undefined && level !== undefined) this.#wanted.push({ code, level: Number(level) + beyond });
  }

  #readName(name: string, { chosen }: Place): void {
    if (name === chosen || Object.hasOwn(CONSTANTS, name)) return;
    this.#fault(
      name === 'sign'
        ? 'sign 后面须写明体征编码，例如 sign["FLOOD.S06"]。'
        : `不认识“${brief(name)}”。请用体征等级 ${Object.keys(CONSTANTS).join('、')}，或 ${ASKING.join('、')}。`,
    );
  }

  #readIndex([target, key]: readonly [ASTNode, ASTNode], place: Place): void {
    if (target.op !== 'id' || target.args !== 'sign' || place.chosen === 'sign') {
      this.#read(target, place);
      this.#read(key, place);
      return;
    }
    const code = textOf(key);
    if (code === undefined) return this.#readName('sign', { depth: 0 });
    if (this.#names.signs.has(code)) this.#ownSigns.add(code);
    else this.#fault(`体征“${brief(code)}”不在现行标准里。请改正编码。`);
  }

  #readAsking([name, args]: readonly [string, readonly ASTNode[]], place: Place): void {
    if (!ASK.has(name)) return this.#fault(`不能使用“${brief(name)}”。可用：${USABLE}。`);
    if (place.chosen !== undefined) return this.#fault(this.#noLists(name));
    const [first, second] = args;
    if (first === undefined) {
      this.#everything = true;
      return;
    }
    if (MEASURE.has(name)) return this.#readElement(name, first);
    this.#readCode(name, first);
    if (second !== undefined) this.#readMetres(second);
  }

  #readCode(name: string, node: ASTNode): void {
    const code = textOf(node);
    const { signs, items, scenarios } = this.#names;
    if (code === undefined)
      this.#fault(`${name} 里的编码须直接写明，例如 ${name}("FLOOD.S06"${name === 'near' ? ', 200' : ''})。`);
    else if (signs.has(code) || items.has(code) || scenarios.has(code)) this.#codes.add(code);
    else this.#fault(`“${brief(code)}”不是现行标准里的场景、预警事项或体征。请改正编码。`);
  }

  #readElement(name: string, node: ASTNode): void {
    const code = textOf(node);
    if (code === undefined)
      this.#fault(`${name} 里的监测要素须直接写明，例如 ${name}("FLOOD.UNDERPASS") >= 25。`);
    else if (this.#names.elements.has(code)) this.#elements.add(code);
    else this.#fault(`监测要素“${brief(code)}”不在现行标准里。请改正编码。`);
  }

  #readMetres(node: ASTNode): void {
    const { args } = node;
    if (node.op === 'value' && (typeof args === 'bigint' || typeof args === 'number'))
      this.#farthestMeters = Math.max(this.#farthestMeters, Number(args));
    else this.#fault('near 的距离须直接写成米数，例如 near("CROWD", 1000)。');
  }

  #readMethod([name, target, args]: readonly [string, ASTNode, readonly ASTNode[]], place: Place): void {
    if (ON_TEXT.has(name)) return this.#readEach([target, ...args], place);
    if (!CHOOSE.has(name) && !COUNT.has(name))
      return this.#fault(`不能使用“${brief(name)}”。可用：${USABLE}。`);
    if (place.chosen !== undefined) return this.#fault(this.#noLists(name));
    this.#read(target, place);
    if (COUNT.has(name)) return this.#readEach(args, place);
    const [variable, condition] = args;
    if (variable?.op !== 'id' || condition === undefined || args.length !== 2)
      return this.#fault(`${name} 须写成 ${name}(f, 条件)，例如 ${name}(f, f.level >= YELLOW)。`);
    if (variable.args === 'sign' || Object.hasOwn(CONSTANTS, variable.args))
      return this.#fault(`“${variable.args}”已有别的意思，${name} 里请换一个名字，例如 f。`);
    this.#read(condition, { ...place, chosen: variable.args });
  }

  #readEach(nodes: readonly ASTNode[], place: Place): void {
    for (const node of nodes) this.#read(node, place);
  }

  #noLists(name: string): string {
    return `逐条判断的条件里不能再用“${name}”。请把它移到外面，用 && 或 || 连接。`;
  }

  #fault(sentence: string): void {
    if (!this.faults.includes(sentence)) this.faults.push(sentence);
  }
}

/** The code whose level a side of a comparison is. */
function comparedCode(node: ASTNode): string | undefined {
  if (node.op === 'call') {
    const [name, [first]] = node.args;
    return name === 'levelOf' && first !== undefined ? textOf(first) : undefined;
  }
  if (node.op !== '[]') return undefined;
  const [target, key] = node.args;
  return target.op === 'id' && target.args === 'sign' ? textOf(key) : undefined;
}

function textOf(node: ASTNode): string | undefined {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

/** The parts of an operator: one, two or three. */
function partsOf(args: unknown): readonly ASTNode[] {
  return (Array.isArray(args) ? args : [args]) as readonly ASTNode[];
}

function brief(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
