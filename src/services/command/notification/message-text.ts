/** How many matters a message stands for, and how many of them somebody has taken meanwhile. */
interface Standing {
  readonly gathered: number | null;
  readonly settled: number;
}

/** The words of a message that stands for several, with how many more it has come to and what became of them. */
export function messageText(text: string, { gathered, settled }: Standing): string {
  return text.replaceAll('{more}', moreText(gathered ?? 1, settled));
}

function moreText(gathered: number, settled: number): string {
  if (gathered <= 1) return '';
  const more = `，另有 ${gathered - 1} 件`;
  if (settled === 0) return more;
  return settled === gathered
    ? `${more}（已全部接单）`
    : `${more}（共 ${gathered} 件，已接单 ${settled} 件）`;
}
