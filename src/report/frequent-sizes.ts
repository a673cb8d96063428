import type { AnalyzeResult } from '../analyze/result.js';

const LARGE = 1000;
const MOST = 5;

/** The sizes that large packets have most often, in words; '' where there is no large packet. */
export function frequentSizes({ sizes }: AnalyzeResult): string {
  const large = sizes
    .filter(({ octets }) => octets >= LARGE)
    .sort((left, right) => right.count - left.count)
    .slice(0, MOST)
    .map(({ octets, count }) => `${octets} (${count === 1 ? 'once' : `${count} times`})`);
  return large.length === 0 ? '' : `Most frequent large sizes: ${large.join(', ')}`;
}
