/** It takes about this long to read a heading. */
const STAYS_MS = 1_000;

export interface Screen {
  watch(elements: Iterable<Element>): void;
  stop(): void;
}

/** Tells of each element that is watched once it stood on the screen: half of it, or over half of the screen. */
export function onScreen(stood: (element: Element) => void): Screen {
  const standing = new Map<Element, ReturnType<typeof setTimeout>>();
  const leave = (element: Element): void => {
    clearTimeout(standing.get(element));
    standing.delete(element);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        const half = intersectionRatio >= 0.5 || intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2;
        if (!half) leave(target);
        else if (!standing.has(target)) standing.set(target, setTimeout(() => !document.hidden && stood(target), STAYS_MS));
      }
    },
    { threshold: [0, 0.25, 0.5, 0.75] }
  );
  return {
    watch(elements) {
      for (const element of elements) observer.observe(element);
    },
    stop() {
      observer.disconnect();
      for (const element of [...standing.keys()]) leave(element);
    }
  };
}
