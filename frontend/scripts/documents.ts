// Tidies what codegen made. The names of documents with which nothing of a first view asks stand in a file of their own, so
// that pages load them with what asks: a name is a hash, of which nothing can be compressed. And the documents of both
// schemas are one list, which the gateway has.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const FOLDER = 'src/lib/gql';
const MODERATOR = `${FOLDER}/moderator`;
/** What the frame and the board ask. */
const FIRST = ['Viewer', 'Opening', 'Feed', 'FeedChanges'];

const made = readFileSync(`${FOLDER}/graphql.ts`, 'utf8').split('\n');
const isLater = (line: string): boolean => {
  const name = /^export const (\w+)Document = /.exec(line)?.[1];
  return name !== undefined && !FIRST.includes(name);
};
const later = made.filter(isLater);
const types = later.flatMap((line) => /DocumentNode<(\w+), (\w+)>;$/.exec(line)?.slice(1) ?? []);

writeFileSync(`${FOLDER}/graphql.ts`, [...made.filter((line) => !isLater(line)), "export * from './later';", ''].join('\n'));
writeFileSync(
  `${FOLDER}/later.ts`,
  [
    '/* eslint-disable */',
    "import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';",
    `import type {\n  ${types.join(',\n  ')}\n} from './graphql';`,
    '',
    ...later,
    ''
  ].join('\n')
);

const listed: Record<string, string> = {};
for (const folder of [FOLDER, MODERATOR]) {
  Object.assign(listed, JSON.parse(readFileSync(`${folder}/persisted-documents.json`, 'utf8')));
  for (const file of ['persisted-documents.json', 'gql.ts']) rmSync(`${folder}/${file}`);
}
writeFileSync('persisted-documents.json', JSON.stringify(listed, null, 2));
