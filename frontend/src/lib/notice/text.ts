/** A text in paragraphs, as its author separated them by empty lines. */
export const paragraphs = (text: string): string[] => text.split(/\n{2,}/).map((part) => part.trim()).filter(Boolean);

/** What a card shows of a long text: up to a word's end. Undefined when all of it fits. */
export function beginning(text: string, most = 420): string | undefined {
  if (text.length <= most) return undefined;
  const cut = text.slice(0, most);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > most / 2 ? end : most)} …`;
}
