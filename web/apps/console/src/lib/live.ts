import type { InterviewView, Page } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client';
import { refresh } from '../api/hooks';

/**
 * Keeps interviews on the page in step with the server. A row that is shown is replaced in place; anything else (a new
 * interview, a count, a report) is asked for again, at most once in two seconds. Returns whether the line is open.
 */
export function useLiveInterviews(enabled = true): boolean {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const source = new EventSource(api.url('/interviews/events'));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void refresh(client, '/interviews', '/home');
      }, 2000);
    };
    source.onopen = () => setOpen(true);
    source.onerror = () => setOpen(false);
    source.addEventListener('interview', (event) => {
      const changed = JSON.parse((event as MessageEvent<string>).data) as InterviewView;
      let known = false;
      client.setQueriesData<Page<InterviewView>>({ predicate: (query) => query.queryKey[0] === '/interviews' }, (page) => {
        if (!page?.items.some((item) => item.id === changed.id)) return page;
        known = true;
        return { ...page, items: page.items.map((item) => (item.id === changed.id && item.version <= changed.version ? changed : item)) };
      });
      client.setQueryData<InterviewView>([`/interviews/${changed.id}`, {}], (old) => (old && old.version > changed.version ? old : changed));
      if (!known || ['ready', 'failed', 'expired', 'cancelled', 'declined'].includes(changed.state)) later();
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client, enabled]);
  return open;
}
