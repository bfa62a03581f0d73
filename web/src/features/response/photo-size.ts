interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture whose longer side is at most `most`; small ones stay as they are. Whole pixels, at least one. */
export function fitWithin({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
