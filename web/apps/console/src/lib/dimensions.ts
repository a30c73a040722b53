import type { DimensionView, Items } from '@bole/api';
import { useGet } from '../api/hooks';
import { usePair } from './pair';

const none: DimensionView[] = [];

/** Scoring dimensions: shipped ones, and those of the units above and below. With a unit: what its questions and plans may newly name. */
export function useDimensions(orgId?: string | null): DimensionView[] {
  const list = useGet<Items<DimensionView>>('/dimensions', orgId ? { org_id: orgId } : undefined, { staleTime: 60_000 }).data?.items ?? none;
  return orgId ? list.filter((item) => item.status === 'active') : list;
}

/** Options of a choice among them; one that was chosen before and is not offered any more stays readable. */
export function useDimensionOptions(items: DimensionView[], chosen?: string) {
  const pair = usePair();
  const all = useDimensions();
  const options = items.map((item) => ({ value: item.key, label: pair(item, 'name') }));
  if (chosen && !options.some((option) => option.value === chosen)) options.unshift({ value: chosen, label: pair(all.find((item) => item.key === chosen), 'name') || chosen });
  return options;
}
