function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapped(item, change)]));
}

/** Changes every text in a plain value, keys included; numbers and structure stay. */
export const changeTexts = <T>(value: T, change: (text: string) => string): T => mapped(value, change) as T;

/**
 * Changes the texts in a plain value, except keys and everything under some keys.
 * @param spared the keys under which nothing is changed
 */
export function changeTextsExcept<T>(
  value: T,
  change: (text: string) => string,
  spared: ReadonlySet<string>,
): T {
  const each = (item: unknown): unknown => {
    if (typeof item === 'string') return change(item);
    if (Array.isArray(item)) return item.map(each);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [key, spared.has(key) ? inner : each(inner)]),
    );
  };
  return each(value) as T;
}
