/** Asks for the next stretch while this one is judged. */
export async function* ahead<T>(windows: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = windows[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = iterator.next();
      // Whoever stops listening is not troubled by what comes of it.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
