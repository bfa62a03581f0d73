/** Runs `work` again and again with a pause between, never two at a time; errors are told and the next round comes. */
export function every(
  ms: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = work()
      .catch(onError)
      .then(() => {
        if (!stopped) timer = setTimeout(round, ms);
      });
  };
  timer = setTimeout(round, ms);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
