// Blocking is a private list, applied here: no server learns whom somebody does not want to read. A notice that is signed
// "a neighbour" is hidden by itself, since blocking its author would tell which of them are one person.
import type { Signature } from '#lib/gql/graphql';
import { get, put } from './database';

interface Lists {
  notices: string[];
  names: string[];
}

interface Signed {
  signature: Signature;
  signedBy: string;
}

const KEY = 'hidden';

class Hidden {
  notices = $state<string[]>([]);
  names = $state<string[]>([]);

  async load(): Promise<void> {
    const lists = await get<Lists>('choices', KEY);
    this.notices = lists?.notices ?? [];
    this.names = lists?.names ?? [];
  }

  has(notice: Signed & { id: string }): boolean {
    return this.notices.includes(notice.id) || this.hides(notice);
  }

  /** Whether it is signed with a name that is blocked. */
  hides({ signature, signedBy }: Signed): boolean {
    return signature !== 'NEIGHBOUR' && this.names.includes(signedBy);
  }

  hide(notice: string): Promise<unknown> {
    this.notices = [...new Set([...this.notices, notice])];
    return this.#keep();
  }

  block(name: string): Promise<unknown> {
    this.names = [...new Set([...this.names, name])];
    return this.#keep();
  }

  unblock(name: string): Promise<unknown> {
    this.names = this.names.filter((other) => other !== name);
    return this.#keep();
  }

  showAll(): Promise<unknown> {
    this.notices = [];
    return this.#keep();
  }

  #keep(): Promise<unknown> {
    return put('choices', KEY, { notices: $state.snapshot(this.notices), names: $state.snapshot(this.names) });
  }
}

export const hidden = new Hidden();
