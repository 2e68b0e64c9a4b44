/** Reads what the page shows: it stands in the page itself, as gzip in base64. */
export async function readData<Data>(): Promise<Data> {
  const text = document.getElementById('data')!.textContent;
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as Data;
}
