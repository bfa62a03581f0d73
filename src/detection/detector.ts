import { extremeRarity } from './extreme.ts';
import { type DetectionPart, MEMORY_SLOTS, PARTS, SLOT } from './layout.ts';
import { measure, type Step } from './measure.ts';
import { novelty } from './novelty.ts';
import { RARITY_SLOTS, rarityOf } from './rarity.ts';
import { beginRhythm } from './rhythm.ts';
import { HORIZON } from './running.ts';
import { TOGETHER } from './together.ts';

/**
 * All a detector remembers of a point: {@link DETECTOR_BYTES} of plain numbers. Copy them to store them; a detector that
 * goes on from the copy gives the same scores.
 */
export type DetectorMemory = Float32Array;

/** Size of the memory of one point. */
export const DETECTOR_BYTES = MEMORY_SLOTS * Float32Array.BYTES_PER_ELEMENT;

/** Layout and meaning of the memory's numbers; raised when either changes, for what is stored is then of no use. */
export const DETECTOR_FORM = 1;

/** The memory of a point of which nothing is known yet. */
export function newDetectorMemory(): DetectorMemory {
  const memory = new Float32Array(MEMORY_SLOTS);
  beginRhythm(memory, SLOT.rhythm);
  return memory;
}

/**
 * How unusual a reading is beside the point's own past, in decades of its return period: 4 is what such a point does once
 * in ten thousand readings, 0 is ordinary or no longer news. Learns the reading. Decision 0025.
 *
 * @param at Time of the reading, epoch ms; only its time of day in Beijing counts.
 * @param value What was read; what is no number is passed over.
 */
export function detect(memory: DetectorMemory, at: number, value: number): number {
  if (!Number.isFinite(value)) return 0;
  const count = Math.min((memory[SLOT.count] ?? 0) + 1, HORIZON);
  if (count === 1) memory[SLOT.origin] = value;
  const apart = Math.fround(value - (memory[SLOT.origin] ?? 0));
  memory[SLOT.count] = count;
  const rarity = rarityTogether(memory, { at, count, value: apart });
  const news = novelty(memory, SLOT.novelty, count, rarity);
  if (news > 0) {
    memory[SLOT.standing] = news;
    memory[SLOT.told] = memory[SLOT.loudest] ?? 0;
  } else if (!isHeld(memory)) memory[SLOT.standing] = 0;
  return news;
}

/** Whether what spoke loudest when the last news was told still speaks. */
function isHeld(memory: DetectorMemory): boolean {
  const told = memory[SLOT.told] ?? 0;
  const speaking = memory[SLOT.speaking] ?? 0;
  // A new extreme is one once; it lasts for as long as readings stay away from where they were.
  return (speaking & (1 << (told === PARTS.length ? 0 : told - 1))) !== 0;
}

/**
 * What was told last (decades), for as long as the part that told it has found every reading since unusual; 0 once it has not.
 */
export function standingRarity(memory: DetectorMemory): number {
  return memory[SLOT.standing] ?? 0;
}

/** Which part spoke loudest when {@link standingRarity} was told; undefined before anything was. */
export function toldPart(memory: DetectorMemory): DetectionPart | undefined {
  return PARTS[(memory[SLOT.told] ?? 0) - 1]?.name;
}

/** What all parts say together, and which says the most. */
function rarityTogether(memory: DetectorMemory, step: Step): number {
  const extreme = extremeRarity(memory, SLOT.extreme, step.count, step.value);
  let sum = extreme ** TOGETHER;
  let most = extreme;
  let loudest = extreme > 0 ? PARTS.length : 0;
  let part = 0;
  let speaking = 0;
  for (const heard of measure(memory, step)) {
    const base = SLOT.rarities + part * RARITY_SLOTS;
    part += 1;
    const rarity = Number.isNaN(heard.distance) ? 0 : rarityOf(memory, base, heard);
    if (rarity === 0) continue;
    sum += rarity ** TOGETHER;
    speaking |= 1 << (part - 1);
    if (rarity <= most) continue;
    most = rarity;
    loudest = part;
  }
  memory[SLOT.loudest] = loudest;
  memory[SLOT.speaking] = speaking;
  return sum ** (1 / TOGETHER);
}

/** Which part spoke loudest at the newest reading; undefined where none did. */
export function loudestPart(memory: DetectorMemory): DetectionPart | undefined {
  return PARTS[(memory[SLOT.loudest] ?? 0) - 1]?.name;
}
