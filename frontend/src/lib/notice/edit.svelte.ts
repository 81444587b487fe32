import { eventFields } from '#lib/compose/event';
import { passagesOf } from '#lib/compose/screened.svelte';
import type { Hung, KeptEdit } from '#lib/device/edits';
import type { Draft, DraftForm } from '#lib/device/drafts';
import type { CardFragment } from '#lib/gql/graphql';
import { formOf, formPassages } from '#lib/people/form';
import type { Passage } from '#lib/screening/reading';
import type { Writing } from '#lib/screening/telling';

interface Words {
  title: string;
  body: string;
  event: Draft['event'];
  /** Of a notice about what somebody did. */
  form: DraftForm | undefined;
}

/** What its author makes of a notice. It outlives the notice, which may go meanwhile, and the page, which may close. */
export class Edit {
  readonly hung: Hung;
  /** What the notice says; nothing when it was gone before its author came back. */
  readonly #says: Words | undefined;
  /** What its photos are said to show. */
  readonly #alts: readonly string[];
  /** It was begun another time and kept on this device. */
  readonly isBack: boolean;
  readonly isEvent: boolean;
  title = $state('');
  body = $state('');
  event = $state(eventFields(null));
  form = $state<DraftForm | undefined>();

  private constructor(hung: Hung, says: Words | undefined, words: Words, isBack: boolean, alts: readonly string[] = []) {
    this.hung = hung;
    this.#says = says;
    this.#alts = alts;
    this.isBack = isBack;
    this.isEvent = hung.category === 'EVENT';
    this.title = words.title;
    this.body = words.body;
    this.event = words.event;
    this.form = words.form;
  }

  /** Of a notice that is up; what was made of it before is gone on with. */
  static of({ id, title, body, category, tile, signature, media, event, behaviour }: CardFragment, kept?: KeptEdit): Edit {
    const hung = { post: id, category, tile: tile.token, signature, hasPhotos: media.length > 0 };
    const says = { title, body, event: eventFields(event), form: behaviour ? formOf(behaviour) : undefined };
    const alts = media.map(({ alt }) => alt);
    return new Edit(hung, says, kept ?? structuredClone(says), kept !== undefined, alts);
  }

  /** Of a notice that is gone: what the device kept is all there is. */
  static left(kept: KeptEdit): Edit {
    return new Edit(kept, undefined, kept, true);
  }

  /** What there is to read of it; nothing while all of it is as it was. */
  get writing(): Writing | undefined {
    if (!this.toKeep) return undefined;
    const before = this.#says && this.#passages(this.#says);
    return { category: this.hung.category, passages: this.#passages(this), before, waits: !this.form };
  }

  #passages({ title, body, event, form }: Words): Passage[] {
    if (form) return formPassages(body, form);
    return passagesOf({ title, body, venue: this.isEvent ? event.place : undefined, alts: this.#alts });
  }

  /** What there is to keep of it; nothing while all of it is as it was. */
  get toKeep(): KeptEdit | undefined {
    const { post, category, tile, signature, hasPhotos } = this.hung;
    const words: Words = { title: this.title, body: this.body, event: $state.snapshot(this.event), form: $state.snapshot(this.form) };
    if (JSON.stringify(words) === JSON.stringify(this.#says)) return undefined;
    return { post, category, tile, signature, hasPhotos, ...words };
  }
}
