/** Reads what the page shows: it stands in the page itself, as gzip in base64. */
export async function readData<Data>(): Promise<Data> {
  const letters = atob(document.getElementById('data')!.textContent.trim());
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as Data;
}
