/** Runs an exchange so many times, and prints its round trips, ns, then CPU (us) and memory (kB) as client.c does. */
export async function measure(exchanges, exchange) {
  const times = [];
  const before = process.cpuUsage();
  for (let n = 0; n < exchanges; n++) {
    const sent = process.hrtime.bigint();
    await exchange();
    times.push(process.hrtime.bigint() - sent);
  }
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(
    `${times.join('\n')}\ncpu ${user + system}\nmemory ${process.resourceUsage().maxRSS}\n`,
  );
}
