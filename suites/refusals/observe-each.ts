/**
 * Tries what a table names, one after the other, and records each outcome under its name.
 * @param key the clause, and what is tried, e.g. `CFG-IMEI-FORM`
 * @param outcomeOf tries one and returns the outcome word for word
 */
export async function observeEach<Tried>(
  observe: (key: string, value: string) => void,
  key: string,
  table: Readonly<Record<string, Tried>>,
  outcomeOf: (tried: Tried) => Promise<string>,
): Promise<void> {
  for (const [name, tried] of Object.entries(table)) observe(`${key}.${name}`, await outcomeOf(tried));
}
