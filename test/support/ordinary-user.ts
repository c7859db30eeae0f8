/** Does it as somebody who may not read everything: root may. The ids are those of `nobody`, or ours if we are not root. */
export async function asOrdinaryUser<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act();

  process.seteuid?.(65534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
