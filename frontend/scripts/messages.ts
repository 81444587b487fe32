// Both languages say everything that the pages use and nothing else, with the same values in it, each as it is printed.
import { globSync, readFileSync } from 'node:fs';

type Message = string | { match: Record<string, string> }[];
type Messages = Record<string, Message>;

/** In French, a space that does not break stands before these, and inside guillemets. */
const LOOSE = / [:;?!»]|« |«[^\u00a0]|[^\u00a0\s][:;?!»](?=\s|$)/u;

const read = (language: string): Messages => JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as Messages;
const keys = (messages: Messages): string[] => Object.keys(messages).filter((key) => !key.startsWith('$'));
const texts = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : (message ?? []).flatMap(({ match }) => Object.values(match));
const values = (message: Message | undefined): string =>
  [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted().join(' ');

const french = read('fr');
const english = read('en');
const sources = globSync('src/**/*.{ts,svelte}', { exclude: (path) => path.includes('paraglide') });
const used = new Set(
  sources.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bm\.(\w+)/g)].map(([, key]) => key as string))
);

const faults: string[] = [];
for (const key of new Set([...keys(french), ...keys(english), ...used])) {
  if (!(key in french)) faults.push(`${key}: missing in French`);
  if (!(key in english)) faults.push(`${key}: missing in English`);
  if (!used.has(key)) faults.push(`${key}: used by no page`);
  if (texts(french[key]).some((text) => LOOSE.test(text))) faults.push(`${key}: a space that may break in French`);
  const [some, others] = [values(french[key]), values(english[key])];
  if (typeof french[key] === 'string' && some !== others) faults.push(`${key}: the languages take other values`);
}
if (faults.length) {
  console.error(faults.join('\n'));
  process.exit(1);
}
