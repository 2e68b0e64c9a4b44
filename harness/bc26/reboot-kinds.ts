import type { Capabilities } from '../../rigs/control/control.ts';

/** How a module can be rebooted (BC26.md §4). */
export const rebootKinds = ['soft', 'reset-pin', 'power-cycle', 'supply-cut'] as const;

export type RebootKind = (typeof rebootKinds)[number];

/** Why a board cannot reboot its module this way (the reason of a test that is not run); undefined if it can. */
export function whyNoReboot(kind: RebootKind, capabilities: Capabilities): string | undefined {
  const { reset, powerKey, supplyCut } = capabilities;
  switch (kind) {
    case 'soft':
      return undefined;
    case 'reset-pin':
      return reset ? undefined : 'this board has no reset line';
    case 'power-cycle':
      // Once off, only the power key or a new supply starts a BC26 (BC26.md §1).
      return powerKey || supplyCut ? undefined : 'this board has neither a power key nor a switched supply';
    case 'supply-cut':
      return supplyCut ? undefined : 'this board has no switched supply';
  }
}
