/** What is kept on this device, by store: each has a key of its own and no index. */
export const STORES = ['drafts', 'begun', 'notices', 'pages', 'seen', 'self', 'choices'] as const;
export type Store = (typeof STORES)[number];

const NAME = 'palier';
const VERSION = 4;
/** What was loaded is loaded again: its form is that of what the app asks for. */
const LOADED: readonly string[] = ['notices', 'pages', 'seen'];

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    // What somebody wrote and chose stays where it has the form that it had in version 3; everything else goes.
    request.onupgradeneeded = ({ oldVersion }) => {
      const kept = [...request.result.objectStoreNames].filter((store) => oldVersion >= 3 && !LOADED.includes(store));
      for (const store of request.result.objectStoreNames) if (!kept.includes(store)) request.result.deleteObjectStore(store);
      for (const store of STORES) if (!kept.includes(store)) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      // Another tab has a later version: let it.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function run<T>(store: Store, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, mode);
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const get = <T>(store: Store, key: string): Promise<T | undefined> =>
  run(store, 'readonly', (s) => s.get(key) as IDBRequest<T | undefined>);

export const all = <T>(store: Store): Promise<T[]> => run(store, 'readonly', (s) => s.getAll() as IDBRequest<T[]>);

let sealed = false;

/** Between signing out and signing in nothing is kept: an answer that was on its way must not be written after all. */
export function seal(yes: boolean): void {
  sealed = yes;
}

/** Takes plain data: what a rune made reactive is copied first. */
export async function put(store: Store, key: string, value: unknown): Promise<void> {
  if (!sealed) await run(store, 'readwrite', (s) => s.put(value, key));
}

/** The same for many things, in one go. */
export async function putAll(store: Store, entries: readonly (readonly [key: string, value: unknown])[]): Promise<void> {
  if (sealed || entries.length === 0) return;
  await run(store, 'readwrite', (s) => entries.map(([key, value]) => s.put(value, key)).at(-1) as IDBRequest<IDBValidKey>);
}

export const remove = (store: Store, key: string): Promise<unknown> => run(store, 'readwrite', (s) => s.delete(key));

export const clear = (store: Store): Promise<unknown> => run(store, 'readwrite', (s) => s.clear());
