/** Calls whenever the reader is back: to this page from another one, or on the network. Returns how to stop. */
export function whenBack(call: () => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  document.addEventListener('visibilitychange', () => !document.hidden && call(), { signal });
  addEventListener('focus', call, { signal });
  addEventListener('online', call, { signal });
  return () => over.abort();
}
