import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { drillScript, lintScript } from '#contract/response';
import type { DrillScript } from '#model/response';

/** Reads the scripts of a folder. One that is not sound is left out, and `unfit` told why. */
export function readDrillScripts(folder: string, unfit: (fault: string) => void): readonly DrillScript[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      const parsed = drillScript.safeParse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
      const faults = parsed.success
        ? lintScript(parsed.data)
        : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
      if (parsed.success && faults.length === 0) return [parsed.data];
      unfit(`${name}：${faults.join('；')}`);
      return [];
    });
}
