/** A part of a listing, as the store gives it. */
interface Page<Item, Next> {
  readonly items: readonly Item[];
  readonly isTruncated: boolean | undefined;
  /** What to ask for the next page with. */
  readonly next: Next | undefined;
}

/** A store gives 1,000 items a page. Whoever gives more pages than this does not come to an end. */
const mostPages = 10_000;

/**
 * All items of a listing, from as many pages as there are. A page that is not the last one and does not say how to go on, or says
 * what was said before, is an error: what came until then is not all there is.
 */
export async function* itemsOf<Item, Next>(
  ask: (next: Next | undefined) => Promise<Page<Item, Next>>,
): AsyncGenerator<Item> {
  const seen = new Set<string>();
  let next: Next | undefined;
  for (;;) {
    const page = await ask(next);
    yield* page.items;
    if (!page.isTruncated) return;
    ({ next } = page);
    const token = JSON.stringify(next);
    if (token === undefined || seen.has(token) || seen.size === mostPages) throw brokenListing();
    seen.add(token);
  }
}

function brokenListing(): Error {
  return Object.assign(new Error('The listing does not end.'), { name: 'BrokenListing' });
}
