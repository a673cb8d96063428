/** A value with every text in it passed through `rename`; numbers, keys and the shape stay. */
export function renameIn<T>(value: T, rename: (text: string) => string): T {
  if (typeof value === 'string') return rename(value) as T;
  if (Array.isArray(value)) return value.map((one) => renameIn(one, rename)) as T;
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renameIn(one, rename)])) as T;
}
