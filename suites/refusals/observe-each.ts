/**
 * Tries each entry of a table in order, and observes each outcome as `<key>.<name>`.
 * @param key the clause id, e.g. `CFG-IMEI-FORM`
 * @param outcomeOf tries one entry and returns its outcome word for word
 */
export async function observeEach<Tried>(
  observe: (key: string, value: string) => void,
  key: string,
  table: Readonly<Record<string, Tried>>,
  outcomeOf: (tried: Tried) => Promise<string>,
): Promise<void> {
  for (const [name, tried] of Object.entries(table)) observe(`${key}.${name}`, await outcomeOf(tried));
}
