import { useEffect, useState } from 'react';

/** The value as it was when it had been at rest for a moment: what one types is asked for once. */
export function useLater<T>(value: T, ms = 300): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
