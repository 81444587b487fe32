/** Keys of what is sent: the same for the same, so that sending it again is no second one; another for anything else. */
export class Once {
  #said = '';
  #key = '';

  keyOf(said: unknown): string {
    const text = JSON.stringify(said);
    if (text !== this.#said) [this.#said, this.#key] = [text, crypto.randomUUID()];
    return this.#key;
  }
}
