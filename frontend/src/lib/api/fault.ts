/** What kind of trouble it is: what pages branch on. The sentence is the server's where it said one. */
export type Trouble =
  | 'offline'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'limited'
  | 'outdated'
  | 'unavailable';

const BY_CODE: Record<string, Trouble> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  INVALID: 'invalid',
  CONFLICT: 'conflict',
  RATE_LIMITED: 'limited'
};

/** An entry of `errors`, as the gateway writes it. */
export interface GraphQLFault {
  message: string;
  extensions?: { code?: string; reason?: string; retryAfter?: string; field?: string };
}

/** An operation that was not carried out, or of which nobody knows whether it was. */
export class Fault extends Error {
  readonly trouble: Trouble;
  /** The server's sentence for people; absent where it said nothing. */
  readonly said: string | undefined;
  /** When to try again, as the server says. */
  readonly retryAfter: string | undefined;
  /** Which field of the input it is about. */
  readonly field: string | undefined;
  /** The server's own code for it. */
  readonly reason: string | undefined;

  constructor(trouble: Trouble, said?: string, retryAfter?: string, field?: string, reason?: string) {
    super(said ?? trouble);
    this.trouble = trouble;
    this.said = said;
    this.retryAfter = retryAfter;
    this.field = field;
    this.reason = reason;
  }

  static of({ message, extensions = {} }: GraphQLFault): Fault {
    if (extensions.reason === 'PERSISTED_DOCUMENT_UNKNOWN') return new Fault('outdated');
    const trouble = BY_CODE[extensions.code ?? ''] ?? 'unavailable';
    return new Fault(trouble, trouble === 'unavailable' ? undefined : message, extensions.retryAfter, extensions.field, extensions.reason);
  }

  /** Whatever was thrown, as a fault. */
  static from(thrown: unknown): Fault {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}
