// What every lane's construct is given.

import type { ResultsBucket } from './results-bucket.ts';

export interface LaneProps {
  /** Where the lane stores what arrived, under `arrivals/`. */
  readonly bucket: ResultsBucket;
}
