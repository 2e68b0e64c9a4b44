import { hasCode } from '../../base/error.ts';
import type { Peer } from '../coap/peer.ts';
import type { GetOptions, Requester } from '../coap/requester.ts';
import type { CredentialBook } from './credentials.ts';
import { type EventBody, type ReadResult } from './events.ts';
import { readResource } from './read-object.ts';
import type { Registration } from './registry.ts';

/** Reads object 666 of devices: on request, and after each registration. */
interface Readings {
  /**
   * Reads one resource.
   * @throws ABORTED, PLATFORM_CLOSED
   */
  readonly read: (registration: Registration, resource: number, options?: GetOptions) => Promise<ReadResult>;
  /** Starts to read a device that has just registered, in the background. Ends an earlier reading of it. */
  begin(registration: Registration): void;
  end(registration: Registration): void;
  endAll(): void;
}

export function createReadings(tools: {
  requester: Requester;
  book: CredentialBook;
  resources: readonly number[];
  emit(peer: Peer, body: EventBody): void;
}): Readings {
  const underWay = new Map<string, AbortController>();

  async function read(
    registration: Registration,
    resource: number,
    options: GetOptions = {},
  ): Promise<ReadResult> {
    const key = tools.book.keyOf(registration.endpoint);
    const result: ReadResult = await readResource(tools.requester, { registration, resource, key }, options);
    tools.emit(registration.peer, { type: 'read', registration, resource, result });
    return result;
  }

  /**
   * Reads one resource after the other (NSTART is 1, RFC 7252 §4.7). Ends early if the client does not answer or
   * resets, or if it refuses the first resource: then it has no object 666.
   */
  async function readAll(registration: Registration, signal: AbortSignal): Promise<void> {
    for (const [index, resource] of tools.resources.entries()) {
      const { outcome } = await read(registration, resource, { signal });
      if (outcome === 'silent' || outcome === 'reset') return;
      if (outcome === 'refused' && index === 0) return;
    }
  }

  const end = ({ endpoint }: Registration): void => {
    underWay.get(endpoint.text)?.abort();
    underWay.delete(endpoint.text);
  };

  return {
    read,
    begin(registration) {
      end(registration);
      const { text } = registration.endpoint;
      const controller = new AbortController();
      underWay.set(text, controller);
      readAll(registration, controller.signal)
        .catch((error: unknown) => {
          // Expected: the device registered again or deregistered, or the platform was closed.
          if (!hasCode(error, 'ABORTED') && !hasCode(error, 'PLATFORM_CLOSED')) throw error;
        })
        .finally(() => {
          // A later registration of the device has a reading of its own.
          if (underWay.get(text) === controller) underWay.delete(text);
        });
    },
    end,
    endAll() {
      underWay.forEach((controller) => controller.abort());
      underWay.clear();
    },
  };
}
