/** What is under way, by what it is about. */
const queues = new Map<string, Promise<unknown>>();

/** Attempts on one thing follow one another, or a hundred at once would all count as the first. */
export function inTurn<T>(about: string, run: () => Promise<T>): Promise<T> {
  const turn = (queues.get(about) ?? Promise.resolve()).catch(() => undefined).then(run);
  const settled = turn
    .catch(() => undefined)
    .then(() => {
      if (queues.get(about) === settled) queues.delete(about);
    });
  queues.set(about, settled);
  return turn;
}
