/** The words of a message that stands for several, with how many more it has come to. */
export function messageText(text: string, gathered: number | null): string {
  const more = gathered === null ? 0 : gathered - 1;
  return text.replaceAll('{more}', more > 0 ? `，另有 ${more} 件` : '');
}
