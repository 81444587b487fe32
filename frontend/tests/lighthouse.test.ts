// What Lighthouse says of the board that does not depend on how busy the machine is; `npm run lighthouse` tells its speed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, measureBoard, type Category } from './house/lighthouse.ts';

const CATEGORIES: Category[] = ['accessibility', 'best-practices'];

test('Lighthouse finds the board open to everybody and well made', async () => {
  const [result] = await measureBoard(CATEGORIES, 1);
  assert.ok(result);
  for (const category of CATEGORIES) {
    assert.equal(result.categories[category]?.score, 1, findings(result, category).join('\n'));
  }
});
