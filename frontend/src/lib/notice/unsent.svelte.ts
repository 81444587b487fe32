import { dropAnswer, keepAnswer, type KeptAnswer } from '#lib/device/answers';

/** What somebody writes below a notice. It outlives the notice, which may go meanwhile, and the page, which may close. */
export class Unsent {
  readonly #post: string;
  clientKey: string;
  body = $state('');
  unsigned = $state(false);

  constructor(post: string, kept?: KeptAnswer) {
    this.#post = post;
    this.clientKey = kept?.clientKey ?? crypto.randomUUID();
    this.body = kept?.body ?? '';
    this.unsigned = kept?.unsigned ?? false;
  }

  get isBegun(): boolean {
    return this.body.trim() !== '';
  }

  /** Has the device hold what there is of it. */
  keep(): void {
    const { clientKey, body, unsigned } = this;
    const done = this.isBegun ? keepAnswer(this.#post, { clientKey, body, unsigned }) : dropAnswer(this.#post);
    void done.catch(() => {});
  }

  /** What is written is an answer of its own. */
  renew(): void {
    this.clientKey = crypto.randomUUID();
    this.keep();
  }

  /** Sent, or thrown away: the next one is another. */
  settle(): void {
    this.body = '';
    this.renew();
  }
}
