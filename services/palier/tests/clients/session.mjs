// A resident's session as a browser would keep it: the cookie, and the origin that it is sent from.
import assert from 'node:assert/strict';

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { __typename ... on SignedIn { viewer { id } } }
}`;

/** A GraphQL answer that was an error, with its codes. */
export class Refused extends Error {
  constructor(status, errors) {
    super(`${status}: ${errors.map(({ message, extensions }) => `${extensions?.code ?? 'no code'}: ${message}`).join('; ')}`);
    this.status = status;
    this.codes = errors.map(({ extensions }) => extensions?.code);
  }
}

export class Session {
  #origin;
  #cookie = '';

  constructor(origin) {
    this.#origin = origin;
  }

  /** Signs in with an address and a password, and keeps the cookie. */
  static async signIn(origin, { email, password }) {
    const session = new Session(origin);
    const { signIn } = await session.ask(SIGN_IN, { input: { email, password } });
    assert.equal(signIn.__typename, 'SignedIn');
    assert.match(session.#cookie, /^(__Host-)?palier=./, 'signing in sets the session cookie');
    return session;
  }

  /** What a browser would add to each request of this session, WebSocket upgrades too. */
  get headers() {
    return { origin: this.#origin, ...(this.#cookie && { cookie: this.#cookie }) };
  }

  /** The `data` of a query or mutation; throws Refused for an error and TypeError where nobody answers. */
  async ask(query, variables) {
    const answer = await fetch(`${this.#origin}/graphql`, {
      method: 'POST',
      headers: {
        ...this.headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'sec-fetch-site': 'same-origin',
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const set of answer.headers.getSetCookie()) {
      if (/^(__Host-)?palier=/.test(set)) this.#cookie = set.split(';', 1)[0];
    }
    const { data, errors } = await answer.json();
    if (errors) throw new Refused(answer.status, errors);
    return data;
  }
}
