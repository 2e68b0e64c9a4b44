import { whyIdle } from '../../../cmdmp/served.ts';
import { readSubscription, type Subscription } from '../../../cmdmp/subscription.ts';
import { type Finding, note, ok, warning } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

/** Asks for SIM and network. Without a platform in the rig file nothing that goes over the air is judged. */
export async function sim({ rig, bench, signal }: ProbeContext): Promise<Finding> {
  return judgeSim(await readSubscription(bench.at, signal), rig.platform !== undefined);
}

/** @param matters whether the rig is to judge what goes over the air */
export function judgeSim({ imsi, network }: Subscription, matters: boolean): Finding {
  const bad = (what: string, mend: string): Finding =>
    matters ? warning('sim', what, mend) : note('sim', what);
  if (imsi === undefined) {
    const what = 'the module shows no SIM number (AT+CIMI): without a SIM nothing goes over the air';
    return bad(what, 'insert a SIM, or check its holder');
  }
  const why = whyIdle({ imsi, network });
  if (why !== undefined) {
    return bad(
      `${why}; unless this module speaks all the same, its access states and what goes over the air are not judged`,
      'use a SIM of China Mobile where its network is',
    );
  }
  const where =
    network === undefined ? 'the network is not shown yet' : `the module is in network ${network}`;
  return ok('sim', `SIM of China Mobile; ${where}`);
}
