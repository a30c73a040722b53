import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export type Filters<K extends string> = Partial<Record<K, string>>;

/** Filters live in the address, so that a list can be shared and found again. A new filter starts at page one. */
export function useFilters<K extends string>(names: readonly K[]) {
  const [params, setParams] = useSearchParams();
  const joined = names.join(',');
  const filters = useMemo(() => {
    const result: Filters<K> = {};
    for (const name of joined.split(',') as K[]) {
      const value = params.get(name);
      if (value) result[name] = value;
    }
    return result;
  }, [params, joined]);
  const setFilter = useCallback(
    (name: K, value: string | number | null | undefined) => {
      setParams((old) => {
        const next = new URLSearchParams(old);
        next.delete('cursor');
        if (value === null || value === undefined || value === '') next.delete(name);
        else next.set(name, String(value));
        return next;
      }, { replace: true });
    },
    [setParams],
  );
  const clear = useCallback(() => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      for (const name of [...joined.split(','), 'cursor']) next.delete(name);
      return next;
    }, { replace: true });
  }, [setParams, joined]);
  return { filters, setFilter, clear, active: Object.keys(filters).length > 0 };
}
