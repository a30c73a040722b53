import type { FamilyView, Items } from '@bole/api';
import { useGet } from '../api/hooks';
import { usePair } from './pair';

/** Job families of the group in their order. They are data: HR adds its own. */
export function useFamilies() {
  const pair = usePair();
  const families = useGet<Items<FamilyView>>('/job-families', undefined, { staleTime: 60_000 });
  const items = families.data?.items ?? [];
  const find = (key: string | null | undefined) => items.find((item) => item.key === key);
  return {
    ...families,
    items,
    find,
    /** The key itself while nothing is known of it. */
    name: (key: string | null | undefined) => pair(find(key), 'name') || (key ?? ''),
  };
}
