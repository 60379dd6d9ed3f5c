/** A bucket for each address: full at first, emptied by requests, filled by time. */
export type RateLimit = {
  /** Takes from the bucket; false when it is empty. */
  take(address: string, cost?: number): boolean;
};
export type Rate = {burst: number; perSecond: number};

// Of a person with a page, a scraper and a few scripts this is a hundred times what they need.
export const usualRate: Rate = {burst: 400, perSecond: 50};
const mostAddresses = 4096;

type Bucket = {left: number; at: number};

export function createRateLimit({burst, perSecond}: Rate, now: () => number): RateLimit {
  const buckets = new Map<string, Bucket>();
  const leftAt = ({left, at}: Bucket, time: number): number =>
    Math.min(burst, left + (Math.max(0, time - at) / 1000) * perSecond);
  function forgetOldest(): void {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }
  return {
    take(address, cost = 1) {
      const time = now();
      const before = buckets.get(address);
      const left = before === undefined ? burst : leftAt(before, time);
      // The newest stand last: what is forgotten was quiet for longest.
      buckets.delete(address);
      if (buckets.size >= mostAddresses) forgetOldest();
      buckets.set(address, {left: left < cost ? left : left - cost, at: time});
      return left >= cost;
    },
  };
}
