import { z } from 'zod';

/** Apps by name, as a rule writes them: `shop`, `shop-*`, `blog-?`. `*` stands for any letters or none, `?` for one. */
export const AppPattern = z
  .string()
  .regex(/^[A-Za-z0-9._*?-]+$/, 'an app\'s name, such as "shop"; * in it stands for any letters, ? for one');
export type AppPattern = z.infer<typeof AppPattern>;

export function matchesApp(pattern: AppPattern, app: string): boolean {
  const asRegExp = pattern
    .replace(/[\\^$.+|()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${asRegExp}$`, 'su').test(app);
}
