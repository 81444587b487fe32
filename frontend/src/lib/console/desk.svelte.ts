import { getContext, setContext } from 'svelte';
import {
  AppealsDocument,
  QueueDocument,
  type InAppealsFragment,
  type InQueueFragment,
  type Lane
} from '#lib/gql/moderator/graphql';
import { askDesk } from './ask';
import type { Office } from './office';
import { OpenCase } from './open.svelte';
import { Pages } from './pages.svelte';

/** How many of a list at a time. */
const PAGE = 20;
const KEY = Symbol('desk');

/** What lies before a moderator of a neighbourhood. It is gone with the page: nothing of it stays on the device. */
export class Desk {
  readonly neighbourhood: string;
  readonly slug: string;
  readonly name: string;
  readonly appeals: Pages<InAppealsFragment>;
  #queues = new Map<Lane, Pages<InQueueFragment>>();
  #cases = new Map<string, OpenCase>();

  constructor({ neighbourhood: { id, slug, name } }: Office) {
    this.neighbourhood = id;
    this.slug = slug;
    this.name = name;
    this.appeals = new Pages(async (after) => {
      const asked = { neighbourhood: id, first: PAGE, after };
      return (await askDesk(AppealsDocument, asked)).appeals;
    });
  }

  /** Where the console is. */
  get path(): string {
    return `/n/${this.slug}/console`;
  }

  queue(lane: Lane): Pages<InQueueFragment> {
    const found = this.#queues.get(lane);
    if (found) return found;
    const asked = { neighbourhood: this.neighbourhood, lane, first: PAGE };
    const made = new Pages<InQueueFragment>(async (after) => (await askDesk(QueueDocument, { ...asked, after })).queue);
    this.#queues.set(lane, made);
    return made;
  }

  /** A case: the one that was open before, with what was typed, or another one. */
  open(id: string): OpenCase {
    const found = this.#cases.get(id);
    if (found) return found;
    const made = new OpenCase(id, (read) => this.#queues.forEach((queue) => queue.change(read)));
    this.#cases.set(id, made);
    return made;
  }

  /** It is decided, or not for this moderator: it is in no list any more. */
  forget(id: string): void {
    this.#queues.forEach((queue) => queue.forget(id));
  }
}

export const layOut = (desk: Desk): Desk => setContext(KEY, desk);
export const theDesk = (): Desk => getContext<Desk>(KEY);
