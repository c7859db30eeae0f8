/** A page of a listing with a thousand of the longest names takes a tenth of it; the content of objects does not come this way. */
const mostBytes = 32 * 1024 * 1024;

/** What a store answers, but for the content of an object, held in memory: no more than a store has a reason to say. */
export async function collect(answer: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeInBytes = 0;
  for await (const chunk of answer) {
    sizeInBytes += chunk.length;
    if (sizeInBytes > mostBytes)
      throw Object.assign(new Error('The answer is too long.'), { name: 'EndlessAnswer' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
