/** The colours of the map, named as the custom properties that `Map.svelte` gives them: `--map-land` and so on. */
const NAMES = ['beyond', 'land', 'green', 'water', 'block', 'street', 'path', 'rail', 'ink', 'halo', 'cell', 'on', 'fill'] as const;

export type Colours = Record<(typeof NAMES)[number], string>;

/** What the colours are now, light or dark: a canvas knows no custom properties. */
export function coloursIn(element: HTMLElement): Colours {
  const probe = document.createElement('span');
  element.append(probe);
  const resolved = NAMES.map((name) => {
    probe.style.color = `var(--map-${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(resolved) as Colours;
}

/** Calls `changed` whenever light turns dark or back, by the system or on the page. Returns how to stop. */
export function onColoursChanged(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const themed = new MutationObserver(changed);
  dark.addEventListener('change', changed);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', changed);
    themed.disconnect();
  };
}
