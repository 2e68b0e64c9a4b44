function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapped(item, change)]));
}

/** A plain value with every text in it changed, keys included; numbers and structure stay. */
export const mapTexts = <T>(value: T, change: (text: string) => string): T => mapped(value, change) as T;
