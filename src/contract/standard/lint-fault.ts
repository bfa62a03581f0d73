import type { Basis } from '#model/standard';

/** One fault of a standard: where it stands in the file, and a Chinese sentence that says how to mend it. */
export interface LintFault {
  readonly path: string;
  readonly message: string;
}

export function codesOf(rows: readonly { readonly code: string }[]): readonly string[] {
  return rows.map((row) => row.code);
}

export function repeated(
  codes: readonly string[],
  pathOf: (i: number) => string,
  what: string,
): readonly LintFault[] {
  return codes.flatMap((code, i) =>
    codes.indexOf(code) < i
      ? [{ path: pathOf(i), message: `${what}“${code}”重复。请改编码或删去一条。` }]
      : [],
  );
}

/** The shape demands the key; files read without it, and grounds left blank, are caught here. */
export function basisFaults(basis: Basis | undefined, path: string): readonly LintFault[] {
  if (basis !== undefined && basis.document.trim() !== '') return [];
  return [{ path, message: '缺少制订依据。没有依据的内容不能发布，请写明标签和文件。' }];
}

export function unitFaults(unit: string, path: string, name: string): LintFault[] {
  return unit.trim() === ''
    ? [{ path: `${path}.unit`, message: `“${name}”缺少计量单位。无量纲请写 1。` }]
    : [];
}

export function belongs(code: string, scenario: string): boolean {
  return code.startsWith(`${scenario}.`);
}

export function foreign(path: string, code: string, scenario: string): LintFault {
  return { path, message: `编码“${code}”不属于场景 ${scenario}。请以“${scenario}.”开头。` };
}
