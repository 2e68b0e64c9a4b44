import type { ClientPlan } from './client-plan.ts';
import { coapCode } from './coap.ts';
import type { Request } from './connection.ts';

/** application/link-format (RFC 7252 §12.3). */
const LINK_FORMAT = 40;

/**
 * A registration like that of MTK's client: no `lwm2m=`, the security object, and object 666 if there is one
 * (CMDMP.md §1.3).
 */
export function registerRequest({ lifetimeS, deviceInfo }: ClientPlan, name: string): Request {
  const objects = ['</>;rt="oma.lwm2m"', '</0/0>', ...(deviceInfo ? ['</666/0>'] : [])];
  return {
    code: coapCode.post,
    path: ['rd'],
    query: [`ep=${name}`, 'b=U', `lt=${lifetimeS}`],
    contentFormat: LINK_FORMAT,
    payload: objects.join(','),
  };
}
