// What became of notices that stood before the reader's eyes: taken down by moderators, or corrected.
import { ask } from '#lib/api/client';
import { keptNotice } from '#lib/device/kept';
import { dropSeen, keptSeen, saw, type Seen } from '#lib/device/seen';
import { TakenDownDocument, type CardFragment, type TakenDownQuery } from '#lib/gql/graphql';

type TakenDown = TakenDownQuery['takenDown'][number];

/** One thing to tell, and when the reader had seen it. */
export type Line = { seen: Seen } & ({ what: 'taken down'; how: TakenDown } | { what: 'corrected'; day: string; notice: CardFragment });

export class Corrections {
  lines = $state.raw<readonly Line[]>([]);
  readonly #neighbourhood: string;
  readonly #seen = new Map<string, Seen>();

  constructor(neighbourhood: string) {
    this.#neighbourhood = neighbourhood;
  }

  /** Once, before anything is compared. */
  async open(): Promise<void> {
    for (const seen of await keptSeen(this.#neighbourhood)) this.#seen.set(seen.id, seen);
    await this.look();
  }

  /**
   * Asks what moderators took down, which says nothing of what was read here. Of what went otherwise, by its author or because its
   * time was over, nothing is kept.
   */
  async look(went: readonly string[] = []): Promise<void> {
    if (this.#seen.size === 0) return;
    const { takenDown } = await ask(TakenDownDocument, { neighbourhood: this.#neighbourhood });
    for (const seen of [...this.#seen.values()]) {
      const how = takenDown.find(({ id }) => id === seen.id);
      if (how) this.#tell({ what: 'taken down', seen, how });
      else if (went.includes(seen.id) || !(await keptNotice(seen.id))) this.#forget(seen.id);
    }
  }

  /** What stands on the board, beside what was seen of it. A notice grows older by other things than corrections, too. */
  compare(notices: readonly CardFragment[]): void {
    for (const notice of notices) {
      const seen = this.#seen.get(notice.id);
      const day = notice.corrections.at(-1)?.day;
      if (!seen || !day || notice.version <= seen.version || Date.parse(day) < seen.day) continue;
      this.#tell({ what: 'corrected', seen, day, notice });
    }
  }

  /** It stands before the reader's eyes; what is to be told of it is told first. */
  see(notice: CardFragment): void {
    if (this.lines.some(({ seen }) => seen.id === notice.id)) return;
    if (this.#seen.get(notice.id)?.version !== notice.version) this.#seen.set(notice.id, saw(notice, this.#neighbourhood));
  }

  /** The reader knows. */
  dismiss(line: Line): void {
    this.lines = this.lines.filter((other) => other !== line);
    if (line.what === 'corrected') this.see(line.notice);
    else this.#forget(line.seen.id);
  }

  #tell(line: Line): void {
    const others = this.lines.filter(({ seen }) => seen.id !== line.seen.id);
    this.lines = [...others, line];
  }

  #forget(id: string): void {
    this.#seen.delete(id);
    void dropSeen(id).catch(() => {});
  }
}
