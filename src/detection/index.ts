export {
  detect,
  DETECTOR_BYTES,
  DETECTOR_FORM,
  type DetectorMemory,
  loudestPart,
  newDetectorMemory,
  standingRarity,
  toldPart,
} from './detector.ts';
export { type DetectionPart, PARTS } from './layout.ts';
export { detectTogether, type JointMemory, newJointMemory } from './joint.ts';
