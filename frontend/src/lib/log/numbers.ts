// Numbers as they may be told: from 1 to 4 none is, so that it points at nobody.
import { m } from '#lib/paraglide/messages';

/** A number, or that it is small; where there is none, nothing was counted. */
interface Banded {
  exactly: number | null;
  few: boolean;
}

export const told = (number: Banded | undefined): string =>
  number === undefined ? '0' : number.exactly === null ? m.log_few() : String(number.exactly);

/** Several of them together; where one is small, at least as many as the others. */
export function total(numbers: readonly Banded[]): string {
  const known = numbers.reduce((sum, { exactly }) => sum + (exactly ?? 0), 0);
  if (numbers.every(({ exactly }) => exactly !== null)) return String(known);
  return known === 0 ? m.log_few() : m.log_at_least({ number: known + 1 });
}
