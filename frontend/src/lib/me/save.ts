import type { ExportMyDataMutation } from '#lib/gql/graphql';

/** Saves an export as one readable file, made here: nothing of it is kept on the server. */
export function save(parts: ExportMyDataMutation['exportMyData']['parts']): void {
  const content = Object.fromEntries(parts.map(({ name, json }) => [name, JSON.parse(json) as unknown]));
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `palier-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
