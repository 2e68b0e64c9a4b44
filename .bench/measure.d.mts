export function measure(exchanges: number, exchange: () => Promise<unknown>): Promise<void>;
