import type { DimensionView, Items } from '@bole/api';
import { useGet } from '../api/hooks';

const none: DimensionView[] = [];

/** The shipped scoring dimensions; they seldom change. */
export function useDimensions(): DimensionView[] {
  return useGet<Items<DimensionView>>('/dimensions', undefined, { staleTime: 600_000 }).data?.items ?? none;
}
