import type { Passage } from '#lib/screening/reading';
import { toldOf } from '#lib/screening/aside';
import type { Told, Writing } from '#lib/screening/telling';

/** Who stops writing for so long has written a word to its end. */
const PAUSE_MS = 700;

interface Words {
  title: string;
  body: string;
  venue?: string;
  alts?: readonly string[];
}

/** Everything that is written in a notice, in the order in which the board reads it. */
export const passagesOf = ({ title, body, venue, alts = [] }: Words): Passage[] => [
  { field: 'title', text: title },
  { field: 'body', text: body },
  ...(venue === undefined ? [] : [{ field: 'event.placeName', text: venue }]),
  ...alts.map((text) => ({ field: 'mediaAlt', text }))
];

/** What is found in a form while somebody writes in it, each time they pause. Made as a component is. */
export class Screened {
  #told = $state.raw<readonly Told[]>([]);

  /** `writing` says what stands in the form; nothing while there is nothing to be read. */
  constructor(writing: () => Writing | undefined) {
    $effect(() => {
      const now = writing();
      if (!now?.passages.some(({ text }) => text.trim())) {
        this.#told = [];
        return;
      }
      let isPast = false;
      const read = async (): Promise<void> => {
        const told = await toldOf(now);
        if (!isPast) this.#told = told;
      };
      const pause = setTimeout(() => void read(), PAUSE_MS);
      return () => {
        isPast = true;
        clearTimeout(pause);
      };
    });
  }

  /** Whether something that has to be changed belongs into the form. */
  get wantsForm(): boolean {
    return this.#told.some(({ found }) => found.some(({ code, sentence }) => code === 'USE_THE_FORM' && sentence));
  }

  /** What is told of a field; `at` says which of several. */
  of(field: string, at = 0): Told | undefined {
    return this.#told.filter((told) => told.field === field)[at];
  }
}
