import type { FactorBinding, KnownDevice } from '#model/monitoring';
import { parseRegister, planReads, type ReadRange, type Register } from '#protocols/modbus';

/** 一台设备读什么，读来的值去哪里。 */
export interface Plan {
  readonly ranges: readonly ReadRange[];
  readonly bindings: ReadonlyMap<Register, FactorBinding>;
  /** 不是寄存器写法的因子。 */
  readonly unread: readonly string[];
}

export function planOf({ factors }: KnownDevice): Plan {
  const bindings = new Map<Register, FactorBinding>();
  const unread: string[] = [];
  for (const [key, binding] of factors) {
    const register = parseRegister(key);
    if (register === undefined) unread.push(key);
    else bindings.set(register, binding);
  }
  return { ranges: planReads([...bindings.keys()]), bindings, unread };
}
