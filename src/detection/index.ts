export { detect, DETECTOR_BYTES, type DetectorMemory, loudestPart, newDetectorMemory } from './detector.ts';
export { type DetectionPart, PARTS } from './layout.ts';
