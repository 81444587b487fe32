// Single keys, which somebody may switch off (WCAG 2.1.4): a voice or a slip would press them too. What a key presses says so
// itself, by `aria-keyshortcuts`.
import { get, put } from '#lib/device/database';

const CHOICE = 'console-keys';
const ROWS = '.queue-item';

type Attributes = { 'aria-keyshortcuts'?: string };

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'));

class Keys {
  on = $state(true);

  async load(): Promise<void> {
    this.on = (await get<boolean>('choices', CHOICE).catch(() => undefined)) ?? true;
  }

  switch(on: boolean): void {
    this.on = on;
    void put('choices', CHOICE, on).catch(() => {});
  }

  /** What makes an element answer to a key. */
  of(key: string): Attributes {
    return this.on ? { 'aria-keyshortcuts': key } : {};
  }

  /** Listens for as long as the console is there; returns how to stop. */
  listen(): () => void {
    const over = new AbortController();
    addEventListener('keydown', (event) => this.#pressed(event), { signal: over.signal });
    return () => over.abort();
  }

  #pressed(event: KeyboardEvent): void {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) return walk(step);
    const goal = [...document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')].find(
      (element) => element.getAttribute('aria-keyshortcuts') === event.key && element.checkVisibility()
    );
    if (!goal) return;
    // Else the key would be written where it leads.
    event.preventDefault();
    goal.focus();
    if (!goal.matches('textarea, select')) goal.click();
  }
}

/** To the next row of a list, or the one before; from nowhere, to the one that is open. */
function walk(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter((row) => row.checkVisibility());
  const at = rows.findIndex((row) => row === document.activeElement);
  const open = rows.findIndex((row) => row.hasAttribute('aria-current'));
  const from = at < 0 ? open : at;
  rows[Math.min(Math.max(from + step, 0), rows.length - 1)]?.focus();
}

export const keys = new Keys();
