/** Keys and indices from the top of the file down to a value. */
export type KeyPath = readonly PropertyKey[];

/** A mistake in a file: which key, and one line that says what is wrong and what to do. */
export interface Mistake {
  readonly path: KeyPath;
  /** Whether the key itself is wrong, or its value. */
  readonly at: 'key' | 'value';
  readonly text: string;
}

/** The value at `path` in plain data; undefined if there is none. */
export const valueAt = (data: unknown, path: KeyPath): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
