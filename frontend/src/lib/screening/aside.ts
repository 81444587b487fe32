// Reading beside the page: one reader for all forms, begun with the first question. Nothing of it leaves the device.
import { getLocale } from '#lib/paraglide/runtime';
import type { Answer, Question } from './screening.worker.ts';
import type { Told, Writing } from './telling.ts';

let reader: Worker | undefined;
let asked = 0;
const asking = new Map<number, (told: Told[]) => void>();

function begun(): Worker {
  const worker = new Worker(new URL('./screening.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: { key, told } }: MessageEvent<Answer>) => {
    asking.get(key)?.(told);
    asking.delete(key);
  };
  // It could not be loaded: the board still reads what it is sent, and the next question tries again.
  worker.onerror = () => {
    asking.clear();
    reader = undefined;
  };
  return worker;
}

/** What an author is told of what they are writing; nothing ever where there is no reader. */
export function toldOf(writing: Writing): Promise<Told[]> {
  reader ??= begun();
  const key = (asked += 1);
  reader.postMessage({ key, writing, language: getLocale() } satisfies Question);
  return new Promise((resolve) => asking.set(key, resolve));
}
