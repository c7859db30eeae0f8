/** What PostgreSQL refuses in a text and in JSON: NUL, and half of a surrogate pair. https://www.postgresql.org/docs/current/datatype-json.html */
const refused = /\0|\p{Surrogate}/gu;

/** The same in JSON that JavaScript wrote, where each is an escape. An escaped backslash before it only makes us look twice. */
const refusedInJson = /\\u(?:0000|d[89a-f])/;

/**
 * A value of JSON as every store takes it. Texts from outside may hold anything: each character that a store refuses is
 * replaced by `\ufffd`, in values and in keys, and all else is as it was.
 */
export function storable<Value>(value: Value): Value {
  return isStorable(value) ? value : JSON.parse(storableJson(value));
}

/** The same, as JSON. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, isStorable(value) ? undefined : replaced);
}

export function storableText(text: string): string {
  return text.replaceAll(refused, '\ufffd');
}

function isStorable(value: unknown): boolean {
  return !refusedInJson.test(JSON.stringify(value) ?? '');
}

function replaced(_: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [storableText(key), inside]));
}
