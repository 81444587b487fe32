/** j and k go from notice to notice, as in a mail program; Enter then opens, since the title's link has the focus. */
export function readingKeys(list: HTMLElement): () => void {
  const titles = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('.notice-title a')];
  const writes = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

  function press(event: KeyboardEvent): void {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const all = titles();
    const at = all.findIndex((title) => title.closest('article')?.contains(document.activeElement));
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.focus({ preventScroll: true });
    next?.closest('article')?.scrollIntoView({ block: 'nearest' });
  }

  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
}
