import { AppError } from '#base';
import { type Level, LEVEL_TEXT, SHELF_SETTING } from '#model/warning';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';

/** Throws `shelf.too-long` where a level is shelved for longer than its scenario allows at once. */
export async function checkLength(
  tx: Tx,
  {
    level,
    scenario,
    minutes,
  }: { readonly level: Level; readonly scenario: number; readonly minutes: number },
): Promise<void> {
  const setting = await settingsOfScenarios(tx, [SHELF_SETTING[level]]);
  const most = Number(setting(SHELF_SETTING[level], scenario));
  if (minutes > most) throw new AppError('shelf.too-long', { level: LEVEL_TEXT[level], most });
}
