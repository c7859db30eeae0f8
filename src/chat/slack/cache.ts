/** Asks once and keeps the answer for a while; an answer that is on its way is shared. A failure is not kept. */
export function kept<Value>(forMs: number, ask: () => Promise<Value>): () => Promise<Value> {
  let answer: { readonly value: Promise<Value>; readonly until: number } | undefined;

  return () => {
    if (answer !== undefined && performance.now() < answer.until) return answer.value;

    const asked = { value: ask(), until: performance.now() + forMs };
    asked.value.catch(() => {
      if (answer === asked) answer = undefined;
    });
    answer = asked;
    return asked.value;
  };
}
