/** The views so that each comes after those it reads: none can be made before them. */
export function orderViews<View extends { readonly name: string; readonly schema: string }>(
  views: readonly View[],
): View[] {
  const waiting = [...views];
  const ordered: View[] = [];

  while (waiting.length > 0) {
    const reads = (view: View) =>
      waiting.some((other) => other !== view && view.schema.includes(`\`${other.name}\``));
    // A column may be called like a view; then there can be a circle, and any order may do.
    const next = waiting.findIndex((view) => !reads(view));
    ordered.push(...waiting.splice(Math.max(0, next), 1));
  }
  return ordered;
}
