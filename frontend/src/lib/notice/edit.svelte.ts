import { eventFields } from '#lib/compose/event';
import type { KeptEdit } from '#lib/device/edits';
import type { CardFragment } from '#lib/gql/graphql';

/** What its author makes of a notice. It outlives the notice, which may go meanwhile, and the page, which may close. */
export class Edit {
  readonly before: CardFragment;
  /** It was begun another time and kept on this device. */
  readonly isBack: boolean;
  title = $state('');
  body = $state('');
  event = $state(eventFields(null));

  constructor(before: CardFragment, kept?: KeptEdit) {
    this.before = before;
    this.isBack = kept !== undefined;
    this.title = kept?.title ?? before.title;
    this.body = kept?.body ?? before.body;
    this.event = kept?.event ?? eventFields(before.event);
  }

  /** What there is to keep of it; nothing while all of it is as it was. */
  get toKeep(): KeptEdit | undefined {
    const { before, title, body } = this;
    const event = $state.snapshot(this.event);
    const same = title === before.title && body === before.body;
    const unmoved = JSON.stringify(event) === JSON.stringify(eventFields(before.event));
    return same && unmoved ? undefined : { before, title, body, event };
  }
}
