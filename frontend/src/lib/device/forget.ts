import { clear, seal, STORES, type Store } from './database';
import { dropPictures } from './pictures';

/** Nothing of anybody stays on this device, but what is named, and nothing comes until somebody signs in. */
export async function forget(except: readonly Store[] = []): Promise<void> {
  seal(true);
  const stores = STORES.filter((store) => !except.includes(store));
  await Promise.all([...stores.map((store) => clear(store)), dropPictures()]);
}
