// GraphQL over HTTP, as graphql-http audits it: every MUST holds; a SHOULD holds or explained.json names the decision why not.
// Audits PALIER_URL where that is set (its /graphql, free-form documents on), else a palier of its own.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { serverAudits } from 'graphql-http';
import { Palier } from './palier.mjs';

const root = new URL('../../../../', import.meta.url);
/** By audit id: the decision (`adr`, a path in the project) and, in a sentence, `why` palier does otherwise. */
const explained = JSON.parse(readFileSync(new URL('explained.json', import.meta.url), 'utf8'));

describe('GraphQL over HTTP', () => {
  let palier;
  let url = process.env.PALIER_URL && new URL('/graphql', process.env.PALIER_URL).href;
  const outcomes = [];

  before(async () => {
    if (url) return;
    palier = await Palier.create();
    url = palier.graphql;
  });

  after(async () => {
    await palier?.remove();
    console.table(outcomes);
  });

  const audits = serverAudits({ url: () => url });

  for (const audit of audits) {
    it(`${audit.id} ${audit.name}`, async () => {
      const outcome = await audit.fn();
      const explanation = explained[audit.id];
      const { status, reason = '' } = outcome;
      outcomes.push({ id: audit.id, audit: audit.name, status: explanation ? 'explained' : status, reason });
      if (status === 'ok') {
        assert.equal(explanation, undefined, 'explained.json explains what holds');
      } else if (audit.name.startsWith('MUST')) {
        assert.fail(`${reason}; answered ${outcome.response.status}`);
      } else if (audit.name.startsWith('SHOULD')) {
        assert.ok(explanation, `${reason}; answered ${outcome.response.status}, and explained.json does not say why`);
      }
    });
  }

  it('explains with decisions that exist', () => {
    const known = new Set(audits.map(({ id }) => id));
    for (const [id, { adr, why }] of Object.entries(explained)) {
      assert.ok(known.has(id), `${id} is no audit`);
      assert.ok(existsSync(new URL(adr, root)), `${adr} does not exist`);
      assert.match(why, /\S/);
    }
  });
});
